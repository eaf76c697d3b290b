"""A service that keeps everything in memory and behaves as the real one promises, scoped by guild."""

# ruff: noqa: ARG002 -- the signatures are the service's

import asyncio
from dataclasses import replace

from digest.editions.filters import lets_through
from digest.editions.ledger import due_on, is_open
from digest.editions.schedule import next_run_at
from digest.errors import AlreadyExistsError, InvalidFeedError, Limit, LimitError, NotFoundError
from digest.model import Digest, DigestStatus, Edition, Health, Imported, Offer, Period, Source, SourceStatus, Story
from digest.sources.opml import parse_opml
from tests.bot.deliveries import FakeOutbox, delivery
from tests.bot.follows import FakeFollows
from tests.bot.housekeeping import FakeHiding, FakeHousekeeping
from tests.bot.lookups import FakeLookBack
from tests.bot.proofs import FakeProofs
from tests.bot.setups import FakeSettingUp
from tests.builders import NOW, brief


class FakeService(FakeLookBack, FakeProofs, FakeSettingUp, FakeFollows, FakeHousekeeping, FakeHiding, FakeOutbox):
    """What the guilds follow, what their channels get and what their ledgers hold.

    `trouble`, if set, is what the next call raises.

    `news` are the briefs that no edition has had yet; `offers` what can be followed at addresses, by default a feed;
    `listed` the entries of sources by id.
    """

    def __init__(self):
        super().__init__()
        self.trouble = None
        self.sources = {}
        self.most_sources = 200
        self.subscriptions = {}
        self.editions = {}
        self.news = [brief()]
        self.hits = {"articles": [], "quotes": []}
        self.ledger = {}
        self.asked = []
        self.refreshed = ()
        self.offers = {}
        self.listed = {}
        self.skipped = {}
        self.statuses = {}

    def _meet_trouble(self):
        trouble, self.trouble = self.trouble, None
        if trouble:
            raise trouble

    async def add_source(self, guild_id, url, *, now, kind=None):
        self._meet_trouble()
        followed = self.sources.setdefault(guild_id, [])
        if len(followed) >= self.most_sources:
            raise LimitError(Limit.SOURCES, self.most_sources)
        if any(one.source.url == url for one in followed):
            raise AlreadyExistsError(url)
        source = Source(url=url, name=_host(url), id=sum(map(len, self.sources.values())) + 1)
        followed.append(SourceStatus(source))
        return source

    async def discover(self, url):
        self._meet_trouble()
        offers = self.offers.get(url, (Offer(Source(url, _host(url)), (), 0),))
        if not offers:
            raise InvalidFeedError(url, "nothing to follow")
        return offers

    async def list_sources(self, guild_id):
        self._meet_trouble()
        return tuple(self.sources.get(guild_id, ()))

    async def list_guilds(self):
        return tuple(sorted(guild_id for guild_id, followed in self.sources.items() if followed))

    async def remove_source(self, guild_id, source_id):
        self.sources[guild_id].remove(self._status(guild_id, source_id))

    async def set_filters(self, guild_id, source_id, filters):
        followed, status = self.sources[guild_id], self._status(guild_id, source_id)
        followed[followed.index(status)] = replace(status, filters=filters)

    async def try_filters(self, guild_id, source_id, filters=None, *, limit=25):
        chosen = self._status(guild_id, source_id).filters if filters is None else filters
        return tuple((entry, lets_through(chosen, entry)) for entry in self.listed.get(source_id, ())[:limit])

    async def import_sources(self, guild_id, body, *, now):
        self._meet_trouble()
        added = known = 0
        for outline in parse_opml(body):
            try:
                await self.add_source(guild_id, outline.url, now=now)
            except AlreadyExistsError:
                known += 1
            else:
                added += 1
        return Imported(added, known, (), 0)

    async def notice_paused(self, *, now, render):
        self.asked.append(("notice", now))
        self._meet_trouble()
        return ()

    async def save_subscription(self, subscription, *, now):
        self._meet_trouble()
        await asyncio.sleep(0)  # as a database lets others go on
        if subscription.id:
            await self.get_subscription(subscription.guild_id, subscription.id)
        saved = replace(subscription, id=subscription.id or len(self.subscriptions) + 1)
        self.subscriptions[saved.id] = saved
        return saved

    async def list_subscriptions(self, guild_id):
        return tuple(one for one in self.subscriptions.values() if one.guild_id == guild_id)

    async def get_subscription(self, guild_id, subscription_id):
        found = [one for one in await self.list_subscriptions(guild_id) if one.id == subscription_id]
        if not found:
            raise NotFoundError(f"guild {guild_id} has no subscription {subscription_id}")
        return found[0]

    async def pause_subscription(self, subscription_id, why):
        await super().pause_subscription(subscription_id, why)
        self.subscriptions[subscription_id] = replace(self.subscriptions[subscription_id], paused_because=why)

    async def lose_channel(self, edition_ids, why, *, now):
        await super().lose_channel(edition_ids, why, now=now)
        for edition_id in edition_ids:
            await self.pause_subscription(self.editions[edition_id].subscription_id, why)

    async def list_digest_statuses(self, guild_id, *, now):
        self._meet_trouble()
        return tuple(self.statuses.get(one.id, DigestStatus(one)) for one in await self.list_subscriptions(guild_id))

    async def get_health(self, *, now):
        return Health()

    async def resume_subscription(self, guild_id, subscription_id, *, now):
        resumed = replace(self.subscriptions[subscription_id], paused_because="")
        self.subscriptions[subscription_id] = resumed
        return resumed

    async def skip_next(self, guild_id, subscription_id, *, now):
        subscription = await self.get_subscription(guild_id, subscription_id)
        skipped = next_run_at(subscription, self.skipped.get(subscription_id, now))
        if skipped:
            self.skipped[subscription_id] = skipped
        return skipped

    async def map_next_runs(self, guild_id):
        coming = {
            one.id: next_run_at(one, self.skipped.get(one.id, NOW)) for one in await self.list_subscriptions(guild_id)
        }
        return {id_: at for id_, at in coming.items() if at}

    async def preview_digest(self, guild_id, subscription, *, now):
        self._meet_trouble()
        return self._compose(subscription, now)

    async def issue_now(self, guild_id, subscription_id, *, now, render):
        self._meet_trouble()
        subscription = await self.get_subscription(guild_id, subscription_id)
        digest = self._compose(subscription, now)
        if not digest.stories:
            return None
        self.news.clear()
        return self._freeze(subscription, [part.payload for part in render(digest)], now)

    async def refresh_sources(self, *, now):
        self.asked.append(("refresh", now))
        self._meet_trouble()
        return self.refreshed

    async def read_due(self, *, now):
        self.asked.append(("read", now))
        self._meet_trouble()

    async def reread_due(self, *, now, render):
        self.asked.append(("reread", now))
        self._meet_trouble()
        return ()

    async def expire_texts(self, *, kept, now):
        self.asked.append(("expire", now))
        self._meet_trouble()

    async def issue_due(self, *, now, render):
        self.asked.append(("issue", now))
        self._meet_trouble()
        return ()

    async def get_edition(self, guild_id, edition_id):
        edition = self.editions[edition_id]
        return replace(edition, deliveries=tuple(self.rows[one.id] for one in edition.deliveries))

    async def search_articles(self, guild_id, query, *, limit=5, offset=0):
        return self._look_up("articles", guild_id, query, limit, offset)

    async def search_quotes(self, guild_id, query, *, limit=5, offset=0):
        return self._look_up("quotes", guild_id, query, limit, offset)

    async def remind_due(self, *, now, render):
        self.asked.append(("remind", now))
        self._meet_trouble()
        return ()

    async def list_commitments(self, guild_id, query="", *, kind=None, limit=5, offset=0):
        return self._entries(guild_id, query, kind)[offset : offset + limit]

    async def list_due(self, guild_id, *, first, last, source_ids=(), limit=25, offset=0):
        due = {one.id: due_on(one)[1] for one in self._entries(guild_id) if due_on(one) and is_open(one)}
        found = [one for one in self._entries(guild_id) if one.id in due and first <= due[one.id] <= last]
        return tuple(sorted(found, key=lambda one: due[one.id])[offset : offset + limit])

    async def get_commitment(self, guild_id, entry_id):
        found = [one for one in self._entries(guild_id) if one.id == entry_id]
        if not found:
            raise NotFoundError(f"guild {guild_id} has no commitment {entry_id}")
        return found[0]

    async def suggest_commitments(self, guild_id, words, *, limit=25):
        return self._entries(guild_id, words)[:limit]

    async def mark_commitment(self, guild_id, entry_id, mark):
        entry = await self.get_commitment(guild_id, entry_id)
        marked = replace(entry, marks=(*entry.marks, mark))
        self.ledger[guild_id] = [marked if one is entry else one for one in self.ledger[guild_id]]
        return marked

    async def export_commitments(self, guild_id, query="", *, kind=None, limit=1000):
        return self._entries(guild_id, query, kind)[:limit]

    def _status(self, guild_id, source_id):
        found = [one for one in self.sources.get(guild_id, ()) if one.source.id == source_id]
        if not found:
            raise NotFoundError(f"guild {guild_id} does not follow {source_id}")
        return found[0]

    def _entries(self, guild_id, query="", kind=None):
        """The guild's commitments that have all the words and are of this kind."""
        self._meet_trouble()
        self.asked.append(("commitments", guild_id, (query, kind)))
        words = query.casefold().split()

        def has_all(entry):
            told = " ".join(f"{' '.join(one.actors)} {one.what} {one.sentence}" for one in entry.tellings).casefold()
            return all(word in told for word in words) and kind in (None, entry.newest.kind)

        return tuple(one for one in self.ledger.get(guild_id, ()) if has_all(one))

    def _look_up(self, what, guild_id, query, limit, offset):
        self._meet_trouble()
        self.asked.append((what, guild_id, query))
        return tuple(self.hits[what][offset : offset + limit])

    def _compose(self, subscription, now):
        stories = tuple(Story(one.article.title, (one,)) for one in self.news)
        laid_out = {"style": subscription.style, "role_id": subscription.role_id}
        return Digest(subscription.name, Period(NOW, now), subscription.zone, stories, **laid_out)

    def _freeze(self, subscription, payloads, now):
        edition_id = len(self.editions) + 1
        first = len(self.rows) + 1
        parts = tuple(
            delivery(
                first + index,
                edition_id=edition_id,
                guild_id=subscription.guild_id,
                channel_id=subscription.channel_id,
                part=index + 1,
                payload=payload,
            )
            for index, payload in enumerate(payloads)
        )
        self.rows |= {part.id: part for part in parts}
        self.editions[edition_id] = Edition(edition_id, subscription.id, None, Period(NOW, now), now, parts)
        return self.editions[edition_id]


def _host(url):
    return url.split("//")[1].split("/")[0]

"""The steps: refresh a source, read an entry, compose an edition, look up. Ids in, values out, safe to do again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from digest.model import (
    ArticleHit,
    Brief,
    CommitmentKind,
    Delivery,
    Digest,
    Edition,
    Entry,
    Failure,
    Filters,
    Imported,
    LedgerEntry,
    Mark,
    Offer,
    QuoteHit,
    Refresh,
    Source,
    SourceKind,
    SourceStatus,
    Subscription,
)
from digest.service import (
    discovering,
    expiring,
    following,
    importing,
    issuing,
    noticing,
    reading,
    refreshing,
    reminding,
    subscribing,
)
from digest.service.delivering import Deliveries
from digest.service.tools import Render, RenderDue, RenderNotice, Think, Tools
from digest.service.watching import Watching
from digest.sources.web import Fetcher
from digest.store import Store, articles, deliveries, editions, ledger, search, sources, subscriptions

__all__ = ["Render", "RenderDue", "RenderNotice", "Service", "Think"]


class Service(Watching):
    """Everything the library does for a guild. What is another guild's is not there: NotFoundError.

    Every method may be called again after a crash and does nothing twice. Times are arguments.
    """

    def __init__(self, store: Store, fetcher: Fetcher, think: Think) -> None:
        self._tools = Tools(store, fetcher, think)
        self._deliveries = Deliveries(store)

    async def add_source(self, guild_id: int, url: str, *, now: datetime, kind: SourceKind | None = None) -> Source:
        """Let the guild follow what is at `url`, fetched once, and return the source with its id.

        It is the feed there, else the first feed that the page there names. With `kind` it must be that: a feed or
        sitemap, a page whose links are followed, or with PAGE the page itself, as one article. Raises FetchError,
        InvalidFeedError, ReadingError, and AlreadyExistsError where the guild follows it already.
        """
        return await following.add_source(self._tools, guild_id, url, now=now, kind=kind)

    async def discover(self, url: str) -> tuple[Offer, ...]:
        """Return what can be followed at `url`, best first, five at most, each with the newest of what it lists.

        The feed there; else the feeds that the page names; else what stands where feeds usually stand; else a news
        sitemap; else the page's links to articles, and the page itself. Raises FetchError, InvalidFeedError,
        ReadingError.
        """
        return await discovering.discover(self._tools, url)

    async def import_sources(self, guild_id: int, body: bytes, *, now: datetime) -> Imported:
        """Let the guild follow what a list of sources (OPML) names; InvalidFeedError if it is none.

        What fails is a value in the result and stops nothing else. After ten minutes the rest is left.
        """
        return await importing.import_sources(self._tools, guild_id, body, now=now)

    async def list_guilds(self) -> tuple[int, ...]:
        """Return the guilds that follow anything, by id."""
        async with self._tools.store.reading() as db:
            return await sources.list_guilds(db)

    async def list_sources(self, guild_id: int) -> tuple[SourceStatus, ...]:
        """Return what the guild follows, by name, each with what is wrong with it now."""
        async with self._tools.store.reading() as db:
            return await sources.list_statuses(db, guild_id)

    async def remove_source(self, guild_id: int, source_id: int) -> None:
        """Let the guild follow the source no more; NotFoundError if it does not. Other guilds notice nothing."""
        async with self._tools.store.writing() as db:
            await sources.unfollow_source(db, guild_id, source_id)

    async def set_filters(self, guild_id: int, source_id: int, filters: Filters) -> None:
        """Let only what passes these filters into the guild's digests from now on; NotFoundError if not followed."""
        async with self._tools.store.writing() as db:
            await sources.set_filters(db, guild_id, source_id, filters)

    async def try_filters(
        self, guild_id: int, source_id: int, filters: Filters | None = None, *, limit: int = 25
    ) -> tuple[tuple[Entry, bool], ...]:
        """Return what the source listed last, newest first, each with whether the filters (by default its own) pass it.

        Only what the source itself says is looked at. NotFoundError if the guild does not follow it.
        """
        return await following.try_filters(self._tools, guild_id, source_id, filters, limit=limit)

    async def refresh_source(self, source_id: int, *, now: datetime) -> Refresh:
        """Ask the source for news and keep its new entries. A source that fails is a value in the result."""
        return await refreshing.refresh_source(self._tools, source_id, now=now)

    async def read_entry(self, entry_id: int, *, now: datetime) -> Failure | None:
        """Fetch and read the page of an entry, once. What fails is returned, and tried again three times in all."""
        return await reading.read_entry(self._tools, entry_id, now=now)

    async def refresh_due(self, *, now: datetime) -> tuple[Refresh, ...]:
        """Refresh every source that is due, then read every entry that is due, a few at a time."""
        refreshes = await self.refresh_sources(now=now)
        await self.read_due(now=now)
        return refreshes

    async def refresh_sources(self, *, now: datetime) -> tuple[Refresh, ...]:
        """Refresh every source that is due, and leave its new entries to be read."""
        return await refreshing.refresh_sources(self._tools, now=now)

    async def read_due(self, *, now: datetime) -> None:
        """Read every entry that is due, a few sources at a time; what is slow goes on in the next round."""
        await refreshing.read_due(self._tools, now=now)

    async def expire_texts(self, *, kept: timedelta, now: datetime) -> int:
        """Keep only the paragraphs of what is shown, spans in place, of texts read longer ago than `kept`."""
        return await expiring.expire_texts(self._tools, kept=kept, now=now)

    async def save_subscription(self, subscription: Subscription, *, now: datetime) -> Subscription:
        """Keep a new subscription (`id` 0) or changes of one, and return it with its id.

        NotFoundError where it, or one of its sources, is not the guild's; ValueError for an unknown zone, or no times.
        """
        return await subscribing.save_subscription(self._tools, subscription, now=now)

    async def list_subscriptions(self, guild_id: int) -> tuple[Subscription, ...]:
        """Return the guild's subscriptions, oldest first."""
        async with self._tools.store.reading() as db:
            return tuple(order.subscription for order in await subscriptions.list_orders(db, guild_id))

    async def get_subscription(self, guild_id: int, subscription_id: int) -> Subscription:
        """Return one subscription of the guild."""
        async with self._tools.store.reading() as db:
            return (await subscriptions.get_order(db, subscription_id, guild_id=guild_id)).subscription

    async def pause_subscription(self, subscription_id: int, why: str) -> None:
        """Stop its editions until it is resumed; every setting stays. A reason that stands is not overwritten."""
        async with self._tools.store.writing() as db:
            await subscriptions.pause_subscription(db, subscription_id, why)

    async def resume_subscription(self, guild_id: int, subscription_id: int, *, now: datetime) -> Subscription:
        """Let it run again from its next slot after `now`, which holds all that came in the meantime."""
        return await subscribing.resume_subscription(self._tools, guild_id, subscription_id, now=now)

    async def issue_due(self, *, now: datetime, render: Render) -> tuple[Edition, ...]:
        """Compose what is due, and keep it in one transaction a subscription: parts, claims, the next run.

        Returns the editions that have parts to post. After time away, the newest missed slot gets one edition of all
        that was not covered. Nothing new gives no parts, and the run is on record. One subscription that fails stops
        no other and stays due: what failed is raised together at the end, as an ExceptionGroup.
        """
        return await issuing.issue_due(self._tools, now=now, render=render)

    async def remind_due(self, *, now: datetime, render: RenderDue) -> tuple[Edition, ...]:
        """Answer messages of earlier days that showed what falls due today, and keep it in one transaction each.

        For subscriptions that want it (`answers_due`), from their first time of the day on, once for each commitment
        and day. Returns the editions that are to be posted. What failed is raised together at the end, as in issue_due.
        """
        return await reminding.remind_due(self._tools, now=now, render=render)

    async def notice_paused(self, *, now: datetime, render: RenderNotice) -> tuple[Edition, ...]:
        """Tell each guild once, in the channel of a digest, which of its sources are paused or gone.

        Returns the notices that are to be posted. A source that answers again runs on, and may be told of anew later.
        """
        return await noticing.notice_paused(self._tools, now=now, render=render)

    async def issue_now(self, guild_id: int, subscription_id: int, *, now: datetime, render: Render) -> Edition | None:
        """Compose an extra edition of what is new, beside the schedule; None where nothing is."""
        return await issuing.issue_now(self._tools, guild_id, subscription_id, now=now, render=render)

    async def preview_digest(self, guild_id: int, subscription: Subscription, *, now: datetime) -> Digest:
        """Return what the next edition of the subscription, saved or not, would say now. Claims and stores nothing."""
        return await issuing.preview_digest(self._tools, guild_id, subscription, now=now)

    async def open_deliveries(self, *, now: datetime) -> tuple[Delivery, ...]:
        """Return all parts still to be posted, or begun and not known to have arrived, in posting order.

        On a shared database only those of channels that no other process posts to; they are ours for two minutes, and
        for two more from each beginning.
        """
        return await self._deliveries.list_open(now=now)

    async def begin_delivery(self, delivery_id: int, *, now: datetime) -> Delivery:
        """Put on record that the part is about to be sent. NotFoundError where it is not open, or not ours any more.

        `attempted_at` stays that of the first attempt, so a look into the channel's history goes back far enough.
        """
        return await self._deliveries.begin(delivery_id, now=now)

    async def hand_over(self) -> None:
        """Let other processes go on with our open parts at once."""
        await self._deliveries.hand_over()

    async def finish_delivery(self, delivery_id: int, message_id: int, *, now: datetime) -> None:
        """Put on record that the part stands in the channel as this message."""
        async with self._tools.store.writing() as db:
            await deliveries.finish_delivery(db, delivery_id, message_id, now=now)

    async def fail_delivery(self, delivery_id: int, why: str, *, now: datetime) -> None:
        """Put on record that the part will not be posted, and why. One that was sent stays sent."""
        async with self._tools.store.writing() as db:
            await deliveries.fail_delivery(db, delivery_id, why, now=now)

    async def get_edition(self, guild_id: int, edition_id: int) -> Edition:
        """Return an edition of the guild with its parts as they stand now."""
        async with self._tools.store.reading() as db:
            return await editions.get_edition(db, edition_id, guild_id=guild_id)

    async def get_brief(self, guild_id: int, article_id: int) -> Brief:
        """Return what was read of an article that a source of the guild brought."""
        async with self._tools.store.reading() as db:
            return await articles.get_brief(db, article_id, guild_id=guild_id)

    async def search_articles(
        self, guild_id: int, query: str, *, limit: int = 5, offset: int = 0
    ) -> tuple[ArticleHit, ...]:
        """Return articles with all the words of the query in title or text, newest first; an empty query has all."""
        async with self._tools.store.reading() as db:
            return await search.search_articles(db, guild_id, query, limit=limit, offset=offset)

    async def search_quotes(
        self, guild_id: int, query: str, *, limit: int = 5, offset: int = 0
    ) -> tuple[QuoteHit, ...]:
        """Return quotes with all the words of the query in them, their speaker or role, newest first."""
        async with self._tools.store.reading() as db:
            return await search.search_quotes(db, guild_id, query, limit=limit, offset=offset)

    async def list_commitments(
        self,
        guild_id: int,
        query: str = "",
        *,
        kind: CommitmentKind | None = None,
        limit: int = 5,
        offset: int = 0,
    ) -> tuple[LedgerEntry, ...]:
        """Return commitments with all the words of the query in a telling's actors or evidence, newest told first."""
        async with self._tools.store.reading() as db:
            return await ledger.list_entries(db, guild_id, query, kind=kind, limit=limit, offset=offset)

    async def suggest_commitments(self, guild_id: int, words: str, *, limit: int = 25) -> tuple[LedgerEntry, ...]:
        """Return commitments that somebody may mean who has typed these words, the last perhaps not to its end."""
        async with self._tools.store.reading() as db:
            return await ledger.list_entries(db, guild_id, words, limit=limit, is_typed=True)

    async def export_commitments(
        self, guild_id: int, query: str = "", *, kind: CommitmentKind | None = None, limit: int = 1000
    ) -> tuple[LedgerEntry, ...]:
        """Return what list_commitments would, all of it up to the limit."""
        return await self.list_commitments(guild_id, query, kind=kind, limit=limit)

    async def list_due(
        self,
        guild_id: int,
        *,
        first: date,
        last: date,
        source_ids: Sequence[int] = (),
        limit: int = 25,
        offset: int = 0,
    ) -> tuple[LedgerEntry, ...]:
        """Return open commitments whose last possible day lies between two days, both included, soonest first.

        With `source_ids` those of which one of these sources told that day.
        """
        async with self._tools.store.reading() as db:
            return await ledger.list_due(
                db, guild_id, first=first, last=last, source_ids=source_ids, limit=limit, offset=offset
            )

    async def get_commitment(self, guild_id: int, entry_id: int) -> LedgerEntry:
        """Return a commitment of which a source of the guild brought a telling."""
        async with self._tools.store.reading() as db:
            return await ledger.get_entry(db, guild_id, entry_id)

    async def mark_commitment(self, guild_id: int, entry_id: int, mark: Mark) -> LedgerEntry:
        """Add what somebody of the guild says became of the commitment; earlier marks stay."""
        async with self._tools.store.writing() as db:
            return await ledger.add_mark(db, guild_id, entry_id, mark)

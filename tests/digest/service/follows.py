"""A service over a store into which articles are put read, and members who follow something."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from digest.model import Brief, Follow, FollowKind
from digest.service import Service
from tests.builders import NOW, TEXT, article, brief, span
from tests.digest.store.shelves import follow, shelve
from tests.fakes import FakeFetcher, think

DIRECT = 700
A_MOMENT = timedelta(minutes=1)
PERSON, ORGANISATION, PHRASE = FollowKind.PERSON, FollowKind.ORGANISATION, FollowKind.PHRASE


def wanted(words="Ilse Brandt", kind=PERSON, **changes):
    values = {"guild_id": 1, "user_id": 7, "channel_id": DIRECT, "zone": "UTC"}
    return Follow(kind=kind, words=words, **(values | changes))


def print_fits(alert):
    """A payload that says all that the alert has."""
    return "\n".join(
        f"{fit.follow.words} | {fit.brief.article.url} | {fit.quotes} | {fit.commitments} | {fit.sentences}"
        for fit in alert.fits
    )


def told(*payloads):
    """What was told: pairs of what is followed and the article's url."""
    return [tuple(line.split(" | ")[:2]) for payload in payloads for line in payload.splitlines()]


def silent(**changes):
    """A brief of TEXT in which nobody speaks or commits to anything."""
    return replace(brief(**changes), quotes=(), commitments=())


def plain(text, **changes):
    """A brief of an article of which nothing was read but its text."""
    return Brief(article(text, **changes), read_until=len(text))


def worded(words, **changes):
    """A brief in which the same speaker says other words."""
    one = brief(**changes)
    return replace(one, quotes=(replace(one.quotes[0], spans=(span(words, TEXT),)),))


class Desk:
    """A guild whose source brings articles, and who is told what of them."""

    def __init__(self, store):
        self.store = store
        self.service = Service(store, FakeFetcher(), think)
        self.now = NOW
        self.source_ids = {}

    async def bring(self, *briefs, guild_id=1):
        """Let these articles arrive, from a source that the guild follows."""
        if guild_id not in self.source_ids:
            self.source_ids[guild_id] = await follow(self.store, guild_id, url=f"https://{guild_id}.example/feed")
        return [await shelve(self.store, self.source_ids[guild_id], kept=one, now=self.now) for one in briefs]

    async def add(self, *args, **changes):
        return await self.service.add_follow(wanted(*args, **changes), now=self.now)

    async def tick(self, render=print_fits):
        return await self.service.alert_followers(now=self.now, render=render)

    async def open(self):
        return await self.service.alerts.open_deliveries(now=self.now)

    async def told(self):
        """What is told after a tick: pairs of what is followed and url, of all alerts that are open."""
        await self.tick()
        return told(*(one.payload for one in await self.open()))

    async def send(self, message_id=900):
        """Send what is open."""
        for one in await self.open():
            with suppress(LookupError):
                await self.service.alerts.begin_delivery(one.id, now=self.now)
                await self.service.alerts.finish_delivery(one.id, message_id + one.id, now=self.now)

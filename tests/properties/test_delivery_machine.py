"""Promises 6 and 7 together: schedule, delivery and crashes in any order; the real service and sender, on SQLite.

At every moment: each part stands in its channel once at most, in order, and no subscription is told an article twice.
At the end, when all is well again: nothing is missing that is not on record as given up with a lost channel.
"""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import time, timedelta
from itertools import pairwise
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.delivery import Sender
from bot.errors import DeliveryError, ForbiddenChannelError
from digest.model import Part
from digest.store.schema import deliveries
from tests.bot.deliveries import FakeDiscord, Watch
from tests.builders import subscription
from tests.digest.service.newsroom import FEED, Newsroom, story
from tests.properties.crashes import Crash, FragileStore
from tests.stores import open_store
from tests.wire.loops import WireLoop, hasty

QUAY = "https://quay.example/feed.xml"
CHANNELS = (10, 11)
# Two subscriptions share a channel, two have the same times.
ORDERS = {
    one.name: one
    for one in (
        subscription(name="Morning", channel_id=10, times=(time(9),), zone="UTC", max_stories=99),
        subscription(name="Often", channel_id=10, times=(time(9), time(12), time(18)), zone="UTC", max_stories=99),
        subscription(name="Far", channel_id=11, times=(time(9), time(18)), zone="America/New_York", max_stories=99),
    )
}
MINUTES = (0.25, 1, 2.5, 4, 60, 300, 1500)
CHANGES = (
    {"times": (time(9),), "zone": "UTC"},
    {"times": (time(8), time(12), time(23, 30)), "zone": "Pacific/Kiritimati"},
    {"source_ids": ()},
    {"source_ids": (1,)},
    {"source_ids": (2,)},
    {"channel_id": 10},
    {"channel_id": 11},
)
names = st.sampled_from(sorted(ORDERS))


class Discord(FakeDiscord):
    """Channels that can be lost, on a Discord that can be down."""

    def __init__(self, now):
        super().__init__(now)
        self.lost = set()
        self.is_down = False

    async def post(self, part):
        self._refuse(part)
        return await super().post(part)

    async def find(self, part):
        self._refuse(part)
        return await super().find(part)

    def _refuse(self, part):
        if self.is_down:
            raise DeliveryError(part.channel_id, "503")
        if part.channel_id in self.lost:
            raise ForbiddenChannelError(part.channel_id, "403", missing=("Send Messages",))


def print_by_name(digest):
    """A part for each story: the digest's name, and the urls of the story's articles."""
    return tuple(Part(" ".join([digest.name, *(one.article.url for one in story.briefs)])) for story in digest.stories)


class Deliveries(RuleBasedStateMachine):
    """A guild with three digests in two channels, a bot that dies and comes back, and a Discord that does not."""

    def __init__(self):
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=WireLoop)
        self.folder = TemporaryDirectory()
        self.watch = Watch()
        self.discord = Discord(self.watch)
        self.listed = {FEED: [], QUAY: []}
        self.has_held_back = False
        self.runner.run(self.begin())

    async def begin(self):
        await self.start()
        for feed in self.listed:
            await self.service.add_source(1, feed, now=self.watch())
        saved = [await self.service.save_subscription(one, now=self.watch()) for one in ORDERS.values()]
        self.ids = {one.name: one.id for one in saved}

    async def start(self):
        self.store = FragileStore(await open_store(self.folder.name))
        self.newsroom = Newsroom(self.store)
        self.service = self.newsroom.service
        self.sender = Sender(self.service, self.discord, self.watch)
        self.publish()

    def publish(self):
        for feed, entries in self.listed.items():
            self.newsroom.publish(*entries, feed=feed, name=feed)

    def live(self, step):
        """Do a step; if the process dies of it, all that it was doing ends, and it starts anew."""

        async def do():
            try:
                with capture_logs(), hasty():  # tracebacks are long, and so are the waits between the sender's tries
                    await step
            except* Crash:
                rest = asyncio.all_tasks() - {asyncio.current_task()}
                for task in rest:
                    task.cancel()
                await asyncio.gather(*rest, return_exceptions=True)
                await self.store.store.close()
                await self.start()

        self.runner.run(do())

    # --- the world ---

    @rule(feed=st.sampled_from([FEED, QUAY]), count=st.integers(1, 3), age=st.none() | st.integers(0, 20))
    def report(self, feed, count, age):
        for _ in range(count):
            number = len(self.listed[FEED]) + len(self.listed[QUAY])
            at = None if age is None else self.watch() - timedelta(hours=age)
            self.listed[feed].append(story(number, outlet="gazette" if feed == FEED else "quay", at=at))
        self.publish()
        self.live(self.read())

    @rule(minutes=st.sampled_from(MINUTES))
    def be_down(self, minutes):
        self.discord.is_down = True
        self.tick(minutes)
        self.discord.is_down = False

    @rule(channel=st.sampled_from(CHANNELS))
    def lose(self, channel):
        self.discord.lost.add(channel)
        self.has_held_back = True

    @precondition(lambda self: self.discord.lost)
    @rule()
    def regain(self):
        self.discord.lost.clear()
        for name in ORDERS:
            self.resume(name)

    @rule(transactions=st.integers(0, 8), keeps=st.booleans())
    def doom(self, transactions, keeps):
        self.store.fuse, self.store.keeps = transactions, keeps

    # --- the bot ---

    @rule(minutes=st.sampled_from(MINUTES))
    def tick(self, minutes):
        self.watch.pass_(minutes=minutes)
        self.live(self.issue_and_post())

    @rule(name=names)
    def press(self, name):
        async def press():
            await self.service.issue_now(1, self.ids[name], now=self.watch(), render=print_by_name)
            await self.sender.post_open()

        self.live(press())

    @rule(
        name=names,
        moment=st.sampled_from(["before", "after"]),
        error=st.sampled_from([Crash(), DeliveryError(10, "503")]),
        minutes=st.sampled_from(MINUTES),
    )
    def be_troubled_while_posting(self, name, moment, error, minutes):
        self.report(FEED, 2, None)
        self.discord.troubles = [(moment, error)]
        self.press(name)
        self.discord.troubles = []
        self.tick(minutes)

    @rule()
    def restart(self):
        async def end():
            raise Crash

        self.live(end())

    # --- its users ---

    @rule(name=names, change=st.sampled_from(CHANGES))
    def change(self, name, change):
        self.live(self.save(name, **change))

    @rule(name=names)
    def pause(self, name):
        self.has_held_back = True
        self.live(self.service.pause_subscription(self.ids[name], "by you"))

    @rule(name=names)
    def resume(self, name):
        self.live(self.service.resume_subscription(1, self.ids[name], now=self.watch()))

    # --- what holds ---

    @invariant()
    def each_part_stands_in_its_channel_once_and_in_order(self):
        # What a lost or paused digest holds back comes later than what others said meanwhile.
        for name in ORDERS if self.has_held_back else ("",):
            for channel in CHANNELS:
                messages = [one for one, _ in self.discord.messages if one.channel_id == channel]
                posted = [(one.edition_id, one.part) for one in messages if one.payload.startswith(name)]
                assert all(earlier < later for earlier, later in pairwise(posted)), posted

    @invariant()
    def no_digest_tells_an_article_twice(self):
        assert set(self.told().values()) <= {1}

    def teardown(self):
        try:
            with capture_logs():
                given_up = self.runner.run(self.end_well())
            stood = {(name, entry.url) for name in ORDERS for listed in self.listed.values() for entry in listed}
            self.each_part_stands_in_its_channel_once_and_in_order()
            self.no_digest_tells_an_article_twice()
            assert stood == set(self.told()) | given_up
        finally:
            self.runner.run(self.store.store.close())
            self.runner.close()
            self.folder.cleanup()

    # --- steps ---

    async def read(self):
        for source_id in (1, 2):
            await self.service.refresh_source(source_id, now=self.watch())
        await self.service.read_due(now=self.watch())

    async def issue_and_post(self):
        try:
            await self.service.issue_due(now=self.watch(), render=print_by_name)
        finally:
            await self.sender.post_open()

    async def save(self, name, **change):
        kept = await self.service.get_subscription(1, self.ids[name])
        await self.service.save_subscription(replace(kept, **change), now=self.watch())

    async def end_well(self):
        """Let all be well again for some days, and return what was given up: names of digests, and urls."""
        self.store.fuse, self.discord.is_down = None, False
        self.discord.troubles.clear()
        self.discord.lost.clear()
        with suppress(Crash):
            await self.sender.post_open()
        for name in self.ids:
            await self.save(name, source_ids=())
            await self.service.resume_subscription(1, self.ids[name], now=self.watch())
        await self.read()
        for hours in (26, 26, 1):  # a slot of each comes, what it brought is posted, what was in doubt is looked for
            self.watch.pass_(hours=hours)
            await self.issue_and_post()
        assert await self.service.open_deliveries(now=self.watch()) == ()
        async with self.store.reading() as db:
            payloads = (await db.execute(select(deliveries.c.payload).where(deliveries.c.state == "failed"))).scalars()
            return set(_told_by(payloads))

    def told(self):
        return Counter(_told_by(part.payload for part, _ in self.discord.messages))


def _told_by(payloads):
    for payload in payloads:
        name, *urls = payload.split()
        yield from ((name, url) for url in urls)


TestDeliveries = Deliveries.TestCase
TestDeliveries.settings = settings(
    deadline=None, max_examples=15, stateful_step_count=25, suppress_health_check=[HealthCheck.too_slow]
)

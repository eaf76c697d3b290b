"""Promises 6 and 7, as far as the store and the service keep them: every slot once, every article told once."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import time, timedelta
from itertools import pairwise
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings, strategies as st
from sqlalchemy import select

from digest.editions.schedule import after_quiet, due_slots
from digest.model import BY_HAND, CatchUp, Slot
from digest.store.schema import editions
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, story
from tests.properties.crashes import Crash, FragileStore
from tests.stores import open_store

HOUR = timedelta(hours=1)
QUAY = "https://quay.example/feed.xml"
TIMES = ((time(9),), (time(9), time(18)), (time(0), time(12), time(23, 30)), (time(2, 30),))
ZONES = ("UTC", "Pacific/Kiritimati", "America/New_York")
QUIET = {"quiet_from": time(3), "quiet_until": time(8)}
ON_RECORD = 50


class World:
    """A guild with two sources and a subscription, a channel, and a process that crashes and comes back."""

    def __init__(self, folder):
        self.folder = folder
        self.now = NOW
        self.listed = {"gazette": [], "quay": []}
        self.stood = []
        self.channel = {}
        self.ticks = []
        self.moved_at = NOW

    async def open(self):
        self.store = FragileStore(await open_store(self.folder))
        web = getattr(self, "newsroom", None) and self.newsroom.web
        self.newsroom = Newsroom(self.store)
        if web:
            self.newsroom.web = web
            self.newsroom.service._tools = replace(self.newsroom.service._tools, fetcher=web)
        self.service = self.newsroom.service

    async def begin(self):
        await self.open()
        self.publish_lists()
        await self.service.add_source(1, FEED, now=self.now)
        await self.service.add_source(1, QUAY, now=self.now)
        wanted = subscription(times=TIMES[0], zone="UTC", **QUIET)
        self.order = await self.service.save_subscription(wanted, now=self.now)

    def publish_lists(self):
        self.newsroom.publish(*self.listed["gazette"])
        self.newsroom.publish(*self.listed["quay"], feed=QUAY, name="Quay Weekly")

    async def run(self, events):
        await self.begin()
        for name, argument in events:
            try:
                await getattr(self, name)(argument)
            except* Crash:  # alone, or among what several steps at once came to
                await self.restart(None)
        self.store.fuse = None
        await self.service.resume_subscription(1, self.order.id, now=self.now)
        await self.wait(9)
        await self.read(None)
        await self.tick(None)
        self.now = (await self.service.map_next_runs(1))[self.order.id]  # the first that nobody skipped
        await self.tick(None)
        await self.wait(6)  # what was made in the quiet hours waits for their end
        await self.post(None)
        await self.store.store.close()

    async def wait(self, hours):
        self.now += hours * HOUR

    async def report(self, what):
        outlet, age = what
        number = len(self.stood)
        at = None if age is None else self.now - age * HOUR
        self.stood.append(story(number, outlet=outlet, at=at))
        self.listed[outlet].append(self.stood[-1])
        self.publish_lists()

    async def read(self, _):
        for source_id in (1, 2):
            await self.service.refresh_source(source_id, now=self.now)
        for _ in range(3):
            await self.service.refresh_due(now=self.now)

    async def tick(self, _):
        await self.service.issue_due(now=self.now, render=print_urls)
        self.ticks.append(self.now)

    async def press(self, _):
        await self.service.issue_now(1, self.order.id, now=self.now, render=print_urls)

    async def post(self, _):
        for part in await self.service.open_deliveries(now=self.now):
            edition = await self.service.get_edition(1, part.edition_id)
            if edition.slot and edition.composed_at > self.moved_at:
                assert after_quiet(self.order, edition.composed_at) <= self.now
            await self.service.begin_delivery(part.id, now=self.now)
            # Discord returns the first message when a nonce comes again.
            message = self.channel.setdefault(part.nonce, (len(self.channel), part.payload))
            await self.service.finish_delivery(part.id, message[0], now=self.now)

    async def restart(self, _):
        await self.store.store.close()
        await self.open()

    async def set_fuse(self, fuse):
        self.store.fuse, self.store.keeps = fuse

    async def reschedule(self, how):
        times, zone = how
        self.moved_at = self.now
        self.order = await self.service.save_subscription(replace(self.order, times=times, zone=zone), now=self.now)

    async def choose(self, source_ids):
        self.order = await self.service.save_subscription(replace(self.order, source_ids=source_ids), now=self.now)

    async def pause(self, _):
        await self.service.pause_subscription(self.order.id, BY_HAND)

    async def skip(self, _):
        await self.service.skip_next(1, self.order.id, now=self.now)

    async def catch_up(self, how):
        self.order = await self.service.save_subscription(replace(self.order, catch_up=how), now=self.now)

    async def resume(self, _):
        await self.service.resume_subscription(1, self.order.id, now=self.now)

    def told(self):
        return Counter(url for _, payload in self.channel.values() for url in payload.split())


def event(name, argument=st.none()):  # noqa: B008 -- a strategy is a value
    return st.tuples(st.just(name), argument)


ages = st.none() | st.integers(0, 20)
fuses = st.tuples(st.integers(0, 6), st.booleans())
running = st.one_of(
    event("wait", st.integers(1, 40)),
    event("report", st.tuples(st.sampled_from(["gazette", "quay"]), ages)),
    event("read"),
    event("tick"),
    event("post"),
    event("restart"),
    event("set_fuse", fuses),
    event("skip"),
    event("catch_up", st.sampled_from([CatchUp.MERGE, CatchUp.SKIP])),
)
latest = event("catch_up", st.just(CatchUp.LATEST))
changing = st.one_of(
    running,
    event("press"),
    event("reschedule", st.tuples(st.sampled_from(TIMES), st.sampled_from(ZONES))),
    event("choose", st.sampled_from([(), (1,), (2,), (1, 2)])),
    event("pause"),
    event("resume"),
)


def live_through(events):
    async def live():
        with TemporaryDirectory() as folder:
            world = World(folder)
            await world.run(events)
            return world, await slots_issued(folder)

    return asyncio.run(live())


async def slots_issued(folder):
    async with await open_store(folder) as store, store.reading() as db:
        rows = await db.execute(select(editions.c.local_date, editions.c.local_time))
        return Counter(Slot(1, *row) for row in rows if row.local_date)


@settings(deadline=None, max_examples=15)
@given(st.lists(changing, max_size=14))
@example([("report", ("gazette", 0)), ("read", None), ("wait", 9), ("set_fuse", (0, True)), ("tick", None)])
@example([("report", ("gazette", 0)), ("read", None), ("press", None), ("wait", 9), ("tick", None), ("post", None)])
@example([("report", ("gazette", 0)), ("read", None), ("skip", None), ("wait", 9), ("tick", None), ("post", None)])
@example([("report", ("quay", 3)), ("read", None), ("catch_up", CatchUp.SKIP), ("wait", 40), ("tick", None)])
def test_every_article_is_told_exactly_once_whatever_comes_late_or_changes_or_crashes(events):
    world, _ = live_through([*events, ("choose", ())])
    assert world.told() == Counter(one.url for one in world.stood)


@settings(deadline=None, max_examples=15)
@given(st.lists(running | latest, max_size=14), st.sampled_from(TIMES), st.sampled_from(ZONES))
@example([("wait", 9), ("set_fuse", (0, False)), ("tick", None), ("tick", None)], TIMES[0], "UTC")
@example(
    [("report", ("quay", 0)), ("read", None), ("catch_up", CatchUp.LATEST), ("wait", 40), ("wait", 40)], TIMES[0], "UTC"
)
def test_every_slot_is_on_record_once_and_no_article_is_told_twice_however_missed_ones_are_caught_up(
    events, times, zone
):
    world, issued = live_through([("reschedule", (times, zone)), *events])
    assert set(issued.values()) <= {1}
    assert set(world.told().values()) <= {1}
    for before, at in pairwise([NOW, *world.ticks]):
        slots = due_slots(world.order, before + timedelta(microseconds=1), at)
        assert set(slots[-ON_RECORD:]) <= set(issued)

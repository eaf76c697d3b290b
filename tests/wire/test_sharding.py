"""Servers on shards, shards in processes: each hears of its own, judges its own, and identifies in its turn."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from itertools import pairwise

import discord
import pytest
from structlog.testing import capture_logs

from bot.client import OnRecordBot
from bot.identifies import MOST_STOPPED_SECONDS, Identifies
from bot.shards import Shards
from digest.errors import StoreError
from digest.store import Store
from digest.store.dialects import Turn
from tests.bot.services import FakeService
from tests.waiting import until
from tests.wire.faults import Reset, Status
from tests.wire.gateway import Op
from tests.wire.loops import hasty
from tests.wire.server import logged_in

FIRST, SECOND = Shards((0,), 2), Shards((1,), 2)
APART = 1.5


@pytest.fixture
def guilds(wire, watch):
    """One of each of two shards: Discord deals by the moment that an id is of."""
    both = {}
    while len(both) < 2:
        watch.pass_(milliseconds=1)
        number = (wire.world.new_id() >> 22) % 2
        if number not in both:
            both[number] = wire.world.add_guild(f"Harbour {number}")
    return both[0], both[1]


def knowing(guilds):
    """A service that knows these servers."""
    service = FakeService()
    service.guild_names = {one.id: "" for one in guilds}
    return service


async def test_all_shards_that_discord_recommends_are_listened_to(wire, guilds, watch):
    wire.gateway.shards = 2
    with hasty():
        async with logged_in(OnRecordBot(knowing(guilds), watch), wire.world.token) as bot:
            assert {one.id for one in bot.guilds} == {one.id for one in guilds}
            assert all(bot.has_noted(one.id) for one in guilds)
    assert [shard for shard, _ in wire.gateway.identified] == [(0, 2), (1, 2)]


async def test_a_process_hears_of_its_own_servers_and_judges_no_other(wire, guilds, watch):
    for shards, (ours, theirs) in ((FIRST, guilds), (SECOND, guilds[::-1])):
        service = knowing([*guilds, ours])
        service.guild_names[ours.id + (2 << 22)] = "left"  # of the same shard, and the bot is not there
        async with logged_in(OnRecordBot(service, watch, shards=shards), wire.world.token) as bot:
            await until(lambda noted=bot.has_noted, guild=ours: noted(guild.id))
            assert [one.id for one in bot.guilds] == [ours.id]
            assert (bot.has_noted(ours.id), bot.has_noted(theirs.id)) == (True, False)
            await wire.rename_guild(theirs, "Lighthouse")
            await wire.rename_guild(ours, "Pier")
            await until(lambda names=service.guild_names, guild=ours: names[guild.id] == "Pier")
        assert service.left == {ours.id + (2 << 22): watch()}
        assert service.guild_names[theirs.id] == ""


@pytest.mark.parametrize(("shards", "registers"), [(FIRST, True), (SECOND, False), (None, True)])
@pytest.mark.usefixtures("guilds")
async def test_commands_are_registered_by_the_process_of_the_first_shard(wire, watch, *, shards, registers):
    async with logged_in(OnRecordBot(FakeService(), watch, shards=shards), wire.world.token):
        assert bool(wire.rest.sent("PUT", "/commands")) == registers


@pytest.mark.parametrize("parts", [None, FIRST], ids=["all", "some"])
async def test_a_server_that_removed_the_bot_while_its_session_was_lost_is_noted(wire, guilds, watch, *, parts):
    ours, service = guilds[0], knowing(guilds[:1])
    async with logged_in(OnRecordBot(service, watch, shards=parts), wire.world.token) as bot:
        await until(lambda: bot.has_noted(ours.id))
        del wire.world.guilds[ours.id]
        with hasty():
            await wire.gateway.invalidate(resumable=False)
            await until(lambda: service.left)
        assert service.left == {ours.id: watch()}
        assert bot.get_guild(ours.id) is None


async def test_a_server_that_stays_while_its_session_was_lost_stays_known(wire, guilds, watch):
    service = knowing(guilds)
    async with logged_in(OnRecordBot(service, watch, shards=FIRST), wire.world.token) as bot:
        ready = asyncio.ensure_future(bot.wait_for("shard_ready"))
        await asyncio.sleep(0)
        with hasty():
            await wire.gateway.invalidate(resumable=False)
            await ready
            await asyncio.sleep(0.1)
        assert bot.get_guild(guilds[0].id).name == "Harbour 0"
    assert service.left == {}


async def test_what_cannot_be_noted_now_is_noted_later_and_nothing_is_judged_before(wire, guilds, watch):
    class Failing(FakeService):
        fails = 2

        async def note_guilds(self, present, *, now, is_judged):
            if self.fails:
                self.fails -= 1
                raise StoreError("away")
            await super().note_guilds(present, now=now, is_judged=is_judged)

    service = Failing()
    async with logged_in(OnRecordBot(service, watch, shards=FIRST), wire.world.token) as bot:
        await until(lambda: service.fails == 1)
        assert bot.is_ready()
        assert not bot.has_noted(guilds[0].id)
        with hasty():
            await until(lambda: bot.has_noted(guilds[0].id))


@pytest.mark.parametrize(("shards", "code"), [(Shards((2,), 2), 4010), (Shards((0,), 1), 4011)])
@pytest.mark.usefixtures("guilds")
async def test_a_shard_that_cannot_be_or_takes_too_many_servers_ends_the_bot(wire, watch, *, shards, code):
    wire.gateway.most_guilds_a_shard = 1
    async with OnRecordBot(FakeService(), watch, shards=shards) as bot:
        with pytest.raises(discord.ConnectionClosed) as caught:
            await bot.start(wire.world.token)
    assert caught.value.code == code


@pytest.mark.parametrize("fault", [Status(503), Reset()], ids=str)
@pytest.mark.usefixtures("guilds")
async def test_how_many_shards_there_are_is_asked_until_discord_says_it(wire, watch, *, fault):
    wire.faults.next("GET", "/gateway/bot", fault, times=3)
    async with OnRecordBot(FakeService(), watch) as bot:
        await bot.login(wire.world.token)
        running = asyncio.create_task(bot.connect())
        with hasty():
            await bot.wait_until_ready()
        await bot.close()
        await running
    assert len(wire.rest.sent("GET", "/gateway/bot")) == 4 + 1 + 1  # the limit, the number, the limit once more


# --- identifying while there are some left ---


def warnings_of(logged):
    return [one for one in logged if "left" in one]


@pytest.mark.parametrize(("left", "shards"), [(0, None), (9, FIRST), (10, FIRST), (11, None)])
@pytest.mark.usefixtures("guilds")
async def test_a_process_started_over_and_over_leaves_some_identifies_and_waits(wire, watch, *, left, shards):
    wire.gateway.identifies_left, wire.gateway.anew_in_seconds, wire.gateway.shards = left, 7200, 2
    with capture_logs() as logged:
        async with OnRecordBot(FakeService(), watch, shards=shards) as bot:
            await bot.login(wire.world.token)
            running = asyncio.create_task(bot.connect())
            await until(lambda: warnings_of(logged))
            assert wire.gateway.identified == []
            wire.gateway.identifies_left = 1000
            with hasty():
                await bot.wait_until_ready()
            await bot.close()
            await running
    (warning,) = warnings_of(logged)
    assert (warning["log_level"], warning["left"]) == ("error", left)
    assert warning["anew_at"] == (watch() + timedelta(hours=2)).isoformat(timespec="seconds")


@pytest.mark.usefixtures("guilds")
async def test_a_session_that_was_lost_waits_for_identifies_as_well(wire, watch):
    async with logged_in(OnRecordBot(FakeService(), watch, shards=FIRST), wire.world.token) as bot:
        wire.gateway.identifies_left, wire.gateway.anew_in_seconds = 9, 300
        with capture_logs() as logged, hasty():
            hook = asyncio.create_task(bot.before_identify_hook(0))
            await asyncio.sleep(200)
            assert not hook.done()
            assert len(warnings_of(logged)) == 1
            wire.gateway.identifies_left = 10
            await hook


@pytest.mark.usefixtures("guilds")
async def test_a_session_that_was_lost_is_identified_anew_where_discord_does_not_say_how_many_are_left(wire, watch):
    async with logged_in(OnRecordBot(FakeService(), watch, shards=FIRST), wire.world.token) as bot:
        wire.faults.next("GET", "/gateway/bot", Status(403))
        with hasty():
            await bot.before_identify_hook(0)


# --- identifying in turn ---


class Turns:
    """What one at a time can be in, in one loop."""

    def __init__(self):
        self.lock = asyncio.Lock()
        self.trouble = None

    @asynccontextmanager
    async def holding(self):
        if self.trouble:
            raise self.trouble
        async with self.lock:
            yield


def gaps(wire):
    times = sorted(at for _, at in wire.gateway.identified)
    return [later - sooner for sooner, later in pairwise(times)]


async def run_both(wire, watch, first, second):
    """Two processes' bots, started at the same time, whose sessions are lost once."""
    async with (
        OnRecordBot(FakeService(), watch, shards=FIRST, identifies=first) as one,
        OnRecordBot(FakeService(), watch, shards=SECOND, identifies=second) as other,
    ):
        for bot in (one, other):
            await bot.login(wire.world.token)  # which takes this loop's time, as it would not the other process'
        running = [asyncio.create_task(bot.connect()) for bot in (one, other)]
        await until(lambda: len(wire.gateway.sessions) == 2)
        await wire.gateway.drop(4000)
        await until(lambda: wire.gateway.operations().count(Op.RESUME) == 2)
        for bot in (one, other):
            await bot.close()
        await asyncio.gather(*running)


@pytest.mark.usefixtures("guilds")
async def test_of_several_processes_one_at_a_time_identifies_and_who_resumes_waits_for_nobody(wire, watch):
    turns = Turns()
    await run_both(wire, watch, *(Identifies(turns.holding, apart=APART) for _ in range(2)))
    assert len(wire.gateway.identified) == 2
    assert min(gaps(wire)) >= APART / 2  # a busy machine hears the first one late
    assert not turns.lock.locked()


@pytest.mark.usefixtures("guilds")
async def test_two_processes_on_one_database_identify_one_after_the_other(wire, watch, postgres):
    async with postgres.database() as url, await Store.open(url) as one, await Store.open(url) as other:
        first, second = (
            Identifies(partial(store.holding, Turn.IDENTIFYING, most_idle=MOST_STOPPED_SECONDS), apart=APART)
            for store in (one, other)
        )
        await run_both(wire, watch, first, second)
    assert len(wire.gateway.identified) == 2
    assert min(gaps(wire)) >= APART / 2  # a busy machine hears the first one late


async def test_whose_turn_does_not_come_is_told_so_and_keeps_nobody_waiting():
    turns = Turns()
    await turns.lock.acquire()
    waiting = Identifies(turns.holding, apart=APART)
    with hasty(), pytest.raises(TimeoutError):
        await waiting.turn()
    turns.lock.release()
    await asyncio.sleep(0)
    assert not turns.lock.locked()
    turns.trouble = StoreError("away")
    with hasty(), pytest.raises(TimeoutError):
        await waiting.turn()


async def test_who_stops_holds_the_turn_no_longer():
    turns = Turns()
    one = Identifies(turns.holding, apart=3600)
    await one.turn()
    assert turns.lock.locked()
    await one.stop()
    assert not turns.lock.locked()


async def test_a_database_that_is_away_ends_no_gateway(wire, guilds, watch):
    turns = Turns()
    identifies = Identifies(turns.holding, apart=0)
    async with logged_in(
        OnRecordBot(FakeService(), watch, shards=FIRST, identifies=identifies), wire.world.token
    ) as bot:
        turns.trouble = StoreError("away")
        with hasty():
            await wire.gateway.invalidate(resumable=False)
            await asyncio.sleep(30)
            assert wire.gateway.identifies == 1
            turns.trouble = None
            await until(lambda: wire.gateway.identifies == 2)
        assert not bot.is_closed()
        assert bot.get_guild(guilds[0].id)

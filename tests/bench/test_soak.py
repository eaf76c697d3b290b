"""A short day is lived through and accounted for; time jumps over what is idle; what is held is seen as it is."""

import asyncio
import os
import subprocess
import sys
import time
from datetime import timedelta
from functools import partial

import aiohttp
import pytest

from bench._jumping_time import BEGINNING, JumpingTime, following_loop, leading_loop
from bench._processes import descendants, is_there, look_at
from bench._soaked_account import Sample, account_of
from bench._soaked_web import LISTED, Web
from bench.soak import measure
from tests.bot.deliveries import Watch
from tests.waiting import PATIENCE

on_loopback = pytest.mark.allow_hosts(["127.0.1.1", "127.0.1.2"])


@pytest.fixture
def clock(tmp_path):
    return JumpingTime(tmp_path / "time")


def live(factory, clock, doing):
    with asyncio.Runner(loop_factory=partial(factory, clock)) as runner:
        return runner.run(doing)


def test_hours_of_sleep_take_seconds_where_nothing_is_done(clock):
    began = time.monotonic()
    live(leading_loop, clock, asyncio.sleep(2 * 3600))
    assert timedelta(hours=2) <= clock() - BEGINNING < timedelta(hours=2.5)
    assert time.monotonic() - began < 120


def test_time_does_not_jump_while_work_is_waited_for(clock):
    async def work():
        nap = asyncio.create_task(asyncio.sleep(3600))
        with clock.working():
            await asyncio.to_thread(time.sleep, 0.3)
        is_done = nap.done()
        nap.cancel()
        return is_done

    assert not live(leading_loop, clock, work())
    assert clock() - BEGINNING < timedelta(minutes=1)


def test_time_does_not_jump_while_who_follows_is_busy(clock, tmp_path):
    other = JumpingTime(tmp_path / "time")
    other.say_busy(is_busy=True)
    assert clock.is_anybody_busy
    other.say_busy(is_busy=False)
    assert not clock.is_anybody_busy


def test_who_follows_wakes_when_the_time_of_all_has_jumped(clock, tmp_path):
    other = JumpingTime(tmp_path / "time")

    async def follow():
        asyncio.get_running_loop().call_later(0.05, clock.jump, 3600)
        await asyncio.sleep(3000)

    began = time.monotonic()
    live(following_loop, other, follow())
    assert time.monotonic() - began < 10


@on_loopback
async def test_an_outlet_lists_what_it_published_and_each_page_is_there_or_never_will_be():
    watch = Watch()
    web = Web(2, timedelta(hours=1), watch, is_faulty=False)
    watch.pass_(hours=30)
    async with web.listening(), aiohttp.ClientSession() as session:
        (_, feed), _ = web.feeds()
        async with session.get(feed) as answer:
            assert (await answer.text()).count("<item>") == LISTED
        assert web.published() == 60
        assert 40 < len(web.readable()) < 60
        async with session.get(min(web.readable())) as answer:
            assert answer.status == 200
    assert web.met == {"pages": 1}


@on_loopback
async def test_a_web_that_fails_does_so_by_chance_and_not_once_it_is_told_to_stop():
    web = Web(1, timedelta(hours=1), Watch())
    async with web.listening(), aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(0.3)) as session:
        ((_, feed),) = web.feeds()
        for _ in range(60):
            try:
                async with session.get(feed) as answer:
                    await answer.read()
            except (aiohttp.ClientError, TimeoutError):
                pass
        met = web.met.total()
        web.is_faulty = False
        async with session.get(feed, timeout=aiohttp.ClientTimeout(PATIENCE)) as answer:
            assert answer.status == 200
    assert web.met.total() == met > 0


def test_growth_is_counted_from_the_first_hour_to_the_most(clock):
    (held,) = look_at(os.getpid())[:1]
    said = {"tasks": 3, "files": 9, "threads": 2, "kinds of tasks": {}, "types": {"a": 1}, "sizes": {}}
    grown = said | {"tasks": 5, "types": {"a": 4}}
    more = type(held)(held.pid, held.command, held.rss * 1.2, held.pss, held.files, held.threads)
    figures = account_of([Sample(clock(), said, [held]), Sample(clock(), said, [more]), Sample(clock(), grown, [held])])
    assert figures["rss growth, %"] == 0
    assert figures["rss growth at most, %"] == pytest.approx(20, abs=0.2)
    assert figures["target"].endswith("missed")
    assert (figures["tasks left over"], figures["files left over"]) == (2, 0)
    assert figures["types that grew"] == {"a": 3}


def test_what_a_process_started_is_held_against_it_until_it_ends():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert child.pid in descendants(os.getpid())
        assert is_there(child.pid)
        assert any(one.pid == child.pid and one.rss > 1 for one in look_at(os.getpid()))
        child.communicate(b"\n")
    assert not is_there(child.pid)


def test_a_bot_starts_answers_before_any_model_is_loaded_and_ends_by_a_signal():
    figures = measure(["--part", "start", "--small"])["start"]
    for how in ("cold", "warm"):
        measured = figures[f"no record: {how}"]
        assert 0 < measured["identified"][0] <= measured["answered"][0]
        assert measured["reading processes then"] == [0]

"""The clock ticks on, whatever happens in a tick."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.clock import Clock, clock_from, read_clock
from tests.bot.deliveries import Watch
from tests.builders import NOW
from tests.waiting import PATIENCE, until

SOON = timedelta(milliseconds=20)


@pytest.fixture
async def clock():
    clock = Clock(Watch())
    yield clock
    await clock.stop()


async def test_a_step_is_called_at_once_and_again_with_the_time_that_now_tells(clock):
    told = []

    async def step(now):
        told.append(now)

    clock.every(SOON, step, name="step")
    clock.start()
    await until(lambda: len(told) >= 3)
    assert set(told) == {NOW}


async def test_an_error_in_a_step_is_logged_and_stops_neither_it_nor_others(clock, capsys):
    calls = {"bad": 0, "good": 0}

    async def bad(_):
        calls["bad"] += 1
        raise ZeroDivisionError("boom")

    async def good(_):
        calls["good"] += 1

    clock.every(SOON, bad, name="bad")
    clock.every(SOON, good, name="good")
    clock.start()
    await until(lambda: min(calls.values()) >= 3)
    assert "boom" in capsys.readouterr().out


async def test_a_step_never_overlaps_itself(clock, caplog):
    running, most, calls = 0, 0, 0

    async def slow(_):
        nonlocal running, most, calls
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.06)
        running -= 1
        calls += 1

    caplog.set_level("ERROR", "apscheduler")
    clock.every(SOON, slow, name="slow")
    clock.start()
    await until(lambda: calls >= 3)
    assert most == 1


async def test_a_tick_that_the_busy_loop_missed_is_made_good_once(clock):
    calls, called = 0, asyncio.Event()

    async def step(_):
        nonlocal calls
        calls += 1
        called.set()

    clock.every(timedelta(milliseconds=300), step, name="step")
    clock.start()
    await called.wait()
    before = calls
    called.clear()
    time.sleep(1.6)  # noqa: ASYNC251 -- the loop hangs for longer than the grace time that apscheduler gives by default
    await called.wait()
    assert calls == before + 1


async def test_stopping_lets_a_running_step_finish_and_begins_no_other(clock):
    begun, finished, may_end = 0, 0, asyncio.Event()

    async def step(_):
        nonlocal begun, finished
        begun += 1
        await may_end.wait()
        finished += 1

    clock.every(SOON, step, name="step")
    clock.start()
    await until(lambda: begun)
    stopping = asyncio.create_task(clock.stop(drain=PATIENCE))
    await asyncio.sleep(0.1)
    may_end.set()
    await stopping
    await asyncio.sleep(0.1)
    assert (begun, finished) == (1, 1)


async def test_stopping_waits_no_longer_than_it_is_told(clock):
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def step(_):
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    clock.every(SOON, step, name="step")
    clock.start()
    await begun.wait()
    await clock.stop(drain=0.05)
    assert cancelled.is_set()


async def test_a_clock_that_never_started_can_be_stopped(clock):
    await clock.stop()


def test_a_clock_from_another_day_runs_on_from_there():
    now = clock_from(NOW)
    assert timedelta() <= now() - NOW < timedelta(minutes=1)
    assert read_clock().utcoffset() == timedelta()

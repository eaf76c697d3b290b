"""A turn among all processes ends with whoever holds it: killed, stopped, or done."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from digest.store import Store
from digest.store.dialects import Turn, dialect_of
from tests.waiting import PATIENCE

PROJECT = Path(__file__).parents[3]
HOLD = """
import asyncio, sys
from digest.store import Store
from digest.store.dialects import Turn, dialect_of

async def main():
    async with await Store.open(sys.argv[1]) as store, store.holding(Turn.IDENTIFYING, most_idle=float(sys.argv[2])):
        print("held", flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture
async def url(postgres):
    async with postgres.database() as url:
        yield url


@pytest.fixture
async def hold(url):
    """Starts a process that holds the turn for ten minutes."""
    started = []

    async def start(most_idle):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", HOLD, url, str(most_idle)),
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            stdout=asyncio.subprocess.PIPE,
        )
        started.append(process)
        async with asyncio.timeout(PATIENCE):
            assert await process.stdout.readline() == b"held\n"
        return process

    yield start
    for process in started:
        with suppress(ProcessLookupError):  # it was killed by the test
            process.kill()
        await process.wait()


@pytest.mark.parametrize(("sign", "most_idle"), [(signal.SIGKILL, 60), (signal.SIGSTOP, 1)], ids=["killed", "stopped"])
async def test_the_turn_of_a_process_that_is_killed_or_stopped_is_free_soon(url, hold, *, sign, most_idle):
    process = await hold(most_idle)
    async with await Store.open(url) as store:
        if sign is signal.SIGKILL:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(1.5), store.holding(Turn.IDENTIFYING):
                    pass
        process.send_signal(sign)
        async with asyncio.timeout(PATIENCE), store.holding(Turn.IDENTIFYING) as held:
            assert await held.is_held()


async def test_who_says_nothing_for_too_long_learns_that_the_turn_is_lost(url):
    async with await Store.open(url) as store, store.holding(Turn.ACTING, most_idle=2) as held:
        assert await held.is_held()
        await asyncio.sleep(3)
        assert not await held.is_held()
        async with store.reading() as db:  # the other connections are as they were
            assert (await db.exec_driver_sql("SHOW idle_session_timeout")).scalar() == "0"


async def test_who_is_stopped_in_a_transaction_that_all_wait_for_keeps_them_less_long_than_they_wait(url):
    limit = "SELECT setting::int FROM pg_settings WHERE name = '{}'"
    async with await Store.open(url) as store:
        async with store.writing() as db:
            await dialect_of(db).take_turn(db, Turn.LEASING)
            longest, patience = [
                (await db.exec_driver_sql(limit.format(name))).scalar_one()
                for name in ("idle_in_transaction_session_timeout", "lock_timeout")
            ]
            assert longest < patience
        async with store.writing() as db:
            idle = (await db.exec_driver_sql(limit.format("idle_in_transaction_session_timeout"))).scalar_one()
            assert idle > longest  # what nobody waits for may think for longer

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from digest.errors import NoArticleError, ReadingError
from digest.work.embedded import ReadingPool
from tests.builders import page
from tests.digest.work import hostile
from tests.waiting import PATIENCE


@pytest.fixture
async def pool():
    async with ReadingPool(timeout=PATIENCE) as pool:
        yield pool


async def test_a_function_runs_in_another_process_which_stays_for_the_next(pool):
    first, second = await pool(hostile.process_id), await pool(hostile.process_id)
    assert first == second != os.getpid()
    assert await pool(hostile.double, 21) == 42


@pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="NOT CHECKED how many threads a reading process has: only Linux tells"
)
async def test_a_reading_process_has_one_thread_however_many_cores_there_are(pool):
    assert await pool(hostile.threads_after_reading, "“We will rebuild the pier,” said Ada Quill.") == 1


@pytest.mark.parametrize("function", [hostile.hang, hostile.hang_in_a_pattern])
async def test_a_function_that_hangs_is_killed_and_the_next_one_runs(pool, function):
    await pool.start()
    started = time.monotonic()
    with pytest.raises(ReadingError, match=r"https://gazette.example/…: took longer than 0.3 s"):
        await pool(function, page(), timeout=0.3)
    assert time.monotonic() - started < PATIENCE
    assert await pool(hostile.double, 2) == 4


async def test_a_process_that_ends_itself_is_replaced(pool):
    with pytest.raises(ReadingError, match=r"ended its process \(exit status 3\)"):
        await pool(hostile.die)
    assert await pool(hostile.double, 2) == 4


async def test_a_process_that_is_killed_while_it_waits_is_replaced_and_no_task_is_lost(pool):
    os.kill(await pool(hostile.process_id), signal.SIGKILL)
    assert await pool(hostile.double, 2) == 4


async def test_an_error_of_the_tree_comes_back_as_it_is(pool):
    with pytest.raises(NoArticleError) as caught:
        await pool(hostile.find_nothing, page())
    assert (caught.value.url, caught.value.why) == ("https://gazette.example/ports", "nothing to read")


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (hostile.stumble, "ZeroDivisionError: a bug in a parser"),
        (hostile.leave, "SystemExit: 7"),
        (hostile.refuse, "RefusedError"),
    ],
)
async def test_any_other_accident_is_a_reading_error_and_costs_no_process(pool, function, why):
    before = await pool(hostile.process_id)
    with pytest.raises(ReadingError, match=why):
        await pool(function, page())
    assert await pool(hostile.process_id) == before


async def test_a_result_that_cannot_travel_is_an_error_and_the_next_task_runs(pool):
    with pytest.raises(ReadingError, match="ended its process"):
        await pool(hostile.give_what_cannot_travel)
    assert await pool(hostile.double, 2) == 4


async def test_the_loop_goes_on_while_a_process_is_busy_or_killed(pool):
    await pool.start()
    turns, stop = 0, False

    async def watch():
        nonlocal turns
        while not stop:
            await asyncio.sleep(0.005)
            turns += 1

    watcher = asyncio.create_task(watch())
    with pytest.raises(ReadingError):
        await pool(hostile.hang, timeout=1)
    of_hanging = turns
    await pool(hostile.nap, 1)
    stop = True
    await watcher
    assert min(of_hanging, turns - of_hanging) > 20


async def test_a_task_that_nobody_waits_for_any_more_is_killed(pool):
    await pool.start()
    task = asyncio.create_task(pool(hostile.hang))
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    started = time.monotonic()
    assert await pool(hostile.double, 2) == 4
    assert time.monotonic() - started < PATIENCE


async def test_what_reads_no_page_goes_before_all_pages_that_wait_and_they_all_come():
    ended = []
    async with ReadingPool(watch=lambda thought: ended.append(thought.task)) as pool:
        await pool.start()
        reads = [asyncio.create_task(pool(hostile.process_id, page("<p>"))) for _ in range(9)]
        await asyncio.sleep(0)  # now the first one is read
        assert await pool(hostile.double, 2) == 4
        await asyncio.gather(*reads)
    assert ended[1:4] == ["process_id", "double", "process_id"]
    assert len(ended) == 11


async def test_processes_are_replaced_after_so_many_tasks():
    async with ReadingPool(timeout=PATIENCE, tasks_a_process=2) as pool:
        ids = [await pool(hostile.process_id) for _ in range(4)]
    assert len(set(ids)) == 2


async def test_a_process_is_warm_before_its_first_task():
    async with ReadingPool(timeout=PATIENCE, warm_up=hostile.load) as pool:
        assert await pool(hostile.what_is_loaded) == ("the model",)


async def test_what_cannot_be_loaded_in_advance_stops_nothing():
    async with ReadingPool(timeout=PATIENCE, warm_up=hostile.load_in_vain) as pool:
        assert await pool(hostile.double, 2) == 4


async def test_closing_ends_what_runs_and_what_waits_with_a_reading_error():
    pool = ReadingPool(timeout=PATIENCE)
    await pool.start()
    tasks = [asyncio.create_task(pool(hostile.hang)) for _ in range(2)]
    await asyncio.sleep(0.2)
    await pool.close()
    results = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), PATIENCE)
    assert [type(result) for result in results] == [ReadingError, ReadingError]
    with pytest.raises(ReadingError, match="stopped"):
        await pool(hostile.double, 2)


async def test_a_pool_that_was_never_used_starts_no_process():
    async with ReadingPool() as pool:
        assert pool._pool is None


async def test_a_task_whose_process_goes_with_those_of_another_is_done_again():
    async with ReadingPool(2, timeout=PATIENCE) as pool:
        await pool.start()
        running = [asyncio.create_task(pool(hostile.nap, 1)) for _ in range(2)]
        await asyncio.sleep(0.5)
        await pool._discard()  # as where a third one lost its patience with a process that never came up
        assert await asyncio.gather(*running) == [1, 1]

import asyncio
import itertools

import pytest

from digest.sources.hosts import AT_ONCE, Clock, HostGate, NoTurnError
from tests.wire.loops import hasty


@pytest.fixture(autouse=True)
async def _jumping_time():
    with hasty():
        yield


async def visit(gate, host, log, *, name=None, seconds=0.0, delay=None):
    async with gate.enter(host, delay=delay):
        log.append((name, asyncio.get_running_loop().time()))
        await asyncio.sleep(seconds)


async def test_two_requests_of_a_host_run_at_once_and_no_more():
    gate, running, most = HostGate(spacing=0.0), 0, 0

    async def work():
        nonlocal running, most
        async with gate.enter("quay.example"):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

    await asyncio.gather(*(work() for _ in range(10)))
    assert most == AT_ONCE == 2


async def test_starts_keep_their_distance():
    gate, log = HostGate(spacing=0.1), []
    await asyncio.gather(*(visit(gate, "quay.example", log) for _ in range(5)))
    times = [at for _, at in log]
    assert all(later - earlier >= 0.099 for earlier, later in itertools.pairwise(times))


async def test_a_host_may_ask_for_a_longer_distance_but_not_for_a_shorter_one():
    gate, log = HostGate(spacing=0.02), []
    for delay in (None, 0.5, 0.0):
        await visit(gate, "quay.example", log, delay=delay)
    first, second, third = (at for _, at in log)
    assert second - first >= 0.49
    assert 0.019 <= third - second < 0.45


async def test_nobody_waits_longer_than_30_seconds_because_a_host_asks_for_a_day():
    gate = HostGate(spacing=0.0, patience=60.0)
    async with gate.enter("quay.example"):
        pass
    loop = asyncio.get_running_loop()
    turn = asyncio.create_task(visit(gate, "quay.example", [], delay=86_400.0))
    await asyncio.sleep(0.01)
    (waits,) = [handle.when() - loop.time() for handle in loop._scheduled if 20 < handle.when() - loop.time() < 50]
    turn.cancel()
    await asyncio.gather(turn, return_exceptions=True)
    assert 29 < waits <= 30


async def test_first_come_first_served():
    gate, log = HostGate(spacing=0.005), []
    await asyncio.gather(*(visit(gate, "quay.example", log, name=number, seconds=0.01) for number in range(12)))
    assert [name for name, _ in log] == list(range(12))


async def test_hosts_do_not_wait_for_each_other():
    gate, log = HostGate(spacing=5.0), []
    async with asyncio.timeout(2.0):
        await asyncio.gather(*(visit(gate, f"{number}.example", log) for number in range(100)))
    assert len(log) == 100


async def test_who_waits_too_long_is_told_and_the_others_go_on():
    gate, stop = HostGate(spacing=0.0, patience=0.05), asyncio.Event()

    async def hold():
        async with gate.enter("quay.example"):
            await stop.wait()

    holders = [asyncio.create_task(hold()) for _ in range(AT_ONCE)]
    await asyncio.sleep(0)
    with pytest.raises(NoTurnError):
        await visit(gate, "quay.example", [])
    stop.set()
    await asyncio.gather(*holders)
    await visit(gate, "quay.example", [])


async def test_who_is_cancelled_while_waiting_or_running_leaves_no_place_taken():
    gate = HostGate(spacing=0.01)
    for _ in range(20):
        tasks = [asyncio.create_task(visit(gate, "quay.example", [], seconds=5.0)) for _ in range(4)]
        await asyncio.sleep(0.003)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(1.0), gate.enter("quay.example"), gate.enter("quay.example"):
        pass


async def test_an_error_inside_leaves_no_place_taken():
    gate = HostGate(spacing=0.0)
    for _ in range(5):
        with pytest.raises(ValueError, match="broken"):
            async with gate.enter("quay.example"):
                raise ValueError("broken")
    async with asyncio.timeout(1.0), gate.enter("quay.example"), gate.enter("quay.example"):
        pass


async def test_a_host_is_forgotten_once_its_distance_is_kept():
    gate = HostGate(spacing=0.5)
    await asyncio.gather(*(visit(gate, f"{number}.example", []) for number in range(50)))
    assert len(gate) == 50
    await asyncio.sleep(0.7)
    assert len(gate) == 0


async def test_a_host_that_came_back_in_time_is_not_forgotten_too_early():
    gate, log = HostGate(spacing=0.05), []
    await visit(gate, "quay.example", log)
    await visit(gate, "quay.example", log)
    await asyncio.sleep(0.02)
    await visit(gate, "quay.example", log)
    times = [at for _, at in log]
    assert all(later - earlier >= 0.049 for earlier, later in itertools.pairwise(times))


async def test_a_clock_counts_only_while_it_runs():
    clock = Clock(1.0)
    async with clock.running():
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.6)
    async with clock.running():
        await asyncio.sleep(0.05)
    assert 0.5 < clock.left <= 0.91
    assert clock.spent == pytest.approx(1.0 - clock.left)


async def test_a_clock_that_has_run_out_stays_so():
    clock = Clock(0.02)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            async with clock.running():
                await asyncio.sleep(1.0)

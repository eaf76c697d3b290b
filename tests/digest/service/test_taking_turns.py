"""Processes that share a database ask a host in turn: a real server logs when, whatever becomes of them."""

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from aiohttp import web
from sqlalchemy import make_url

from digest.errors import StoreError
from digest.service.failures import is_of_database
from digest.service.taking_turns import SharedTurns, share_turns
from digest.sources.hosts import AT_ONCE, HostGate, NoTurnError
from digest.store import Store
from tests.digest.sources.servers import fetcher, html, serve
from tests.fakes import FakeFetcher
from tests.stores import open_store
from tests.waiting import PATIENCE, until

HOST = "quay.example"


class Site:
    """A host that takes its time to answer, and logs who asks when."""

    def __init__(self, *, robots="", seconds=0.3):
        self.robots = robots
        self.seconds = seconds
        self.starts = []
        self.paths = []
        self.running = 0
        self.most = 0
        self.is_full = asyncio.Event()

    async def answer(self, request):
        self.starts.append(asyncio.get_running_loop().time())
        self.paths.append(request.path)
        self.running += 1
        self.most = max(self.most, self.running)
        if self.running == AT_ONCE:
            self.is_full.set()
        try:
            if request.path == "/robots.txt":
                return web.Response(text=self.robots)
            await asyncio.sleep(30.0 if request.path.startswith("/stuck") else self.seconds)
            return html()
        finally:
            self.running -= 1

    @asynccontextmanager
    async def open(self):
        paths = ["/robots.txt", "/.well-known/tdmrep.json", *(f"/{name}{n}" for name in "abcd" for n in range(9))]
        async with serve(dict.fromkeys([*paths, "/stuck1", "/stuck2"], self.answer)) as (origin, _):
            yield origin

    def keeps(self, spacing):
        """Whether requests came so far apart, as far as a busy machine lets a server see when each of them started."""
        return min(self.gaps) >= spacing / 4

    @property
    def gaps(self):
        return [later - earlier for earlier, later in pairwise(self.starts)]


async def begin(url, origin, *paths, spacing=0.4, seconds=30.0, slack=10.0):
    numbers = (str(number) for number in (spacing, seconds, slack))
    command = (sys.executable, "-m", "tests.digest.service.polite", url, *numbers)
    urls = (f"{origin}/{path}" for path in paths)
    return await asyncio.create_subprocess_exec(*command, *urls, stdout=asyncio.subprocess.PIPE)


async def all_came(process, count):
    said, _ = await process.communicate()
    return said.decode().split("\n")[:-1] == ["came"] * count


@pytest.fixture
async def url(postgres):
    async with postgres.emptied() as url:
        yield url


@pytest.fixture
async def store(url):
    async with await Store.open(url) as store:
        yield store


@pytest.mark.parametrize("count", [2, 4])
async def test_all_processes_together_ask_a_host_twice_at_once_at_most_and_keep_their_distance(url, count):
    site = Site(seconds=0.6)
    async with site.open() as origin:
        names = "abcd"[:count]
        begun = [await begin(url, origin, *(f"{name}{n}" for n in range(3))) for name in names]
        assert all(await asyncio.gather(*(all_came(process, 3) for process in begun)))
    assert site.most == AT_ONCE
    assert site.keeps(0.4)
    assert len([path for path in site.paths if path[1] in names]) == 3 * count


async def test_a_crawl_delay_holds_between_processes(url):
    site = Site(robots="User-agent: *\nCrawl-delay: 1", seconds=0.0)
    async with site.open() as origin:
        begun = [await begin(url, origin, f"{name}1", f"{name}2", spacing=0.1) for name in "ab"]
        assert all(await asyncio.gather(*(all_came(process, 2) for process in begun)))
    pages = [gap for gap, path in zip(site.gaps, site.paths[1:], strict=True) if path != "/robots.txt"]
    assert min(pages) >= 0.5
    assert site.keeps(0.1)


async def test_the_places_of_a_killed_process_stay_taken_as_long_as_its_requests_could_have_run(url):
    site = Site(seconds=0.1)
    async with site.open() as origin:
        stuck = await begin(url, origin, "stuck1", "stuck2", spacing=0.1, seconds=3.0, slack=0.5)
        async with asyncio.timeout(PATIENCE):
            await site.is_full.wait()
        os.kill(stuck.pid, signal.SIGKILL)
        await stuck.wait()
        before = len(site.starts)
        after = await begin(url, origin, "b1", "b2", "b3", spacing=0.1)
        assert await all_came(after, 3)
    assert site.starts[before] - site.starts[1] > 2.0
    assert site.keeps(0.1)


async def hold(gate, log, seconds=0.0):
    async with gate.enter(HOST):
        log.append(asyncio.get_running_loop().time())
        await asyncio.sleep(seconds)


async def test_nobody_is_passed_over_by_a_process_that_has_much_to_ask(url, store):
    async with await Store.open(url) as other:
        busy, rare = (HostGate(spacing=0.0, longest=5.0, turns=SharedTurns(one)) for one in (store, other))
        before = []
        work = [asyncio.create_task(hold(busy, before, 0.2)) for _ in range(60)]
        await until(lambda: before)
        await hold(rare, [])
        assert len(before) < 30
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)


async def test_who_waits_too_long_is_told_and_leaves_nothing_behind(store):
    turns = SharedTurns(store)
    held = [await turns.take(HOST, gap=0.0, longest=60.0, patience=PATIENCE) for _ in range(AT_ONCE)]
    impatient = HostGate(spacing=0.0, patience=0.3, longest=600.0, turns=turns)
    with pytest.raises(NoTurnError, match="too many requests"):
        await hold(impatient, [])
    for place in held:
        await turns.end(HOST, place)
    log = []
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(
            hold(HostGate(spacing=0.0, turns=turns), log), hold(HostGate(spacing=0.0, turns=turns), log)
        )
    assert len(log) == 2


async def test_a_start_that_patience_cannot_wait_for_is_refused_at_once(store):
    turns = SharedTurns(store)
    await turns.end(HOST, await turns.take(HOST, gap=0.0, longest=1.0, patience=PATIENCE))
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(NoTurnError):
            await turns.take(HOST, gap=10 * PATIENCE, longest=1.0, patience=2 * PATIENCE)
    assert await turns.take(HOST, gap=0.1, longest=1.0, patience=PATIENCE)


async def test_who_is_cancelled_while_waiting_or_running_leaves_no_place_taken(store):
    gate = HostGate(spacing=0.01, longest=600.0, turns=SharedTurns(store))
    for _ in range(5):
        tasks = [asyncio.create_task(hold(gate, [], 5.0)) for _ in range(4)]
        await asyncio.sleep(0.02)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(PATIENCE), gate.enter(HOST), gate.enter(HOST):
        pass


class SlowOnce:
    """A store whose first transaction is kept late."""

    def __init__(self, store):
        self._store = store
        self.asked = 0

    @asynccontextmanager
    async def writing(self):
        self.asked += 1
        async with self._store.writing() as db:
            yield db
            await asyncio.sleep(0.4 if self.asked == 1 else 0.0)


async def test_who_could_only_start_too_late_asks_again_so_that_the_next_one_is_not_too_near(store):
    slow, loop = SlowOnce(store), asyncio.get_running_loop()
    await SharedTurns(slow).take(HOST, gap=0.5, longest=1.0, patience=PATIENCE)
    started_at = loop.time()
    assert slow.asked >= 2
    await SharedTurns(store).take(HOST, gap=0.5, longest=1.0, patience=PATIENCE)
    assert loop.time() - started_at >= 0.3


async def test_without_the_database_nobody_is_asked_and_nothing_is_said_of_the_host(postgres):
    site = Site(seconds=0.0)
    async with postgres.database() as url, await Store.open(url) as store, site.open() as origin, fetcher() as client:
        share_turns(client, store)
        await client.fetch(f"{origin}/a1")
        async with postgres.connection() as owner:
            name = make_url(url).database
            await owner.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            await owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            with pytest.raises(StoreError, match="database") as told:
                await client.fetch(f"{origin}/a2")
            assert is_of_database(told.value)  # so it is no failure of a source, which would be put off for ten minutes
            assert site.paths == ["/a1"]
            await owner.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        await client.fetch(f"{origin}/a2")


async def test_the_wait_is_not_counted_in_the_time_of_a_fetch(store):
    site = Site(seconds=0.0)
    async with site.open() as origin, fetcher(total_seconds=2.0) as client:
        turns = SharedTurns(store)
        client.share(turns)
        held = [await turns.take("127.0.0.1", gap=0.0, longest=60.0, patience=PATIENCE) for _ in range(AT_ONCE)]
        fetching = asyncio.create_task(client.fetch(f"{origin}/a1"))
        await asyncio.sleep(2.5)
        assert not site.starts
        for place in held:
            await turns.end("127.0.0.1", place)
        assert (await fetching).body
    assert len(site.starts) == 1


async def test_on_a_file_nothing_is_shared_and_nothing_is_asked(tmp_path):
    async with await open_store(tmp_path) as store, fetcher() as client:
        share_turns(client, store)
        assert client._gate.turns is None
        share_turns(FakeFetcher({}), store)

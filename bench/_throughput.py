"""How much more is read with two processes than with one, and what a job costs beside calling its step."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from importlib.resources import files
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import func, select, text

from digest import Page, Queue, ReadingPool, Service, Step, Store, read_page
from digest.errors import UnreachableError
from digest.model import Entry, Source, Validators
from digest.store import entries, sources
from digest.store.schema import entries as entry_rows

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
_NUMBERS = count()


def warm_up() -> None:
    """Load what reading needs."""
    _ = read_page(Page("https://warm.example/", next(iter(pages().values())), "text/html"))


def pages() -> dict[str, bytes]:
    """Return our own sample articles, by name."""
    folder = files("seeds").joinpath("articles")
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir(), key=str) if one.name.endswith(".html")}


class Articles:
    """A web on which every address is one of our sample articles, with a sentence of its own."""

    def __init__(self) -> None:
        self._pages = list(pages().values())

    async def fetch(self, url: str, *, validators: Validators | None = None, max_bytes: int | None = None) -> Page:  # noqa: ARG002 -- the form of a Fetcher
        """Return the article that stands there."""
        number = url.rpartition("/")[2]
        if not number.isdigit():
            raise UnreachableError(url, "not there")
        body = self._pages[int(number) % len(self._pages)]
        return Page(url, body.replace(b"<p>", f"<p>This is report {number}. ".encode(), 1), "text/html")


def _some_pages() -> list[Page]:
    return [Page(f"https://a.example/{number}", body, "text/html") for number, body in enumerate(pages().values())]


async def measure_embedded(articles: int = 120, rounds: int = 3) -> dict[str, Any]:
    """Return articles a second that one reading process reads and two do, and the ratio; medians of the rounds."""
    given = _some_pages()
    wanted = [given[number % len(given)] for number in range(articles)]
    rates: dict[int, list[float]] = {1: [], 2: []}
    async with ReadingPool(1, warm_up=warm_up) as one, ReadingPool(2, warm_up=warm_up) as two:
        for pool in (one, two):
            await asyncio.gather(*(pool(read_page, page) for page in given))
        for _ in range(rounds):
            for workers, pool in ((1, one), (2, two)):
                began = perf_counter()
                await asyncio.gather(*(pool(read_page, page) for page in wanted))
                rates[workers].append(articles / (perf_counter() - began))
    return _ratio(rates)


async def measure_distributed(url: str, number: int = 120, rounds: int = 3) -> dict[str, Any]:
    """Return articles a second that one worker process reads off the queue and two do, and the ratio.

    The workers are processes with a reading process each; all else, entries, queue and articles, is real.
    """
    rates: dict[int, list[float]] = {1: [], 2: []}
    async with (
        await Store.open(url) as store,
        await Queue.open(store) as queue,
        _workers(url, 1) as one,
        _workers(url, 2) as two,
    ):
        for _ in range(rounds):
            for workers, processes in ((1, one), (2, two)):
                await _forget(store)
                await _list_entries(store, number, a_source=3)
                for process in processes:
                    await _tell(process, "go")
                began = perf_counter()
                await queue.fill(await _due(store))
                await _until_read(store, number)
                rates[workers].append(number / (perf_counter() - began))
                for process in processes:
                    await _tell(process, "rest")
    return _ratio(rates)


async def measure_overhead(url: str, rounds: int = 3) -> dict[str, Any]:
    """Return what reading a source of 20 entries, and one of a single entry, takes more as a job than as a call.

    One source after the other both ways, in this process, with one reading process.
    """
    figures: dict[str, Any] = {}
    async with (
        await Store.open(url) as store,
        await Queue.open(store) as queue,
        ReadingPool(1, warm_up=warm_up) as think,
    ):
        service = Service(store, Articles(), think)

        async def read(ids: Sequence[int]) -> None:
            for source_id in ids:
                await service.read_source(source_id, now=NOW)

        queue.register({Step.READ: read})
        await think.start()
        working = asyncio.create_task(queue.work({"read": 1}))
        for a_source, number in ((20, 100), (1, 40)):
            called, queued = [], []
            for _ in range(rounds):
                await _list_entries(store, number, a_source=a_source)
                called.append(await _timed(lambda: _call_each(store, read)))
                await _list_entries(store, number, a_source=a_source)
                queued.append(await _timed(lambda: _queue_all(store, queue)))
            more = median(queued) - median(called)
            figures[f"{a_source} entries a source" if a_source > 1 else "one entry a source"] = {
                "called, ms an article": round(1000 * median(called) / number, 1),
                "as jobs, ms an article": round(1000 * median(queued) / number, 1),
                "overhead, ms a job": round(1000 * more * a_source / number, 1),
                "overhead, % of reading": round(100 * more / median(called), 1),
            }
        queue.stop()
        await working
    return figures


async def _call_each(store: Store, read: Callable[[Sequence[int]], Awaitable[None]]) -> None:
    for source_id in (await _due(store))[Step.READ]:
        await read([source_id])


async def _queue_all(store: Store, queue: Queue) -> None:
    await queue.fill(await _due(store))
    while not await queue.is_idle([Step.READ]):  # noqa: ASYNC110 -- the database's state
        await asyncio.sleep(0.02)


async def _timed(step: Callable[[], Awaitable[None]]) -> float:
    began = perf_counter()
    await step()
    return perf_counter() - began


async def _forget(store: Store) -> None:
    """Empty the record: few pages make all articles, and what they tell would be told by hundreds in the end."""
    async with store.writing() as db:
        await db.execute(text("TRUNCATE sources, articles, ledger_entries, aliases CASCADE"))


async def _list_entries(store: Store, number: int, *, a_source: int) -> None:
    """Let so many new entries be due, some of each source."""
    async with store.writing() as db:
        for _ in range(number // a_source):
            host = f"outlet-{next(_NUMBERS)}.example"
            source = await sources.add_source(db, Source(f"https://{host}/feed", host), next_refresh_at=sources.NEVER)
            await sources.follow_source(db, 1, source.id, since=NOW)
            urls = [f"https://{host}/{next(_NUMBERS)}" for _ in range(a_source)]
            found = [Entry(url, url, url, "", NOW) for url in urls]
            announce, store.announce = store.announce, None
            await entries.add_entries(db, source.id, found, now=NOW, first_attempt_at=NOW)
            store.announce = announce


async def _due(store: Store) -> dict[Step, tuple[int, ...]]:
    query = select(entry_rows.c.source_id).where(entry_rows.c.next_attempt_at <= NOW).distinct()
    async with store.reading() as db:
        return {Step.READ: tuple((await db.execute(query)).scalars())}


async def _until_read(store: Store, number: int) -> None:
    while (await _due(store))[Step.READ]:  # noqa: ASYNC110 -- the database's state
        await asyncio.sleep(0.2)
    async with store.reading() as db:
        read = (await db.execute(select(func.count(entry_rows.c.read_at)))).scalar_one()
    if read != number:
        raise RuntimeError(f"{read} of {number} articles were read")


def _ratio(rates: dict[int, list[float]]) -> dict[str, Any]:
    return {
        "one, articles/s": round(median(rates[1]), 2),
        "two, articles/s": round(median(rates[2]), 2),
        "ratio": round(median(two / one for one, two in zip(rates[1], rates[2], strict=True)), 2),
        "rounds": [round(two / one, 2) for one, two in zip(rates[1], rates[2], strict=True)],
    }


# --- worker processes ---


@asynccontextmanager
async def _workers(url: str, number: int) -> AsyncIterator[list[asyncio.subprocess.Process]]:
    started: list[asyncio.subprocess.Process] = []
    try:
        for _ in range(number):
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bench._throughput", url),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
            started.append(process)
        for process in started:
            await _heard(process)
        yield started
    finally:
        for process in started:
            process.kill()
            await process.wait()


async def _tell(process: asyncio.subprocess.Process, word: str) -> None:
    assert process.stdin is not None  # noqa: S101 -- it was started with one
    process.stdin.write(f"{word}\n".encode())
    await process.stdin.drain()
    await _heard(process)


async def _heard(process: asyncio.subprocess.Process) -> None:
    assert process.stdout is not None  # noqa: S101 -- as above
    if json.loads(await process.stdout.readline()) != "ready":
        raise RuntimeError("a worker did not start")


async def _work(url: str) -> None:
    """Take jobs between "go" and "rest", which come by the standard input; say so each time."""
    loop = asyncio.get_running_loop()
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(await Store.open(url))
        think = await stack.enter_async_context(ReadingPool(1, warm_up=warm_up))
        service = Service(store, Articles(), think)

        async def read(ids: Sequence[int]) -> None:
            for source_id in ids:
                await service.read_source(source_id, now=NOW)

        for page in _some_pages():
            await think(read_page, page)
        queue: Queue | None = None
        working: asyncio.Task[None] | None = None
        print(json.dumps("ready"), flush=True)
        while word := (await loop.run_in_executor(None, sys.stdin.readline)).strip():
            if word == "go":
                queue = await stack.enter_async_context(await Queue.open(store))
                queue.register({Step.READ: read})
                working = asyncio.create_task(queue.work({"read": 4}))
                await asyncio.sleep(1.0)
            elif queue and working:
                queue.stop()
                await working
            print(json.dumps("ready"), flush=True)


if __name__ == "__main__":
    asyncio.run(_work(sys.argv[1]))

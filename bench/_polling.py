"""A round of asking many feeds for news, by a bot in a process of its own that is looked at."""

import asyncio
import json
import os
import resource
import socket
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from bench._feed_server import BEGINNING, BETWEEN, ITEMS, etag_of, feed_url, item_url, title_of
from bench._processes import killed_at_end
from digest import Entry, Source, Store, WebFetcher
from digest.model import Refresh, Validators
from digest.store import entries, sources
from digest.store.sources import Answered, Polling

SHARED = 20
"""So many feeds share one host."""

_GUILD = 1
_BATCH = 500
_OPEN_FILES = 1024  # what a service usually may open; the server has more
_REMEMBERED = 100
_NOW = BEGINNING + ITEMS * BETWEEN
_NEXT = _NOW + timedelta(hours=26)  # everything is due again


def measure_polling(feeds: int = 10_000, *, shared: int = SHARED) -> dict[str, Any]:
    """Return what two rounds over these feeds cost the bot's process and its children, and whether rules were broken.

    The first round asks each host for its robots.txt too, as after a start; the second knows it. A tenth of the feeds
    brings two entries each time, whose pages are not read here; the others answer 304. CPU is that of the round in the
    bot's process; in all is with its reading processes, their start included, and without the server. The peak of
    memory is that of the bot's process, which has loaded what the bot loads.
    """
    return asyncio.run(_measure(feeds, min(shared, feeds)))


async def _measure(feeds: int, shared: int) -> dict[str, Any]:
    with TemporaryDirectory(prefix="onrecord-") as folder:
        url = f"sqlite+aiosqlite:///{folder}/onrecord.sqlite3"
        async with serving("bench._feed_server") as (server, port):
            await _fill(url, [feed_url(number, shared, port) for number in range(feeds)])
            bot = await start_module("bench._polling", url, str(port))
            output, _ = await bot.communicate()
            account, _ = await server.communicate(b"")  # the end of its input is its sign
    if bot.returncode:
        raise RuntimeError("the bot's process failed")
    return {"feeds": feeds, "that share a host": shared, **json.loads(output), "server": json.loads(account)}


@asynccontextmanager
async def serving(module: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    """Let a server of the bench answer on loopback, in a process of its own; gives the process and its port."""
    async with killed_at_end(await start_module(module)) as server:
        if server.stdout is None:
            raise RuntimeError("the server says nothing")
        yield server, int(await server.stdout.readline())


async def start_module(module: str, *arguments: str) -> asyncio.subprocess.Process:
    """Start a module of the bench in a process of its own, with pipes to what it reads and from what it prints."""
    folder = Path(__file__).parents[1]
    # As installed: with compiled modules, without which each reading process would compile them again.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, stdin=PIPE, stdout=PIPE, cwd=folder, env=environment
    )


async def _fill(url: str, urls: Sequence[str]) -> None:
    """Put the sources into a new store, as asked before: they are due, and nothing they have listed is new."""
    async with await Store.open(url) as store:
        for first in range(0, len(urls), _BATCH):
            async with store.writing() as db:
                answers = []
                for number in range(first, min(first + _BATCH, len(urls))):
                    wanted = Source(urls[number], f"Council {number}")
                    source = await sources.add_source(db, wanted, next_refresh_at=_NOW)
                    await sources.follow_source(db, _GUILD, source.id, since=_NOW)
                    listed = (_entry(number, item) for item in range(ITEMS))
                    await entries.add_entries(db, source.id, listed, now=BEGINNING, first_attempt_at=None)
                    seen = tuple(int((_NOW - back * BETWEEN).timestamp()) for back in range(1, _REMEMBERED + 1))
                    polling = Polling(source, Validators(etag_of(number, 0)), seen=seen)
                    answers.append(Answered(polling, BEGINNING, _NOW))
                await sources.record_answers(db, answers)


def _entry(number: int, item: int) -> Entry:
    url = item_url(number, item)
    return Entry(url, url, title_of(number, item), published_at=BEGINNING + item * BETWEEN)


class Loopback(AbstractResolver):
    """Finds every host on this machine."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return where this machine talks to itself."""
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=family, proto=6, flags=0)]

    async def close(self) -> None:
        """Do nothing."""


async def _poll(url: str, port: int) -> dict[str, Any]:
    """Ask all feeds twice in this process, which is the bot's but for Discord's connection."""
    from bot.running import open_service  # noqa: PLC0415 -- the bot's process alone pays for it
    from bot.settings import Settings  # noqa: PLC0415 -- likewise

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, most))
    rounds = {}
    async with (
        WebFetcher(allow_private=True, ports={port}, resolver=Loopback()) as fetcher,
        open_service(url, fetcher, Settings.from_env(None)) as service,
    ):
        for name, now in (("first", _NOW), ("next", _NEXT)):
            start, began_at = _own_cpu(), time.perf_counter()
            refreshes = await service.refresh_sources(now=now)
            took = time.perf_counter() - began_at
            rounds[name] = {"cpu": _own_cpu() - start, "seconds": round(took, 1), **_outcome(refreshes)}
    children = os.times()
    pool = children.children_user + children.children_system
    for figures in rounds.values():
        figures["cpu"] = round(figures["cpu"], 2)
    return {
        "first round": rounds["first"],
        "next round": rounds["next"],
        "cpu of the reading processes": round(pool, 2),
        "cpu in all": round(sum(figures["cpu"] for figures in rounds.values()) + pool, 2),
        "peak rss of the bot, MB": round(_peak_kilobytes() / 1024, 1),
    }


def _outcome(refreshes: Sequence[Refresh]) -> dict[str, int]:
    return {
        "asked": len(refreshes),
        "with news": sum(refresh.new_entries > 0 for refresh in refreshes),
        "new entries": sum(refresh.new_entries for refresh in refreshes),
        "failed": sum(refresh.failure is not None for refresh in refreshes),
    }


def _own_cpu() -> float:
    times = os.times()
    return times.user + times.system


def _peak_kilobytes() -> int:
    # ru_maxrss begins with what the process was forked from.
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_poll(sys.argv[1], int(sys.argv[2])))))

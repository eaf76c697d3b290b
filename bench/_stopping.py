"""SIGTERM at random moments under load: how long until the process is gone, and whether anything is lost by it."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from datetime import datetime, time as wall_time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bench._running_bot import Ended, ready, running
from bench._soaked_account import told_of
from bench._soaked_web import Web
from bot.clock import read_clock
from digest import Source, Store, Subscription, next_run_at
from digest.store import sources, subscriptions
from tests.wire.errors import WireError
from tests.wire.faults import Slow, Status
from tests.wire.server import WireDiscord

MOST_SECONDS = 20.0

_CHANNELS = 6
_OUTLETS = 6
_BETWEEN = timedelta(minutes=2)
_SHORTEST_LIFE, _LONGEST_LIFE = 2.0, 45.0
_EVERY_MINUTE = tuple(wall_time(minute // 60, minute % 60) for minute in range(24 * 60))
_SLOW = (None, None, Slow(3, after=True), Slow(25), Slow(25, after=True), Status(503))
_VERY_SLOW = Slow(55)
_PATIENCE = 300.0
_CALM_SECONDS = 90.0


def measure_stop(runs: int = 20, *, calm: float = _CALM_SECONDS) -> dict[str, Any]:
    """Return how long each of so many bots took from SIGTERM to its end, and what was told over all of their lives.

    All live over one database, one after another: there are always pages to read, some of which hang; each minute is
    a slot of every channel; some posts take 25 seconds; and a member asks something just before the signal. One is
    stopped while all that it asked for and posted hangs. The first and the last live for `calm` seconds without
    trouble: what was left open is told then.
    """
    return asyncio.run(_Stops(runs, calm).measure())


class _Posts:
    """What becomes of a post: by chance nothing, or it is slow, or refused."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.is_faulty = True
        self.always: Any = None

    def take(self, method: str, path: str) -> Any:
        is_post = method == "POST" and path.endswith("/messages")
        if not is_post:
            return None
        return self.always or (self._chance.choice(_SLOW) if self.is_faulty else None)

    def unused(self) -> list[str]:
        return []


class _Stops:
    def __init__(self, runs: int, calm: float) -> None:
        self._runs, self._calm = runs, calm
        self._chance = Random(runs)  # noqa: S311 -- no secret
        self._web = Web(_OUTLETS, _BETWEEN, read_clock)
        self._wire: Any = WireDiscord()
        self._posts = self._wire.rest.faults = _Posts(self._chance)
        self._channels: list[Any] = []
        self._walled = Counter[str]()

    async def measure(self) -> dict[str, Any]:
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="onrecord-")))
            port = await stack.enter_async_context(self._web.listening())
            await stack.enter_async_context(self._wire.serve())
            url, since = f"sqlite+aiosqlite:///{folder}/onrecord.sqlite3", read_clock()
            await self._settle(url)
            guild = self._wire.world.guild_of(self._channels[0])
            reader = await self._wire.member(guild)
            self._make_trouble(is_faulty=False)
            await self._live(folder, port, self._calm, None)  # reads what there is, and tells it
            self._make_trouble(is_faulty=True)
            ends = []
            for _ in range(self._runs):
                await self._hurry(url)
                ends.append(await self._live(folder, port, self._chance.uniform(_SHORTEST_LIFE, _LONGEST_LIFE), reader))
            self._make_trouble(is_faulty=False)
            worst = await self._live_worst(folder, port, url)
            self._web.until = read_clock()
            await self._hurry(url)
            last = await self._live(folder, port, self._calm, None)
            async with await Store.open(url) as store:
                told = await told_of(store, self._channels, set(), since, self._web.until)
        return _figures(ends, worst, last) | {name: told[name] for name in _TOLD} | {"files left": dict(self._walled)}

    def _make_trouble(self, *, is_faulty: bool) -> None:
        self._posts.is_faulty = self._web.is_faulty = is_faulty

    async def _settle(self, url: str) -> None:
        guild, now = self._wire.world.add_guild(), read_clock()
        async with await Store.open(url) as store, store.writing() as db:
            for outlet, feed in self._web.feeds():
                source = await sources.add_source(db, Source(feed, outlet), next_refresh_at=now)
                await sources.follow_source(db, guild.id, source.id, since=now - timedelta(days=1))
            for number in range(_CHANNELS):
                self._channels.append(self._wire.world.add_channel(guild, f"news-{number}"))
                wanted = Subscription(guild.id, self._channels[-1].id, _EVERY_MINUTE, "UTC", says_when_empty=True)
                due_at = next_run_at(wanted, now)
                await subscriptions.add_subscription(
                    db, wanted, created_at=now, since=now - timedelta(days=1), next_run_at=due_at
                )

    async def _hurry(self, url: str) -> None:
        """Let every feed be due, so that each life begins with some to ask."""
        path = url.removeprefix("sqlite+aiosqlite:///")
        await asyncio.to_thread(_make_due, Path(path), read_clock())

    async def _live(self, folder: Path, port: int, seconds: float, reader: Any) -> Ended:
        async with running(self._wire, folder, port=port) as bot:
            await ready(self._wire, bot)
            await asyncio.sleep(seconds)
            asking = asyncio.create_task(self._ask(reader)) if reader else None
            await asyncio.sleep(self._chance.uniform(0, 0.05))
            ended = await bot.stop()
            if asking:
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)
        self._walled.update(await asyncio.to_thread(_logs_in, folder))
        return ended

    async def _live_worst(self, folder: Path, port: int, url: str) -> Ended:
        """Stop one while every feed hangs that it has just asked, and every post."""
        async with running(self._wire, folder, port=port) as bot:
            await ready(self._wire, bot)
            self._posts.always = _VERY_SLOW
            await self._until(self._is_posting)
            self._web.always = "hang"
            await self._hurry(url)
            hung = self._web.met["hang"]
            await self._until(lambda: self._web.met["hang"] > hung)
            await self._until(self._is_posting)
            ended = await bot.stop()
        self._posts.always, self._web.always = None, ""
        return ended

    def _is_posting(self) -> bool:
        return any(one.status is None for one in self._wire.rest.sent("POST", "/messages"))

    async def _until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(_PATIENCE):
            while not condition():  # noqa: ASYNC110 -- the wire records, it does not signal
                await asyncio.sleep(0.1)

    async def _ask(self, reader: Any) -> None:
        with suppress(WireError):
            await reader.invoke("article search", self._channels[0], words="council")


_TOLD = ("slots", "slots missed", "parts", "doubled", "missed", "states of parts")


def _logs_in(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("onrecord.sqlite3-*")]


def _make_due(path: Path, now: datetime) -> None:
    connection = sqlite3.connect(path, timeout=30)
    with connection:
        connection.execute("UPDATE sources SET next_refresh_at = ?", (now.strftime("%Y-%m-%d %H:%M:%S.%f"),))
    connection.close()


def _figures(ends: list[Ended], worst: Ended, last: Ended) -> dict[str, Any]:
    took = sorted(one.seconds for one in ends)
    longest = max([worst.seconds, *took])
    return {
        "runs": len(ends),
        "seconds": took,
        "seconds while all that is asked and posted hangs": worst.seconds,
        "seconds without trouble": last.seconds,
        "target": f"<= {MOST_SECONDS:g} s: {'met' if longest <= MOST_SECONDS else 'missed'}",
        "exit statuses": Counter(str(one.status) for one in (*ends, worst, last)),
        "processes left": sum(one.left for one in (*ends, worst, last)),
    }

"""A simulated day of the whole bot, all in one, among feeds, a Discord and a database that fail; and what it holds."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import time as wall_time, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bench._dying_wire import FAULTS
from bench._jumping_time import JumpingTime, following_loop
from bench._processes import Held, is_there, killed_at_end, look_at
from bench._soaked_account import Sample, account_of, told_of
from bench._soaked_web import Web
from digest import Source, Store, Subscription, next_run_at
from digest.store import sources, subscriptions
from tests.wire.errors import NobodyAnsweredError
from tests.wire.permissions import MANAGE_GUILD, SEND_MESSAGES, VIEW_CHANNEL
from tests.wire.server import WireDiscord

CALM = 8
"""So many hours after the news and the faults: what failed at last is tried again within them."""

_OUTLETS = 20
_CHANNELS = 6  # in two guilds
_MOST_STORIES = 50
_DISCORD_TROUBLE = 0.1
_HOUR, _MINUTE = 3600.0, 60.0
_FAREWELL_SECONDS = 2.0  # of the machine: then what the bot started has ended too
_LOCKED_SECONDS = (2.0, 8.0)  # of the machine; SQLite waits five for a lock
_QUESTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("article search", {"words": "council"}),
    ("quote search", {"words": "bridge"}),
    ("commitment list", {"words": "council"}),
    ("commitment due", {}),
    ("source list", {}),
    ("digest list", {}),
    ("help", {}),
)


@dataclass(frozen=True, slots=True)
class Day:
    """So many simulated hours under faults, in each of which so many articles are published, and then calm ones."""

    hours: int = 24
    an_hour: float = 40
    calm: int = CALM
    log: Path | None = None
    """Where the bot's log is kept; none: it is not."""


def measure_soak(day: Day) -> dict[str, Any]:
    """Return what the bot held after the first hour and each later one, and what became of the news.

    What it held is looked at while it does nothing.
    """
    with TemporaryDirectory(prefix="onrecord-soak-") as folder:
        clock = JumpingTime(Path(folder) / "time")
        with asyncio.Runner(loop_factory=partial(following_loop, clock)) as runner:
            return runner.run(_Soak(clock, Path(folder), day).live())


class _Trouble:
    """What a request of the sender's meets, by chance, in the place of the wire's script."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.is_faulty = True
        self.met = Counter[str]()

    def take(self, _: str, path: str) -> Any:
        if not self.is_faulty or not path.endswith("/messages") or self._chance.random() >= _DISCORD_TROUBLE:
            return None
        fault = self._chance.choice(FAULTS)
        self.met[str(fault)] += 1
        return fault

    def unused(self) -> list[str]:
        return []


class _Soak:
    def __init__(self, clock: JumpingTime, folder: Path, day: Day) -> None:
        self._day = day
        self._clock = clock
        self._chance = Random(10)  # noqa: S311 -- no secret
        self._url = f"sqlite+aiosqlite:///{folder}/onrecord.sqlite3"
        self._database = folder / "onrecord.sqlite3"
        self._shared = folder / "time"
        self._log = day.log or folder / "log"
        self._web = Web(_OUTLETS, timedelta(hours=_OUTLETS / day.an_hour), clock)
        self._wire: Any = WireDiscord(clock)
        self._trouble = _Trouble(self._chance)
        self._wire.rest.faults = self._trouble
        self._channels: list[Any] = []
        self._met = Counter[str]()
        self._samples: list[Sample] = []

    async def live(self) -> dict[str, Any]:
        began, began_at = time.monotonic(), self._clock()
        async with self._web.listening() as port, self._wire.serve():
            await self._settle()
            async with self._bot(port) as bot:
                async with asyncio.TaskGroup() as group:
                    troubles = [
                        group.create_task(one) for one in (self._ask(), self._cut(), self._lock(), self._kill(bot))
                    ]
                    await self._look_each_hour(bot, self._day.hours)
                    for task in troubles:
                        task.cancel()
                self._web.until, self._web.is_faulty, self._trouble.is_faulty = self._clock(), False, False
                await self._look_each_hour(bot, self._day.calm)
                left = await self._stop(bot)
            async with await Store.open(self._url) as store:
                told = await told_of(store, self._channels, self._web.readable(), began_at, self._clock())
        met = {"of feeds and pages": self._web.met, "of Discord": self._trouble.met.total(), "others": self._met}
        counted = account_of(self._samples)
        minutes = round((time.monotonic() - began) / _MINUTE, 1)
        asked = {"published": self._web.published(), "refused by the wire": len(self._wire.rest.complaints)}
        return {"hours": self._day.hours, "minutes": minutes, **counted, **left, **told, **asked, "faults": met} | {
            "log": self._logged()
        }

    async def _settle(self) -> None:
        async with await Store.open(self._url) as store:
            for name in ("Harbour", "Quay"):
                guild = self._wire.world.add_guild(name)
                async with store.writing() as db:
                    for outlet, url in self._web.feeds():
                        source = await sources.add_source(db, Source(url, outlet), next_refresh_at=self._clock())
                        await sources.follow_source(db, guild.id, source.id, since=self._clock())
                    for number in range(_CHANNELS // 2):
                        channel = self._wire.world.add_channel(guild, f"news-{number}")
                        self._channels.append(channel)
                        times = tuple(wall_time(hour, 10 * number) for hour in range(24))
                        wanted = Subscription(guild.id, channel.id, times, "UTC", max_stories=_MOST_STORIES)
                        now = self._clock()  # more often a day than a guild may have it
                        due_at = next_run_at(wanted, now)
                        await subscriptions.add_subscription(db, wanted, created_at=now, since=now, next_run_at=due_at)

    @asynccontextmanager
    async def _bot(self, port: int) -> AsyncIterator[Process]:
        settings = {
            "DISCORD_TOKEN": self._wire.world.token,
            "DATABASE_URL": self._url,
            "ALLOW_PRIVATE_NETWORKS": "1",
            "LOG_FORMAT": "json",
        }
        with self._log.open("wb") as log:
            bot = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bench._soaked_bot", str(self._shared), *self._wire.addresses, str(port)),
                env=os.environ | settings,
                cwd=Path(__file__).parents[1],
                stdin=PIPE,
                stdout=PIPE,
                stderr=log,
                limit=1 << 24,
            )
        async with killed_at_end(bot):
            yield bot

    # --- what happens through the day ---

    async def _ask(self) -> None:
        """Members ask something now and then, each time another."""
        people = []
        for channel in self._channels:
            guild = self._wire.world.guild_of(channel)
            bits = MANAGE_GUILD | VIEW_CHANNEL | SEND_MESSAGES
            people.append((await self._wire.member(guild, f"reader {channel.id}", permissions=bits), channel))
        while True:
            await asyncio.sleep(self._chance.expovariate(1 / (10 * _MINUTE)) + _MINUTE)
            person, channel = self._chance.choice(people)
            command, options = self._chance.choice(_QUESTIONS)
            try:
                await person.invoke(command, channel, **options)
                self._met["questions answered"] += 1
            except NobodyAnsweredError:  # the gateway was cut just then
                self._met["questions not answered"] += 1

    async def _cut(self) -> None:
        """The gateway tells to reconnect, forgets the session, or is gone."""
        gateway = self._wire.gateway
        while True:
            await asyncio.sleep(self._chance.uniform(0.3, 1.2) * _HOUR)
            cut = self._chance.choice(("reconnect", "invalidate", "resume", "drop", "close"))
            self._met[f"gateway: {cut}"] += 1
            match cut:
                case "reconnect":
                    await gateway.reconnect()
                case "invalidate" | "resume":
                    await gateway.invalidate(resumable=cut == "resume")
                case _:
                    await gateway.drop(None if cut == "drop" else 4000)

    async def _lock(self) -> None:
        """Another program holds the database's lock."""
        while True:
            await asyncio.sleep(self._chance.uniform(1, 3) * _HOUR)
            seconds = self._chance.choice(_LOCKED_SECONDS)
            self._met[f"database locked {seconds:g} s"] += 1
            await asyncio.to_thread(_hold_lock, self._database, seconds)

    async def _kill(self, bot: Process) -> None:
        """A reading process is killed."""
        while True:
            await asyncio.sleep(self._chance.uniform(0.5, 1.5) * _HOUR)
            for one in look_at(bot.pid):
                if one.is_reading:
                    os.kill(one.pid, signal.SIGKILL)
                    self._met["reading processes killed"] += 1

    # --- what is seen of it ---

    async def _look_each_hour(self, bot: Process, hours: int) -> None:
        for _ in range(hours):
            await asyncio.sleep(_HOUR)
            said = await self._said(bot, b"\n")
            self._samples.append(Sample(self._clock(), said, look_at(bot.pid)))
            _tell(self._samples[-1])

    async def _said(self, bot: Process, line: bytes) -> dict[str, Any]:
        if bot.stdin is None or bot.stdout is None:
            raise RuntimeError("the bot has no pipes")
        bot.stdin.write(line)
        said: dict[str, Any] = json.loads(await bot.stdout.readline())
        return said

    async def _stop(self, bot: Process) -> dict[str, Any]:
        if bot.stdout is None:
            raise RuntimeError("the bot has no pipes")
        mine: tuple[Held, ...] = look_at(bot.pid)
        began = time.monotonic()
        bot.send_signal(signal.SIGTERM)
        said = json.loads(await bot.stdout.readline())
        status = await bot.wait()
        took = round(time.monotonic() - began, 1)
        await asyncio.to_thread(time.sleep, _FAREWELL_SECONDS)
        left = sum(is_there(one.pid) for one in mine)
        return {**said, "exit status": status, "processes left": left, "stopped within, s": took}

    def _logged(self) -> dict[str, int]:
        events = Counter[str]()
        for line in self._log.read_text("utf-8").splitlines():
            if line.startswith("{"):
                said = json.loads(line)
                events[f"{said.get('level')}: {str(said.get('event'))[:80]}"] += 1
            else:
                events["not JSON"] += 1
        return dict(events.most_common(40))


def _hold_lock(path: Path, seconds: float) -> None:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    time.sleep(seconds)
    connection.execute("ROLLBACK")
    connection.close()


def _tell(sample: Sample) -> None:
    sys.stderr.write(f"{sample.line()}\n")
    sys.stderr.flush()

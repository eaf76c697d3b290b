"""Bots that are killed and started again, over a Discord that survives them, until enough have died and all is told."""

import asyncio
import random
import signal
from collections import Counter, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import time as wall_time, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from typing import Any

from sqlalchemy import select

from bench._dying_wire import ACCEPTED, ON_ITS_WAY, Account, Death, Trouble, take_account
from bench._fast_time import SPEED, FastLoop, SharedTime
from bench._mortal_bot import Life, Ticked, live
from digest import next_run_at
from digest.model import Delivery, Subscription
from digest.store import Store, subscriptions
from digest.store.deliveries import list_deliveries
from digest.store.schema import editions
from tests.digest.service.newsroom import FEED, Newsroom, story
from tests.wire.server import WireDiscord

GAPS = (0, 0, 60, 125, 150, 200, 3600)
"""So many seconds pass between a death and the next life, besides its start: inside of both windows of a nonce, the
bot's and Discord's, between the two, and far outside."""

LONGEST_LIFE = 1.2
"""In the machine's seconds, of a process that is to die at random; to start takes a third of it."""

_CHANNELS = 4  # in two guilds
_STORIES_A_ROUND = 3
_LISTED = 60
_MOST_STORIES = 50  # none is left out, however many rounds were missed
_REPLY_SECONDS = 60.0  # the machine's
_MOST_TICKS = 400  # of one life; a point that is not met by then never is
_MOST_ROUNDS_AT_LAST = 60
_CALM_ROUNDS = 3
_EVERY_HOUR = tuple(wall_time(hour) for hour in range(24))


@dataclass(frozen=True, slots=True)
class Doom:
    """How a process dies: after so many of the machine's seconds, or at a point; and the time until the next life."""

    gap: float
    seconds: float | None = None
    point: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to."""

    account: Account
    deaths: Counter[str]
    began_in_doubt: int
    editions: int
    posts: int
    looks: int
    faults: int
    errors: Counter[str]
    complaints: Sequence[str]


class _Bot:
    """A process of its own, seen from outside."""

    def __init__(self, context: ForkServerContext, life: Life) -> None:
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=live, args=(life, theirs), daemon=True)
        self._process.start()
        theirs.close()

    async def hear(self) -> Ticked:
        """Return what it says next. EOFError or OSError: it died."""
        loop, readable = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._pipe.fileno(), readable.set)
        try:
            async with asyncio.timeout(_REPLY_SECONDS * SPEED):
                await readable.wait()
        except TimeoutError as error:  # an OSError too
            raise RuntimeError("a bot says nothing any more") from error
        finally:
            loop.remove_reader(self._pipe.fileno())
        said: Ticked = self._pipe.recv()
        return said

    def tell(self, said: object) -> None:
        """Say something to it. OSError: it died."""
        self._pipe.send(said)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def bury(self) -> int | None:
        """Wait for its end and return its exit status."""
        self._process.join()
        self._pipe.close()
        return self._process.exitcode


class Run:
    """Processes over one database and one Discord; each dies as the next doom says, until there is none left."""

    def __init__(self, database: str, dooms: Sequence[Doom], *, processes: int, seed: int) -> None:
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(["bench._mortal_bot"])
        self._now = SharedTime(self._context)
        self._database = database
        self._dooms = deque(dooms)
        self._doomed = 0
        self._processes = processes
        self._chance = random.Random(seed)  # noqa: S311 -- no secret
        self._trouble = Trouble(random.Random(seed + 1))  # noqa: S311 -- no secret
        self._wire: Any = WireDiscord(self._now)
        self._wire.rest.faults = self._trouble
        self._stories: list[Any] = []
        self._open = 0
        self._busy: set[int] = set()
        self._resting = 0
        self._turn = asyncio.Event()
        self._rounds_at_last = 0
        self._calm = 0
        self._deaths, self._errors = Counter[str](), Counter[str]()
        self._in_doubt = 0

    async def live_through(self) -> Outcome:
        """Go on until every doom is met and every story told, or until nothing more can be hoped for."""
        async with self._wire.serve():
            channels = await self._settle()
            async with asyncio.TaskGroup() as group:
                for process in range(self._processes):
                    group.create_task(self._live_on(process))
            posts = len(self._wire.rest.sent("POST", "/messages"))
            looks = len(self._wire.rest.sent("GET", "/messages"))
        parts, made = await self._parts()
        return Outcome(
            take_account(channels, parts, [one.url for one in self._stories]),
            self._deaths,
            self._in_doubt,
            made,
            posts,
            looks,
            self._trouble.met.total(),
            self._errors,
            self._wire.rest.complaints,
        )

    async def _settle(self) -> list[Any]:
        world, channels = self._wire.world, []
        async with await Store.open(self._database) as store:
            newsroom = Newsroom(store)
            newsroom.publish()
            for name in ("Harbour", "Quay"):
                guild = world.add_guild(name)
                await newsroom.service.add_source(guild.id, FEED, now=self._now())
                for number in range(_CHANNELS // 2):
                    channel = world.add_channel(guild, f"news-{number}")
                    ordered = Subscription(guild.id, channel.id, _EVERY_HOUR, "UTC", max_stories=_MOST_STORIES)
                    due_at = next_run_at(ordered, self._now())
                    async with store.writing() as db:  # more often a day than a guild may have it
                        await subscriptions.add_subscription(
                            db, ordered, created_at=self._now(), since=self._now(), next_run_at=due_at
                        )
                    channels.append(channel)
        self._next_round()
        return channels

    async def _parts(self) -> tuple[list[Delivery], int]:
        async with await Store.open(self._database) as store, store.reading() as db:
            ids = list((await db.execute(select(editions.c.id).order_by(editions.c.id))).scalars())
            return [part for id_ in ids for part in await list_deliveries(db, id_)], len(ids)

    # --- lives ---

    async def _live_on(self, process: int) -> None:
        while not self._is_over:
            doom = self._dooms.popleft() if self._dooms else None
            self._doomed += doom is not None
            try:
                is_dead = await self._live(process, doom)
            finally:
                self._doomed -= doom is not None
                await self._leave(process)
            if is_dead and doom is not None:
                self._deaths[doom.point or "at random"] += 1
                await self._pass(doom.gap)

    async def _live(self, process: int, doom: Doom | None) -> bool:
        point = doom.point if doom is not None else ""
        wire = self._wire
        times = doom.times if doom else 1
        life = Life(process, self._database, wire.addresses, wire.world.token, self._now, point, times)
        bot = _Bot(self._context, life)
        try:
            with suppress(EOFError, OSError):
                async with self._killing(process, bot, doom):
                    await self._tick_on(process, bot)
        except BaseException:
            bot.kill()
            raise
        status = await asyncio.to_thread(bot.bury)
        if status not in {0, -signal.SIGKILL}:
            raise RuntimeError(f"a bot ended by itself, with status {status}")
        return status != 0

    @asynccontextmanager
    async def _killing(self, process: int, bot: _Bot, doom: Doom | None) -> AsyncIterator[None]:
        timer = None
        if doom is not None and doom.seconds is not None:
            timer = asyncio.get_running_loop().call_later(doom.seconds * SPEED, bot.kill)
        elif doom is not None and doom.point in {ON_ITS_WAY, ACCEPTED}:
            self._trouble.deaths[process] = Death(doom.point, doom.times, bot.kill)
        try:
            yield
        finally:
            self._trouble.deaths.pop(process, None)
            if timer is not None:
                timer.cancel()

    async def _tick_on(self, process: int, bot: _Bot) -> None:
        self._in_doubt += (await bot.hear()).in_doubt > 0
        for _ in range(_MOST_TICKS):
            if self._is_over:
                bot.tell(None)
                await bot.hear()  # the end
                return
            self._busy.add(process)
            bot.tell(tuple(self._stories[-_LISTED:]))
            ticked = await bot.hear()
            self._errors.update(ticked.errors)
            self._open = ticked.still_open
            if not ticked.issued and not ticked.posted:
                await self._rest(process)
        raise RuntimeError("a process did not die where it was told to")

    # --- time ---

    @property
    def _is_over(self) -> bool:
        is_last = not self._dooms and not self._doomed
        return is_last and (self._calm >= _CALM_ROUNDS or self._rounds_at_last >= _MOST_ROUNDS_AT_LAST)

    async def _rest(self, process: int) -> None:
        """Wait until nobody has anything to do, and time has passed."""
        turn = self._turn
        self._resting += 1
        await self._leave(process)
        await turn.wait()

    async def _leave(self, process: int) -> None:
        self._busy.discard(process)
        if self._resting and not self._busy:
            self._resting = 0
            await self._move_on()
            self._turn.set()
            self._turn = asyncio.Event()

    async def _move_on(self) -> None:
        if not self._dooms and not self._doomed:
            self._trouble.is_faulty = False
            self._rounds_at_last += 1
        if self._open:
            await self._pass(self._chance.choice((15, 15, 30, 130)))
        else:
            self._next_round()
            now = self._now()
            hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
            await self._pass((hour - now).total_seconds() + 1)

    async def _pass(self, seconds: float) -> None:
        if seconds:
            await self._trouble.is_still.wait()  # what is on its way arrives before
        if not self._busy:  # else a process would sleep between its request and its answer
            self._now.jump(timedelta(seconds=seconds))

    def _next_round(self) -> None:
        if not self._dooms and not self._doomed:
            self._calm += 1
            return
        self._stories += (story(len(self._stories) + number, at=self._now()) for number in range(_STORIES_A_ROUND))


def run(database: str, dooms: Sequence[Doom], *, processes: int, seed: int) -> Outcome:
    """Live through it, in fast time."""
    with asyncio.Runner(loop_factory=FastLoop) as runner:
        return runner.run(Run(database, dooms, processes=processes, seed=seed).live_through())

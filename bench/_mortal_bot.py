"""A bot in a process of its own that dies where it is told: the real service, sender and client, over cheap reading."""

import asyncio
import json
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

import structlog
from sqlalchemy import func, select

from bench._fast_time import FastLoop, SharedTime
from bot.client import OnRecordBot
from bot.render.ledger import render_reminder
from bot.render.sources import render_notice
from digest.editions.compose import compose_digest
from digest.model import Delivery, Digest, Edition, Entry, Part
from digest.service import Render, Service
from digest.store import Store, Transaction
from digest.store.schema import deliveries
from tests.digest.service.newsroom import Newsroom
from tests.wire.leading import lead_to

POINTS = (
    "issue: gathered",
    "issue: composed",
    "issue: before commit",
    "issue: after commit",
    "begin: not yet",
    "begin: before commit",
    "begin: after commit",
    "post: on its way",
    "post: accepted",
    "finish: not yet",
    "finish: before commit",
    "finish: after commit",
    "between parts",
)
"""From a subscription that is due to parts that are sent: where a process can be told to die.

Those of the post are the request that Discord has not acted on yet, and the answer that is not read yet; they are seen
at Discord, and everything else here.
"""

SOURCE_ID = 1
_step: ContextVar[str] = ContextVar("_step", default="")


@dataclass(frozen=True, slots=True)
class Life:
    """What a process is born with. It dies when it passes `point` for the `times`-th time, if it is one of its own."""

    process: int
    database: str
    addresses: tuple[str, str]
    token: str
    now: SharedTime
    point: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Ticked:
    """What came of a tick: what was issued and posted, how many parts are open now, and how many of them in doubt."""

    issued: int
    posted: int
    still_open: int
    in_doubt: int
    errors: tuple[str, ...]


class _Fate:
    def __init__(self, point: str, times: int) -> None:
        self._point, self._left = point, times

    def meet(self, point: str) -> None:
        """Die here, if it is time."""
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class _MortalStore(Store):
    meet: Callable[[str], None] = staticmethod(lambda _: None)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        async with super().writing() as db:
            yield db
            self.meet(f"{_step.get()}: before commit")
        self.meet(f"{_step.get()}: after commit")


class _MortalService(Service):
    def __init__(self, store: _MortalStore, newsroom: Newsroom, fate: _Fate) -> None:
        store.meet = fate.meet
        self._fate = fate
        self._newsroom = newsroom
        super().__init__(store, newsroom.web, self._think)

    async def issue_due(
        self, *, now: datetime, render: Render, among: Sequence[int] | None = None
    ) -> tuple[Edition, ...]:
        def rendered(digest: Digest) -> tuple[Part, ...]:
            parts = render(digest)
            self._fate.meet("issue: composed")
            return parts

        with _stepping("issue"):
            return await super().issue_due(now=now, render=rendered, among=among)

    async def begin_delivery(self, delivery_id: int, *, now: datetime, **others: Any) -> Delivery:
        self._fate.meet("begin: not yet")
        if _step.get() == "next":
            self._fate.meet("between parts")
        with _stepping("begin"):
            return await super().begin_delivery(delivery_id, now=now, **others)

    async def finish_delivery(self, delivery_id: int, message_id: int, *, now: datetime, **others: Any) -> None:
        self._fate.meet("finish: not yet")
        with _stepping("finish"):
            await super().finish_delivery(delivery_id, message_id, now=now, **others)
        _step.set("next")

    async def _think(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        if isinstance(function, partial) and function.func is compose_digest:
            self._fate.meet("issue: gathered")
        return await self._newsroom.think(function, *args, **options)


@contextmanager
def _stepping(name: str) -> Iterator[None]:
    token = _step.set(name)
    try:
        yield
    finally:
        _step.reset(token)


def print_stories(digest: Digest) -> tuple[Part, ...]:
    """Return a part for each story, which says the address of its article."""
    return tuple(
        Part(json.dumps({"content": one.briefs[0].article.url, "embeds": [{"title": one.headline}]}))
        for one in digest.stories
    )


def live(life: Life, pipe: Connection) -> None:
    """Log in, then do a tick for every list of entries that comes through the pipe, and tell what came of it."""
    with asyncio.Runner(loop_factory=FastLoop) as runner:
        runner.run(_live(life, pipe))


async def _live(life: Life, pipe: Connection) -> None:
    lead_to(*life.addresses)
    logging.getLogger().addHandler(logging.NullHandler())
    errors: list[str] = []
    structlog.configure(processors=[partial(_note, errors)])
    async with await _MortalStore.open(life.database) as store:
        newsroom = Newsroom(store)
        service = _MortalService(store, newsroom, _Fate(life.point, life.times))
        async with _logged_in(service, life) as bot:
            pipe.send(await _look(store, 0, 0, ()))
            listed: tuple[Entry, ...] = ()
            while (entries := await asyncio.to_thread(pipe.recv)) is not None:
                if entries != listed:
                    newsroom.publish(*entries)
                    await service.refresh_source(SOURCE_ID, now=life.now())
                    await service.read_due(now=life.now())
                    listed = entries
                pipe.send(await _tick(service, bot, store, life.now, errors))
                errors.clear()


@asynccontextmanager
async def _logged_in(service: Service, life: Life) -> AsyncIterator[OnRecordBot]:
    async with OnRecordBot(service, life.now) as bot:
        bot.http.user_agent += f" process/{life.process}"
        bot._connection.guild_ready_timeout = 0.1  # noqa: SLF001 -- two seconds for guilds that there are not
        await bot.login(life.token)
        connection = asyncio.create_task(bot.connect())
        await bot.wait_until_ready()
        yield bot
        await bot.close()
        await connection


async def _tick(service: Service, bot: OnRecordBot, store: Store, now: SharedTime, errors: list[str]) -> Ticked:
    """Do what the clock's tick does, see bot/app.py."""
    at = now()
    issued = await service.issue_due(now=at, render=print_stories)
    await service.remind_due(now=at, render=render_reminder)
    await service.notice_paused(now=at, render=render_notice)
    posted = await bot.sender.post_open()
    return await _look(store, len(issued), posted, tuple(errors))


async def _look(store: Store, issued: int, posted: int, errors: tuple[str, ...]) -> Ticked:
    async with store.reading() as db:
        rows = await db.execute(select(deliveries.c.state, func.count()).group_by(deliveries.c.state))
        counts: dict[str, int] = dict(row.tuple() for row in rows)
    in_doubt = counts.get("sending", 0)
    return Ticked(issued, posted, counts.get("pending", 0) + in_doubt, in_doubt, errors)


def _note(errors: list[str], _: object, level: str, event: MutableMapping[str, Any]) -> str:
    # What the bot logs is not for the bench's own output; what it logs as an error is for its figures.
    if level in {"error", "exception", "critical"}:
        errors.append(f"{event['event']}: {event.get('why', '')}")
    raise structlog.DropEvent

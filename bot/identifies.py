"""Identifying at Discord's gateway: of all processes of a bot one at a time, as Discord wants it."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord
import structlog

from digest.errors import StoreError

APART_SECONDS = 5.5
"""Discord counts identifies in five seconds, and as they arrive: a half more for what is quicker on its way."""

MOST_STOPPED_SECONDS = 15.0
"""For so long who holds the turn may say nothing; a process that was stopped must not keep the others out."""

LEAST_LEFT = 10
"""So many identifies a process leaves alone: Discord resets the token of a bot that spends all of a day's, 1,000."""

_BETWEEN_TRIES = 2.0  # where the database is away
_LONGEST_WAIT = 45.0  # discord.py counts a connection as lost after a minute without a word

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Starts:
    """How many identifies are left of a day's `total` until it begins `anew_at`, and how many shards are advised."""

    left: int
    total: int
    anew_at: datetime
    shards: int

    def suffice_for(self, wanted: int) -> bool:
        """Return whether LEAST_LEFT remain after so many."""
        return self.left >= min(wanted + LEAST_LEFT, self.total)


async def fetch_starts(client: discord.Client, now: Callable[[], datetime]) -> Starts:
    """Ask Discord by REST; an error of discord.py or of the way there where it does not say."""
    shards, _, limit = await client.http.get_bot_gateway()
    return Starts(limit["remaining"], limit["total"], now() + timedelta(milliseconds=limit["reset_after"]), shards)


async def wait_for_starts(client: discord.Client, wanted: int | None, now: Callable[[], datetime]) -> None:
    """Return when Discord lets the client identify `wanted` times (None: for all shards), with LEAST_LEFT to spare.

    So a process that is started over and over does not cost the bot its token. The log says how long it waits.
    """
    while not (starts := await fetch_starts(client, now)).suffice_for(starts.shards if wanted is None else wanted):
        _log.error(
            "too few identifies are left: the bot waits, as Discord resets the token of who spends all of them; "
            "look for what starts it over and over",
            left=starts.left,
            anew_at=starts.anew_at.isoformat(timespec="seconds"),
        )
        await asyncio.sleep(max((starts.anew_at - now()).total_seconds(), APART_SECONDS))


class Identifies:
    """Lets this process identify when none has for some seconds, whatever the process.

    `holding` gives a context that one at a time can be in, among all processes; it must end with the process.
    """

    def __init__(
        self, holding: Callable[[], AbstractAsyncContextManager[object]], *, apart: float = APART_SECONDS
    ) -> None:
        self._holding = holding
        self._apart = apart
        self._held: set[asyncio.Task[None]] = set()

    async def turn(self) -> None:
        """Return when this process may identify, which nobody else then may for `apart` seconds.

        TimeoutError where it is not told so in 45 seconds: discord.py then connects anew, after a while.
        """
        async with asyncio.timeout(_LONGEST_WAIT):
            while not await self._take():  # noqa: ASYNC110 -- nobody tells when the database is back
                await asyncio.sleep(_BETWEEN_TRIES)

    async def stop(self) -> None:
        """Hold nothing any more."""
        for task in tuple(self._held):
            task.cancel()
        await asyncio.gather(*self._held, return_exceptions=True)

    async def _take(self) -> bool:
        has_turn = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._hold(has_turn))
        self._held.add(task)
        task.add_done_callback(self._held.discard)
        try:
            await asyncio.wait({task, has_turn}, return_when=asyncio.FIRST_COMPLETED)
            if not has_turn.done():
                task.result()
        except StoreError:
            return False  # a gateway outlives a database that is away for a while
        finally:
            if not has_turn.done():
                task.cancel()
        return True

    async def _hold(self, has_turn: asyncio.Future[None]) -> None:
        async with self._holding():
            has_turn.set_result(None)
            await asyncio.sleep(self._apart)

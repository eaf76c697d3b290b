"""Looking at something slow seldom, and never waiting for it long."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, TypeVar

Seen = TypeVar("Seen")


class Glance(Generic[Seen]):
    """Looks at most once in `every` seconds, whoever asks, and lets nobody wait longer than `within` seconds.

    A look that hangs is left to itself, and no second one begins beside it.
    """

    def __init__(self, look: Callable[[], Awaitable[Seen]], *, every: float, within: float) -> None:
        self._look = look
        self._every = every
        self._within = within
        self._task: asyncio.Task[Seen] | None = None
        self._began = 0.0

    async def __call__(self) -> Seen:
        """Return what was seen last, or raise what looking raised; TimeoutError where it takes too long."""
        now = asyncio.get_running_loop().time()
        if self._task is None or (self._task.done() and now - self._began >= self._every):
            self._task, self._began = asyncio.create_task(self._seen()), now
            self._task.add_done_callback(_take_note)
        await asyncio.wait({self._task}, timeout=max(0.0, self._began + self._within - now))
        if not self._task.done():
            raise TimeoutError
        return self._task.result()

    async def close(self) -> None:
        """Break off the look that goes on, if one does."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self._task

    async def _seen(self) -> Seen:
        return await self._look()


def _take_note(task: asyncio.Task[Seen]) -> None:
    # So that asyncio does not complain of an error that nobody waited for.
    if not task.cancelled():
        task.exception()

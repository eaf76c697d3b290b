"""Time that several processes share, that runs faster than the machine's, and that can be moved on.

The loops run by it too: what waits for seconds, in the bot and in the Discord on loopback, waits for a part of them.
"""

import asyncio
import selectors
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.context import BaseContext
from typing import Any

SPEED = 10.0
"""So many seconds pass in one of the machine's. The margins of the bot's windows shrink as much: not too many."""

_BEGINNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


class SharedTime:
    """A clock that every process that it is handed to reads alike."""

    def __init__(self, context: BaseContext) -> None:
        self._origin = time.monotonic()
        # The type of a raw value is a private one of ctypes.
        self._ahead: Any = context.RawValue("d", 0.0)

    def __call__(self) -> datetime:
        """Return what time it is."""
        seconds = (time.monotonic() - self._origin) * SPEED + float(self._ahead.value)
        return _BEGINNING + timedelta(seconds=seconds)

    def jump(self, interval: timedelta) -> None:
        """Move it on, for everybody."""
        self._ahead.value += interval.total_seconds()


class _FastSelector(selectors.DefaultSelector):
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout if timeout is None else timeout / SPEED)


class FastLoop(asyncio.SelectorEventLoop):
    """An event loop in which a second is as short as that of a SharedTime."""

    def __init__(self) -> None:
        super().__init__(_FastSelector())

    def time(self) -> float:
        """Return the loop's time, in its own seconds."""
        return time.monotonic() * SPEED

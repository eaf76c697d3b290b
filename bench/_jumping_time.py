"""Time that processes share, and that jumps to whatever is due next once nobody has anything to do: a day in minutes.

One process leads, the bot's: while it waits for nothing but a timer, and nobody else is at work, the time of all goes
on to that timer. Work itself takes as long as it takes.
"""

import asyncio
import selectors
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from mmap import mmap
from pathlib import Path
from typing import Any

BEGINNING = datetime(2026, 11, 23, 8, tzinfo=UTC)

_ORIGIN, _AHEAD, _BUSY = range(3)
_CELLS = 8
_QUIET_SECONDS = 0.01
_LONGEST_JUMP = 15.0
_LOOK_SECONDS = 0.004


class JumpingTime:
    """A clock over a file that the processes share; the file's first user makes it."""

    def __init__(self, path: Path) -> None:
        is_new = not path.exists()
        if is_new:
            path.write_bytes(bytes(8 * _CELLS))
        with path.open("r+b") as file:
            self._cells = memoryview(mmap(file.fileno(), 0)).cast("d")
        if is_new:
            self._cells[_ORIGIN] = time.monotonic()
        self.waiting_for = 0
        """How much of this process's own work is done where its loop does not see it: in threads, in processes."""

    def __call__(self) -> datetime:
        """Return what time it is."""
        return BEGINNING + timedelta(seconds=self.loop_time() - self._cells[_ORIGIN])

    def loop_time(self) -> float:
        """Return the time of the loops."""
        return time.monotonic() + self._cells[_AHEAD]

    def jump(self, seconds: float) -> None:
        """Move it on for everybody. For the process that leads."""
        self._cells[_AHEAD] += seconds

    @property
    def is_anybody_busy(self) -> bool:
        """Whether something is done, here or where the time is followed."""
        return bool(self.waiting_for or self._cells[_BUSY])

    def say_busy(self, *, is_busy: bool) -> None:
        """Tell who leads whether the process that follows is at work."""
        self._cells[_BUSY] = is_busy

    @contextmanager
    def working(self) -> Iterator[None]:
        """Let the time not jump inside."""
        self.waiting_for += 1
        try:
            yield
        finally:
            self.waiting_for -= 1


class _LeadingSelector(selectors.DefaultSelector):
    def __init__(self, clock: JumpingTime) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= _QUIET_SECONDS:
            return super().select(timeout)
        events = super().select(_QUIET_SECONDS)
        if not events and timeout is not None and not self._clock.is_anybody_busy:
            self._clock.jump(min(timeout - _QUIET_SECONDS, _LONGEST_JUMP))
        return events


class _FollowingSelector(selectors.DefaultSelector):
    def __init__(self, clock: JumpingTime) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            return super().select(timeout)
        self._clock.say_busy(is_busy=bool(self._clock.waiting_for))
        events = super().select(_LOOK_SECONDS if timeout is None else min(timeout, _LOOK_SECONDS))
        self._clock.say_busy(is_busy=bool(events) or bool(self._clock.waiting_for))
        return events


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, selector: selectors.BaseSelector, clock: JumpingTime) -> None:
        self._shared = clock
        super().__init__(selector)

    def time(self) -> float:
        return self._shared.loop_time()

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override] # as typeshed has it, but for its private types
        future = super().run_in_executor(executor, func, *args)
        self._shared.waiting_for += 1
        future.add_done_callback(self._go_on)
        return future

    def _go_on(self, _: object) -> None:
        self._shared.waiting_for -= 1


def leading_loop(clock: JumpingTime) -> asyncio.AbstractEventLoop:
    """Return a loop that makes the clock jump where nothing is left to do before its next timer."""
    return _Loop(_LeadingSelector(clock), clock)


def following_loop(clock: JumpingTime) -> asyncio.AbstractEventLoop:
    """Return a loop whose timers come when another process makes the clock jump."""
    return _Loop(_FollowingSelector(clock), clock)

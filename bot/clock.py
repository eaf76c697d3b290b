"""The clock: a few ticks and nothing else. The store knows what is due; this room only asks, again and again.

The only module that knows apscheduler, and with the command line the only one that reads the time.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import untold

_log = structlog.stdlib.get_logger(__name__)

DRAIN_SECONDS = 20.0

Now = Callable[[], datetime]
Step = Callable[[datetime], Awaitable[object]]


def read_clock() -> datetime:
    """Return the time of this machine, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 -- the one place


def clock_from(start: datetime) -> Now:
    """Return a clock that shows `start` now and runs on from there."""
    ahead = start - read_clock()
    return lambda: read_clock() + ahead


class Clock:
    """Calls steps at intervals with the time that `now` tells. A step never overlaps itself and never stops the clock.

    A tick that comes late runs late, and several that were missed run as one. An error in a step is logged.
    """

    def __init__(self, now: Now = read_clock) -> None:
        self.now = now
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._running: set[asyncio.Task[None]] = set()

    def every(self, interval: timedelta, step: Step, *, name: str) -> None:
        """Call `step` at once when the clock starts, and then at each interval."""
        self._scheduler.add_job(
            self._tick,
            "interval",
            args=(step, name),
            id=name,
            seconds=interval.total_seconds(),
            next_run_time=read_clock(),
            misfire_grace_time=None,  # the default drops a tick that is a second late
            coalesce=True,
            max_instances=1,
        )

    def start(self) -> None:
        """Begin to tick, in the running event loop."""
        self._scheduler.start()

    async def stop(self, drain: float = DRAIN_SECONDS) -> None:
        """Start no further step; those that are running have `drain` seconds to finish before they are cancelled."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        if self._running:
            await asyncio.wait(self._running, timeout=drain)
        left = tuple(self._running)
        self._scheduler.shutdown()
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _tick(self, step: Step, name: str) -> None:
        task = asyncio.create_task(self._run(step, name))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.wait({task})  # whatever becomes of it: the scheduler would log that it was cancelled

    async def _run(self, step: Step, name: str) -> None:
        try:
            with structlog.contextvars.bound_contextvars(step=name):
                await step(self.now())
        except Exception as error:  # noqa: BLE001 -- the tick is one of the three places that catch
            if left := untold(error):
                _log.error("tick failed", tick=name, exc_info=left)

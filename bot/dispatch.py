"""The clock of several processes: again and again it compares what is due in the tables with what is in the queue."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.memory import give_back
from bot.rounds import EXPIRE_EVERY, FIRST_ROUND, GIVE_BACK_EVERY, ISSUE_EVERY, WATCH_EVERY
from bot.watchdog import Watchdog
from digest import Queue, Service, Step

_log = structlog.stdlib.get_logger(__name__)

FILL_EVERY = timedelta(seconds=5)
SWEEP_EVERY = timedelta(seconds=5)
HUNG_AFTER = timedelta(minutes=1)

_NEWS = (Step.REFRESH, Step.READ)


class Dispatcher:
    """Shares out what is due. Of all that do, one acts at a time; what two did at once would only be looked at twice.

    After time away nothing is issued before the sources were asked and read once, for FIRST_ROUND at most: what is late
    already would miss what came meanwhile. `swept` is told how many jobs of dead processes were put back.
    """

    def __init__(
        self,
        service: Service,
        queue: Queue,
        *,
        began_at: datetime,
        swept: Callable[[int], object] = lambda _jobs: None,
    ) -> None:
        self._swept = swept
        self._service = service
        self._queue = queue
        self._waits_until = began_at + FIRST_ROUND
        self._filled_at = began_at
        self._is_behind: bool | None = None  # none: not looked yet

    def wind(self, clock: Clock) -> Clock:
        """Give the clock its ticks."""
        clock.every(FILL_EVERY, self.fill, name="fill")
        clock.every(SWEEP_EVERY, self.sweep, name="sweep")
        clock.every(ISSUE_EVERY, self.fill_regular, name="regular")
        clock.every(EXPIRE_EVERY, self.fill_expiry, name="expire")
        clock.every(GIVE_BACK_EVERY, give_back, name="give back")
        clock.every(WATCH_EVERY, Watchdog(self._service).look, name="watch")
        return clock

    async def fill(self, now: datetime) -> None:
        """Let what is due be done, unless it is in the queue already."""
        due = await self._service.map_due(now=now)
        if await self._must_read_first(due, now):
            due = {step: ids for step, ids in due.items() if step is not Step.ISSUE}
        await self._queue.fill(due)
        self._filled_at = now

    def is_at_work(self, now: datetime) -> bool:
        """Return whether what is due was shared out within the last minute."""
        return now - self._filled_at < HUNG_AFTER

    async def fill_regular(self, now: datetime) -> None:  # noqa: ARG002 -- a tick has the time
        """Let somebody look for what falls due today, and for sources that are paused."""
        await self._queue.fill({Step.REMIND: (), Step.NOTICE: ()})

    async def fill_expiry(self, now: datetime) -> None:  # noqa: ARG002 -- as above
        """Let somebody forget old texts."""
        await self._queue.fill({Step.EXPIRE: ()})

    async def sweep(self, now: datetime) -> None:  # noqa: ARG002 -- as above
        """Let what dead processes were doing be done by others."""
        if swept := await self._queue.sweep():
            self._swept(swept)
            _log.warning("jobs of a process that is gone are done again", jobs=swept)

    async def _must_read_first(self, due: Mapping[Step, tuple[int, ...]], now: datetime) -> bool:
        if self._is_behind is None:
            # Whoever takes over from another clock that was here a moment ago waits for nothing.
            self._is_behind = await self._service.is_behind(now=now)
        if self._is_behind and now < self._waits_until:
            is_news_due = any(due.get(step) for step in _NEWS)
            self._is_behind = is_news_due or not await self._queue.is_idle(_NEWS)
        else:
            self._is_behind = False
        return self._is_behind

"""The watchdog: says in the log which channels wait too long for what is due, before anybody has to miss it."""

from datetime import datetime, timedelta
from typing import Protocol

import structlog

from digest.model import Health

_log = structlog.stdlib.get_logger(__name__)

BARKS_EVERY = timedelta(minutes=10)


class Patient(Protocol):
    """What the watchdog looks at."""

    async def get_health(self, *, now: datetime) -> Health:
        """Return how all does."""
        ...


class Watchdog:
    """Warns of each channel that is late, and of digests that could not be made, at most once in ten minutes."""

    def __init__(self, patient: Patient) -> None:
        self._patient = patient
        self._barked_at: dict[int, datetime] = {}
        self._barked_of_unmade_at: datetime | None = None

    async def look(self, now: datetime) -> None:
        """Warn of what is late; say once that nothing is any more."""
        health = await self._patient.get_health(now=now)
        self._bark_of_unmade(health.unmade, now)
        late = {one.channel_id for one in health.overdue}
        for one in health.overdue:
            barked_at = self._barked_at.get(one.channel_id)
            if barked_at is not None and now - barked_at < BARKS_EVERY:
                continue
            self._barked_at[one.channel_id] = now
            _log.warning(
                "delivery overdue",
                channel_id=one.channel_id,
                guild_id=one.guild_id,
                minutes=round((now - one.due_at) / timedelta(minutes=1)),
                parts=one.parts,
                open_parts=health.open_parts,
            )
        for channel_id in set(self._barked_at) - late:
            del self._barked_at[channel_id]
            _log.info("delivery caught up", channel_id=channel_id)

    def _bark_of_unmade(self, unmade: int, now: datetime) -> None:
        if not unmade:
            self._barked_of_unmade_at = None
        elif self._barked_of_unmade_at is None or now - self._barked_of_unmade_at >= BARKS_EVERY:
            self._barked_of_unmade_at = now
            _log.warning("digests overdue that could not be made", digests=unmade)

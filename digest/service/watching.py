"""Steps about channels that are lost and deliveries that are late: what is kept, who is told, how all does."""

from collections.abc import Collection
from datetime import datetime, timedelta

from digest.model import DigestStatus, Health, Subscription
from digest.service.tools import Tools
from digest.store import health, losses

OVERDUE_AFTER = timedelta(minutes=10)
"""A part that is open for so long after it was due is late: retries and limits take less."""


class Watching:
    """The part of the Service that looks after lost channels and late deliveries."""

    _tools: Tools

    async def lose_channel(self, edition_ids: Collection[int], why: str, *, now: datetime) -> None:
        """Pause what these editions belong to, because its channel is lost, and keep every setting and open part.

        When it is resumed, the parts are posted. Only reminders, true on their own day alone, are given up.
        """
        async with self._tools.store.writing() as db:
            await losses.lose_channel(db, edition_ids, why, now=now)

    async def list_lost(self) -> tuple[Subscription, ...]:
        """Return what a lost channel paused and whose guild's admins were not told of it yet, by guild."""
        async with self._tools.store.reading() as db:
            return await losses.list_untold(db)

    async def record_told(self, subscription_ids: Collection[int], *, now: datetime) -> None:
        """Put on record that the admins were told why these are paused; resuming forgets it."""
        async with self._tools.store.writing() as db:
            await losses.record_told(db, subscription_ids, now=now)

    async def get_health(self, *, now: datetime) -> Health:
        """Return what is late, open, paused and failing in all guilds."""
        async with self._tools.store.reading() as db:
            return await health.get_health(db, late_before=now - OVERDUE_AFTER, now=now)

    async def check_writable(self) -> None:
        """Write and commit what stands in the database already; StoreError where it takes nothing."""
        async with self._tools.store.writing() as db:
            await health.rewrite_version(db)

    async def list_digest_statuses(self, guild_id: int, *, now: datetime) -> tuple[DigestStatus, ...]:
        """Return how each of the guild's subscriptions does, oldest first."""
        async with self._tools.store.reading() as db:
            return await health.list_digest_statuses(db, guild_id, late_before=now - OVERDUE_AFTER)

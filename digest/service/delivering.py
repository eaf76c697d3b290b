"""Whose turn it is to post: where several processes work on one database, each channel is one's at a time."""

import asyncio
from datetime import datetime, timedelta

from digest.model import Delivery
from digest.store import Store
from digest.store.leases import Outgoing, begin_leased, end_leases, lease_open

LEASE = timedelta(seconds=20)
"""A process that has taken no step in a channel for this long is taken for dead: the channel is anybody's again.

One that only was slow goes on under the same nonces, which Discord takes once, and stops at its next step.
"""


class Deliveries:
    """The parts that this process may post, step by step; see the methods of Service.

    On SQLite there is one process, so nothing is leased: after a crash it goes on at once. Elsewhere a lease is told
    from other processes' by its end, which is remembered here: after a crash it has to run out.
    """

    def __init__(self, store: Store, outgoing: Outgoing) -> None:
        self._store = store
        self._outgoing = outgoing
        self._held: dict[int, datetime] = {}
        self._turn = asyncio.Lock()  # what is remembered must be what is on record, whoever looks in between

    async def list_open(self, *, now: datetime, channel_id: int | None = None) -> tuple[Delivery, ...]:
        """Return the open parts of the channels that nobody else posts to, which nobody else does from now on."""
        async with self._store.reading() as db:
            found = await self._outgoing.list_open_deliveries(db, now, channel_id=channel_id)
        if not self._store.is_shared or not found:
            return found
        until = now + LEASE
        async with self._turn:
            async with self._store.writing() as db:
                leased = await lease_open(db, self._outgoing, now, held=self._held, until=until, channel_id=channel_id)
            # A worker serves all channels in time, one by one: what has run out is forgotten.
            held = {number: last for number, last in self._held.items() if last > now}
            self._held = held | {part.channel_id: until for part in leased}
        return leased

    async def begin(self, delivery_id: int, *, now: datetime) -> Delivery:
        """Mark a part as being sent, and let its channel be ours a while longer."""
        if not self._store.is_shared:
            async with self._store.writing() as db:
                return await self._outgoing.begin_delivery(db, delivery_id, now=now)
        until = now + LEASE
        async with self._turn:
            async with self._store.writing() as db:
                part = await begin_leased(db, self._outgoing, delivery_id, held=self._held, until=until, now=now)
            self._held[part.channel_id] = until
        return part

    async def hand_over(self) -> None:
        """Let other processes go on with what is still open, without waiting."""
        async with self._turn:
            held, self._held = self._held, {}
            if held:
                async with self._store.writing() as db:
                    await end_leases(db, self._outgoing, held)

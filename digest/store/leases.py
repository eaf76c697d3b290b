"""What all messages on their way have in common: nonces, how far each has come, and which process has its channel.

The tables have the same columns for it: `deliveries` and `alerts`.
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy import Table, bindparam, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.model import Delivery, DeliveryState
from digest.store.dialects import Turn, dialect_of

OPEN = (DeliveryState.PENDING.value, DeliveryState.SENDING.value)
"""The states of what is neither sent nor given up."""

# 24 digits: Discord takes 25 characters at most (API reference, "Create Message").
_NONCE_BYTES = 12


class Outgoing(Protocol):
    """Messages on their way, in a table of their own: `digest.store.deliveries`, and `digest.store.alerts`."""

    @property
    def TABLE(self) -> Table:  # noqa: N802 -- a constant of a module
        """Where they lie."""
        ...

    async def list_open_deliveries(
        self, db: AsyncConnection, now: datetime, /, *, channel_id: int | None = None
    ) -> tuple[Delivery, ...]:
        """Return what is due and neither sent nor given up, in all channels or in one."""
        ...

    async def begin_delivery(self, db: AsyncConnection, delivery_id: int, /, *, now: datetime) -> Delivery:
        """Mark one as being sent; NotFoundError where it is not open."""
        ...


def new_nonce() -> str:
    """Return a nonce. Drawn, not counted: a restored database must not use one again within Discord's memory."""
    return secrets.token_hex(_NONCE_BYTES)


async def lease_open(
    db: AsyncConnection,
    outgoing: Outgoing,
    now: datetime,
    *,
    held: Mapping[int, datetime],
    until: datetime,
    channel_id: int | None = None,
) -> tuple[Delivery, ...]:
    """Return what list_open_deliveries does but what stands in channels that somebody else has leased; lease the rest.

    `held` are our own leases: channels, and until when each was leased last.
    """
    await _take_turn(db)
    others = await _find_others(db, outgoing.TABLE, now, held, channel_id)
    found = await outgoing.list_open_deliveries(db, now, channel_id=channel_id)
    ours = tuple(part for part in found if part.channel_id not in others)
    await _lease(db, outgoing.TABLE, (part.id for part in ours), until)
    return ours


async def begin_leased(
    db: AsyncConnection,
    outgoing: Outgoing,
    delivery_id: int,
    *,
    held: Mapping[int, datetime],
    until: datetime,
    now: datetime,
) -> Delivery:
    """Do what begin_delivery does, and lease the channel a while longer; NotFoundError where somebody else has it."""
    await _take_turn(db)
    part = await outgoing.begin_delivery(db, delivery_id, now=now)
    table = outgoing.TABLE
    is_open = (table.c.channel_id == part.channel_id, table.c.state.in_(OPEN), table.c.due_at <= now)
    rows = (await db.execute(select(table.c.id, table.c.leased_until).where(*is_open))).all()
    running = {leased_until for _, leased_until in rows if leased_until is not None and leased_until > now}
    if running - {held.get(part.channel_id)}:
        raise NotFoundError(f"channel {part.channel_id} is another process's to send to")
    await _lease(db, table, (id_ for id_, _ in rows), until)
    return part


async def end_leases(db: AsyncConnection, outgoing: Outgoing, held: Mapping[int, datetime]) -> None:
    """Let anybody have what we had leased and is still open."""
    table = outgoing.TABLE
    is_ours = table.c.leased_until == bindparam("leased_to")
    statement = update(table).where(is_ours, table.c.channel_id == bindparam("of_channel"))
    rows = [{"of_channel": channel_id, "leased_to": until} for channel_id, until in sorted(held.items())]
    await db.execute(statement.values(leased_until=None), rows)


async def begin(db: AsyncConnection, table: Table, id_: int, now: datetime) -> None:
    """Mark what is open as being sent; the time of the first attempt stays.

    A later look into the channel's history must reach back to it.
    """
    # A plain argument of a function has no column's type, and would be kept without its zone.
    first_attempt = func.coalesce(table.c.attempted_at, literal(now, table.c.attempted_at.type))
    await db.execute(
        update(table)
        .where(table.c.id == id_, table.c.state.in_(OPEN))
        .values(state=DeliveryState.SENDING.value, attempted_at=first_attempt)
    )


async def settle(db: AsyncConnection, table: Table, id_: int, now: datetime, **values: str | int) -> None:
    """Mark what is open as sent or not to be sent; what is settled stays so."""
    await db.execute(update(table).where(table.c.id == id_, table.c.state.in_(OPEN)).values(settled_at=now, **values))


async def _take_turn(db: AsyncConnection) -> None:
    # Nobody else leases anything before the transaction ends, so that of one channel nobody gets a part.
    await dialect_of(db).take_turn(db, Turn.LEASING)


async def _find_others(
    db: AsyncConnection, table: Table, now: datetime, held: Mapping[int, datetime], channel_id: int | None
) -> frozenset[int]:
    query = select(table.c.channel_id, table.c.leased_until).distinct()
    query = query.where(table.c.state.in_(OPEN), table.c.leased_until > now)
    if channel_id is not None:
        query = query.where(table.c.channel_id == channel_id)
    leased = await db.execute(query)
    return frozenset(channel_id for channel_id, leased_until in leased if held.get(channel_id) != leased_until)


async def _lease(db: AsyncConnection, table: Table, ids: Iterable[int], until: datetime) -> None:
    rows = [{"to_lease": id_} for id_ in sorted(ids)]
    if rows:
        await db.execute(update(table).where(table.c.id == bindparam("to_lease")).values(leased_until=until), rows)

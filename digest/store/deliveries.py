"""Deliveries: the parts of editions, frozen, and how far each has come. Every step is a transaction of its own."""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest

from sqlalchemy import RowMapping, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.model import Delivery, DeliveryState, Job, Step, Subscription
from digest.store import leases
from digest.store.due import note_due
from digest.store.guilds import is_left
from digest.store.leases import OPEN, new_nonce
from digest.store.schema import deliveries

TABLE = deliveries

_ANSWERED, _EDITED = deliveries.alias("answered"), deliveries.alias("edited")
_FIRST = deliveries.alias("first")
# Of the edition that it belongs to: a message that was deleted since has the id 0.
_OPENING = (
    select(_FIRST.c.message_id)
    .where(
        _FIRST.c.edition_id == func.coalesce(_ANSWERED.c.edition_id, _EDITED.c.edition_id, deliveries.c.edition_id),
        _FIRST.c.message_id > 0,
    )
    .order_by(_FIRST.c.part)
    .limit(1)
    .correlate(deliveries, _ANSWERED, _EDITED)
    .scalar_subquery()
)
_DELIVERIES = (
    select(
        deliveries,
        _ANSWERED.c.message_id.label("reply_to"),
        _EDITED.c.message_id.label("edited_id"),
        _EDITED.c.edition_id.label("edited_edition"),
        _OPENING.label("opening"),
    )
    .outerjoin(_ANSWERED, _ANSWERED.c.id == deliveries.c.answers)
    .outerjoin(_EDITED, _EDITED.c.id == deliveries.c.edits)
)


async def add_deliveries(
    db: AsyncConnection,
    subscription: Subscription,
    edition_id: int,
    payloads: Sequence[str],
    *,
    answers: Sequence[int] = (),
    edits: Sequence[int] = (),
    due_at: datetime,
) -> None:
    """Keep the parts of an edition, in order, with the deliveries that they answer or take the place of, if they do.

    Nonces are drawn, not counted: a database restored from a backup must not use one again within Discord's memory.
    """
    rows = [
        {
            "edition_id": edition_id,
            "guild_id": subscription.guild_id,
            "channel_id": subscription.channel_id,
            "part": part,
            "payload": payload,
            "nonce": new_nonce(),
            "state": DeliveryState.PENDING.value,
            "due_at": due_at,
            "answers": answered,
            "edits": edited,
        }
        for part, (payload, answered, edited) in enumerate(zip_longest(payloads, answers, edits), start=1)
    ]
    if rows:
        await db.execute(insert(deliveries), rows)
        note_due(db, Job(Step.DELIVER, (subscription.channel_id,)))


async def list_deliveries(db: AsyncConnection, edition_id: int) -> tuple[Delivery, ...]:
    """Return the parts of an edition, in order."""
    query = _DELIVERIES.where(deliveries.c.edition_id == edition_id).order_by(deliveries.c.part)
    return tuple(_delivery_of(row) for row in (await db.execute(query)).mappings())


async def list_open_deliveries(
    db: AsyncConnection, now: datetime, *, channel_id: int | None = None
) -> tuple[Delivery, ...]:
    """Return all parts, or those of a channel, that are due and not known to have arrived or failed, in their order.

    Those of guilds that the bot was removed from wait.
    """
    is_open = (deliveries.c.state.in_(OPEN), deliveries.c.due_at <= now, ~is_left(deliveries.c.guild_id))
    query = _DELIVERIES.where(*is_open).order_by(deliveries.c.edition_id, deliveries.c.part)
    if channel_id is not None:
        query = query.where(deliveries.c.channel_id == channel_id)
    return tuple(_delivery_of(row) for row in (await db.execute(query)).mappings())


async def begin_delivery(db: AsyncConnection, delivery_id: int, *, now: datetime) -> Delivery:
    """Mark the part as being sent; NotFoundError where it is not open.

    The time of the first attempt stays: a later look into the channel's history must reach back to it.
    """
    await leases.begin(db, deliveries, delivery_id, now)
    query = _DELIVERIES.where(deliveries.c.id == delivery_id, deliveries.c.state.in_(OPEN))
    row = (await db.execute(query)).mappings().first()
    if row is None:
        raise NotFoundError(f"no delivery {delivery_id} is open")
    return _delivery_of(row)


async def finish_delivery(db: AsyncConnection, delivery_id: int, message_id: int, *, now: datetime) -> None:
    """Mark the part as sent; the first message id stays."""
    await leases.settle(db, deliveries, delivery_id, now, state=DeliveryState.SENT.value, message_id=message_id)


async def fail_delivery(db: AsyncConnection, delivery_id: int, why: str, *, now: datetime) -> None:
    """Mark the part as not to be sent."""
    await leases.settle(db, deliveries, delivery_id, now, state=DeliveryState.FAILED.value, failed_because=why)


def _delivery_of(row: RowMapping) -> Delivery:
    return Delivery(
        id=row["id"],
        edition_id=row["edition_id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        part=row["part"],
        payload=row["payload"],
        nonce=row["nonce"],
        state=DeliveryState(row["state"]),
        attempted_at=row["attempted_at"],
        message_id=row["message_id"],
        reply_to=row["reply_to"],
        edits=row["edited_id"],
        opening=row["opening"],
        edits_edition=row["edited_edition"],
    )

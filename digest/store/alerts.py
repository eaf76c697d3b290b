"""Alerts: what followers are told, frozen, and how far each has come; and which article each follow was told of."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import RowMapping, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.model import Alert, AlertRecord, Delivery, DeliveryState, Job, Step
from digest.store import leases
from digest.store.due import note_due
from digest.store.leases import OPEN, new_nonce
from digest.store.schema import alerted, alerts, follows, guild_settings

TABLE = alerts

NO_GUILD = 0
"""The guild of a delivery to a member's own channel."""

_IS_WAITING = (alerts.c.state == DeliveryState.PENDING.value, alerts.c.attempted_at.is_(None))


async def add_alert(db: AsyncConnection, alert: Alert, payload: str, told: Mapping[tuple[int, int], int]) -> int:
    """Keep what a member is to be told, and that each follow is told of the article in this version; return its id."""
    row = {
        "guild_id": alert.guild_id,
        "user_id": alert.user_id,
        "channel_id": alert.channel_id,
        "is_direct": alert.is_direct,
        "payload": payload,
        "nonce": new_nonce(),
        "state": DeliveryState.PENDING.value,
        "due_at": alert.due_at,
    }
    alert_id: int = (await db.execute(insert(alerts).returning(alerts.c.id), row)).scalar_one()
    rows = [
        {"follow_id": follow_id, "article_id": article_id, "alert_id": alert_id, "version": version}
        for (follow_id, article_id), version in sorted(told.items())
    ]
    await db.execute(insert(alerted), rows)
    note_due(db, Job(Step.TELL, (alert.channel_id,)))
    return alert_id


async def get_last_id(db: AsyncConnection) -> int:
    """Return the id of the alert that was made last, 0 before the first."""
    return (await db.execute(select(alerts.c.id).order_by(alerts.c.id.desc()).limit(1))).scalar() or 0


async def list_open_deliveries(
    db: AsyncConnection, now: datetime, *, channel_id: int | None = None
) -> tuple[Delivery, ...]:
    """Return all alerts, or those of a channel, that are due and neither sent nor given up, oldest first.

    There are none of a guild that was left.
    """
    is_left = exists().where(guild_settings.c.guild_id == alerts.c.guild_id, guild_settings.c.left_at.is_not(None))
    is_open = (alerts.c.state.in_(OPEN), alerts.c.due_at <= now, ~is_left.correlate(alerts))
    query = select(alerts).where(*is_open).order_by(alerts.c.id)
    if channel_id is not None:
        query = query.where(alerts.c.channel_id == channel_id)
    return tuple(_delivery_of(row) for row in (await db.execute(query)).mappings())


async def begin_delivery(db: AsyncConnection, alert_id: int, *, now: datetime) -> Delivery:
    """Mark the alert as being sent; NotFoundError where it is not open."""
    await leases.begin(db, alerts, alert_id, now)
    row = (await db.execute(select(alerts).where(alerts.c.id == alert_id, alerts.c.state.in_(OPEN)))).mappings().first()
    if row is None:
        raise NotFoundError(f"no alert {alert_id} is open")
    return _delivery_of(row)


async def finish_delivery(db: AsyncConnection, alert_id: int, message_id: int, *, now: datetime) -> None:
    """Mark the alert as sent; the first message id stays."""
    await leases.settle(db, alerts, alert_id, now, state=DeliveryState.SENT.value, message_id=message_id)


async def fail_delivery(db: AsyncConnection, alert_id: int, why: str, *, now: datetime) -> None:
    """Mark the alert as not to be sent."""
    await leases.settle(db, alerts, alert_id, now, state=DeliveryState.FAILED.value, failed_because=why)


async def lose_channel(db: AsyncConnection, alert_ids: Collection[int], why: str, *, now: datetime) -> None:
    """Give up these alerts and what else is on its way to the same members there, and pause what they follow there."""
    query = select(alerts.c.user_id, alerts.c.channel_id).where(alerts.c.id.in_(alert_ids)).distinct()
    for user_id, channel_id in (await db.execute(query.order_by(alerts.c.user_id))).all():
        theirs = (alerts.c.user_id == user_id, alerts.c.channel_id == channel_id, alerts.c.state.in_(OPEN))
        given_up = {"state": DeliveryState.FAILED.value, "settled_at": now, "failed_because": why}
        await db.execute(update(alerts).where(*theirs).values(given_up))
        is_told_there = (follows.c.user_id == user_id, follows.c.channel_id == channel_id)
        await db.execute(
            update(follows).where(*is_told_there, follows.c.paused_because == "").values(paused_because=why)
        )


async def drop_untold(db: AsyncConnection, user_id: int) -> None:
    """Drop what is waiting for a member and tells of nothing that they still follow."""
    tells = exists().where(alerted.c.alert_id == alerts.c.id).correlate(alerts)
    is_waiting = (alerts.c.user_id == user_id, alerts.c.state == DeliveryState.PENDING.value)
    await db.execute(delete(alerts).where(*is_waiting, ~tells))


async def map_waiting(db: AsyncConnection, guild_id: int) -> dict[int, str]:
    """Return the payloads, by their ids, of the guild's alerts that nobody has tried to send yet."""
    query = select(alerts.c.id, alerts.c.payload).where(alerts.c.guild_id == guild_id, *_IS_WAITING)
    return {id_: payload for id_, payload in await db.execute(query)}  # noqa: C416 -- rows are no pairs to mypy


async def change_waiting(db: AsyncConnection, payloads: Mapping[int, str]) -> None:
    """Let these alerts say this, if nobody has tried to send them meanwhile."""
    for id_, payload in payloads.items():
        await db.execute(update(alerts).where(alerts.c.id == id_, *_IS_WAITING).values(payload=payload))


async def list_records(db: AsyncConnection, guild_id: int, user_id: int) -> tuple[AlertRecord, ...]:
    """Return all that a member was told in a guild, or is to be told, oldest first."""
    query = select(alerts).where(alerts.c.guild_id == guild_id, alerts.c.user_id == user_id).order_by(alerts.c.id)
    return tuple(_record_of(row) for row in (await db.execute(query)).mappings())


async def delete_records(db: AsyncConnection, guild_id: int, user_id: int) -> int:
    """Forget what a member was told in a guild, also what is on its way; return how many messages."""
    theirs = (alerts.c.guild_id == guild_id, alerts.c.user_id == user_id)
    return (await db.execute(delete(alerts).where(*theirs))).rowcount


def _delivery_of(row: RowMapping) -> Delivery:
    return Delivery(
        id=row["id"],
        edition_id=row["id"],
        guild_id=NO_GUILD if row["is_direct"] else row["guild_id"],
        channel_id=row["channel_id"],
        part=1,
        payload=row["payload"],
        nonce=row["nonce"],
        state=DeliveryState(row["state"]),
        attempted_at=row["attempted_at"],
        message_id=row["message_id"],
    )


def _record_of(row: RowMapping) -> AlertRecord:
    return AlertRecord(
        row["payload"], row["due_at"], DeliveryState(row["state"]), row["settled_at"], row["failed_because"] or ""
    )

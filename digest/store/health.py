"""How the deliveries and the digests do, in figures."""

from datetime import datetime

from sqlalchemy import Select, column, func, select, table, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import DeliveryState, DigestStatus, EditionKind, Health, Overdue
from digest.store.guilds import is_left
from digest.store.schema import deliveries, editions, guild_sources, sources, subscriptions
from digest.store.subscriptions import list_orders

_OPEN = (DeliveryState.PENDING.value, DeliveryState.SENDING.value)
_IS_OPEN = deliveries.c.state.in_(_OPEN) & ~is_left(deliveries.c.guild_id)


async def get_health(db: AsyncConnection, *, late_before: datetime, now: datetime) -> Health:
    """Return the figures of all guilds; a part is late that was due by then."""
    overdue = (
        select(
            func.min(deliveries.c.guild_id),
            deliveries.c.channel_id,
            func.min(deliveries.c.due_at).label("since"),
            func.count(),
        )
        .where(_IS_OPEN, deliveries.c.due_at <= late_before)
        .group_by(deliveries.c.channel_id)
        .order_by("since", deliveries.c.channel_id)
    )
    followed = select(guild_sources.c.source_id)
    is_unmade = (subscriptions.c.next_run_at <= late_before) & ~is_left(subscriptions.c.guild_id)
    return Health(
        tuple(Overdue(*row) for row in await db.execute(overdue)),
        await _count(db, select(func.count()).where(_IS_OPEN, deliveries.c.due_at <= now)),
        await _count(db, select(func.count()).where(subscriptions.c.paused_because != "")),
        await _count(db, select(func.count()).where(sources.c.failure_kind.is_not(None), sources.c.id.in_(followed))),
        await _count(db, select(func.count()).where(is_unmade)),
        (
            await db.execute(select(func.min(deliveries.c.due_at)).where(_IS_OPEN, deliveries.c.due_at <= now))
        ).scalar_one(),
    )


async def rewrite_version(db: AsyncConnection) -> None:
    """Write to the database what stands there already."""
    version = table("alembic_version", column("version_num"))
    await db.execute(update(version).values(version_num=version.c.version_num))


async def list_digest_statuses(
    db: AsyncConnection, guild_id: int, *, late_before: datetime
) -> tuple[DigestStatus, ...]:
    """Return how each subscription of the guild does, oldest first."""
    is_late = _IS_OPEN & (deliveries.c.due_at <= late_before)
    is_posted = (deliveries.c.state == DeliveryState.SENT.value) & (editions.c.kind == EditionKind.DIGEST.value)
    query = (
        select(
            editions.c.subscription_id,
            func.max(deliveries.c.settled_at).filter(is_posted).label("last_at"),
            func.min(deliveries.c.due_at).filter(is_late).label("overdue_since"),
            func.count().filter(deliveries.c.state == DeliveryState.HELD.value).label("held"),
        )
        .join(editions, editions.c.id == deliveries.c.edition_id)
        .where(deliveries.c.guild_id == guild_id)
        .group_by(editions.c.subscription_id)
    )
    figures = {row.subscription_id: row for row in await db.execute(query)}
    found = []
    for order in await list_orders(db, guild_id):
        row = figures.get(order.subscription.id)
        last_at, overdue_since, held = (row.last_at, row.overdue_since, row.held) if row else (None, None, 0)
        is_unmade = order.next_run_at is not None and order.next_run_at <= late_before
        unmade_since = order.next_run_at if is_unmade else None
        found.append(DigestStatus(order.subscription, last_at, order.next_run_at, overdue_since, held, unmade_since))
    return tuple(found)


async def _count(db: AsyncConnection, query: Select[int]) -> int:
    return (await db.execute(query)).scalar_one()

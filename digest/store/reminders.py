"""Which messages showed which commitments, and which of these messages were answered when one fell due."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import Select, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import DeliveryState, Subscription
from digest.store.dialects import dialect_of
from digest.store.schema import commitments, deliveries, editions, reminders, shown_commitments


async def add_shown(db: AsyncConnection, delivery_id: int, commitment_ids: Iterable[int]) -> None:
    """Keep that a part shows these commitments, also."""
    rows = [{"delivery_id": delivery_id, "commitment_id": id_} for id_ in sorted(commitment_ids)]
    if rows:
        await db.execute(dialect_of(db).insert_new(shown_commitments), rows)


def showed_due(first: date, last: date) -> Select[tuple[int]]:
    """Return the query of the ids of subscriptions whose messages showed what may fall due on one of these days.

    Those that were reminded of all of it that day are left out. It begins with what falls due, not with who ordered.
    """
    due, shown = commitments.alias("due"), commitments.alias("shown")
    is_reminded = exists().where(
        reminders.c.subscription_id == editions.c.subscription_id,
        reminders.c.entry_id == due.c.entry_id,
        reminders.c.day == due.c.latest,
    )
    return (
        select(editions.c.subscription_id)
        .join_from(due, shown, shown.c.entry_id == due.c.entry_id)
        .join(shown_commitments, shown_commitments.c.commitment_id == shown.c.id)
        .join(deliveries, deliveries.c.id == shown_commitments.c.delivery_id)
        .join(editions, editions.c.id == deliveries.c.edition_id)
        .where(due.c.latest.between(first, last), ~is_reminded)
    )


async def list_unreminded(
    db: AsyncConnection, subscription: Subscription, day: date, *, before: datetime
) -> dict[int, tuple[int, ...]]:
    """Return the deliveries whose messages first showed what may fall due that day, with the ids of these entries.

    They are those that stand in the subscription's channel, of editions composed before then, in posting order; an
    entry of which the subscription was reminded that day is left out. Whether it does fall due, the entry knows.
    """
    due, shown = commitments.alias("due"), commitments.alias("shown")
    is_reminded = exists().where(
        reminders.c.subscription_id == subscription.id,
        reminders.c.entry_id == due.c.entry_id,
        reminders.c.day == day,
    )
    query = (
        select(deliveries.c.edition_id, deliveries.c.part, deliveries.c.id, due.c.entry_id)
        .distinct()
        .join_from(due, shown, shown.c.entry_id == due.c.entry_id)
        .join(shown_commitments, shown_commitments.c.commitment_id == shown.c.id)
        .join(deliveries, deliveries.c.id == shown_commitments.c.delivery_id)
        .join(editions, editions.c.id == deliveries.c.edition_id)
        .where(due.c.latest == day, ~is_reminded, editions.c.subscription_id == subscription.id)
        .where(editions.c.composed_at < before, deliveries.c.channel_id == subscription.channel_id)
        .where(deliveries.c.state == DeliveryState.SENT.value, deliveries.c.message_id > 0)
        .order_by(deliveries.c.edition_id, deliveries.c.part, due.c.entry_id)
    )
    showed: dict[int, list[int]] = defaultdict(list)
    first: dict[int, int] = {}
    for _, _, delivery_id, entry_id in await db.execute(query):
        # What was shown day after day is answered once, where it was shown first.
        if first.setdefault(entry_id, delivery_id) == delivery_id:
            showed[delivery_id].append(entry_id)
    return {delivery_id: tuple(entry_ids) for delivery_id, entry_ids in showed.items()}


async def is_reminded(db: AsyncConnection, subscription_id: int, entry_ids: Collection[int], day: date) -> bool:
    """Return whether the subscription was reminded of any of these entries that day."""
    query = select(reminders.c.entry_id).where(
        reminders.c.subscription_id == subscription_id, reminders.c.day == day, reminders.c.entry_id.in_(entry_ids)
    )
    return (await db.execute(query)).first() is not None


async def remind(db: AsyncConnection, subscription_id: int, entry_ids: Collection[int], day: date) -> None:
    """Put on record that the subscription is reminded of these entries that day, of each for the first time."""
    rows = [{"subscription_id": subscription_id, "entry_id": entry_id, "day": day} for entry_id in entry_ids]
    await db.execute(insert(reminders), rows)

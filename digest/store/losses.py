"""Lost channels: what posts there is paused, its open parts are kept for when it is resumed, and who was told of it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import case, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import DeliveryState, EditionKind, Job, Step, Subscription
from digest.store.due import note_due
from digest.store.rereads import reread_told
from digest.store.schema import deliveries, editions, subscriptions
from digest.store.subscriptions import list_subscriptions, pause_subscription

_OPEN = (DeliveryState.PENDING.value, DeliveryState.SENDING.value)


async def lose_channel(db: AsyncConnection, edition_ids: Collection[int], why: str, *, now: datetime) -> None:
    """Pause the subscriptions of these editions, and hold all that is open of them.

    Reminders are given up: what they say is true on their own day only.
    """
    ids = (await db.execute(select(editions.c.subscription_id).where(editions.c.id.in_(edition_ids)))).scalars()
    for subscription_id in sorted(set(ids)):
        await pause_subscription(db, subscription_id, why)
        of_it = select(editions.c.id).where(editions.c.subscription_id == subscription_id)
        passing = of_it.where(editions.c.kind == EditionKind.REMINDER.value)
        is_open = deliveries.c.state.in_(_OPEN)
        failed = {"state": DeliveryState.FAILED.value, "settled_at": now, "failed_because": why}
        await db.execute(update(deliveries).where(is_open, deliveries.c.edition_id.in_(passing)).values(failed))
        held = {"state": DeliveryState.HELD.value, "failed_because": why}
        await db.execute(update(deliveries).where(is_open, deliveries.c.edition_id.in_(of_it)).values(held))


async def release_held(db: AsyncConnection, subscription: Subscription, *, now: datetime) -> None:
    """Open again what was held, due now, in the channel that the subscription has now; forget who was told.

    The articles that it tells of are read once more.
    """
    of_it = select(editions.c.id).where(editions.c.subscription_id == subscription.id)
    is_held = (deliveries.c.state == DeliveryState.HELD.value, deliveries.c.edition_id.in_(of_it))
    # What was corrected meanwhile was corrected in the messages that stood.
    await reread_told(db, select(deliveries.c.edition_id).where(*is_held), now=now)
    is_fresh = deliveries.c.attempted_at.is_(None)
    state = case((is_fresh, DeliveryState.PENDING.value), else_=DeliveryState.SENDING.value)
    opened = {"state": state, "failed_because": None, "due_at": now, "channel_id": subscription.channel_id}
    await db.execute(
        update(deliveries)
        .where(*is_held)
        .values(opened | {"leased_until": None})  # a lease of before keeps all out, also who had it and forgot
    )
    await db.execute(update(subscriptions).where(subscriptions.c.id == subscription.id).values(admins_told_at=None))
    note_due(db, Job(Step.DELIVER, (subscription.channel_id,)))


async def list_untold(db: AsyncConnection) -> tuple[Subscription, ...]:
    """Return the subscriptions that a lost channel paused and whose guild's admins were not told yet, by guild."""
    # Whoever pauses one by hand knows it: then no part has that reason.
    is_lost = exists().where(
        editions.c.subscription_id == subscriptions.c.id,
        deliveries.c.edition_id == editions.c.id,
        deliveries.c.failed_because == subscriptions.c.paused_because,
    )
    query = select(subscriptions).where(
        subscriptions.c.paused_because != "", subscriptions.c.admins_told_at.is_(None), is_lost
    )
    return await list_subscriptions(db, query.order_by(subscriptions.c.guild_id, subscriptions.c.id))


async def record_told(db: AsyncConnection, subscription_ids: Collection[int], *, now: datetime) -> None:
    """Put on record that the admins were told of what paused these."""
    await db.execute(update(subscriptions).where(subscriptions.c.id.in_(subscription_ids)).values(admins_told_at=now))

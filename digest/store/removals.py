"""Subscriptions that are given up: they go with all that was kept of them."""

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.store.schema import claims, deliveries, editions, subscriptions


async def delete_subscription(db: AsyncConnection, subscription_id: int, *, guild_id: int) -> None:
    """Remove a subscription of the guild with its editions, parts, claims, stories told and reminders.

    What is being posted now may still arrive; nothing further of it is sent. NotFoundError where the guild has none.
    """
    is_it = (subscriptions.c.id == subscription_id, subscriptions.c.guild_id == guild_id)
    if (await db.execute(select(subscriptions.c.id).where(*is_it).with_for_update())).first() is None:
        raise NotFoundError(f"guild {guild_id} has no subscription {subscription_id}")
    # Rows that point to rows of the same kind, and claims to stories, would keep each other.
    of_it = select(editions.c.id).where(editions.c.subscription_id == subscription_id)
    await db.execute(update(deliveries).where(deliveries.c.edition_id.in_(of_it)).values(answers=None, edits=None))
    await db.execute(delete(claims).where(claims.c.subscription_id == subscription_id))
    await db.execute(delete(editions).where(editions.c.subscription_id == subscription_id))
    await db.execute(delete(subscriptions).where(*is_it))

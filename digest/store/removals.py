"""Subscriptions that are given up: they go with all that was kept of them."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.store.schema import subscriptions


async def delete_subscription(db: AsyncConnection, subscription_id: int, *, guild_id: int) -> None:
    """Remove a subscription of the guild with its editions, parts, claims, stories told and reminders.

    What is being posted now may still arrive; nothing further of it is sent. NotFoundError where the guild has none.
    """
    is_it = (subscriptions.c.id == subscription_id, subscriptions.c.guild_id == guild_id)
    result = await db.execute(delete(subscriptions).where(*is_it))  # all that hangs on it goes with it
    if result.rowcount == 0:
        raise NotFoundError(f"guild {guild_id} has no subscription {subscription_id}")

"""Which zone's days a guild means."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.store.schema import guild_settings, subscriptions


async def get_zone(db: AsyncConnection, guild_id: int) -> str:
    """Return the zone that the guild chose, else that of its oldest digest, where its people are; else "UTC"."""
    chosen = select(guild_settings.c.zone).where(guild_settings.c.guild_id == guild_id)
    zone: str | None = (await db.execute(chosen)).scalar_one_or_none()
    if zone:
        return zone
    oldest = select(subscriptions.c.zone).where(subscriptions.c.guild_id == guild_id).order_by(subscriptions.c.id)
    return (await db.execute(oldest.limit(1))).scalar_one_or_none() or "UTC"

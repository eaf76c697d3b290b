"""What somebody is setting up or choosing: one draft for each member of a guild and purpose, forgotten after a day.

What is in a draft is opaque here.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.store.dialects import dialect_of
from digest.store.schema import drafts

KEPT = timedelta(days=1)
"""A draft that nobody changed for so long is gone."""


async def add_draft(
    db: AsyncConnection, guild_id: int, user_id: int, payload: str, *, purpose: str, now: datetime
) -> None:
    """Keep a draft in the place of the member's last one; what others left for too long is forgotten."""
    await expire_drafts(db, now=now)
    row = {"guild_id": guild_id, "user_id": user_id, "purpose": purpose, "payload": payload, "changed_at": now}
    await db.execute(dialect_of(db).insert_new(drafts), row)  # what is being added at once is waited for
    await change_draft(db, guild_id, user_id, payload, purpose=purpose, now=now)


async def get_draft(
    db: AsyncConnection, guild_id: int, user_id: int, *, purpose: str, now: datetime, for_change: bool = False
) -> str:
    """Return the member's draft; NotFoundError where there is none. For a change it is nobody else's until the end."""
    is_it = _is_draft(guild_id, user_id, purpose)
    query = select(drafts.c.payload).where(is_it, drafts.c.changed_at > now - KEPT)
    found = (await db.execute(query.with_for_update() if for_change else query)).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"member {user_id} of guild {guild_id} has no draft")
    return str(found)


async def change_draft(
    db: AsyncConnection, guild_id: int, user_id: int, payload: str, *, purpose: str, now: datetime
) -> None:
    """Keep what has become of the member's draft."""
    is_it = _is_draft(guild_id, user_id, purpose)
    await db.execute(update(drafts).where(is_it).values(payload=payload, changed_at=now))


async def expire_drafts(db: AsyncConnection, *, now: datetime) -> None:
    """Forget what was left for too long."""
    await db.execute(delete(drafts).where(drafts.c.changed_at <= now - KEPT))


def _is_draft(guild_id: int, user_id: int, purpose: str) -> ColumnElement[bool]:
    return and_(drafts.c.guild_id == guild_id, drafts.c.user_id == user_id, drafts.c.purpose == purpose)

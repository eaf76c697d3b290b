"""What became of a subscription's editions, for those who look after it."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import Outcome, PastEdition
from digest.store.editions import get_edition
from digest.store.schema import deliveries, editions, told_stories


async def list_past(
    db: AsyncConnection, subscription_id: int, *, guild_id: int, limit: int, offset: int
) -> tuple[PastEdition, ...]:
    """Return the editions of the guild's subscription, newest first."""
    query = (
        select(editions.c.id)
        .where(editions.c.subscription_id == subscription_id, editions.c.guild_id == guild_id)
        .order_by(editions.c.composed_at.desc(), editions.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    ids = tuple((await db.execute(query)).scalars())
    stories, reasons = await _count_stories(db, ids), await _map_reasons(db, ids)
    return tuple(
        [
            PastEdition(await get_edition(db, id_, guild_id=guild_id), stories.get(id_, 0), reasons.get(id_, ""))
            for id_ in ids
        ]
    )


async def _count_stories(db: AsyncConnection, edition_ids: Collection[int]) -> dict[int, int]:
    query = (
        select(told_stories.c.edition_id, func.count())
        .where(told_stories.c.edition_id.in_(edition_ids), told_stories.c.outcome == Outcome.SHOWN.value)
        .group_by(told_stories.c.edition_id)
    )
    return dict((await db.execute(query)).all())


async def _map_reasons(db: AsyncConnection, edition_ids: Collection[int]) -> dict[int, str]:
    query = (
        select(deliveries.c.edition_id, deliveries.c.failed_because)
        .where(deliveries.c.edition_id.in_(edition_ids), deliveries.c.failed_because.is_not(None))
        .order_by(deliveries.c.part.desc())  # so that the first part's stays
    )
    return dict((await db.execute(query)).all())

"""Editions and what they hold: each article once for each subscription, each slot once."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, Select, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.schedule import after_quiet
from digest.errors import NotFoundError
from digest.model import Edition, EditionKind, Period, Slot, Subscription
from digest.store.deliveries import add_deliveries, list_deliveries
from digest.store.dialects import dialect_of
from digest.store.schema import articles, claims, editions
from digest.store.scope import is_brought_to, select_brought_to


async def list_unclaimed(
    db: AsyncConnection, subscription: Subscription, *, since: datetime, limit: int | None = None
) -> tuple[int, ...]:
    """Return the ids of the articles that no edition of the subscription held yet, newest first.

    They are those that its sources brought, dated since then and since the guild follows the source.
    """
    is_claimed = (
        exists()
        .where(claims.c.article_id == articles.c.id, claims.c.subscription_id == subscription.id)
        .correlate(articles)
    )
    query = (
        _select_brought(db, subscription, for_editions=True)
        .where(articles.c.dated_at >= since, ~is_claimed)
        .order_by(articles.c.dated_at.desc(), articles.c.id.desc())
        .limit(limit)
    )
    return tuple((await db.execute(query)).scalars())


async def list_dated(db: AsyncConnection, subscription: Subscription, period: Period) -> tuple[int, ...]:
    """Return the ids of the articles that its sources brought, dated in the period, newest first, claimed or not.

    Also of what is dated before the guild followed the source: nothing of it is posted.
    """
    query = (
        _select_brought(db, subscription)
        .where(articles.c.dated_at >= period.start, articles.c.dated_at < period.end)
        .order_by(articles.c.dated_at.desc(), articles.c.id.desc())
    )
    return tuple((await db.execute(query)).scalars())


async def last_covered_at(db: AsyncConnection, subscription_id: int) -> datetime | None:
    """Return up to when the subscription's digests reach; None before the first."""
    query = select(func.max(editions.c.period_end)).where(
        editions.c.subscription_id == subscription_id, editions.c.kind == EditionKind.DIGEST.value
    )
    covered_at: datetime | None = (await db.execute(query)).scalar_one()
    return covered_at


async def list_issued(db: AsyncConnection, subscription_ids: Collection[int], *, since: date) -> frozenset[Slot]:
    """Return the slots of these subscriptions, of local dates since then, that have an edition or were skipped."""
    query = select(editions.c.subscription_id, editions.c.local_date, editions.c.local_time).where(
        editions.c.subscription_id.in_(subscription_ids), editions.c.local_date >= since
    )
    return frozenset(Slot(*row) for row in await db.execute(query))


async def add_skipped(
    db: AsyncConnection, subscription: Subscription, slots: Sequence[Slot], why: str, *, now: datetime
) -> None:
    """Put on record that these slots pass without an edition of their own, and why; one that has its edition stays."""
    rows = [
        _row_of(subscription, slot, Period(now, now), composed_at=now, kind=EditionKind.SKIPPED, why=why)
        for slot in slots
    ]
    if rows:
        await db.execute(dialect_of(db).insert_new(editions), rows)


async def add_edition(
    db: AsyncConnection,
    subscription: Subscription,
    slot: Slot | None,
    period: Period,
    *,
    composed_at: datetime,
    payloads: Sequence[str],
    answers: Sequence[int] = (),
    edits: Sequence[int] = (),
    kind: EditionKind = EditionKind.DIGEST,
    why: str = "",
    is_asked_for: bool = False,
) -> Edition:
    """Keep an edition with its parts, pending, each under a nonce of its own.

    `answers` are the deliveries that its parts answer, where it is a reminder, `edits` those whose messages they take
    the place of, where it is a correction. What nobody asked for at this moment is not posted before the end of the
    quiet hours.
    """
    row = _row_of(subscription, slot, period, composed_at=composed_at, kind=kind, why=why)
    edition_id = (await db.execute(insert(editions).returning(editions.c.id), row)).scalar_one()
    is_extra = slot is None and kind is EditionKind.DIGEST
    due_at = composed_at if is_extra or is_asked_for else after_quiet(subscription, composed_at)
    await add_deliveries(db, subscription, edition_id, payloads, answers=answers, edits=edits, due_at=due_at)
    return await get_edition(db, edition_id, guild_id=subscription.guild_id)


async def claim(db: AsyncConnection, edition: Edition, article_ids: Sequence[int]) -> bool:
    """Put on record that the edition holds these articles; False where another one holds any of them.

    Always in the same order, so that two editions never wait for each other.
    """
    if not article_ids:
        return True
    rows = [
        {"subscription_id": edition.subscription_id, "article_id": article_id, "edition_id": edition.id}
        for article_id in sorted(article_ids)
    ]
    return await dialect_of(db).add_new(db, claims, rows) == len(rows)


async def get_edition(db: AsyncConnection, edition_id: int, *, guild_id: int) -> Edition:
    """Return an edition of the guild, with its parts as they stand."""
    query = select(editions).where(editions.c.id == edition_id, editions.c.guild_id == guild_id)
    row = (await db.execute(query)).mappings().first()
    if row is None:
        raise NotFoundError(f"guild {guild_id} has no edition {edition_id}")
    return Edition(
        id=edition_id,
        subscription_id=row["subscription_id"],
        slot=_slot_of(row),
        period=Period(row["period_start"], row["period_end"]),
        composed_at=row["composed_at"],
        deliveries=await list_deliveries(db, edition_id),
        kind=EditionKind(row["kind"]),
        why=row["why"],
    )


def _select_brought(db: AsyncConnection, subscription: Subscription, *, for_editions: bool = False) -> Select[int]:
    given = (subscription.guild_id, subscription.source_ids)
    if dialect_of(db).takes_one_writer:
        # SQLite knows nothing of its tables; it does best to begin with what is new, which is little.
        return select(articles.c.id).where(is_brought_to(*given, for_editions=for_editions))
    return select_brought_to(*given, for_editions=for_editions)


def _row_of(
    subscription: Subscription, slot: Slot | None, period: Period, *, composed_at: datetime, kind: EditionKind, why: str
) -> dict[str, Any]:
    return {
        "subscription_id": subscription.id,
        "guild_id": subscription.guild_id,
        "local_date": slot and slot.local_date,
        "local_time": slot and slot.local_time,
        "period_start": period.start,
        "period_end": period.end,
        "composed_at": composed_at,
        "kind": kind.value,
        "why": why,
    }


def _slot_of(row: RowMapping) -> Slot | None:
    if row["local_date"] is None:
        return None
    return Slot(row["subscription_id"], row["local_date"], row["local_time"])

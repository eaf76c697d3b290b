"""Which articles are to be read once more, and when: those that were told, and those that commit somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.corrections import REREAD_AFTER, next_reread_at
from digest.model import Outcome
from digest.store.schema import articles, claims, entries, guild_sources, told_stories

_WHILE_COMPOSED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Reread:
    """An article that is due to be read once more, and the entry through which a source that is followed lists it."""

    article_id: int
    identity: str
    first_read_at: datetime
    due_at: datetime
    entry_id: int
    source_id: int
    read_at: datetime


async def schedule_told(db: AsyncConnection, article_ids: Collection[int], *, now: datetime) -> None:
    """Let articles that are told now be read once more, at once where it is late for that.

    What was read while the edition was composed may be told as it was before; it too is read once more. Called once in
    a transaction, for all editions in it: articles are changed in the order of their ids, so that two processes whose
    editions tell of the same never wait for each other.
    """
    query = select(articles).where(articles.c.id.in_(article_ids), articles.c.reread_at.is_(None))
    rows = []
    for row in (await db.execute(query.order_by(articles.c.id))).mappings().all():
        at = next_reread_at(row["first_read_at"], read_at=row["read_at"])
        if row["rereads"] >= len(REREAD_AFTER):
            at = None
        if row["version"] > 1 and row["read_at"] > now - _WHILE_COMPOSED:
            at = at or now
        if at is not None:
            rows.append({"told": row["id"], "again_at": max(at, now)})
    if rows:
        again = update(articles).where(articles.c.id == bindparam("told")).values(reread_at=bindparam("again_at"))
        await db.execute(again, rows)


async def reread_told(db: AsyncConnection, edition_ids: Select[int], *, now: datetime) -> None:
    """Let all articles that these editions tell of be read once more at once."""
    told = (
        select(claims.c.article_id)
        .join(told_stories, told_stories.c.id == claims.c.story_id)
        .where(told_stories.c.edition_id.in_(edition_ids), told_stories.c.outcome == Outcome.SHOWN.value)
    )
    await db.execute(update(articles).where(articles.c.id.in_(told)).values(reread_at=now))


async def list_due_rereads(
    db: AsyncConnection, now: datetime, *, source_id: int | None = None
) -> tuple[tuple[Reread, ...], ...]:
    """Return the articles that are due to be read once more, a tuple for each source, longest due first.

    Each once, through what a followed source listed last of it. With `source_id` those of this source alone.
    """
    query = (
        select(articles, entries.c.id.label("entry_id"), entries.c.source_id)
        .join(entries, entries.c.article_id == articles.c.id)
        .where(articles.c.reread_at <= now, entries.c.source_id.in_(select(guild_sources.c.source_id)))
        .order_by(entries.c.id.desc())
    )
    if source_id is not None:  # another source may have listed one of them later
        query = query.where(articles.c.id.in_(select(entries.c.article_id).where(entries.c.source_id == source_id)))
    found: dict[int, Reread] = {}
    for row in (await db.execute(query)).mappings():
        due = Reread(
            row["id"],
            row["identity"],
            row["first_read_at"],
            row["reread_at"],
            row["entry_id"],
            row["source_id"],
            row["read_at"],
        )
        found.setdefault(due.article_id, due)
    wanted = (due for due in found.values() if source_id in (None, due.source_id))
    ordered = sorted(wanted, key=attrgetter("source_id", "due_at", "article_id"))
    return tuple(tuple(group) for _, group in groupby(ordered, key=attrgetter("source_id")))


async def finish_reread(db: AsyncConnection, reread: Reread, *, now: datetime) -> bool:
    """Put on record that it was done, or given up; False where somebody else was faster."""
    result = await db.execute(
        update(articles)
        .where(articles.c.id == reread.article_id, articles.c.reread_at == reread.due_at)
        .values(rereads=articles.c.rereads + 1, reread_at=next_reread_at(reread.first_read_at, read_at=now))
    )
    return result.rowcount == 1


async def reread_again(db: AsyncConnection, article_id: int, *, at: datetime) -> None:
    """Let the article be read once more then, whatever its times are."""
    await db.execute(update(articles).where(articles.c.id == article_id).values(reread_at=at))


async def put_off_rereads(db: AsyncConnection, article_ids: Collection[int], *, until: datetime) -> None:
    """Let none of these that is due be read once more before then."""
    await db.execute(
        update(articles).where(articles.c.id.in_(article_ids), articles.c.reread_at < until).values(reread_at=until)
    )


async def drop_rereads(db: AsyncConnection, *, before: datetime) -> None:
    """Give up what was due before then, so that what nobody follows any more is not looked at for ever."""
    await db.execute(update(articles).where(articles.c.reread_at < before).values(reread_at=None))

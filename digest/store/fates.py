"""What became of what sources listed: read, told, waiting or failed, for the guild that follows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import Failure, FailureKind, Fate, Traced
from digest.store.articles import IS_CURRENT
from digest.store.hidden import get_curtain
from digest.store.schema import (
    article_versions,
    articles,
    claims,
    editions,
    entries,
    guild_sources,
    sources,
    subscriptions,
    told_stories,
)

_LOOKED_AT = 2000


@dataclass(frozen=True, slots=True)
class Listed:
    """What a source of a guild listed; its article, if it was read, and the stories of editions that tell that."""

    traced: Traced
    article_id: int | None
    told: tuple[tuple[int, int], ...] = ()


async def find_listed(db: AsyncConnection, guild_id: int, asked: str, *, limit: int) -> tuple[Listed, ...]:
    """Return what the guild's sources listed at this address, or of late under a title with all these words.

    Of the newest 2000 only; an article once, however many sources list it. The newest come first. What has a name in
    its title that the guild hides is left out.
    """
    is_address = asked.startswith(("http://", "https://"))
    query = _listed(guild_id)
    if is_address:
        at_address = select(article_versions.c.article_id).where(
            or_(article_versions.c.url == asked, article_versions.c.canonical_url == asked)
        )
        query = query.where(or_(entries.c.url == asked, entries.c.article_id.in_(at_address)))
    words = () if is_address else asked.casefold().split()
    curtain = await get_curtain(db, guild_id)
    rows = (await db.execute(query.order_by(entries.c.id.desc()).limit(_LOOKED_AT))).mappings().all()
    found: dict[object, RowMapping] = {}
    for row in rows:
        titles = f"{row['title']} {row['read_title'] or ''}".casefold()
        if (is_address or words) and all(word in titles for word in words):
            found.setdefault(row["article_id"] or f"entry {row['id']}", row)
    visible = [row for row in found.values() if not curtain.has_name(row["title"], row["read_title"])]
    return tuple([await _listed_of(db, guild_id, row) for row in visible[:limit]])


def _listed(guild_id: int) -> Select[Any]:
    return (
        select(
            entries,
            sources.c.name.label("source"),
            guild_sources.c.since,
            articles.c.dated_at,
            article_versions.c.title.label("read_title"),
        )
        .join_from(entries, sources, sources.c.id == entries.c.source_id)
        .join(
            guild_sources,
            and_(guild_sources.c.source_id == entries.c.source_id, guild_sources.c.guild_id == guild_id),
        )
        .outerjoin(articles, articles.c.id == entries.c.article_id)
        .outerjoin(article_versions, IS_CURRENT)
    )


async def _listed_of(db: AsyncConnection, guild_id: int, row: RowMapping) -> Listed:
    taken = await _taken(db, guild_id, row["article_id"]) if row["article_id"] else ()
    stories = tuple((one["edition_id"], one["number"]) for one in taken if one["number"] is not None)
    passed = next((one for one in taken if one["number"] is None), None)
    failure = None
    if row["failure_kind"]:
        failure = Failure(row["title"], FailureKind(row["failure_kind"]), row["failure_status"])
    traced = Traced(
        title=row["read_title"] or row["title"],
        url=row["url"],
        source=row["source"],
        listed_at=row["first_seen_at"],
        fate=Fate.PASSED if passed else _fate(row),
        failure=failure,
        next_try_at=row["next_attempt_at"],
        digest=passed["name"] if passed else "",
        composed_at=passed["composed_at"] if passed else None,
    )
    return Listed(traced, row["article_id"], stories)


def _fate(row: RowMapping) -> Fate:
    if row["article_id"]:
        dated_at: datetime = row["dated_at"]
        return Fate.OLD if dated_at < row["since"] else Fate.WAITING
    if row["failure_kind"]:
        return Fate.FAILED
    return Fate.UNREAD if row["next_attempt_at"] else Fate.KNOWN


async def _taken(db: AsyncConnection, guild_id: int, article_id: int) -> Sequence[RowMapping]:
    query = (
        select(editions.c.id.label("edition_id"), editions.c.composed_at, subscriptions.c.name, told_stories.c.number)
        .join_from(claims, editions, editions.c.id == claims.c.edition_id)
        .join(subscriptions, subscriptions.c.id == claims.c.subscription_id)
        .outerjoin(told_stories, told_stories.c.id == claims.c.story_id)
        .where(claims.c.article_id == article_id, editions.c.guild_id == guild_id)
        .order_by(editions.c.id.desc())
    )
    return (await db.execute(query)).mappings().all()

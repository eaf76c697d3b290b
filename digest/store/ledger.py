"""Commitments over time: look-ups by words and kind, and what falls due, only what the guild's sources brought."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import CommitmentKind, Strength, Telling
from digest.store.articles import IS_CURRENT
from digest.store.briefs import pieces_of
from digest.store.dialects import dialect_of
from digest.store.schema import article_versions, articles, commitments
from digest.store.scope import is_brought_to


async def list_commitments(
    db: AsyncConnection, guild_id: int, query: str, *, kind: CommitmentKind | None, limit: int, offset: int
) -> tuple[Telling, ...]:
    """Return commitments that hold every word of the query in actors or evidence, newest first."""
    found = _commitments(guild_id, ()).order_by(
        articles.c.dated_at.desc(), articles.c.id.desc(), commitments.c.position
    )
    found = found.limit(limit).offset(offset)
    if kind is not None:
        found = found.where(commitments.c.kind == kind.value)
    if query.strip():
        found = found.where(dialect_of(db).matches(commitments, query))
    return tuple(_telling(row) for row in (await db.execute(found)).mappings())


async def list_falling_due(
    db: AsyncConnection, guild_id: int, source_ids: Sequence[int], *, first: date, last: date, limit: int
) -> tuple[Telling, ...]:
    """Return commitments whose last possible day lies between two days, both included, soonest first.

    What several articles report in the same words is listed once, as the newest of them reports it.
    """
    found = (
        _commitments(guild_id, source_ids)
        .where(commitments.c.latest.between(first, last))
        .order_by(commitments.c.latest, articles.c.dated_at.desc(), articles.c.id.desc(), commitments.c.position)
    )
    listed: dict[tuple[Any, ...], Telling] = {}
    for row in (await db.execute(found)).mappings():
        entry = _telling(row)
        listed.setdefault((entry.actors, entry.kind, entry.what, entry.latest), entry)
        if len(listed) == limit:
            break
    return tuple(listed.values())


def _commitments(guild_id: int, source_ids: Sequence[int]) -> Select[Any]:
    version = article_versions.c
    return (
        select(commitments, version.title, version.url, version.site, version.published_at)
        .join(article_versions, version.id == commitments.c.version_id)
        .join(articles, IS_CURRENT)
        .where(is_brought_to(guild_id, source_ids))
    )


def _telling(row: RowMapping) -> Telling:
    return Telling(
        actors=pieces_of(row["actors"], [name for name, _ in row["spans"]["actors"]]),
        kind=CommitmentKind(row["kind"]),
        what=row["what"],
        sentence=row["sentence"],
        condition=row["condition"],
        deadline=row["deadline"],
        earliest=row["earliest"],
        latest=row["latest"],
        strength=Strength(row["strength"]),
        reported_by=row["reported_by"],
        title=row["title"],
        url=row["url"],
        site=row["site"],
        published_at=row["published_at"],
        id=row["id"],
        cue=_cue(row),
    )


def _cue(row: RowMapping) -> str:
    first, last = row["spans"]["cue"]
    start, end = row["spans"]["sentence"]
    sentence: str = row["sentence"]
    return sentence[first - start : last - start] if start <= first and last <= end else ""

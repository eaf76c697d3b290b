"""Arrivals: articles in which what is followed was not looked for yet, with what is needed to look and to tell."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import Brief, Filters
from digest.store.articles import IS_CURRENT, map_briefs
from digest.store.lots import in_lots
from digest.store.schema import (
    alerted,
    arrivals,
    article_sources,
    article_versions,
    articles,
    commitments,
    guild_sources,
    quotes,
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """An article as it was last read, with what its quotes and its commitments tell, by their numbers.

    What is told again by another outlet is told alike.
    """

    article_id: int
    version: int
    dated_at: datetime
    brief: Brief
    said: tuple[str, ...]
    promised: tuple[tuple[int, bool], ...]


async def list_arrivals(db: AsyncConnection, *, limit: int) -> dict[int, int]:
    """Return the ids of the articles that arrived, by the numbers of their arrivals, the first come first."""
    query = select(arrivals.c.id, arrivals.c.article_id).order_by(arrivals.c.id).limit(limit)
    return dict((await db.execute(query)).all())


async def are_waiting(db: AsyncConnection, numbers: Collection[int]) -> bool:
    """Return whether all these arrivals still wait to be looked through."""
    query = select(arrivals.c.id).where(arrivals.c.id.in_(numbers))
    return len((await db.execute(query)).all()) == len(numbers)


async def remove_arrivals(db: AsyncConnection, numbers: Collection[int]) -> None:
    """Put on record that these were looked through."""
    await db.execute(delete(arrivals).where(arrivals.c.id.in_(numbers)))


async def get_arrived(db: AsyncConnection, article_ids: Collection[int]) -> tuple[Arrived, ...]:
    """Return these articles, the oldest first, but those that were removed or retracted."""
    query = (
        select(articles.c.id, articles.c.version, articles.c.dated_at)
        .where(articles.c.id.in_(article_ids), articles.c.trouble.is_(None))
        .order_by(articles.c.dated_at, articles.c.id)
    )
    rows = (await db.execute(query)).all()
    briefs = await map_briefs(db, [id_ for id_, _, _ in rows])
    said = await _by_article(db, _current(quotes.c.telling, of=quotes), article_ids)
    promised = await _by_article(
        db, _current(commitments.c.entry_id, commitments.c.is_withdrawal, of=commitments), article_ids
    )
    return tuple(
        Arrived(
            id_,
            version,
            dated_at,
            briefs[id_],
            tuple(telling for (telling,) in said[id_]),
            tuple((entry_id, is_withdrawal) for entry_id, is_withdrawal in promised[id_]),
        )
        for id_, version, dated_at in rows
    )


async def map_reach(
    db: AsyncConnection, article_ids: Collection[int], guild_ids: Iterable[int]
) -> dict[tuple[int, int], dict[int, Filters]]:
    """Return, by article and guild, the sources of the guild that brought it since it follows them, with its filters.

    What reaches a guild by no source is not there.
    """
    query = (
        select(articles.c.id, guild_sources.c.guild_id, guild_sources.c.source_id, guild_sources.c.filters)
        .join_from(articles, article_sources, article_sources.c.article_id == articles.c.id)
        .join(guild_sources, guild_sources.c.source_id == article_sources.c.source_id)
        .where(articles.c.id.in_(article_ids), articles.c.dated_at >= guild_sources.c.since)
    )
    reach: dict[tuple[int, int], dict[int, Filters]] = defaultdict(dict)
    for some in in_lots(sorted(guild_ids)):
        for article_id, guild_id, source_id, filters in await db.execute(
            query.where(guild_sources.c.guild_id.in_(some))
        ):
            wanted = Filters(**{name: tuple(words) for name, words in filters.items()})
            reach[article_id, guild_id][source_id] = wanted
    return dict(reach)


async def list_told(
    db: AsyncConnection, follow_ids: Iterable[int], article_ids: Collection[int]
) -> frozenset[tuple[int, int]]:
    """Return which of these follows were told of which of these articles."""
    query = select(alerted.c.follow_id, alerted.c.article_id).where(alerted.c.article_id.in_(article_ids))
    return frozenset(
        [
            (follow_id, article_id)
            for some in in_lots(sorted(follow_ids))
            for follow_id, article_id in await db.execute(query.where(alerted.c.follow_id.in_(some)))
        ]
    )


async def map_told_before(
    db: AsyncConnection, follow_ids: Collection[int], arrived: Sequence[Arrived]
) -> dict[int, set[str | tuple[int, bool]]]:
    """Return, by follow, what of that which these articles tell it was told by others, as they stood then."""
    said = {telling for one in arrived for telling in one.said}
    entry_ids = {entry_id for one in arrived for entry_id, _ in one.promised}
    told: dict[int, set[str | tuple[int, bool]]] = defaultdict(set)
    for some in in_lots(sorted(follow_ids)):
        for tellings in in_lots(sorted(said)):
            query = _told(quotes.c.telling, of=quotes).where(quotes.c.telling.in_(tellings))
            for follow_id, telling in await db.execute(query.where(alerted.c.follow_id.in_(some))):
                told[follow_id].add(telling)
        for ids in in_lots(sorted(entry_ids)):
            query = _told(commitments.c.entry_id, commitments.c.is_withdrawal, of=commitments)
            query = query.where(commitments.c.entry_id.in_(ids), alerted.c.follow_id.in_(some))
            for follow_id, entry_id, is_withdrawal in await db.execute(query):
                told[follow_id].add((entry_id, is_withdrawal))
    return told


def _current(*columns: Any, of: Any) -> Select[Any]:
    return (
        select(articles.c.id, *columns)
        .join_from(of, article_versions, article_versions.c.id == of.c.version_id)
        .join(articles, IS_CURRENT)
        .order_by(articles.c.id, of.c.position)
    )


async def _by_article(
    db: AsyncConnection, query: Select[Any], article_ids: Collection[int]
) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for article_id, *values in await db.execute(query.where(articles.c.id.in_(article_ids))):
        found[article_id].append(tuple(values))
    return found


def _told(*columns: Any, of: Any) -> Select[Any]:
    was_read = (
        article_versions.c.article_id == alerted.c.article_id,
        article_versions.c.number <= alerted.c.version,
    )
    return (
        select(alerted.c.follow_id, *columns)
        .join_from(of, article_versions, article_versions.c.id == of.c.version_id)
        .join(alerted, was_read[0] & was_read[1])
    )

"""Look-ups in what was read: articles and quotes, newest first, only what the guild's sources brought."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import ArticleHit, QuoteHit, QuoteKind
from digest.reading.certainty import is_speaker_sure
from digest.store.aliases import is_said_by
from digest.store.briefs import pieces_of
from digest.store.schema import article_versions, articles, quotes
from digest.store.scope import is_brought_to
from digest.store.ways import Way, find_way

_PRINTED = tuple(article_versions.c[name] for name in ("title", "url", "site", "published_at"))
_NEWEST_FIRST = (articles.c.dated_at.desc(), articles.c.id.desc())


async def search_articles(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[ArticleHit, ...]:
    """Return articles that hold every word of the query in title or text; an empty query has all."""
    way = await find_way(db, guild_id, article_versions, query)
    found = select(articles.c.id, *_PRINTED, article_versions.c.lead).join(article_versions, _is_current(way))
    found = found.where(*way.conditions).order_by(*_NEWEST_FIRST).limit(limit).offset(offset)
    return tuple(ArticleHit(**row) for row in (await db.execute(found)).mappings())


async def search_quotes(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[QuoteHit, ...]:
    """Return quotes that hold every word of the query in their words, speaker or role; an empty query has all.

    Where the query is somebody's name, also what they said under another one: "Keir Starmer" has "Sir Keir". The same
    words of the same speaker are one hit, with the newest article that prints them.
    """
    way = await find_way(db, guild_id, quotes, query, also=is_said_by(query) if query.strip() else None)
    fitting = _quotes_of(way, quotes.c.id, quotes.c.telling).order_by(*_NEWEST_FIRST, quotes.c.position)
    newest: dict[str, int] = {}
    async with db.stream(fitting) as rows:  # as far as it takes: a window over all of them takes its time
        async for id_, telling in rows:
            newest.setdefault(telling, id_)
            if len(newest) >= offset + limit:
                break
    return await _quote_hits(db, guild_id, list(newest.values())[offset : offset + limit])


async def _quote_hits(db: AsyncConnection, guild_id: int, ids: Sequence[int]) -> tuple[QuoteHit, ...]:
    found = await db.execute(_quotes_of(Way((is_brought_to(guild_id),)), quotes, *_PRINTED).where(quotes.c.id.in_(ids)))
    rows = {row["id"]: row for row in found.mappings()}
    outlets = await _outlets_of(db, guild_id, {row["telling"] for row in rows.values()})
    return tuple(_quote_hit(rows[id_], outlets[rows[id_]["telling"]]) for id_ in ids)


def _quotes_of(way: Way, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join_from(articles, article_versions, _is_current(way))
        .join(quotes, quotes.c.version_id == way.outer(article_versions.c.id))
        .where(*way.conditions)
    )


def _is_current(way: Way) -> ColumnElement[bool]:
    return and_(
        article_versions.c.article_id == way.outer(articles.c.id), article_versions.c.number == articles.c.version
    )


async def _outlets_of(db: AsyncConnection, guild_id: int, tellings: Collection[str]) -> dict[str, list[str]]:
    found = _quotes_of(Way((is_brought_to(guild_id),)), quotes.c.telling, article_versions.c.site).where(quotes.c.telling.in_(tellings))
    outlets: dict[str, list[str]] = defaultdict(list)
    for telling, site in await db.execute(found.order_by(*_NEWEST_FIRST)):
        outlets[telling].append(site)
    return outlets


def _quote_hit(row: RowMapping, outlets: Sequence[str]) -> QuoteHit:
    return QuoteHit(
        id=row["id"],
        kind=QuoteKind(row["kind"]),
        words=pieces_of(row["words"], row["spans"]["spans"]),
        speaker=row["speaker"],
        role=row["role"],
        title=row["title"],
        url=row["url"],
        site=row["site"],
        published_at=row["published_at"],
        is_speaker_sure=is_speaker_sure(QuoteKind(row["kind"]), row["method"]),
        also_in=tuple(site for site in dict.fromkeys(outlets) if site and site != row["site"]),
    )

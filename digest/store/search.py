"""Look-ups in what was read: articles and quotes, newest first, only what the guild's sources brought."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import ArticleHit, QuoteHit, QuoteKind
from digest.reading.certainty import is_speaker_sure
from digest.store.aliases import is_said_by
from digest.store.articles import IS_CURRENT
from digest.store.briefs import pieces_of
from digest.store.dialects import dialect_of
from digest.store.schema import article_versions, articles, quotes
from digest.store.scope import is_brought_to

_PRINTED = tuple(article_versions.c[name] for name in ("title", "url", "site", "published_at"))
NEWEST_FIRST = (articles.c.dated_at.desc(), articles.c.id.desc())


async def search_articles(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[ArticleHit, ...]:
    """Return articles that hold every word of the query in title or text; an empty query has all."""
    found = select(articles.c.id, *_PRINTED, article_versions.c.lead).join(article_versions, IS_CURRENT)
    found = found.where(is_brought_to(guild_id)).order_by(*NEWEST_FIRST).limit(limit).offset(offset)
    if query.strip():
        found = found.where(dialect_of(db).matches(article_versions, query))
    return tuple(ArticleHit(**row) for row in (await db.execute(found)).mappings())


async def search_quotes(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[QuoteHit, ...]:
    """Return quotes that hold every word of the query in their words, speaker or role; an empty query has all.

    Where the query is somebody's name, also what they said under another one: "Keir Starmer" has "Sir Keir". The same
    words of the same speaker are one hit, with the newest article that prints them.
    """
    fitting = quotes_of(guild_id, quotes.c.id, quotes.c.telling).order_by(*NEWEST_FIRST, quotes.c.position)
    if query.strip():
        fitting = fitting.where(or_(dialect_of(db).matches(quotes, query), is_said_by(query)))
    newest: dict[str, int] = {}
    async with db.stream(fitting) as rows:  # as far as it takes: a window over all of them takes its time
        async for id_, telling in rows:
            newest.setdefault(telling, id_)
            if len(newest) >= offset + limit:
                break
    return await quote_hits(db, guild_id, list(newest.values())[offset : offset + limit])


async def article_hits(db: AsyncConnection, guild_id: int, condition: ColumnElement[bool]) -> tuple[ArticleHit, ...]:
    """Return the guild's articles that meet a condition on `articles`, newest first."""
    found = select(articles.c.id, *_PRINTED, article_versions.c.lead).join(article_versions, IS_CURRENT)
    found = found.where(is_brought_to(guild_id), condition).order_by(*NEWEST_FIRST)
    return tuple(ArticleHit(**row) for row in (await db.execute(found)).mappings())


async def quote_hits(db: AsyncConnection, guild_id: int, ids: Sequence[int]) -> tuple[QuoteHit, ...]:
    """Return these quotes, in this order, each with the outlets of the guild that print the same words."""
    found = await db.execute(quotes_of(guild_id, quotes, *_PRINTED).where(quotes.c.id.in_(ids)))
    rows = {row["id"]: row for row in found.mappings()}
    outlets = await _outlets_of(db, guild_id, {row["telling"] for row in rows.values()})
    return tuple(_quote_hit(rows[id_], outlets[rows[id_]["telling"]]) for id_ in ids)


def quotes_of(guild_id: int, *columns: Any) -> Select[Any]:
    """Return a select of the quotes in what was last read of each article that the guild's sources brought."""
    return (
        select(*columns)
        .join_from(quotes, article_versions, article_versions.c.id == quotes.c.version_id)
        .join(articles, IS_CURRENT)
        .where(is_brought_to(guild_id))
    )


async def _outlets_of(db: AsyncConnection, guild_id: int, tellings: Collection[str]) -> dict[str, list[str]]:
    found = quotes_of(guild_id, quotes.c.telling, article_versions.c.site).where(quotes.c.telling.in_(tellings))
    outlets: dict[str, list[str]] = defaultdict(list)
    for telling, site in await db.execute(found.order_by(*NEWEST_FIRST)):
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

"""Look-ups in what was read: articles and quotes, newest first, only what the guild's sources brought."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, RowMapping, Select, and_, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import ArticleHit, QuoteHit, QuoteKind
from digest.reading.certainty import is_speaker_sure
from digest.store.aliases import list_keys
from digest.store.briefs import pieces_of
from digest.store.schema import article_versions, articles, quotes
from digest.store.scope import is_brought_to
from digest.store.ways import Order, Way, find_ways, stream

PRINTED = tuple(article_versions.c[name] for name in ("title", "url", "site", "published_at"))
NEWEST_FIRST = (articles.c.dated_at.desc(), articles.c.id.desc())


async def search_articles(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[ArticleHit, ...]:
    """Return articles that hold every word of the query in title or text; an empty query has all."""
    found: list[int] = []

    def take(_: Order, row: Row[Any]) -> bool:
        found.append(row.id)
        return len(found) < offset + limit

    for way in await find_ways(db, guild_id, article_versions, query):
        fitting = select(articles.c.dated_at, articles.c.id, literal(0)).join(article_versions, is_current(way))
        await stream(db, way.apply(fitting, *NEWEST_FIRST), take)
    return await _article_hits(db, guild_id, found[offset:])


async def _article_hits(db: AsyncConnection, guild_id: int, ids: Sequence[int]) -> tuple[ArticleHit, ...]:
    query = select(articles.c.id, *PRINTED, article_versions.c.lead).join(article_versions, is_current(Way(())))
    found = (await db.execute(query.where(articles.c.id.in_(ids), is_brought_to(guild_id)))).mappings()
    hits = {row["id"]: ArticleHit(**row) for row in found}
    return tuple(hits[id_] for id_ in ids)


async def article_hits(db: AsyncConnection, guild_id: int, condition: ColumnElement[bool]) -> tuple[ArticleHit, ...]:
    """Return the guild's articles that meet a condition on `articles`, newest first."""
    found = select(articles.c.id, *PRINTED, article_versions.c.lead).join(article_versions, is_current(Way(())))
    found = found.where(is_brought_to(guild_id), condition).order_by(*NEWEST_FIRST)
    return tuple(ArticleHit(**row) for row in (await db.execute(found)).mappings())


async def search_quotes(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[QuoteHit, ...]:
    """Return quotes that hold every word of the query in their words, speaker or role; an empty query has all.

    Where the query is somebody's name, also what they said under another one: "Keir Starmer" has "Sir Keir". The same
    words of the same speaker are one hit, with the newest article that prints them.
    """
    keys = await list_keys(db, query) if query.strip() else ()
    said = [quotes.c.speaker_key == key for key in keys]
    newest: dict[str, tuple[Order, int]] = {}
    for way in await find_ways(db, guild_id, quotes, query, others=said):
        for telling, found in (await _newest_of(db, way, offset + limit)).items():
            newest[telling] = max(found, newest.get(telling, found))
    hits = sorted(newest.values(), reverse=True)[offset : offset + limit]
    return await quote_hits(db, guild_id, [id_ for _, id_ in hits])


async def _newest_of(db: AsyncConnection, way: Way, limit: int) -> dict[str, tuple[Order, int]]:
    """Return the newest tellings on this way, each with what it is ordered by and the id of its newest quote."""
    columns = (articles.c.dated_at, articles.c.id, quotes.c.position, quotes.c.id.label("quote_id"), quotes.c.telling)
    newest: dict[str, tuple[Order, int]] = {}

    def take(order: Order, row: Row[Any]) -> bool:
        newest.setdefault(row.telling, (order, row.quote_id))
        return len(newest) < limit

    await stream(db, way.apply(_quotes_on(way, *columns), *NEWEST_FIRST, quotes.c.position), take)
    return newest


async def quote_hits(db: AsyncConnection, guild_id: int, ids: Sequence[int]) -> tuple[QuoteHit, ...]:
    """Return these quotes, in this order, each with the outlets of the guild that print the same words."""
    found = await db.execute(quotes_of(guild_id, quotes, *PRINTED).where(quotes.c.id.in_(ids)))
    rows = {row["id"]: row for row in found.mappings()}
    outlets = await _outlets_of(db, guild_id, {row["telling"] for row in rows.values()})
    return tuple(_quote_hit(rows[id_], outlets[rows[id_]["telling"]]) for id_ in ids)


def quotes_of(guild_id: int, *columns: Any) -> Select[Any]:
    """Return a select of the quotes in what was last read of each article that the guild's sources brought."""
    return _quotes_on(Way(()), *columns).where(is_brought_to(guild_id))


def _quotes_on(way: Way, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join_from(articles, article_versions, is_current(way))
        .join(quotes, quotes.c.version_id == way.outer(article_versions.c.id))
    )


def is_current(way: Way) -> ColumnElement[bool]:
    """Return the condition that joins an article to the version of it that was read last, on this way."""
    return and_(
        article_versions.c.article_id == way.outer(articles.c.id), article_versions.c.number == articles.c.version
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

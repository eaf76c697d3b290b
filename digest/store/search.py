"""Look-ups in what was read: articles and quotes, newest first, only what the guild's sources brought."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, RowMapping, Select, and_, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.hidden import Curtain, show_hit
from digest.model import ArticleHit, QuoteHit, QuoteKind, Statement, StatementKind
from digest.reading.certainty import is_speaker_sure
from digest.store.aliases import list_keys
from digest.store.briefs import pieces_of
from digest.store.hidden import get_curtain
from digest.store.schema import article_versions, articles, quotes
from digest.store.scope import is_brought_to
from digest.store.ways import Order, Way, find_ways, stream

PRINTED = tuple(article_versions.c[name] for name in ("title", "url", "site", "published_at"))
NEWEST_FIRST = (articles.c.dated_at.desc(), articles.c.id.desc())
SAID = (quotes.c.words, quotes.c.speaker, quotes.c.role, article_versions.c.article_id, article_versions.c.title)
"""The columns by which `is_hidden_row` knows a quote."""


async def search_articles(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[ArticleHit, ...]:
    """Return articles that hold every word of the query in title or text; an empty query has all.

    What the guild hides is left out.
    """
    curtain = await get_curtain(db, guild_id)
    title = (article_versions.c.title,) if curtain else ()
    found: list[int] = []

    def take(_: Order, row: Row[Any]) -> bool:
        if not (curtain and curtain.has_name(row.title)):
            found.append(row.id)
        return len(found) < offset + limit

    for way in await find_ways(db, guild_id, article_versions, query):
        fitting = select(articles.c.dated_at, articles.c.id, literal(0), *title).join(article_versions, is_current(way))
        await stream(db, way.apply(fitting, *NEWEST_FIRST), take)
    hits = {hit.id: hit for hit in await article_hits(db, guild_id, articles.c.id.in_(found[offset:]))}
    return tuple(hits[id_] for id_ in found[offset:])


async def article_hits(db: AsyncConnection, guild_id: int, condition: ColumnElement[bool]) -> tuple[ArticleHit, ...]:
    """Return the guild's articles that meet a condition on `articles`, newest first, but those that it hides."""
    curtain = await get_curtain(db, guild_id)
    found = select(articles.c.id, *PRINTED, article_versions.c.lead).join(article_versions, is_current(Way(())))
    found = found.where(is_brought_to(guild_id), condition).order_by(*NEWEST_FIRST)
    hits = (show_hit(curtain, ArticleHit(**row)) for row in (await db.execute(found)).mappings())
    return tuple(filter(None, hits))


async def search_quotes(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[QuoteHit, ...]:
    """Return quotes that hold every word of the query in their words, speaker or role; an empty query has all.

    Where the query is somebody's name, also what they said under another one: "Keir Starmer" has "Sir Keir". The same
    words of the same speaker are one hit, with the newest article that prints them. What the guild hides is left out.
    """
    curtain = await get_curtain(db, guild_id)
    keys = await list_keys(db, query) if query.strip() else ()
    said = [quotes.c.speaker_key == key for key in keys]
    newest: dict[str, tuple[Order, int]] = {}
    for way in await find_ways(db, guild_id, quotes, query, others=said):
        for telling, found in (await _newest_of(db, way, curtain, offset + limit)).items():
            newest[telling] = max(found, newest.get(telling, found))
    hits = sorted(newest.values(), reverse=True)[offset : offset + limit]
    return await quote_hits(db, guild_id, [id_ for _, id_ in hits])


async def _newest_of(db: AsyncConnection, way: Way, curtain: Curtain, limit: int) -> dict[str, tuple[Order, int]]:
    """Return the newest tellings on this way, each with what it is ordered by and the id of its newest quote."""
    columns: tuple[ColumnElement[Any], ...] = (
        articles.c.dated_at,
        articles.c.id,
        quotes.c.position,
        quotes.c.id.label("quote_id"),
        quotes.c.telling,
    )
    columns += SAID if curtain else ()
    newest: dict[str, tuple[Order, int]] = {}

    def take(order: Order, row: Row[Any]) -> bool:
        if not (curtain and is_hidden_row(curtain, row)):
            newest.setdefault(row.telling, (order, row.quote_id))
        return len(newest) < limit

    await stream(db, way.apply(_quotes_on(way, *columns), *NEWEST_FIRST, quotes.c.position), take)
    return newest


def is_hidden_row(curtain: Curtain, row: Row[Any]) -> bool:
    """Return whether a quote is hidden: its row has the columns of `SAID`."""
    statement = Statement(row.article_id, StatementKind.QUOTE, row.words)
    return curtain.hides(statement, row.speaker, row.role, row.title)


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

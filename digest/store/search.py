"""Look-ups in what was read: articles and quotes, newest first, only what the guild's sources brought."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.hidden import Curtain, show_hit
from digest.model import ArticleHit, QuoteHit, QuoteKind, Statement, StatementKind
from digest.reading.certainty import is_speaker_sure
from digest.store.aliases import is_said_by
from digest.store.articles import IS_CURRENT
from digest.store.briefs import pieces_of
from digest.store.dialects import dialect_of
from digest.store.hidden import get_curtain
from digest.store.schema import article_versions, articles, quotes
from digest.store.scope import is_brought_to

_PRINTED = tuple(article_versions.c[name] for name in ("title", "url", "site", "published_at"))
_ARTICLE = (article_versions.c.article_id, article_versions.c.title)
_NEWEST_FIRST = (articles.c.dated_at.desc(), articles.c.id.desc())


async def search_articles(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[ArticleHit, ...]:
    """Return articles that hold every word of the query in title or text; an empty query has all.

    What the guild hides is left out.
    """
    curtain = await get_curtain(db, guild_id)
    found = select(articles.c.id, *_PRINTED, article_versions.c.lead).join(article_versions, IS_CURRENT)
    found = found.where(is_brought_to(guild_id)).order_by(*_NEWEST_FIRST)
    if query.strip():
        found = found.where(dialect_of(db).matches(article_versions, query))
    hits: list[ArticleHit] = []
    async with db.stream(found.limit(None if curtain else limit + offset)) as rows:
        async for row in rows.mappings():  # as far as it takes
            if hit := show_hit(curtain, ArticleHit(**row)):
                hits.append(hit)
            if len(hits) >= limit + offset:
                break
    return tuple(hits[offset:])


async def search_quotes(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[QuoteHit, ...]:
    """Return quotes that hold every word of the query in their words, speaker or role; an empty query has all.

    Where the query is somebody's name, also what they said under another one: "Keir Starmer" has "Sir Keir". The same
    words of the same speaker are one hit, with the newest article that prints them. What the guild hides is left out.
    """
    curtain = await get_curtain(db, guild_id)
    told = (quotes.c.words, quotes.c.speaker, quotes.c.role, *_ARTICLE) if curtain else ()
    fitting = _quotes_of(guild_id, quotes.c.id, quotes.c.telling, *told).order_by(*_NEWEST_FIRST, quotes.c.position)
    if query.strip():
        fitting = fitting.where(or_(dialect_of(db).matches(quotes, query), is_said_by(query)))
    newest: dict[str, int] = {}
    async with db.stream(fitting) as rows:  # as far as it takes: a window over all of them takes its time
        async for row in rows.mappings():
            if not (curtain and _is_hidden(curtain, row)):
                newest.setdefault(row["telling"], row["id"])
            if len(newest) >= offset + limit:
                break
    return await _quote_hits(db, guild_id, list(newest.values())[offset : offset + limit])


def _is_hidden(curtain: Curtain, row: RowMapping) -> bool:
    statement = Statement(row["article_id"], StatementKind.QUOTE, row["words"])
    return curtain.hides(statement, row["speaker"], row["role"], row["title"])


async def _quote_hits(db: AsyncConnection, guild_id: int, ids: Sequence[int]) -> tuple[QuoteHit, ...]:
    found = await db.execute(_quotes_of(guild_id, quotes, *_PRINTED).where(quotes.c.id.in_(ids)))
    rows = {row["id"]: row for row in found.mappings()}
    outlets = await _outlets_of(db, guild_id, {row["telling"] for row in rows.values()})
    return tuple(_quote_hit(rows[id_], outlets[rows[id_]["telling"]]) for id_ in ids)


def _quotes_of(guild_id: int, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join_from(quotes, article_versions, article_versions.c.id == quotes.c.version_id)
        .join(articles, IS_CURRENT)
        .where(is_brought_to(guild_id))
    )


async def _outlets_of(db: AsyncConnection, guild_id: int, tellings: Collection[str]) -> dict[str, list[str]]:
    found = _quotes_of(guild_id, quotes.c.telling, article_versions.c.site).where(quotes.c.telling.in_(tellings))
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

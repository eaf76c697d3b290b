"""Look-ups in what was read: articles and quotes, newest first, only what the guild's sources brought."""

from sqlalchemy import RowMapping, or_, select
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
_NEWEST_FIRST = (articles.c.dated_at.desc(), articles.c.id.desc())


async def search_articles(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[ArticleHit, ...]:
    """Return articles that hold every word of the query in title or text; an empty query has all."""
    found = select(articles.c.id, *_PRINTED, article_versions.c.lead).join(article_versions, IS_CURRENT)
    found = found.where(is_brought_to(guild_id)).order_by(*_NEWEST_FIRST).limit(limit).offset(offset)
    if query.strip():
        found = found.where(dialect_of(db).matches(article_versions, query))
    return tuple(ArticleHit(**row) for row in (await db.execute(found)).mappings())


async def search_quotes(
    db: AsyncConnection, guild_id: int, query: str, *, limit: int, offset: int
) -> tuple[QuoteHit, ...]:
    """Return quotes that hold every word of the query in their words, speaker or role; an empty query has all.

    Where the query is somebody's name, also what they said under another one: "Keir Starmer" has "Sir Keir".
    """
    found = (
        select(quotes, *_PRINTED)
        .join(article_versions, article_versions.c.id == quotes.c.version_id)
        .join(articles, IS_CURRENT)
        .where(is_brought_to(guild_id))
        .order_by(*_NEWEST_FIRST, quotes.c.position)
        .limit(limit)
        .offset(offset)
    )
    if query.strip():
        found = found.where(or_(dialect_of(db).matches(quotes, query), is_said_by(query)))
    return tuple(_quote_hit(row) for row in (await db.execute(found)).mappings())


def _quote_hit(row: RowMapping) -> QuoteHit:
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
    )

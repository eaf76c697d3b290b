"""One article as a guild looks it up: found by its address, with what became of it."""

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import ArticleHit, ArticleRecord, Trouble
from digest.store.articles import get_brief
from digest.store.ledger import get_entries
from digest.store.schema import article_versions, articles
from digest.store.search import article_hits
from digest.store.storylines import list_entries_of


async def find_by_url(db: AsyncConnection, guild_id: int, url: str) -> tuple[ArticleHit, ...]:
    """Return the articles whose page ended at this address in any version, or that give it as their own."""
    versions = select(article_versions.c.article_id).where(article_versions.c.url == url)
    return await article_hits(db, guild_id, or_(articles.c.id.in_(versions), articles.c.identity == url))


async def get_record(db: AsyncConnection, guild_id: int, article_id: int) -> ArticleRecord:
    """Return an article that a source of the guild brought."""
    brief = await get_brief(db, article_id, guild_id=guild_id)
    row = (await db.execute(select(articles).where(articles.c.id == article_id))).mappings().one()
    return ArticleRecord(
        id=article_id,
        brief=brief,
        first_read_at=row["first_read_at"],
        read_at=row["read_at"],
        versions=row["version"],
        trouble=Trouble(row["trouble"]) if row["trouble"] else None,
        troubled_at=row["troubled_at"],
        entries=await get_entries(db, guild_id, await list_entries_of(db, [article_id])),
    )

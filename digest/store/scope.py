"""Who may see what: a guild sees the articles that the sources it follows have brought, and nothing else."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists

from digest.store.schema import article_sources, articles, guild_sources


def is_brought_to(guild_id: int, source_ids: Sequence[int] = (), *, for_editions: bool = False) -> ColumnElement[bool]:
    """Return the condition that a row of `articles` was brought by a source of the guild.

    With `source_ids` only these of its sources count. For editions only what is dated since the guild follows it.
    """
    conditions = [
        article_sources.c.article_id == articles.c.id,
        guild_sources.c.source_id == article_sources.c.source_id,
        guild_sources.c.guild_id == guild_id,
    ]
    if source_ids:
        conditions.append(article_sources.c.source_id.in_(source_ids))
    if for_editions:
        conditions.append(articles.c.dated_at >= guild_sources.c.since)
    return exists().where(and_(*conditions)).correlate(articles)

"""Who may see what: a guild sees the articles that the sources it follows have brought, and nothing else."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, exists, select

from digest.store.schema import article_sources, article_versions, articles, guild_sources

LOOKED_AT = 10_000
_EVER = datetime(1, 1, 1, tzinfo=UTC)


def is_brought_to(
    guild_id: int,
    source_ids: Sequence[int] = (),
    *,
    for_editions: bool = False,
    article_id: ColumnElement[int] = articles.c.id,
) -> ColumnElement[bool]:
    """Return the condition that a row of `articles`, or what has its id, was brought by a source of the guild.

    With `source_ids` only these of its sources count. For editions only what is dated since the guild follows it.
    """
    followed = [guild_sources.c.guild_id == guild_id, guild_sources.c.source_id == article_sources.c.source_id]
    if for_editions:
        followed.append(articles.c.dated_at >= guild_sources.c.since)
    # One inside the other: an article has a source or two, and is asked for that; a guild may have hundreds.
    is_followed = exists().where(*followed).correlate(article_sources, articles)
    brought = [article_sources.c.article_id == article_id, is_followed]
    if source_ids:
        brought.append(article_sources.c.source_id.in_(source_ids))
    return exists().where(*brought).correlate(articles, article_versions)


def select_brought_to(guild_id: int, source_ids: Sequence[int] = (), *, for_editions: bool = False) -> Select[int]:
    """Return a select of the ids of the articles that sources of the guild have brought, each once, to be narrowed.

    As is_brought_to, but as joins, which PostgreSQL begins where least is to be looked at, by what it knows of the
    tables: with the condition it goes through all of a large record, for a guild that follows little of it.
    """
    query = (
        select(articles.c.id)
        .select_from(guild_sources)
        .join(article_sources, article_sources.c.source_id == guild_sources.c.source_id)
        .join(articles, articles.c.id == article_sources.c.article_id)
        .where(guild_sources.c.guild_id == guild_id)
        .group_by(articles.c.id)
    )
    if for_editions:
        query = query.where(articles.c.dated_at >= guild_sources.c.since)
    return query.where(article_sources.c.source_id.in_(source_ids)) if source_ids else query


def all_brought_to(guild_id: int) -> Select[int]:
    """Return a select of the ids of the articles that sources of the guild have brought, some of them twice."""
    followed = article_sources.c.source_id == guild_sources.c.source_id
    return (
        select(article_sources.c.article_id).join(guild_sources, followed).where(guild_sources.c.guild_id == guild_id)
    )

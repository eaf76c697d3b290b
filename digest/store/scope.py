"""Who may see what: a guild sees the articles that the sources it follows have brought, and nothing else."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, exists, func, literal, select

from digest.store.columns import Instant
from digest.store.schema import article_sources, articles, guild_sources

LOOKED_AT = 10_000
_EVER = datetime(1, 1, 1, tzinfo=UTC)


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


def is_recent() -> ColumnElement[bool]:
    """Return the condition that a row of `articles` is one of the newest LOOKED_AT of all guilds.

    For what is offered to who types: a guild whose sources bring little must not have the whole archive looked through.
    """
    dates = articles.alias("dates")
    oldest = select(dates.c.dated_at).order_by(dates.c.dated_at.desc()).limit(1).offset(LOOKED_AT).scalar_subquery()
    return articles.c.dated_at >= func.coalesce(oldest, literal(_EVER, Instant))

"""Stories as a guild's editions told them, with what became of their articles; only what its sources brought."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.model import EditionKind, Outcome, ToldArticle, ToldStory, Trouble
from digest.store.articles import IS_CURRENT, map_briefs
from digest.store.hidden import get_curtain, leave_visible_briefs
from digest.store.schema import (
    article_versions,
    articles,
    claims,
    commitments,
    deliveries,
    editions,
    shown_commitments as shown,
    told_stories,
)
from digest.store.scope import is_brought_to

_FARTHEST = timedelta(days=31)  # from one telling to another of a story: as long as a story stays open


async def list_stories(
    db: AsyncConnection, guild_id: int, *, since: datetime, until: datetime, limit: int
) -> tuple[ToldStory, ...]:
    """Return the stories that the guild's editions showed between these times, both included, the newest `limit`."""
    query = _told(guild_id).where(editions.c.composed_at.between(since, until)).limit(limit)
    return await _stories_of(db, guild_id, query)


async def list_around(db: AsyncConnection, guild_id: int, story_id: int, *, limit: int) -> tuple[ToldStory, ...]:
    """Return what the guild's editions told while this story went on, itself among it; NotFoundError if not theirs."""
    row = (await db.execute(_told(guild_id).where(told_stories.c.id == story_id))).mappings().first()
    if row is None:
        raise NotFoundError(f"guild {guild_id} was told no story {story_id}")
    first, last = row["began_at"], row["told_at"] + _FARTHEST
    before = _told(guild_id).where(editions.c.composed_at.between(first, row["told_at"])).limit(limit)
    after = _told(guild_id).where(editions.c.composed_at > row["told_at"], editions.c.composed_at <= last)
    after = after.order_by(None).order_by(told_stories.c.id).limit(limit)
    return (*await _stories_of(db, guild_id, before), *await _stories_of(db, guild_id, after))


async def count_editions(db: AsyncConnection, guild_id: int, *, since: datetime, until: datetime) -> int:
    """Return how many digests with anything to say were made for the guild between these times, both included."""
    query = select(func.count(editions.c.id.distinct())).join(deliveries, deliveries.c.edition_id == editions.c.id)
    ours = (editions.c.guild_id == guild_id, editions.c.kind == EditionKind.DIGEST.value)
    found = await db.execute(query.where(*ours, editions.c.composed_at.between(since, until)))
    return found.scalar_one()


async def list_shown_entries(
    db: AsyncConnection, guild_id: int, *, since: datetime, until: datetime, limit: int
) -> tuple[int, ...]:
    """Return the ids of the commitments that the guild's digests showed between these times, the newest first."""
    query = (
        select(commitments.c.entry_id)
        .join_from(editions, deliveries, deliveries.c.edition_id == editions.c.id)
        .join(shown, shown.c.delivery_id == deliveries.c.id)
        .join(commitments, commitments.c.id == shown.c.commitment_id)
        .where(editions.c.guild_id == guild_id, editions.c.composed_at.between(since, until))
        .group_by(commitments.c.entry_id)
        .order_by(func.max(editions.c.id).desc(), commitments.c.entry_id)
        .limit(limit)
    )
    return tuple((await db.execute(query)).scalars())


async def list_entries_of(db: AsyncConnection, article_ids: Sequence[int]) -> tuple[int, ...]:
    """Return the ids of the commitments that these articles tell as they were last read, in their order there."""
    query = (
        select(articles.c.id, commitments.c.entry_id)
        .join_from(commitments, article_versions, article_versions.c.id == commitments.c.version_id)
        .join(articles, IS_CURRENT)
        .where(articles.c.id.in_(article_ids))
        .order_by(commitments.c.version_id, commitments.c.position)
    )
    by_article: dict[int, list[int]] = defaultdict(list)
    for article_id, entry_id in await db.execute(query):
        by_article[article_id].append(entry_id)
    return tuple(dict.fromkeys(entry_id for article_id in article_ids for entry_id in by_article[article_id]))


def _told(guild_id: int) -> Select[tuple[int, str, datetime, datetime]]:
    return (
        select(
            told_stories.c.id,
            told_stories.c.headline,
            told_stories.c.began_at,
            editions.c.composed_at.label("told_at"),
        )
        .join(editions, editions.c.id == told_stories.c.edition_id)
        .where(editions.c.guild_id == guild_id, told_stories.c.outcome == Outcome.SHOWN.value)
        .order_by(told_stories.c.id.desc())
    )


async def _stories_of(
    db: AsyncConnection, guild_id: int, query: Select[tuple[int, str, datetime, datetime]]
) -> tuple[ToldStory, ...]:
    curtain = await get_curtain(db, guild_id)
    rows = [row for row in (await db.execute(query)).mappings() if not curtain.has_name(row["headline"])]
    told = await _articles_of(db, guild_id, [row["id"] for row in rows])
    return tuple(
        ToldStory(row["id"], row["headline"], row["began_at"], row["told_at"], tuple(told.get(row["id"], ())))
        for row in rows
    )


async def _articles_of(db: AsyncConnection, guild_id: int, story_ids: Sequence[int]) -> dict[int, list[ToldArticle]]:
    query = (
        select(claims.c.story_id, articles.c.id, articles.c.trouble)
        .join(articles, articles.c.id == claims.c.article_id)
        .where(claims.c.story_id.in_(story_ids), is_brought_to(guild_id))
        .order_by(claims.c.story_id, claims.c.place)
    )
    rows = (await db.execute(query)).mappings().all()
    briefs = await leave_visible_briefs(db, guild_id, await map_briefs(db, list({row["id"] for row in rows})))
    found: dict[int, list[ToldArticle]] = defaultdict(list)
    for row in rows:
        if row["id"] not in briefs:
            continue
        trouble = Trouble(row["trouble"]) if row["trouble"] else None
        found[row["story_id"]].append(ToldArticle(row["id"], briefs[row["id"]], trouble))
    return found

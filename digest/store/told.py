"""What channels were told of each story, and why others were left out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import Brief, Choice, Edition, Outcome, Told
from digest.store.articles import map_briefs
from digest.store.hidden import get_curtain
from digest.store.schema import claims, editions, told_stories


async def add_choices(
    db: AsyncConnection, edition: Edition, choices: Sequence[Choice], article_ids: Mapping[str, int]
) -> None:
    """Keep what became of each story of the edition, and which of its articles, by url, tell it in which order."""
    if not choices:
        return
    rows = [
        {
            "edition_id": edition.id,
            "number": number,
            "headline": choice.headline,
            "outcome": choice.outcome.value,
            "began_at": choice.began_at,
            "weight": choice.weight,
        }
        for number, choice in enumerate(choices, start=1)
    ]
    # All at once: at the full hour a statement a story would be a third of what an edition takes.
    added = await db.execute(insert(told_stories).returning(told_stories.c.id, sort_by_parameter_order=True), rows)
    placed = [
        {"of_article": article_ids[url], "in_story": story_id, "at": place}
        for choice, story_id in zip(choices, added.scalars(), strict=True)
        for place, url in enumerate(choice.urls)
        if url in article_ids
    ]
    if placed:
        await db.execute(
            update(claims)
            .where(claims.c.subscription_id == edition.subscription_id, claims.c.article_id == bindparam("of_article"))
            .values(story_id=bindparam("in_story"), place=bindparam("at")),
            placed,
        )


async def list_choices(db: AsyncConnection, edition_id: int, *, guild_id: int) -> tuple[Choice, ...]:
    """Return what became of each story of the guild's edition, the shown ones first, as they were shown.

    The urls are those of the articles that are still kept. Headlines that the guild hides are left out.
    """
    curtain = await get_curtain(db, guild_id)
    query = (
        select(told_stories)
        .join(editions, editions.c.id == told_stories.c.edition_id)
        .where(told_stories.c.edition_id == edition_id, editions.c.guild_id == guild_id)
        .order_by(told_stories.c.number)
    )
    rows = [row for row in (await db.execute(query)).mappings() if not curtain.has_name(row["headline"])]
    briefs = await _briefs_of(db, [row["id"] for row in rows])
    return tuple(
        Choice(
            row["headline"],
            tuple(brief.article.url for brief in briefs.get(row["id"], ())),
            Outcome(row["outcome"]),
            row["began_at"],
            tuple((name, part) for name, part in row["weight"]),
        )
        for row in rows
    )


async def list_told(db: AsyncConnection, subscription_id: int, *, since: datetime, limit: int) -> tuple[Told, ...]:
    """Return what the subscription was shown since then, story by story, the newest `limit`."""
    query = (
        select(told_stories.c.id, told_stories.c.began_at)
        .join(editions, editions.c.id == told_stories.c.edition_id)
        .where(
            editions.c.subscription_id == subscription_id,
            editions.c.composed_at >= since,
            told_stories.c.outcome == Outcome.SHOWN.value,
        )
        .order_by(told_stories.c.id.desc())
        .limit(limit)
    )
    began = {row["id"]: row["began_at"] for row in (await db.execute(query)).mappings()}
    briefs = await _briefs_of(db, list(began))
    return tuple(Told(began_at, briefs[id_]) for id_, began_at in began.items() if id_ in briefs)


async def _briefs_of(db: AsyncConnection, story_ids: Sequence[int]) -> dict[int, tuple[Brief, ...]]:
    query = (
        select(claims.c.story_id, claims.c.article_id)
        .where(claims.c.story_id.in_(story_ids))
        .order_by(claims.c.story_id, claims.c.place)
    )
    rows = (await db.execute(query)).mappings().all()
    briefs = await map_briefs(db, [row["article_id"] for row in rows])
    found: dict[int, list[Brief]] = defaultdict(list)
    for row in rows:
        if row["article_id"] in briefs:
            found[row["story_id"]].append(briefs[row["article_id"]])
    return {story_id: tuple(told) for story_id, told in found.items()}

"""The stories of editions with the articles behind them, as they were read then: for the guild whose edition it is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.hidden import hidden_stretches, leave_visible, visible_commitments
from digest.errors import NotFoundError
from digest.model import EditionKind, EditionStory, Evidence, Outcome, Trouble
from digest.store.articles import map_versions
from digest.store.hidden import get_curtain
from digest.store.schema import (
    article_versions,
    articles,
    claims,
    commitments,
    deliveries,
    editions,
    subscriptions,
    told_stories,
)
from digest.store.scope import is_brought_to

_THEN, _NEWEST = article_versions.alias("then"), article_versions.alias("newest")
_SHOWN = Outcome.SHOWN.value


async def list_stories(
    db: AsyncConnection, edition_id: int, *, guild_id: int, number: int | None = None
) -> tuple[EditionStory, ...]:
    """Return what an edition of the guild showed, in its order, or the one story of this number, shown or not.

    Articles that no source of the guild brings any more are left out. NotFoundError where the guild has no such
    edition, or that no such story.
    """
    query = _stories(guild_id).where(editions.c.id == edition_id).order_by(told_stories.c.number)
    is_meant = told_stories.c.outcome == _SHOWN if number is None else told_stories.c.number == number
    query = query.where(is_meant)
    curtain = await get_curtain(db, guild_id)
    rows = [row for row in (await db.execute(query)).mappings() if not curtain.has_name(row["headline"])]
    if not rows:
        raise NotFoundError(f"guild {guild_id} has no edition {edition_id} with such a story")
    return await _told_of(db, guild_id, rows)


async def list_considered(db: AsyncConnection, guild_id: int, *, editions_back: int) -> tuple[EditionStory, ...]:
    """Return what the guild's last editions could have told, the newest first, without the articles behind it."""
    newest = (
        select(editions.c.id)
        .where(editions.c.guild_id == guild_id, editions.c.kind == EditionKind.DIGEST.value)
        .order_by(editions.c.id.desc())
        .limit(editions_back)
    )
    ids = (await db.execute(newest)).scalars().all()
    query = _stories(guild_id).where(editions.c.id.in_(ids))
    query = query.order_by(editions.c.id.desc(), told_stories.c.number)
    curtain = await get_curtain(db, guild_id)
    rows = (await db.execute(query)).mappings()
    return tuple(_told(row, (), None) for row in rows if not curtain.has_name(row["headline"]))


async def find_post(db: AsyncConnection, guild_id: int, message_id: int) -> tuple[int, str] | None:
    """Return the edition that a message of the guild tells of, and the payload that stands there; None for no post.

    An answer to a post tells of what that does.
    """
    answered = deliveries.alias("answered")
    query = (
        select(
            deliveries.c.id,
            deliveries.c.payload,
            func.coalesce(answered.c.edition_id, deliveries.c.edition_id).label("edition_id"),
        )
        .outerjoin(answered, answered.c.id == deliveries.c.answers)
        .where(deliveries.c.message_id == message_id, deliveries.c.guild_id == guild_id, deliveries.c.edits.is_(None))
    )
    row = (await db.execute(query)).first()
    if row is None:
        return None
    edits = select(deliveries.c.payload).where(deliveries.c.edits == row.id, deliveries.c.message_id > 0)
    edit = (await db.execute(edits.order_by(deliveries.c.id.desc()).limit(1))).scalar()
    return row.edition_id, str(edit or row.payload)


def _stories(guild_id: int) -> Select[Any]:
    return (
        select(told_stories, editions.c.composed_at, subscriptions.c.name, subscriptions.c.zone)
        .join_from(told_stories, editions, editions.c.id == told_stories.c.edition_id)
        .join(subscriptions, subscriptions.c.id == editions.c.subscription_id)
        .where(editions.c.guild_id == guild_id)
    )


async def _told_of(db: AsyncConnection, guild_id: int, rows: Sequence[RowMapping]) -> tuple[EditionStory, ...]:
    composed_at: datetime = rows[0]["composed_at"]
    behind = await _evidence(db, guild_id, [row["id"] for row in rows], composed_at)
    shown = await db.execute(
        select(told_stories.c.weight)
        .where(told_stories.c.edition_id == rows[0]["edition_id"], told_stories.c.outcome == _SHOWN)
        .order_by(told_stories.c.number)
    )
    weights = [sum(part for _, part in weight) for (weight,) in shown]
    return tuple(_told(row, behind.get(row["id"], ()), weights) for row in rows)


def _told(row: RowMapping, behind: Sequence[Evidence], weights: Sequence[float] | None) -> EditionStory:
    return EditionStory(
        edition_id=row["edition_id"],
        number=row["number"],
        headline=row["headline"],
        outcome=Outcome(row["outcome"]),
        composed_at=row["composed_at"],
        digest=row["name"],
        zone=row["zone"],
        weight=tuple((name, part) for name, part in row["weight"]),
        evidence=tuple(behind),
        least_shown=weights[-1] if weights else None,
        shown=len(weights or ()),
    )


async def _evidence(
    db: AsyncConnection, guild_id: int, story_ids: Sequence[int], composed_at: datetime
) -> dict[int, list[Evidence]]:
    query = _behind(guild_id, composed_at).where(claims.c.story_id.in_(story_ids))
    rows = (await db.execute(query.order_by(claims.c.story_id, claims.c.place))).mappings().all()
    curtain = await get_curtain(db, guild_id)
    briefs = await map_versions(db, [id_ for row in rows for id_ in (row["shown_id"], row["newest_id"])])
    entry_ids = await _map_entries(db, [row["shown_id"] for row in rows])
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in rows:
        shown, newest = briefs[row["shown_id"]], briefs[row["newest_id"]]
        if curtain.has_name(shown.article.title, newest.article.title):
            continue
        ids = entry_ids.get(row["shown_id"], ())
        one = Evidence(
            article_id=row["id"],
            brief=leave_visible(curtain, row["id"], shown),
            version=row["number"],
            fetched_at=row["fetched_at"],
            newest=leave_visible(curtain, row["id"], newest),
            versions=row["version"],
            changed_at=row["changed_at"],
            checked_at=row["read_at"],
            trouble=Trouble(row["trouble"]) if row["trouble"] else None,
            is_newest_whole=row["is_newest_whole"],
            entry_ids=tuple(ids[index] for index in visible_commitments(curtain, row["id"], shown)),
            hidden=hidden_stretches(curtain, row["id"], shown),
            newest_hidden=hidden_stretches(curtain, row["id"], newest),
        )
        found[row["story_id"]].append(one)
    return found


def _behind(guild_id: int, composed_at: datetime) -> Select[Any]:
    # What was read while the edition was composed may be told as it was before: a version too new is no proof.
    shown = (
        select(func.max(_THEN.c.number))
        .where(_THEN.c.article_id == articles.c.id, _THEN.c.read_at <= composed_at)
        .correlate(articles)
        .scalar_subquery()
    )
    of_article = article_versions.c.article_id == articles.c.id
    return (
        select(
            claims.c.story_id,
            articles,
            article_versions.c.id.label("shown_id"),
            article_versions.c.number,
            article_versions.c.read_at.label("fetched_at"),
            _NEWEST.c.id.label("newest_id"),
            _NEWEST.c.read_at.label("changed_at"),
            _NEWEST.c.expired_at.is_(None).label("is_newest_whole"),
        )
        .join_from(claims, articles, articles.c.id == claims.c.article_id)
        .join(article_versions, and_(of_article, article_versions.c.number == func.coalesce(shown, 1)))
        .join(_NEWEST, and_(_NEWEST.c.article_id == articles.c.id, _NEWEST.c.number == articles.c.version))
        .where(is_brought_to(guild_id))
    )


async def _map_entries(db: AsyncConnection, version_ids: Sequence[int]) -> dict[int, list[int]]:
    query = select(commitments.c.version_id, commitments.c.entry_id).where(commitments.c.version_id.in_(version_ids))
    found: dict[int, list[int]] = defaultdict(list)
    for version_id, entry_id in await db.execute(query.order_by(commitments.c.version_id, commitments.c.position)):
        found[version_id].append(entry_id)
    return found

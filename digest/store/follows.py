"""Follows: who wants to be told of whom or what, and where."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.follows import key_of_followed
from digest.errors import Limit, LimitError, NotFoundError
from digest.model import Follow, FollowKind, FollowStatus
from digest.store.dialects import Turn, dialect_of
from digest.store.lots import in_lots
from digest.store.schema import (
    alerted,
    article_sources,
    article_versions,
    articles,
    commitment_actors,
    commitments,
    follows,
    guild_settings,
    guild_sources,
    quotes,
)
from digest.store.scope import is_brought_to

MOST_OF_A_MEMBER = 25
MOST_OF_A_GUILD = 500


@dataclass(frozen=True, slots=True)
class Followed:
    """A follow with its key, and since when it is one."""

    follow: Follow
    key: str
    since: datetime


async def take_turn(db: AsyncConnection) -> None:
    """Wait for others who decide about follows; those after this transaction wait for its end."""
    await dialect_of(db).take_turn(db, Turn.FOLLOWING)


async def add_follow(db: AsyncConnection, follow: Follow, *, now: datetime) -> Follow:
    """Keep a follow and return it with its id; the same one again takes the new settings and runs again.

    LimitError where the member or the guild has as many as there may be.
    """
    await take_turn(db)
    key = key_of_followed(follow.kind, follow.words)
    query = select(follows.c.id).where(
        follows.c.guild_id == follow.guild_id,
        follows.c.user_id == follow.user_id,
        follows.c.kind == follow.kind.value,
        follows.c.key == key,
    )
    known = (await db.execute(query)).scalar()
    row = _row_of(follow) | {"key": key, "paused_because": ""}
    if known is not None:
        await db.execute(update(follows).where(follows.c.id == known).values(row))
        return replace(follow, id=known)
    await _check_room(db, follow)
    added = await db.execute(insert(follows).returning(follows.c.id), row | {"created_at": now})
    return replace(follow, id=added.scalar_one())


async def list_follows(db: AsyncConnection, guild_id: int, user_id: int) -> tuple[FollowStatus, ...]:
    """Return what a member follows in a guild, oldest first."""
    told = select(func.count()).where(alerted.c.follow_id == follows.c.id).scalar_subquery()
    query = (
        select(follows, told.label("told"))
        .where(follows.c.guild_id == guild_id, follows.c.user_id == user_id)
        .order_by(follows.c.id)
    )
    return tuple(
        FollowStatus(_follow_of(row), row["created_at"], row["told"], row["paused_because"])
        for row in (await db.execute(query)).mappings()
    )


async def remove_follow(db: AsyncConnection, user_id: int, follow_id: int) -> Follow:
    """Forget a follow and what it told, and return what it was; NotFoundError where it is not theirs."""
    theirs = (follows.c.id == follow_id, follows.c.user_id == user_id)
    row = (await db.execute(select(follows).where(*theirs))).mappings().first()
    if row is None:
        raise NotFoundError(f"user {user_id} has no follow {follow_id}")
    await db.execute(delete(follows).where(*theirs))
    return _follow_of(row)


async def delete_follows(db: AsyncConnection, guild_id: int, user_id: int) -> int:
    """Forget all that a member follows in a guild; return how many that was."""
    theirs = (follows.c.guild_id == guild_id, follows.c.user_id == user_id)
    return (await db.execute(delete(follows).where(*theirs))).rowcount


async def are_any(db: AsyncConnection) -> bool:
    """Return whether anybody follows anything."""
    return (await db.execute(select(follows.c.id).limit(1))).first() is not None


async def list_phrases(db: AsyncConnection, article_ids: Collection[int]) -> tuple[str, ...]:
    """Return the phrases that are followed in guilds whose sources brought any of these articles, each once."""
    reached = (
        select(guild_sources.c.guild_id)
        .join(article_sources, article_sources.c.source_id == guild_sources.c.source_id)
        .where(article_sources.c.article_id.in_(article_ids))
    )
    query = select(func.min(follows.c.words)).where(
        follows.c.kind == FollowKind.PHRASE.value, follows.c.guild_id.in_(reached), *_RUNS
    )
    return tuple((await db.execute(query.group_by(follows.c.key).order_by(follows.c.key))).scalars())


async def list_by_keys(db: AsyncConnection, keys: Iterable[str]) -> tuple[Followed, ...]:
    """Return the follows with these keys that run, in guilds that the bot is in."""
    query = select(follows).where(*_RUNS)
    found = [
        row
        for some in in_lots(sorted(keys))
        for row in (await db.execute(query.where(follows.c.key.in_(some)))).mappings()
    ]
    return tuple(
        Followed(_follow_of(row), row["key"], row["created_at"]) for row in sorted(found, key=lambda row: row["id"])
    )


async def stand(db: AsyncConnection, told: Collection[Follow]) -> bool:
    """Return whether these follows run as they are; the transaction keeps them so."""
    wanted = {follow.id: follow for follow in told}
    query = select(follows).where(*_RUNS).order_by(follows.c.id).with_for_update(of=follows)
    for ids in in_lots(sorted(wanted)):
        rows = (await db.execute(query.where(follows.c.id.in_(ids)))).mappings().all()
        if [_follow_of(row) for row in rows] != [wanted[id_] for id_ in ids]:
            return False
    return True


async def is_speaker(db: AsyncConnection, guild_id: int, words: str) -> bool:
    """Return whether an article that reached the guild quotes somebody of this name."""
    of_key = quotes.c.speaker_key == key_of_followed(FollowKind.PERSON, words)
    query = select(quotes.c.id).join(article_versions, article_versions.c.id == quotes.c.version_id)
    return await _is_there(db, query.where(of_key), guild_id)


async def is_actor(db: AsyncConnection, guild_id: int, words: str) -> bool:
    """Return whether an article that reached the guild tells what somebody of this name committed to."""
    of_key = commitment_actors.c.key == key_of_followed(FollowKind.ORGANISATION, words)
    query = (
        select(commitments.c.id)
        .join(commitment_actors, commitment_actors.c.commitment_id == commitments.c.id)
        .join(article_versions, article_versions.c.id == commitments.c.version_id)
    )
    return await _is_there(db, query.where(of_key, commitment_actors.c.is_whole), guild_id)


_IS_LEFT: ColumnElement[bool] = (
    exists()
    .where(guild_settings.c.guild_id == follows.c.guild_id, guild_settings.c.left_at.is_not(None))
    .correlate(follows)
)
_RUNS = (follows.c.paused_because == "", ~_IS_LEFT)


async def _is_there(db: AsyncConnection, query: Select[Any], guild_id: int) -> bool:
    of_guild = query.join(articles, articles.c.id == article_versions.c.article_id).where(is_brought_to(guild_id))
    return (await db.execute(of_guild.limit(1))).first() is not None


async def _check_room(db: AsyncConnection, follow: Follow) -> None:
    in_guild = select(func.count()).where(follows.c.guild_id == follow.guild_id)
    of_member = in_guild.where(follows.c.user_id == follow.user_id)
    for query, most, limit in (
        (of_member, MOST_OF_A_MEMBER, Limit.FOLLOWS),
        (in_guild, MOST_OF_A_GUILD, Limit.FOLLOWS_HERE),
    ):
        if (await db.execute(query)).scalar_one() >= most:
            raise LimitError(limit, most)


def _row_of(follow: Follow) -> dict[str, Any]:
    return {
        "guild_id": follow.guild_id,
        "user_id": follow.user_id,
        "kind": follow.kind.value,
        "words": follow.words,
        "channel_id": follow.channel_id,
        "is_direct": follow.is_direct,
        "zone": follow.zone,
        "quiet_from": follow.quiet_from,
        "quiet_until": follow.quiet_until,
    }


def _follow_of(row: RowMapping | Mapping[str, Any]) -> Follow:
    return Follow(
        guild_id=row["guild_id"],
        user_id=row["user_id"],
        kind=FollowKind(row["kind"]),
        words=row["words"],
        channel_id=row["channel_id"],
        zone=row["zone"],
        is_direct=row["is_direct"],
        quiet_from=row["quiet_from"],
        quiet_until=row["quiet_until"],
        id=row["id"],
    )

"""All messages of a guild as they stand or are about to: where somebody takes something back, they are edited."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.model import DeliveryState, Edition, EditionKind, Outcome, Post
from digest.store.posts import Posted, add_corrections, map_edits, payload_of
from digest.store.schema import claims, deliveries, editions, subscriptions, told_stories
from digest.store.subscriptions import take_turn

_WAITING = (DeliveryState.PENDING.value, DeliveryState.HELD.value)
_SHOWING = (EditionKind.DIGEST.value, EditionKind.REMINDER.value)


async def take_turns(db: AsyncConnection, guild_id: int) -> None:
    """Wait for whoever else edits or issues for the guild."""
    query = select(subscriptions.c.id).where(subscriptions.c.guild_id == guild_id).order_by(subscriptions.c.id)
    for subscription_id in (await db.execute(query)).scalars().all():
        await take_turn(db, subscription_id)


async def list_showing(db: AsyncConnection, guild_id: int, *, since: datetime) -> tuple[Posted, ...]:
    """Return the parts of the guild's digests and reminders that were posted since then or still will be, in order.

    Their payload is that which took their place last. `is_open` is what nobody has tried to send yet.
    """
    stands = (deliveries.c.state == DeliveryState.SENT.value) & (deliveries.c.message_id > 0)
    will_stand = deliveries.c.state.in_((*_WAITING, DeliveryState.SENDING.value))
    query = _parts(guild_id).where(editions.c.kind.in_(_SHOWING))
    query = query.where(or_(stands & (deliveries.c.settled_at >= since), will_stand))
    rows = (await db.execute(query.order_by(deliveries.c.edition_id, deliveries.c.part))).mappings().all()
    return await _posted_of(db, rows)


async def get_message(db: AsyncConnection, guild_id: int, message_id: int) -> Posted:
    """Return what stands in a message that the bot posted in the guild; NotFoundError for any other."""
    query = _parts(guild_id).where(deliveries.c.message_id == message_id, deliveries.c.edits.is_(None))
    found = await _posted_of(db, (await db.execute(query)).mappings().all())
    if not found or message_id <= 0:
        raise NotFoundError(f"guild {guild_id} has no message {message_id}")
    return found[0]


async def list_told_articles(db: AsyncConnection, guild_id: int, *, since: datetime) -> tuple[int, ...]:
    """Return the articles that the guild's editions told of since then."""
    return await _articles(db, (editions.c.guild_id == guild_id, editions.c.composed_at >= since))


async def list_articles_of(db: AsyncConnection, edition_id: int) -> tuple[int, ...]:
    """Return the articles that an edition tells of, in its order."""
    return await _articles(db, (editions.c.id == edition_id,))


async def edit_showings(db: AsyncConnection, payloads: Mapping[Posted, str], *, now: datetime) -> tuple[Edition, ...]:
    """Let these parts say this: what waits by itself; what stands, or may, by edits that are due at once.

    The edit of what is held after it was tried is held with it.
    """
    for posted, payload in payloads.items():
        changed = update(deliveries).where(deliveries.c.id == posted.delivery_id, deliveries.c.state.in_(_WAITING))
        await db.execute(changed.values(payload=payload))
    standing = {posted: payload for posted, payload in payloads.items() if not posted.is_open}
    made = await add_corrections(db, standing, now=now, is_asked_for=True)
    edited = deliveries.alias("edited")
    is_held = exists().where(edited.c.id == deliveries.c.edits, edited.c.state == DeliveryState.HELD.value)
    of_these = deliveries.c.edition_id.in_([edition.id for edition in made])
    await db.execute(update(deliveries).where(of_these, is_held).values(state=DeliveryState.HELD.value))
    return made


def _parts(guild_id: int) -> Select[Any]:
    return (
        select(deliveries, editions.c.subscription_id, subscriptions.c.zone)
        .join_from(editions, subscriptions, subscriptions.c.id == editions.c.subscription_id)
        .join(deliveries, deliveries.c.edition_id == editions.c.id)
        .where(editions.c.guild_id == guild_id)
    )


async def _articles(db: AsyncConnection, conditions: Sequence[Any]) -> tuple[int, ...]:
    query = (
        select(claims.c.article_id)
        .join_from(editions, told_stories, told_stories.c.edition_id == editions.c.id)
        .join(claims, claims.c.story_id == told_stories.c.id)
        .where(told_stories.c.outcome == Outcome.SHOWN.value, *conditions)
        .order_by(told_stories.c.edition_id, told_stories.c.number, claims.c.place)
    )
    return tuple(dict.fromkeys((await db.execute(query)).scalars()))


async def _posted_of(db: AsyncConnection, rows: Sequence[RowMapping]) -> tuple[Posted, ...]:
    edits = await map_edits(db, [row["id"] for row in rows])
    return tuple(
        Posted(
            delivery_id=row["id"],
            edition_id=row["edition_id"],
            subscription_id=row["subscription_id"],
            story_id=0,
            guild_id=row["guild_id"],
            channel_id=row["channel_id"],
            is_open=row["state"] in _WAITING and row["attempted_at"] is None,
            post=Post(payload, row["zone"], ()),
        )
        for row in rows
        if (payload := payload_of(row, edits.get(row["id"], ()))) is not None
    )

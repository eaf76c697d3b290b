"""Subscriptions: what a channel ordered, and when it is due next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, bindparam, func, insert, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.model import CatchUp, Style, Subscription
from digest.store.guilds import is_left
from digest.store.reminders import showed_due
from digest.store.schema import subscriptions


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """A subscription, since when it takes articles, and when it is due next; None: paused, or no slot ever comes.

    `attempts` is how often the edition that is due was tried in vain.
    """

    subscription: Subscription
    since: datetime
    next_run_at: datetime | None
    attempts: int = 0


async def add_subscription(
    db: AsyncConnection,
    subscription: Subscription,
    *,
    created_at: datetime,
    since: datetime,
    next_run_at: datetime | None,
) -> Subscription:
    """Keep a new subscription and return it with its id."""
    row = _row_of(subscription) | {"created_at": created_at, "since": since, "next_run_at": next_run_at}
    result = await db.execute(insert(subscriptions).returning(subscriptions.c.id), row)
    return replace(subscription, id=result.scalar_one())


async def change_subscription(db: AsyncConnection, subscription: Subscription, *, next_run_at: datetime | None) -> None:
    """Keep changes of a subscription; NotFoundError where the guild has none with its id."""
    result = await db.execute(
        update(subscriptions)
        .where(subscriptions.c.id == subscription.id, subscriptions.c.guild_id == subscription.guild_id)
        .values(_row_of(subscription) | {"next_run_at": next_run_at})
    )
    if result.rowcount == 0:
        raise NotFoundError(f"guild {subscription.guild_id} has no subscription {subscription.id}")


async def get_order(db: AsyncConnection, subscription_id: int, *, guild_id: int) -> StandingOrder:
    """Return a subscription of the guild with when it is due next."""
    query = select(subscriptions).where(subscriptions.c.id == subscription_id, subscriptions.c.guild_id == guild_id)
    row = (await db.execute(query)).mappings().first()
    if row is None:
        raise NotFoundError(f"guild {guild_id} has no subscription {subscription_id}")
    return _order_of(row)


async def count_subscriptions(db: AsyncConnection, guild_id: int) -> int:
    """Return how many subscriptions the guild has."""
    query = select(func.count()).where(subscriptions.c.guild_id == guild_id)
    return int((await db.execute(query)).scalar_one())


async def take_turn(db: AsyncConnection, subscription_id: int) -> None:
    """Wait for others who decide about this subscription; those after this transaction wait for its end.

    Needed where something is looked up before it is changed; on SQLite all that write have their turn anyway.
    """
    query = select(subscriptions.c.id).where(subscriptions.c.id == subscription_id)
    await db.execute(query.with_for_update(key_share=True))


async def list_orders(db: AsyncConnection, guild_id: int) -> tuple[StandingOrder, ...]:
    """Return the guild's subscriptions, oldest first."""
    query = select(subscriptions).where(subscriptions.c.guild_id == guild_id).order_by(subscriptions.c.id)
    return tuple(_order_of(row) for row in (await db.execute(query)).mappings())


async def list_due_orders(
    db: AsyncConnection,
    now: datetime,
    *,
    limit: int,
    after: StandingOrder | None = None,
    among: Sequence[int] | None = None,
) -> tuple[StandingOrder, ...]:
    """Return the subscriptions that are due, longest due first, `limit` at most; with `after` those behind that one.

    With `among` those that are among these alone.
    """
    query = select(subscriptions).where(is_due(now))
    if after:
        place = tuple_(subscriptions.c.next_run_at, subscriptions.c.id)
        query = query.where(place > (after.next_run_at, after.subscription.id))
    if among is not None:
        query = query.where(subscriptions.c.id.in_(among))
    query = query.order_by(subscriptions.c.next_run_at, subscriptions.c.id).limit(limit)
    return tuple(_order_of(row) for row in (await db.execute(query)).mappings())


def is_due(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a subscription is to be issued: one that failed a while ago waits."""
    waits_no_more = or_(subscriptions.c.next_attempt_at.is_(None), subscriptions.c.next_attempt_at <= now)
    runs = (subscriptions.c.paused_because == "") & ~is_left(subscriptions.c.guild_id)
    return (subscriptions.c.next_run_at <= now) & waits_no_more & runs


async def list_subscriptions(db: AsyncConnection, query: Select[Any]) -> tuple[Subscription, ...]:
    """Return the subscriptions whose rows the query gives."""
    return tuple(_order_of(row).subscription for row in (await db.execute(query)).mappings())


async def list_answering(db: AsyncConnection, *, first: date, last: date) -> tuple[Subscription, ...]:
    """Return the subscriptions that run, want their messages answered, and showed what may fall due on these days.

    Those that were reminded of all of it are left out.
    """
    query = select(subscriptions).where(
        subscriptions.c.answers_due,
        ~is_left(subscriptions.c.guild_id),
        subscriptions.c.paused_because == "",
        subscriptions.c.id.in_(showed_due(first, last)),
    )
    return await list_subscriptions(db, query.order_by(subscriptions.c.id))


async def pause_subscription(db: AsyncConnection, subscription_id: int, why: str) -> None:
    """Stop its runs and keep why, unless it is paused already."""
    await db.execute(
        update(subscriptions)
        .where(subscriptions.c.id == subscription_id, subscriptions.c.paused_because == "")
        .values(paused_because=why, next_run_at=None)
    )


async def hold_due(db: AsyncConnection, orders: Sequence[StandingOrder]) -> frozenset[int]:
    """Return the ids of those that run and are due when and where they were; the transaction keeps them so."""
    query = (
        select(subscriptions.c.id, subscriptions.c.next_run_at, subscriptions.c.channel_id)
        .where(
            subscriptions.c.id.in_([order.subscription.id for order in orders]), subscriptions.c.paused_because == ""
        )
        .order_by(subscriptions.c.id)  # two processes that hold the same rows take them in the same order
        .with_for_update()
    )
    standing = {tuple(row) for row in await db.execute(query)}
    return frozenset(
        one.id for order in orders if ((one := order.subscription).id, order.next_run_at, one.channel_id) in standing
    )


async def put_off(db: AsyncConnection, order: StandingOrder, *, until: datetime) -> None:
    """Put on record that its edition was tried in vain, and let it wait; nothing where somebody else did anything."""
    await db.execute(
        update(subscriptions)
        .where(
            subscriptions.c.id == order.subscription.id,
            subscriptions.c.next_run_at == order.next_run_at,
            subscriptions.c.attempts == order.attempts,
        )
        .values(attempts=order.attempts + 1, next_attempt_at=until)
    )


async def advance(db: AsyncConnection, orders: Sequence[StandingOrder]) -> None:
    """Move on when each is due next and since when it takes articles; who calls holds them."""
    rows = [
        {"of": order.subscription.id, "following": order.next_run_at, "taken_since": order.since} for order in orders
    ]
    if rows:
        await db.execute(
            update(subscriptions)
            .where(subscriptions.c.id == bindparam("of"))
            .values(
                next_run_at=bindparam("following"), since=bindparam("taken_since"), attempts=0, next_attempt_at=None
            ),
            rows,
        )


def _row_of(subscription: Subscription) -> dict[str, Any]:
    return {
        "guild_id": subscription.guild_id,
        "channel_id": subscription.channel_id,
        "times": [at.isoformat() for at in subscription.times],
        "zone": subscription.zone,
        "weekdays": subscription.weekdays,
        "source_ids": subscription.source_ids,
        "name": subscription.name,
        "max_stories": subscription.max_stories,
        "paused_because": subscription.paused_because,
        "answers_due": subscription.answers_due,
        "keywords": subscription.keywords,
        "catch_up": subscription.catch_up.value,
        "quiet_from": subscription.quiet_from,
        "quiet_until": subscription.quiet_until,
        "says_when_empty": subscription.says_when_empty,
        "style": subscription.style.value,
        "role_id": subscription.role_id,
        "less": subscription.less,
        "attempts": 0,  # what was changed may be what was wrong
        "next_attempt_at": None,
    }


def _order_of(row: RowMapping) -> StandingOrder:
    subscription = Subscription(
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        times=tuple(time.fromisoformat(at) for at in row["times"]),
        zone=row["zone"],
        weekdays=tuple(row["weekdays"]),
        source_ids=tuple(row["source_ids"]),
        name=row["name"],
        max_stories=row["max_stories"],
        paused_because=row["paused_because"],
        id=row["id"],
        answers_due=row["answers_due"],
        keywords=tuple(row["keywords"]),
        catch_up=CatchUp(row["catch_up"]),
        quiet_from=row["quiet_from"],
        quiet_until=row["quiet_until"],
        says_when_empty=row["says_when_empty"],
        style=Style(row["style"]),
        role_id=row["role_id"],
        less=tuple(row["less"]),
    )
    return StandingOrder(subscription, row["since"], row["next_run_at"], row["attempts"])

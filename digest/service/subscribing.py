"""What channels ordered: subscriptions, changed and paused without losing a setting or a slot."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest.editions.schedule import FARTHEST_BACK, due_slots, next_free_run, next_run_at, quiet_times
from digest.errors import Limit, NotFoundError
from digest.model import EVERY_DAY, Subscription
from digest.service.limits import MOST_DIGESTS, check_limit, check_rules
from digest.service.tools import Tools
from digest.store import Transaction, count_alone, editions, losses, sources, subscriptions
from digest.store.subscriptions import StandingOrder

_A_DAY = timedelta(days=1)
_WHY_ASKED = "somebody of the server asked to skip it"
_WHY_CHANGED = "its time, zone or weekday was changed before it was made"

NEWS_BEFORE = timedelta(hours=24)
"""What is this much older than the subscription is still news for its first edition."""


async def save_subscription(tools: Tools, subscription: Subscription, *, now: datetime) -> Subscription:
    """Keep a new or changed subscription; see Service.save_subscription."""
    _check(subscription)
    async with tools.store.writing() as db:
        if subscription.id:
            return await _change(db, subscription, now)
        await count_alone(db)
        return await _add(db, subscription, now)


async def set_up_subscription(tools: Tools, subscription: Subscription, *, now: datetime) -> Subscription:
    """Keep a subscription as the one of its name in its channel; see Service.set_up_subscription."""
    _check(subscription)
    async with tools.store.writing() as db:
        await count_alone(db)  # two at once would both find none of this name
        orders = await subscriptions.list_orders(db, subscription.guild_id)
        known = next((order.subscription.id for order in orders if _is_same(order.subscription, subscription)), 0)
        if not known:
            return await _add(db, subscription, now)
        await _change(db, replace(subscription, id=known), now)
        return await _resume(db, subscription.guild_id, known, now)


async def resume_subscription(tools: Tools, guild_id: int, subscription_id: int, *, now: datetime) -> Subscription:
    """Let a paused subscription run again; see Service.resume_subscription."""
    async with tools.store.writing() as db:
        return await _resume(db, guild_id, subscription_id, now)


async def skip_next(tools: Tools, guild_id: int, subscription_id: int, *, now: datetime) -> datetime | None:
    """Let the next slot pass without an edition; see Service.skip_next."""
    async with tools.store.writing() as db:
        await subscriptions.take_turn(db, subscription_id)
        order = await subscriptions.get_order(db, subscription_id, guild_id=guild_id)
        coming = await _next_free_run(db, order.subscription, now)
        if coming is None:
            return None
        slots = due_slots(order.subscription, coming, coming)  # all, where a gap brings several at one instant
        await editions.add_skipped(db, order.subscription, slots, _WHY_ASKED, now=now)
        if order.next_run_at == coming:  # else one that has come waits for the next tick
            following = await _next_free_run(db, order.subscription, coming)
            await subscriptions.advance(db, [replace(order, next_run_at=following)])
    return coming


def _is_same(one: Subscription, other: Subscription) -> bool:
    return (one.channel_id, one.name.casefold()) == (other.channel_id, other.name.casefold())


async def _add(db: Transaction, subscription: Subscription, now: datetime) -> Subscription:
    await _check_sources(db, subscription, known=())
    number = await subscriptions.count_subscriptions(db, subscription.guild_id)
    check_limit(Limit.DIGESTS, number + 1, MOST_DIGESTS)
    due_at = next_run_at(subscription, now)
    since = now - NEWS_BEFORE
    return await subscriptions.add_subscription(db, subscription, created_at=now, since=since, next_run_at=due_at)


async def _resume(db: Transaction, guild_id: int, subscription_id: int, now: datetime) -> Subscription:
    await subscriptions.take_turn(db, subscription_id)
    order = await subscriptions.get_order(db, subscription_id, guild_id=guild_id)
    if not order.subscription.paused_because:
        return order.subscription
    resumed = replace(order.subscription, paused_because="")
    await subscriptions.change_subscription(db, resumed, next_run_at=await _next_free_run(db, resumed, now))
    await losses.release_held(db, resumed, now=now)
    return resumed


async def _change(db: Transaction, subscription: Subscription, now: datetime) -> Subscription:
    await subscriptions.take_turn(db, subscription.id)
    order = await subscriptions.get_order(db, subscription.id, guild_id=subscription.guild_id)
    await _check_sources(db, subscription, known=order.subscription.source_ids)
    # Only pausing and resuming decide about pauses: one that came while the settings were open must not be undone.
    changed = replace(subscription, paused_because=order.subscription.paused_because)
    await subscriptions.change_subscription(db, changed, next_run_at=await _due_after_change(db, order, changed, now))
    return changed


async def _due_after_change(
    db: Transaction, order: StandingOrder, changed: Subscription, now: datetime
) -> datetime | None:
    # A slot that has come and waits for the next tick is not lost to a change.
    before, due_at = order.subscription, order.next_run_at
    if (before.times, before.zone, before.weekdays) == (changed.times, changed.zone, changed.weekdays):
        return due_at
    if due_at is not None and due_at <= now:
        since = max(due_at, now - FARTHEST_BACK)
        waiting = due_slots(before, since, now)
        if set(waiting) & set(due_slots(changed, since, now)):
            return due_at
        coming = due_slots(changed, now, now + 2 * _A_DAY)  # in a zone farther west the same one comes again
        gone = [slot for slot in waiting if slot not in coming]
        await editions.add_skipped(db, changed, gone, _WHY_CHANGED, now=now)
    return await _next_free_run(db, changed, now)


async def _next_free_run(db: Transaction, subscription: Subscription, after: datetime) -> datetime | None:
    issued = await editions.list_issued(db, [subscription.id], since=(after - 3 * _A_DAY).date())
    return next_free_run(subscription, after, issued)


async def _check_sources(db: Transaction, subscription: Subscription, *, known: tuple[int, ...]) -> None:
    for source_id in set(subscription.source_ids) - set(known):
        if not await sources.is_following(db, subscription.guild_id, source_id):
            raise NotFoundError(f"guild {subscription.guild_id} follows no source {source_id}")


def _check(subscription: Subscription) -> None:
    check_rules(subscription)
    try:
        ZoneInfo(subscription.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone is called {subscription.zone!r}") from error
    if not subscription.times:
        raise ValueError("a subscription has at least one time of day")
    if (subscription.quiet_from is None) != (subscription.quiet_until is None):
        raise ValueError("quiet hours have a beginning and an end")
    if subscription.quiet_from is not None and subscription.quiet_from == subscription.quiet_until:
        raise ValueError("quiet hours end at another time than they begin")
    if quiet_times(subscription):
        raise ValueError("no time of a subscription lies in its quiet hours")
    if not subscription.weekdays or not set(subscription.weekdays) <= set(EVERY_DAY):
        raise ValueError("a subscription has weekdays from 0 (Monday) to 6")

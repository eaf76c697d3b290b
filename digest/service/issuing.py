"""Editions: what a subscription is told, each slot once, each article once, in one transaction with its parts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.editions.schedule import FARTHEST_BACK, Run, plan_run
from digest.errors import NotFoundError
from digest.model import Digest, Edition, Outcome, Part, Slot, Subscription
from digest.service.composing import Draft, draft_digest
from digest.service.failures import is_of_database
from digest.service.reading import ATTEMPTS, TRY_AGAIN_AFTER
from digest.service.tools import Render, Tools
from digest.store import Transaction, editions, hidden, part_of, reminders, rereads, subscriptions, told
from digest.store.subscriptions import StandingOrder

AT_ONCE = 100
"""So many due subscriptions are taken from the table, and kept in one transaction, at a time."""

_A_DAY = timedelta(days=1)
_MOST_SKIPPED = 50  # on record for one edition, the newest
_WHY_MISSED = "missed: nobody was there to make it"
_WHY_FAILED = "missed: making it failed again and again; tell who runs this bot"


class _OvertakenError(Exception):
    """Another edition took an article in the meantime, or something was hidden: nothing is kept; the next tick sees."""


@dataclass(frozen=True, slots=True)
class _Issue:
    """What a subscription that is due comes to, before it is kept; without a draft its slot makes no edition."""

    order: StandingOrder
    run: Run
    draft: Draft | None = None
    parts: tuple[Part, ...] = ()


async def issue_due(
    tools: Tools, *, now: datetime, render: Render, among: Sequence[int] | None = None
) -> tuple[Edition, ...]:
    """Issue what is due, longest due first; see Service.issue_due."""
    issued: list[Edition] = []
    errors: list[Exception] = []
    last = None
    while True:
        async with tools.store.reading() as db:
            runs = await take_due(db, now, after=last, among=among)
        ready = []
        for order, run in runs:
            try:
                ready.append(await _prepare(tools, order, run, now, render))
            except Exception as error:  # noqa: BLE001 -- raised below; one that cannot be made must not stop the rest
                errors.append(error)
                await _put_off(tools, _Issue(order, run), error, now)
        issued += await _keep_ready(tools, ready, now, errors)
        if len(runs) < AT_ONCE:
            break
        last = runs[-1][0]
    if errors:
        raise ExceptionGroup("some editions could not be composed", errors)
    return tuple(edition for edition in issued if edition.deliveries)


async def take_due(
    db: Transaction, now: datetime, *, after: StandingOrder | None = None, among: Sequence[int] | None = None
) -> tuple[tuple[StandingOrder, Run], ...]:
    """Return the subscriptions that are due, AT_ONCE at most, each with what becomes of its slots."""
    orders = await subscriptions.list_due_orders(db, now, limit=AT_ONCE, after=after, among=among)
    if not orders:
        return ()
    first = max(orders[0].next_run_at or now, now - FARTHEST_BACK)
    ids = [order.subscription.id for order in orders]
    issued = await editions.list_issued(db, ids, since=(first - 3 * _A_DAY).date())  # no zone's date is further away
    of: dict[int, set[Slot]] = defaultdict(set)
    for slot in issued:
        of[slot.subscription_id].add(slot)
    return tuple(
        (order, plan_run(order.subscription, order.next_run_at or now, now, of[order.subscription.id]))
        for order in orders
    )


async def issue_now(
    tools: Tools, guild_id: int, subscription_id: int, *, now: datetime, render: Render
) -> Edition | None:
    """Issue an extra edition of what is new; see Service.issue_now."""
    async with tools.store.reading() as db:
        order = await subscriptions.get_order(db, subscription_id, guild_id=guild_id)
    draft = await draft_digest(tools, order.subscription, since=order.since, now=now)
    if not draft.digest.stories:
        return None
    parts = render(draft.digest)
    try:
        async with tools.store.writing() as db:
            await subscriptions.take_turn(db, subscription_id)
            await subscriptions.get_order(db, subscription_id, guild_id=guild_id)  # it may have been deleted
            edition = await _keep(db, order.subscription, draft, slot=None, parts=parts, now=now)
            await rereads.schedule_told(db, _told(draft), now=now)
            return edition
    except _OvertakenError:
        return None


async def preview_digest(tools: Tools, guild_id: int, subscription: Subscription, *, now: datetime) -> Digest:
    """Return what the next edition would say; see Service.preview_digest."""
    if subscription.guild_id != guild_id:
        raise NotFoundError(f"guild {guild_id} has no such subscription")
    since = now - _A_DAY
    if subscription.id:
        async with tools.store.reading() as db:
            since = (await subscriptions.get_order(db, subscription.id, guild_id=guild_id)).since
    return (await draft_digest(tools, subscription, since=since, now=now)).digest


async def _prepare(tools: Tools, order: StandingOrder, run: Run, now: datetime, render: Render) -> _Issue:
    if run.slot is None:
        return _Issue(order, run)
    draft = await draft_digest(
        tools,
        order.subscription,
        since=order.since,
        now=now,
        told_since=run.told_since,
        slots_missed=run.missed,
        says_when_empty=order.subscription.says_when_empty,
    )
    # Where somebody asked for an edition after the slot had come, the channel need not hear that nothing came since.
    is_quiet = order.next_run_at is not None and draft.digest.period.start >= order.next_run_at
    is_empty_said = order.subscription.says_when_empty and not is_quiet
    says_so = is_empty_said or draft.digest.coverage.articles_passed_over > 0  # nothing is left out without a word
    return _Issue(order, run, draft, render(draft.digest) if draft.digest.stories or says_so else ())


async def _keep_ready(tools: Tools, ready: Sequence[_Issue], now: datetime, errors: list[Exception]) -> list[Edition]:
    if not ready:
        return []
    try:
        async with tools.store.writing() as db:
            return await _keep_all(db, ready, now)
    except Exception as error:  # noqa: BLE001 -- raised by issue_due
        if len(ready) == 1:
            errors.append(error)
            await _put_off(tools, ready[0], error, now)
            return []
    # One of them stood in the way of all.
    return [edition for one in ready for edition in await _keep_ready(tools, [one], now, errors)]


async def _put_off(tools: Tools, one: _Issue, error: Exception, now: datetime) -> None:
    """Let what cannot be made be tried at the next tick, then less and less often; in the end its slot passes.

    The next edition has what this one would have told.
    """
    if is_of_database(error):
        return
    order = one.order
    async with tools.store.writing() as db:
        if order.attempts < ATTEMPTS:
            wait = TRY_AGAIN_AFTER * 3 ** (order.attempts - 1) if order.attempts else timedelta(0)
            await subscriptions.put_off(db, order, until=now + wait)
        elif await subscriptions.hold_due(db, [order]):
            await _keep_run(db, _Issue(order, one.run), now)
            slots = (one.run.slot,) if one.run.slot else ()
            await editions.add_skipped(db, order.subscription, slots, _WHY_FAILED, now=now)
            await subscriptions.advance(db, [replace(order, next_run_at=one.run.next_run_at)])


async def _keep_all(db: Transaction, ready: Sequence[_Issue], now: datetime) -> list[Edition]:
    held = await subscriptions.hold_due(db, [one.order for one in ready])
    kept: list[Edition] = []
    moved: list[StandingOrder] = []
    article_ids: set[int] = set()
    for one in ready:
        if one.order.subscription.id not in held:
            continue  # somebody else was faster
        try:
            async with part_of(db):
                kept += await _keep_run(db, one, now)
        except _OvertakenError:
            continue
        article_ids |= _told(one.draft) if one.draft else set()
        since = max(one.order.since, one.run.told_since or one.order.since)
        moved.append(replace(one.order, next_run_at=one.run.next_run_at, since=since))
    await subscriptions.advance(db, moved)
    await rereads.schedule_told(db, article_ids, now=now)
    return kept


def _told(draft: Draft) -> set[int]:
    """Return the ids of the articles of all stories that are shown."""
    shown = (choice.urls for choice in draft.digest.choices if choice.outcome is Outcome.SHOWN)
    return {draft.ids_by_url[url] for urls in shown for url in urls if url in draft.ids_by_url}


async def _keep_run(db: Transaction, one: _Issue, now: datetime) -> tuple[Edition, ...]:
    subscription, skipped = one.order.subscription, one.run.skipped[-_MOST_SKIPPED:]
    await editions.add_skipped(db, subscription, skipped, _WHY_MISSED, now=now)
    if one.run.slot is None or one.draft is None:
        return ()
    return (await _keep(db, subscription, one.draft, slot=one.run.slot, parts=one.parts, now=now),)


async def _keep(
    db: Transaction,
    subscription: Subscription,
    draft: Draft,
    *,
    slot: Slot | None,
    parts: tuple[Part, ...],
    now: datetime,
) -> Edition:
    if parts and await hidden.get_hidden(db, subscription.guild_id) != draft.hidden:
        raise _OvertakenError
    period, payloads = draft.digest.period, [part.payload for part in parts]
    edition = await editions.add_edition(db, subscription, slot, period, composed_at=now, payloads=payloads)
    if not await editions.claim(db, edition, draft.article_ids):
        raise _OvertakenError
    await told.add_choices(db, edition, draft.digest.choices, draft.ids_by_url)
    for delivery, part in zip(edition.deliveries, parts, strict=True):
        shown = {draft.commitment_ids[one] for one in part.shown if one in draft.commitment_ids}
        await reminders.add_shown(db, delivery.id, shown)
    return edition

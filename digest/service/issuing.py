"""Editions: what a subscription is told, each slot once, each article once, in one transaction with its parts."""

from datetime import datetime, timedelta

from digest.editions.schedule import due_slots, next_run_at
from digest.errors import NotFoundError
from digest.model import Digest, Edition, Part, Slot, Subscription
from digest.service.composing import Draft, draft_digest
from digest.service.tools import Render, Tools
from digest.store import Transaction, editions, reminders, subscriptions, told
from digest.store.subscriptions import StandingOrder

_A_DAY = timedelta(days=1)


class _OvertakenError(Exception):
    """Another edition of the subscription took an article in the meantime: nothing is kept, and the next tick sees."""


async def issue_due(tools: Tools, *, now: datetime, render: Render) -> tuple[Edition, ...]:
    """Issue what is due, one subscription after the other; see Service.issue_due."""
    async with tools.store.reading() as db:
        orders = await subscriptions.list_due_orders(db, now)
    issued, errors = [], []
    for order in orders:
        try:
            edition = await _issue_slot(tools, order, now, render)
        except Exception as error:  # noqa: BLE001 -- raised below; one digest that cannot be made must not stop the rest
            errors.append(error)
        else:
            issued.append(edition)
    if errors:
        raise ExceptionGroup("some editions could not be composed", errors)
    return tuple(edition for edition in issued if edition and edition.deliveries)


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
            return await _keep(db, order.subscription, draft, slot=None, parts=parts, now=now)
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


async def _issue_slot(tools: Tools, order: StandingOrder, now: datetime, render: Render) -> Edition | None:
    subscription, due_at = order.subscription, order.next_run_at
    if due_at is None:
        return None
    draft = await draft_digest(tools, subscription, since=order.since, now=now)
    parts = render(draft.digest) if draft.digest.stories else ()
    try:
        async with tools.store.writing() as db:
            following = next_run_at(subscription, now)
            if not await subscriptions.advance(db, subscription.id, seen=due_at, next_run_at=following):
                return None
            slot = await _open_slot(db, subscription, due_at, now)
            if slot is None:
                return None
            return await _keep(db, subscription, draft, slot=slot, parts=parts, now=now)
    except _OvertakenError:
        return None


async def _open_slot(db: Transaction, subscription: Subscription, due_at: datetime, now: datetime) -> Slot | None:
    # The newest slot that has come stands for all that were missed. It may be issued already, where a change of zone
    # or times brought the same local date and time a second time.
    slots = due_slots(subscription, due_at, now)
    if not slots or await editions.is_issued(db, slots[-1]):
        return None
    return slots[-1]


async def _keep(
    db: Transaction,
    subscription: Subscription,
    draft: Draft,
    *,
    slot: Slot | None,
    parts: tuple[Part, ...],
    now: datetime,
) -> Edition:
    period, payloads = draft.digest.period, [part.payload for part in parts]
    edition = await editions.add_edition(db, subscription, slot, period, composed_at=now, payloads=payloads)
    if not await editions.claim(db, edition, draft.article_ids):
        raise _OvertakenError
    await told.add_choices(db, edition, draft.digest.choices, draft.ids_by_url)
    for delivery, part in zip(edition.deliveries, parts, strict=True):
        shown = {draft.commitment_ids[one] for one in part.shown if one in draft.commitment_ids}
        await reminders.add_shown(db, delivery.id, shown)
    return edition

"""Reminders: what a channel was shown is answered there on the day on which it falls due, once."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.editions.schedule import instant_of
from digest.model import Edition, EditionKind, LedgerEntry, Period, Subscription
from digest.service.tools import RenderDue, Tools
from digest.store import Transaction, editions, hidden, ledger, reminders, subscriptions

_A_DAY = timedelta(days=1)  # by which no zone's date is further away


async def remind_due(tools: Tools, *, now: datetime, render: RenderDue) -> tuple[Edition, ...]:
    """Answer what falls due today, one subscription after the other; see Service.remind_due."""
    async with tools.store.reading() as db:
        today = now.astimezone(UTC).date()
        answering = await subscriptions.list_answering(db, first=today - _A_DAY, last=today + _A_DAY)
    made, errors = [], []
    for subscription in answering:
        try:
            edition = await _remind(tools, subscription, now, render)
        except Exception as error:  # noqa: BLE001 -- raised below; one answer that cannot be made must not stop the rest
            errors.append(error)
        else:
            made.append(edition)
    if errors:
        raise ExceptionGroup("some reminders could not be made", errors)
    return tuple(edition for edition in made if edition)


async def _remind(tools: Tools, subscription: Subscription, now: datetime, render: RenderDue) -> Edition | None:
    today = now.astimezone(ZoneInfo(subscription.zone)).date()
    if now < instant_of(today, min(subscription.times), subscription.zone):
        return None
    async with tools.store.reading() as db:
        hides = await hidden.get_hidden(db, subscription.guild_id)
        due = await _list_due(db, subscription, today)
    if not due:
        return None
    payloads = [render(entries, subscription.zone) for entries in due.values()]
    entry_ids = {entry.id for entries in due.values() for entry in entries}
    async with tools.store.writing() as db:
        await subscriptions.take_turn(db, subscription.id)
        if await reminders.is_reminded(db, subscription.id, entry_ids, today):
            return None  # somebody else was faster
        if await hidden.get_hidden(db, subscription.guild_id) != hides:
            return None  # the next tick sees what is left of it
        await reminders.remind(db, subscription.id, entry_ids, today)
        return await editions.add_edition(
            db,
            subscription,
            None,
            Period(now, now),
            composed_at=now,
            payloads=payloads,
            answers=tuple(due),
            kind=EditionKind.REMINDER,
        )


async def _list_due(db: Transaction, subscription: Subscription, today: date) -> dict[int, tuple[LedgerEntry, ...]]:
    # What was posted today says already that it is due today.
    begun_at = instant_of(today, time(), subscription.zone)
    showed = await reminders.list_unreminded(db, subscription, today, before=begun_at)
    ids = {id_: None for ids in showed.values() for id_ in ids}
    entries = await ledger.get_entries(db, subscription.guild_id, list(ids))
    due = {entry.id: entry for entry in entries if ledger.is_due(entry, today)}
    answers = {one: tuple(due[id_] for id_ in ids if id_ in due) for one, ids in showed.items()}
    return {delivery_id: entries for delivery_id, entries in answers.items() if entries}

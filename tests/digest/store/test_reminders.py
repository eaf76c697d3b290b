"""Which messages showed what falls due, and of what a channel was reminded."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digest.errors import StoreError
from digest.model import EditionKind, Period, Shown
from digest.store import articles, deliveries, editions, ledger, reminders
from tests.builders import NOW
from tests.digest.store.shelves import follow, issue, subscribe
from tests.digest.store.tellers import promise, tell

TODAY = date(2026, 12, 1)
LATER = NOW + timedelta(days=8)
PERIOD = Period(NOW - timedelta(days=1), NOW)
PIER = promise("Ada Quill", "rebuild the wooden pier", by=TODAY)
RAILWAY = promise("Jon Varga", "sell northern railway shares", by=TODAY)


@pytest.fixture
async def order(store):
    return await subscribe(store, answers_due=True)


@pytest.fixture
async def shown(store):
    """The ids of what an article told."""
    article_id = await tell(store, await follow(store), PIER, RAILWAY)
    async with store.reading() as db:
        return tuple((await articles.list_shown(db, [article_id])).values())


@pytest.fixture
async def entry_ids(store, shown):
    async with store.reading() as db:
        entries = await ledger.list_entries(db, 1, "", limit=len(shown))
    return tuple(sorted(entry.id for entry in entries))


async def post(store, order, *shown, message_id=77):
    """The parts of an edition that stand in the channel; each showed these commitments."""
    edition = await issue(store, order, PERIOD, payloads=("part",) * len(shown))
    async with store.writing() as db:
        for part, commitment_ids in zip(edition.deliveries, shown, strict=True):
            await reminders.add_shown(db, part.id, commitment_ids)
            if message_id is not None:
                await deliveries.finish_delivery(db, part.id, message_id, now=NOW)
    return [part.id for part in edition.deliveries]


async def unreminded(store, order, day=TODAY, before=LATER):
    async with store.reading() as db:
        return await reminders.list_unreminded(db, order, day, before=before)


async def remind(store, order, entry_ids, day=TODAY):
    async with store.writing() as db:
        await reminders.remind(db, order.id, entry_ids, day)


async def test_what_parts_may_show_is_what_articles_say_now(store):
    source_id = await follow(store)
    article_id = await tell(store, source_id, PIER)
    await tell(store, source_id, RAILWAY, PIER)
    other = await tell(store, source_id, PIER, url="https://gazette.example/2")
    async with store.reading() as db:
        listed = await articles.list_shown(db, [article_id, other])
        entries = await ledger.list_entries(db, 1, "", limit=9)
    assert set(listed) == {
        Shown("https://gazette.example/1", 0),
        Shown("https://gazette.example/1", 1),
        Shown("https://gazette.example/2", 0),
    }
    assert set(listed.values()) == {telling.id for entry in entries for telling in entry.tellings}


async def test_the_first_message_that_showed_what_falls_due_is_listed_with_it(store, order, shown, entry_ids):
    first, second, _ = await post(store, order, shown[:1], shown, ())
    await post(store, order, shown[1:])
    assert await unreminded(store, order) == {first: entry_ids[:1], second: entry_ids[1:]}
    assert await unreminded(store, order, TODAY + timedelta(days=1)) == {}
    assert await unreminded(store, order, before=NOW) == {}


async def test_what_another_article_told_falls_due_where_the_first_one_was_shown(store, order):
    source_id = await follow(store)
    undated = promise("Ada Quill", "rebuild the wooden pier")
    first = await tell(store, source_id, undated, at=NOW - timedelta(days=1))
    await tell(store, source_id, PIER, url="https://gazette.example/2")
    async with store.reading() as db:
        commitment_ids = tuple((await articles.list_shown(db, [first])).values())
    assert len(await unreminded(store, order)) == 0
    (part,) = await post(store, order, commitment_ids)
    assert list(await unreminded(store, order)) == [part]


@pytest.mark.parametrize("message_id", [None, 0])
async def test_a_message_that_was_not_sent_or_is_nowhere_is_not_answered(store, order, shown, message_id):
    await post(store, order, shown, message_id=message_id)
    assert await unreminded(store, order) == {}


async def test_what_stands_in_another_channel_is_not_answered(store, order, shown):
    await post(store, order, shown)
    assert await unreminded(store, replace(order, channel_id=99)) == {}
    assert await unreminded(store, replace(order, id=order.id + 1)) == {}


async def test_a_subscription_is_reminded_once_of_an_entry_and_day(store, order, shown, entry_ids):
    (part,) = await post(store, order, shown)
    await remind(store, order, entry_ids[:1])
    assert await unreminded(store, order) == {part: entry_ids[1:]}
    with pytest.raises(StoreError, match=r"(?i)unique"):
        await remind(store, order, entry_ids)
    async with store.reading() as db:
        assert await reminders.is_reminded(db, order.id, entry_ids, TODAY)
        assert not await reminders.is_reminded(db, order.id, entry_ids[1:], TODAY)
        assert not await reminders.is_reminded(db, order.id, entry_ids, TODAY + timedelta(days=1))
        assert not await reminders.is_reminded(db, order.id + 1, entry_ids, TODAY)


async def test_a_reminder_comes_back_with_the_messages_that_it_answers_and_covers_nothing(store, order):
    parts = await post(store, order, (), (), message_id=2**63 - 1)
    async with store.writing() as db:
        reminder = await editions.add_edition(
            db,
            order,
            None,
            Period(LATER, LATER),
            composed_at=LATER,
            payloads=("due", "due too"),
            answers=parts,
            kind=EditionKind.REMINDER,
        )
        assert await editions.get_edition(db, reminder.id, guild_id=1) == reminder
        assert await editions.last_covered_at(db, order.id) == NOW
        listed = await deliveries.list_open_deliveries(db, LATER)
        begun = await deliveries.begin_delivery(db, listed[0].id, now=LATER)
    assert (reminder.kind, reminder.slot) == (EditionKind.REMINDER, None)
    assert listed == reminder.deliveries
    assert [part.reply_to for part in listed] == [2**63 - 1] * 2
    assert begun.reply_to == 2**63 - 1


async def test_a_digest_answers_nothing(store, order):
    edition = await issue(store, order, PERIOD, payloads=("one",))
    assert edition.kind is EditionKind.DIGEST
    assert [part.reply_to for part in edition.deliveries] == [None]

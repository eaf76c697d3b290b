from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from digest.errors import NotFoundError, StoreError
from digest.model import DeliveryState, Edition, EditionKind, Period, Slot
from digest.store import deliveries, editions, sources, subscriptions
from digest.store.schema import editions as edition_rows
from tests.builders import NOW, subscription
from tests.digest.store.shelves import LONG_AGO, follow, issue, shelve, subscribe

PERIOD = Period(NOW - timedelta(days=1), NOW)
LATER = NOW + timedelta(days=1)


async def unclaimed(store, order, since=LONG_AGO):
    async with store.reading() as db:
        return await editions.list_unclaimed(db, order, since=since)


async def open_parts(store, now=NOW):
    async with store.reading() as db:
        return await deliveries.list_open_deliveries(db, now)


async def deliver(store, step, *arguments, now=NOW):
    async with store.writing() as db:
        return await step(db, *arguments, now=now)


async def orders(store, guild_id=1):
    async with store.reading() as db:
        return await subscriptions.list_orders(db, guild_id)


async def test_a_subscription_comes_back_as_it_was_kept(store):
    kept = subscription(
        times=(time(18, 30), time(8)),
        weekdays=(4, 0),
        source_ids=(3, 1),
        zone="Pacific/Apia",
        name="Ports & “rails”",
        paused_because="by you",
        guild_id=2**63 - 1,
    )
    saved = await subscribe(store, **{name: getattr(kept, name) for name in kept.__slots__})
    assert saved == replace(kept, id=saved.id)
    (order,) = await orders(store, kept.guild_id)
    assert (order.subscription, order.since, order.next_run_at) == (saved, LONG_AGO, NOW)


async def test_a_guild_can_neither_see_nor_change_a_subscription_of_another(store):
    saved = await subscribe(store)
    assert await orders(store, guild_id=2) == ()
    with pytest.raises(NotFoundError):
        async with store.reading() as db:
            await subscriptions.get_order(db, saved.id, guild_id=2)
    with pytest.raises(NotFoundError):
        async with store.writing() as db:
            await subscriptions.change_subscription(db, replace(saved, guild_id=2), next_run_at=None)


async def test_what_is_due_is_listed_longest_due_first_and_pausing_takes_it_off(store):
    second = await subscribe(store, next_run_at=NOW)
    first = await subscribe(store, next_run_at=NOW - timedelta(hours=1))
    await subscribe(store, next_run_at=LATER)
    async with store.reading() as db:
        due = await subscriptions.list_due_orders(db, NOW, limit=9)
        assert await subscriptions.list_due_orders(db, NOW, limit=1) == due[:1]
        assert await subscriptions.list_due_orders(db, NOW, limit=9, after=due[0]) == due[1:]
        assert await subscriptions.list_due_orders(db, NOW, limit=9, after=due[1]) == ()
    assert [order.subscription.id for order in due] == [first.id, second.id]
    async with store.writing() as db:
        await subscriptions.pause_subscription(db, first.id, "the channel is gone")
        await subscriptions.pause_subscription(db, first.id, "another reason")
        due = await subscriptions.list_due_orders(db, NOW, limit=9)
        assert [order.subscription.id for order in due] == [second.id]
    assert [order.subscription.paused_because for order in await orders(store)] == ["", "the channel is gone", ""]


async def test_only_one_of_two_who_saw_the_same_run_moves_it_on(store):
    await subscribe(store)
    (seen,) = await orders(store)
    async with store.writing() as db:
        assert await subscriptions.hold_due(db, [seen]) == {seen.subscription.id}
        await subscriptions.advance(db, [replace(seen, next_run_at=LATER, since=NOW)])
    async with store.writing() as db:
        assert await subscriptions.hold_due(db, [seen]) == frozenset()
    (moved,) = await orders(store)
    assert (moved.next_run_at, moved.since) == (LATER, NOW)


async def test_what_was_changed_since_it_was_seen_is_not_held(store):
    saved = await subscribe(store)
    (seen,) = await orders(store)
    async with store.writing() as db:
        await subscriptions.change_subscription(db, replace(saved, channel_id=11), next_run_at=seen.next_run_at)
        assert await subscriptions.hold_due(db, [seen]) == frozenset()


async def test_what_is_paused_is_neither_due_nor_held_whatever_its_next_run_says(store):
    await subscribe(store, paused_because="by you", next_run_at=NOW)
    (seen,) = await orders(store)
    async with store.writing() as db:
        assert await subscriptions.list_due_orders(db, NOW, limit=9) == ()
        assert await subscriptions.hold_due(db, [seen]) == frozenset()


async def test_an_edition_comes_back_with_its_parts_in_order_each_under_a_nonce_of_its_own(store):
    order = await subscribe(store, guild_id=5, channel_id=50)
    slot = Slot(order.id, date(2026, 11, 23), time(9))
    edition = await issue(store, order, PERIOD, slot=slot, payloads=("one", "two", "three"))
    async with store.reading() as db:
        assert await editions.get_edition(db, edition.id, guild_id=5) == edition
        assert await editions.list_issued(db, [order.id], since=slot.local_date) == {slot}
        assert await editions.list_issued(db, [order.id], since=slot.local_date + timedelta(days=1)) == frozenset()
    assert (edition.slot, edition.period, edition.composed_at) == (slot, PERIOD, NOW)
    assert [(part.part, part.payload, part.channel_id) for part in edition.deliveries] == [
        (1, "one", 50),
        (2, "two", 50),
        (3, "three", 50),
    ]
    nonces = {part.nonce for part in edition.deliveries}
    assert len(nonces) == 3
    assert all(1 <= len(nonce) <= 25 for nonce in nonces)


async def test_an_edition_of_another_guild_is_not_found(store):
    edition = await issue(store, await subscribe(store), PERIOD)
    async with store.reading() as db:
        with pytest.raises(NotFoundError):
            await editions.get_edition(db, edition.id, guild_id=2)


async def test_a_slot_cannot_be_issued_twice_but_extra_editions_can(store):
    order = await subscribe(store)
    slot = Slot(order.id, date(2026, 11, 23), time(9))
    await issue(store, order, PERIOD, slot=slot)
    with pytest.raises(StoreError, match=r"(?i)unique"):
        await issue(store, order, PERIOD, slot=slot)
    first, second = await issue(store, order, PERIOD), await issue(store, order, PERIOD)
    assert isinstance(first, Edition)
    assert first.slot is second.slot is None


async def test_a_skipped_slot_is_on_record_with_the_reason_and_one_with_an_edition_keeps_it(store):
    order = await subscribe(store)
    nine, ten = (Slot(order.id, date(2026, 11, 23), time(hour)) for hour in (9, 10))
    edition = await issue(store, order, PERIOD, slot=nine)
    async with store.writing() as db:
        await editions.add_skipped(db, order, [nine, ten], "missed", now=LATER)
        assert await editions.list_issued(db, [order.id], since=nine.local_date) == {nine, ten}
        assert (await editions.get_edition(db, edition.id, guild_id=1)).kind is EditionKind.DIGEST
        of_ten = select(edition_rows.c.id).where(edition_rows.c.local_time == ten.local_time)
        skipped = await editions.get_edition(db, (await db.execute(of_ten)).scalar_one(), guild_id=1)
        assert (skipped.slot, skipped.kind, skipped.why, skipped.deliveries) == (ten, EditionKind.SKIPPED, "missed", ())
        assert await editions.last_covered_at(db, order.id) == PERIOD.end


QUIET = {"zone": "UTC", "quiet_from": time(22), "quiet_until": time(7)}


@pytest.mark.parametrize("kind", [EditionKind.REMINDER, EditionKind.NOTICE, EditionKind.CORRECTION])
async def test_what_nobody_asked_for_waits_for_the_end_of_the_quiet_hours(store, kind):
    order = await subscribe(store, **QUIET)
    night, morning = NOW.replace(hour=23), NOW.replace(hour=7) + timedelta(days=1)
    async with store.writing() as db:
        asked = await editions.add_edition(db, order, None, PERIOD, composed_at=night, payloads=["asked"])
        other = await editions.add_edition(db, order, None, PERIOD, composed_at=night, payloads=["other"], kind=kind)
        slot = Slot(order.id, date(2026, 11, 23), time(21))
        late = await editions.add_edition(db, order, slot, PERIOD, composed_at=night, payloads=["late"])
        assert await deliveries.list_open_deliveries(db, night) == asked.deliveries
        assert await deliveries.list_open_deliveries(db, morning - timedelta(seconds=1)) == asked.deliveries
        open_then = (*asked.deliveries, *other.deliveries, *late.deliveries)
        assert await deliveries.list_open_deliveries(db, morning) == open_then


async def test_an_article_is_claimed_once_for_each_subscription(store):
    article_id = await shelve(store, await follow(store))
    first, second = await subscribe(store), await subscribe(store)
    await issue(store, first, PERIOD, article_ids=[article_id])
    assert await unclaimed(store, first) == ()
    assert await unclaimed(store, second) == (article_id,)
    with pytest.raises(AssertionError):
        await issue(store, first, PERIOD, article_ids=[article_id])


async def test_editions_hold_what_followed_sources_brought_newest_first(store):
    first, second = await follow(store), await follow(store, url="https://quay.example/feed")
    other = await follow(store, guild_id=2, url="https://north.example/feed")
    early = await shelve(store, first, url="https://gazette.example/1", published_at=NOW - timedelta(hours=2))
    late = await shelve(store, second, url="https://quay.example/1", published_at=NOW - timedelta(hours=1))
    await shelve(store, other, url="https://north.example/1")
    assert await unclaimed(store, await subscribe(store)) == (late, early)
    assert await unclaimed(store, await subscribe(store, source_ids=(first,))) == (early,)
    assert await unclaimed(store, await subscribe(store, source_ids=(other,))) == ()
    async with store.writing() as db:
        await sources.unfollow_source(db, 1, second)
    assert await unclaimed(store, await subscribe(store)) == (early,)


async def test_editions_hold_nothing_dated_before_the_subscription_or_before_the_source_was_followed(store):
    source_id = await follow(store, since=NOW - timedelta(hours=3))
    ages = (1, 2, 4)
    ids = [
        await shelve(store, source_id, url=f"https://gazette.example/{age}", published_at=NOW - timedelta(hours=age))
        for age in ages
    ]
    undated = await shelve(store, source_id, url="https://gazette.example/undated", published_at=None)
    order = await subscribe(store)
    assert await unclaimed(store, order) == (undated, ids[0], ids[1])
    assert await unclaimed(store, order, since=NOW - timedelta(hours=1)) == (undated, ids[0])


async def test_the_period_of_the_last_edition_tells_what_is_covered(store):
    order = await subscribe(store)
    async with store.reading() as db:
        assert await editions.last_covered_at(db, order.id) is None
    await issue(store, order, PERIOD, payloads=())
    async with store.reading() as db:
        assert await editions.last_covered_at(db, order.id) == NOW


async def test_parts_are_open_in_posting_order_until_they_are_sent_or_failed(store):
    order = await subscribe(store)
    first = await issue(store, order, PERIOD, payloads=("one", "two"))
    second = await issue(store, order, PERIOD, payloads=("three",))
    assert [part.payload for part in await open_parts(store)] == ["one", "two", "three"]
    assert await open_parts(store, NOW - timedelta(seconds=1)) == ()
    one, two, three = (*first.deliveries, *second.deliveries)
    begun = await deliver(store, deliveries.begin_delivery, one.id)
    assert begun == replace(one, state=DeliveryState.SENDING, attempted_at=NOW)
    await deliver(store, deliveries.finish_delivery, one.id, 2**63 - 1)
    await deliver(store, deliveries.fail_delivery, three.id, "the channel is gone")
    assert await open_parts(store) == (replace(two, opening=2**63 - 1),)
    async with store.reading() as db:
        (sent, _) = await deliveries.list_deliveries(db, first.id)
    assert (sent.state, sent.message_id) == (DeliveryState.SENT, 2**63 - 1)


async def test_a_second_attempt_keeps_the_time_of_the_first(store):
    (part,) = (await issue(store, await subscribe(store), PERIOD)).deliveries
    await deliver(store, deliveries.begin_delivery, part.id)
    again = await deliver(store, deliveries.begin_delivery, part.id, now=LATER)
    assert again.attempted_at == NOW
    assert await open_parts(store) == (again,)


async def test_what_is_settled_stays_as_it_is(store):
    (part,) = (await issue(store, await subscribe(store), PERIOD)).deliveries
    await deliver(store, deliveries.finish_delivery, part.id, 100)
    await deliver(store, deliveries.finish_delivery, part.id, 200)
    await deliver(store, deliveries.fail_delivery, part.id, "too late")
    with pytest.raises(NotFoundError):
        await deliver(store, deliveries.begin_delivery, part.id)
    async with store.reading() as db:
        (settled,) = await deliveries.list_deliveries(db, part.edition_id)
    assert (settled.state, settled.message_id) == (DeliveryState.SENT, 100)

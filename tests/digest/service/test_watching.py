"""Lost channels keep what was about to be posted, their guild is told once, and what is late is counted."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from digest.model import DeliveryState, DigestStatus, Health, Overdue
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, printed, story

WHY = "I may not post there. Grant me: Embed Links."
LATER = NOW + timedelta(hours=3)


@pytest.fixture
async def newsroom(store):
    return await Newsroom.reporting(store, story(1), story(2))


@pytest.fixture
async def saved(newsroom):
    return await newsroom.service.save_subscription(subscription(times=(time(9),)), now=NOW)


@pytest.fixture
async def edition(newsroom, saved):
    return await newsroom.service.issue_now(1, saved.id, now=NOW, render=print_urls)


async def states(newsroom, edition):
    return [part.state for part in (await newsroom.service.get_edition(1, edition.id)).deliveries]


async def test_what_was_about_to_be_posted_in_a_lost_channel_waits_until_the_subscription_is_resumed(
    newsroom, saved, edition
):
    service = newsroom.service
    first, second = edition.deliveries
    await service.begin_delivery(first.id, now=NOW)
    await service.lose_channel({edition.id}, WHY, now=NOW)
    assert await states(newsroom, edition) == [DeliveryState.HELD, DeliveryState.HELD]
    assert await service.open_deliveries(now=LATER) == ()
    assert (await service.get_subscription(1, saved.id)) == replace(saved, paused_because=WHY)
    await service.resume_subscription(1, saved.id, now=LATER)
    # What was attempted is looked for in the channel before it is sent again.
    assert await states(newsroom, edition) == [DeliveryState.SENDING, DeliveryState.PENDING]
    assert [one.id for one in await service.open_deliveries(now=LATER)] == [first.id, second.id]


async def test_a_digest_that_is_resumed_at_once_is_not_kept_waiting_by_a_lease_of_before(newsroom, saved, edition):
    service, soon = newsroom.service, NOW + timedelta(seconds=20)
    (first, second) = await service.open_deliveries(now=NOW)
    await service.begin_delivery(first.id, now=NOW)
    await service.lose_channel({edition.id}, WHY, now=NOW)
    elsewhere = await service.save_subscription(subscription(channel_id=777, name="Sports"), now=NOW)
    await service.issue_now(1, elsewhere.id, now=NOW, render=print_urls)
    assert {one.channel_id for one in await service.open_deliveries(now=NOW)} == {777}
    await service.resume_subscription(1, saved.id, now=soon)
    opened = [one.id for one in await service.open_deliveries(now=soon) if one.channel_id != 777]
    assert opened == [first.id, second.id]


async def test_nothing_that_came_while_a_channel_was_lost_is_lost(newsroom, saved, edition):
    service = newsroom.service
    await service.lose_channel({edition.id}, WHY, now=NOW)
    newsroom.publish(story(1), story(2), story(3, at=LATER))
    await service.refresh_due(now=LATER)
    await service.resume_subscription(1, saved.id, now=LATER)
    day_after = NOW + timedelta(days=2)
    later = await service.issue_due(now=day_after, render=print_urls)
    urls = [part.payload for part in await service.open_deliveries(now=day_after)]
    assert urls == [*printed(edition), *printed(*later)]
    assert sorted(urls) == [f"https://gazette.example/{number}" for number in (1, 2, 3)]


async def test_what_was_sent_before_the_channel_was_lost_stays_sent(newsroom, edition):
    first, _ = edition.deliveries
    await newsroom.service.finish_delivery(first.id, 7, now=NOW)
    await newsroom.service.lose_channel({edition.id}, WHY, now=NOW)
    assert await states(newsroom, edition) == [DeliveryState.SENT, DeliveryState.HELD]


async def test_what_was_held_goes_where_the_subscription_posts_now(newsroom, saved, edition):
    service = newsroom.service
    await service.lose_channel({edition.id}, WHY, now=NOW)
    await service.save_subscription(replace(saved, channel_id=77), now=NOW)
    await service.resume_subscription(1, saved.id, now=LATER)
    assert {part.channel_id for part in await service.open_deliveries(now=LATER)} == {77}


async def test_admins_are_told_once_of_each_loss(newsroom, saved, edition):
    service = newsroom.service
    assert await service.list_lost() == ()
    await service.lose_channel({edition.id}, WHY, now=NOW)
    (lost,) = await service.list_lost()
    assert (lost.id, lost.paused_because) == (saved.id, WHY)
    assert await service.list_lost() == (lost,)
    await service.record_told({lost.id}, now=NOW)
    assert await service.list_lost() == ()
    await service.resume_subscription(1, saved.id, now=LATER)
    assert await service.list_lost() == ()
    await service.lose_channel({edition.id}, WHY, now=LATER)
    assert [one.id for one in await service.list_lost()] == [saved.id]


async def test_what_somebody_paused_by_hand_is_no_loss(newsroom, saved, edition):
    service = newsroom.service
    await service.lose_channel({edition.id}, WHY, now=NOW)
    await service.resume_subscription(1, saved.id, now=NOW)
    await service.pause_subscription(saved.id, "by you")
    assert await service.list_lost() == ()


async def test_losing_twice_keeps_the_first_reason(newsroom, saved, edition):
    await newsroom.service.lose_channel({edition.id}, WHY, now=NOW)
    await newsroom.service.lose_channel({edition.id}, "gone", now=NOW)
    assert (await newsroom.service.get_subscription(1, saved.id)).paused_because == WHY
    assert await states(newsroom, edition) == [DeliveryState.HELD, DeliveryState.HELD]


# --- how all does ---


async def test_all_is_well_where_nothing_is_late(newsroom, edition):
    assert await newsroom.service.get_health(now=NOW) == Health((), len(edition.deliveries), oldest_due_at=NOW)


async def test_a_part_is_late_ten_minutes_after_it_was_due(newsroom, edition):
    almost, then = NOW + timedelta(minutes=9), NOW + timedelta(minutes=10)
    assert (await newsroom.service.get_health(now=almost)).overdue == ()
    (late,) = (await newsroom.service.get_health(now=then)).overdue
    assert late == Overdue(1, edition.deliveries[0].channel_id, NOW, 2)


async def test_what_is_held_is_paused_and_not_late(newsroom, edition):
    await newsroom.service.lose_channel({edition.id}, WHY, now=NOW)
    assert await newsroom.service.get_health(now=LATER) == Health((), 0, 1, 0)


async def test_a_source_counts_as_failing_while_somebody_follows_it(newsroom):
    del newsroom.web.answers[FEED]
    later = NOW + timedelta(days=1)
    await newsroom.service.refresh_due(now=later)
    assert (await newsroom.service.get_health(now=later)).failing == 1
    (status,) = await newsroom.service.list_sources(1)
    await newsroom.service.remove_source(1, status.source.id)
    assert (await newsroom.service.get_health(now=later)).failing == 0


async def test_a_digests_status_has_its_last_post_its_next_and_what_is_late(newsroom, saved, edition):
    service = newsroom.service
    (before,) = await service.list_digest_statuses(1, now=NOW)
    assert (before.subscription, before.last_at, before.overdue_since, before.held) == (saved, None, None, 0)
    assert before.next_at > NOW
    first, _ = edition.deliveries
    await service.finish_delivery(first.id, 7, now=NOW)
    (late,) = await service.list_digest_statuses(1, now=LATER)
    assert (late.last_at, late.overdue_since) == (NOW, NOW)
    await service.lose_channel({edition.id}, WHY, now=LATER)
    (lost,) = await service.list_digest_statuses(1, now=LATER)
    assert lost == DigestStatus(replace(saved, paused_because=WHY), NOW, None, None, 1)


async def test_a_guild_sees_its_own_digests_only(newsroom, saved):
    assert await newsroom.service.list_digest_statuses(2, now=NOW) == ()
    assert [one.subscription for one in await newsroom.service.list_digest_statuses(1, now=NOW)] == [saved]


@pytest.mark.usefixtures("saved")
async def test_a_digest_that_could_not_be_made_is_late(newsroom):
    (status,) = await newsroom.service.list_digest_statuses(1, now=NOW)
    due = status.next_at
    on_time = await newsroom.service.list_digest_statuses(1, now=due + timedelta(minutes=9))
    assert [one.unmade_since for one in on_time] == [None]
    (late,) = await newsroom.service.list_digest_statuses(1, now=due + timedelta(minutes=10))
    assert late.unmade_since == late.next_at
    assert (await newsroom.service.get_health(now=due + timedelta(minutes=10))).unmade == 1
    await newsroom.service.issue_due(now=due + timedelta(minutes=10), render=print_urls)
    assert (await newsroom.service.get_health(now=due + timedelta(minutes=10))).unmade == 0

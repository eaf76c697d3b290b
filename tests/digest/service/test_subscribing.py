from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from digest.errors import NotFoundError
from digest.model import EditionKind
from digest.store.schema import editions
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, story

HOUR = timedelta(hours=1)


@pytest.fixture
async def newsroom(store):
    newsroom = Newsroom(store)
    newsroom.publish(story(1))
    await newsroom.service.add_source(1, FEED, now=NOW)
    await newsroom.service.refresh_due(now=NOW)
    return newsroom


def hourly_at(*hours, **changes):
    return subscription(times=tuple(time(hour) for hour in hours), zone="UTC", **changes)


async def issued(newsroom, now):
    return len(await newsroom.service.issue_due(now=now, render=print_urls))


async def test_a_subscription_is_kept_and_found_by_its_guild_only(newsroom):
    saved = await newsroom.service.save_subscription(subscription(), now=NOW)
    assert saved == replace(subscription(), id=saved.id)
    assert await newsroom.service.list_subscriptions(1) == (saved,)
    assert await newsroom.service.get_subscription(1, saved.id) == saved
    assert await newsroom.service.list_subscriptions(2) == ()
    with pytest.raises(NotFoundError):
        await newsroom.service.get_subscription(2, saved.id)
    with pytest.raises(NotFoundError):
        await newsroom.service.save_subscription(replace(saved, guild_id=2), now=NOW)
    with pytest.raises(NotFoundError):
        await newsroom.service.resume_subscription(2, saved.id, now=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"zone": "Europe/Sarn"},
        {"zone": "../../etc/passwd"},
        {"zone": ""},
        {"times": ()},
        {"weekdays": ()},
        {"weekdays": (7,)},
    ],
)
async def test_a_subscription_that_could_never_run_is_refused(newsroom, changes):
    with pytest.raises(ValueError, match=r"time zone|time of day|weekdays"):
        await newsroom.service.save_subscription(subscription(**changes), now=NOW)
    assert await newsroom.service.list_subscriptions(1) == ()


async def test_sources_of_a_subscription_are_the_guilds_own(newsroom):
    with pytest.raises(NotFoundError):
        await newsroom.service.save_subscription(subscription(guild_id=2, source_ids=(1,)), now=NOW)
    saved = await newsroom.service.save_subscription(subscription(source_ids=(1,)), now=NOW)
    with pytest.raises(NotFoundError):
        await newsroom.service.save_subscription(replace(saved, source_ids=(1, 99)), now=NOW)


async def test_a_source_that_the_guild_has_left_does_not_lock_the_settings(newsroom):
    saved = await newsroom.service.save_subscription(subscription(source_ids=(1,)), now=NOW)
    await newsroom.service.remove_source(1, 1)
    renamed = await newsroom.service.save_subscription(replace(saved, name="Ports"), now=NOW)
    assert (renamed.name, renamed.source_ids) == ("Ports", (1,))


async def test_a_change_of_times_counts_from_now(newsroom):
    saved = await newsroom.service.save_subscription(hourly_at(9), now=NOW)
    await newsroom.service.save_subscription(replace(saved, times=(time(10),)), now=NOW)
    assert await issued(newsroom, NOW + HOUR) == 0
    assert await issued(newsroom, NOW + 2 * HOUR) == 1


async def test_a_change_of_the_name_does_not_lose_a_slot_that_has_come(newsroom):
    saved = await newsroom.service.save_subscription(hourly_at(9), now=NOW)
    a_moment_late = NOW + HOUR + timedelta(seconds=20)
    await newsroom.service.save_subscription(replace(saved, name="Ports"), now=a_moment_late)
    assert await issued(newsroom, a_moment_late) == 1


async def test_a_change_of_times_does_not_lose_a_slot_that_has_come_and_stays(newsroom):
    saved = await newsroom.service.save_subscription(hourly_at(9), now=NOW)
    a_moment_late = NOW + HOUR + timedelta(seconds=20)
    await newsroom.service.save_subscription(replace(saved, times=(time(9), time(18))), now=a_moment_late)
    (edition,) = await newsroom.service.issue_due(now=a_moment_late, render=print_urls)
    assert edition.slot.local_time == time(9)
    assert await newsroom.service.map_next_runs(1) == {saved.id: NOW + 10 * HOUR}


@pytest.mark.parametrize("changes", [{"times": (time(8),)}, {"weekdays": (1,)}, {"zone": "Europe/Berlin"}])
async def test_a_slot_that_has_come_and_goes_with_a_change_is_on_record_as_skipped(newsroom, changes):
    saved = await newsroom.service.save_subscription(hourly_at(9), now=NOW)
    a_moment_late = NOW + HOUR + timedelta(seconds=20)
    await newsroom.service.save_subscription(replace(saved, **changes), now=a_moment_late)
    assert await issued(newsroom, a_moment_late) == 0
    async with newsroom.service._tools.store.reading() as db:
        rows = (await db.execute(select(editions))).mappings().all()
    assert [(row["local_date"], row["local_time"], row["kind"]) for row in rows] == [
        (NOW.date(), time(9), EditionKind.SKIPPED.value)
    ]
    assert "changed" in rows[0]["why"]
    assert await issued(newsroom, NOW + 25 * HOUR) == 1


async def test_a_slot_that_has_come_and_comes_later_in_another_zone_is_made_then(newsroom):
    saved = await newsroom.service.save_subscription(hourly_at(9), now=NOW)
    a_moment_late = NOW + HOUR + timedelta(seconds=20)
    await newsroom.service.save_subscription(replace(saved, zone="America/New_York"), now=a_moment_late)
    assert await newsroom.service.map_next_runs(1) == {saved.id: NOW + 6 * HOUR}
    assert await issued(newsroom, NOW + 6 * HOUR) == 1


async def test_a_slot_that_is_still_to_come_goes_without_a_word(newsroom):
    saved = await newsroom.service.save_subscription(hourly_at(9), now=NOW)
    await newsroom.service.save_subscription(replace(saved, times=(time(10),)), now=NOW)
    async with newsroom.service._tools.store.reading() as db:
        assert (await db.execute(select(editions))).all() == []


async def test_a_paused_subscription_keeps_its_settings_and_issues_nothing_until_resumed(newsroom):
    saved = await newsroom.service.save_subscription(hourly_at(9), now=NOW)
    await newsroom.service.pause_subscription(saved.id, "the channel is gone")
    assert await issued(newsroom, NOW + 30 * HOUR) == 0
    paused = await newsroom.service.get_subscription(1, saved.id)
    assert paused == replace(saved, paused_because="the channel is gone")
    assert await newsroom.service.resume_subscription(1, saved.id, now=NOW + 30 * HOUR) == saved
    assert await issued(newsroom, NOW + 30 * HOUR) == 0
    assert await issued(newsroom, NOW + 49 * HOUR) == 1


async def test_resuming_what_runs_changes_nothing(newsroom):
    saved = await newsroom.service.save_subscription(hourly_at(9), now=NOW)
    assert await newsroom.service.resume_subscription(1, saved.id, now=NOW + 2 * HOUR) == saved
    assert await issued(newsroom, NOW + 2 * HOUR) == 1


async def test_settings_that_were_open_while_the_pause_came_do_not_undo_it(newsroom):
    saved = await newsroom.service.save_subscription(hourly_at(9), now=NOW)
    await newsroom.service.pause_subscription(saved.id, "the channel is gone")
    changed = await newsroom.service.save_subscription(replace(saved, times=(time(10),)), now=NOW)
    assert changed.paused_because == "the channel is gone"
    assert await issued(newsroom, NOW + 30 * HOUR) == 0

"""Missed slots, quiet hours, skipped and paused digests: what is told when, and that none of it is lost."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from digest.errors import NotFoundError
from digest.model import BY_HAND, CatchUp, EditionKind, Part
from digest.service.issuing import AT_ONCE
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, printed, story

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NINE = NOW + HOUR


class Press:
    """Renders a digest as the urls of its stories, or as a line where there are none, and keeps the digests."""

    def __init__(self):
        self.digests = []

    def __call__(self, digest):
        self.digests.append(digest)
        return print_urls(digest) or (Part("nothing new"),)


@pytest.fixture
async def newsroom(store):
    return await Newsroom.reporting(store, story(1))


@pytest.fixture
def press():
    return Press()


async def order(newsroom, **changes):
    wanted = subscription(**({"times": (time(9),), "zone": "UTC"} | changes))
    return await newsroom.service.save_subscription(wanted, now=NOW)


async def report(newsroom, *numbers, now, at=None):
    newsroom.publish(*(story(number, at=at or now) for number in numbers))
    await newsroom.service.refresh_source(1, now=now)
    await newsroom.service.refresh_due(now=now)


async def issue(newsroom, press, now):
    return await newsroom.service.issue_due(now=now, render=press)


async def skipped(newsroom, up_to=9):
    """The skipped slots on record, by local date and time, with the reason."""
    found = []
    for number in range(1, up_to + 1):
        try:
            edition = await newsroom.service.get_edition(1, number)
        except NotFoundError:
            break
        if edition.kind is EditionKind.SKIPPED:
            assert edition.deliveries == ()
            found.append((edition.slot.local_date.day, edition.slot.local_time.hour, edition.why))
    return found


async def test_one_edition_of_all_that_is_new_stands_for_the_missed_ones_and_says_so(newsroom, press):
    await order(newsroom)
    await issue(newsroom, press, NINE)
    for day in (1, 2):
        await report(newsroom, day + 1, now=NINE + day * DAY - HOUR)
    (edition,) = await issue(newsroom, press, NINE + 3 * DAY)
    assert sorted(printed(edition)) == [story(2).url, story(3).url]
    assert (press.digests[0].coverage.slots_missed, press.digests[-1].coverage.slots_missed) == (0, 2)
    assert [(day, hour) for day, hour, why in await skipped(newsroom) if why] == [(24, 9), (25, 9)]
    assert await issue(newsroom, press, NINE + 3 * DAY) == ()
    await report(newsroom, 4, now=NINE + 4 * DAY - HOUR)
    await issue(newsroom, press, NINE + 4 * DAY)
    assert press.digests[-1].coverage.slots_missed == 0


async def test_the_latest_leaves_out_what_is_older_than_the_slot_before_and_counts_it(newsroom, press):
    await order(newsroom, catch_up=CatchUp.LATEST)
    await issue(newsroom, press, NINE)
    await report(newsroom, 2, now=NINE + DAY - HOUR)
    await report(newsroom, 3, now=NINE + 2 * DAY - HOUR)
    await report(newsroom, 4, now=NINE + 3 * DAY - HOUR)
    (edition,) = await issue(newsroom, press, NINE + 3 * DAY)
    assert printed(edition) == [story(4).url]
    coverage = press.digests[-1].coverage
    assert (coverage.slots_missed, coverage.articles, coverage.articles_passed_over) == (2, 1, 2)
    # What was read too late for that is not told a day later either; what is new is.
    await report(newsroom, 5, now=NINE + 3 * DAY, at=NINE + DAY)
    await report(newsroom, 6, now=NINE + 3 * DAY + HOUR)
    assert printed(*await issue(newsroom, press, NINE + 4 * DAY)) == [story(6).url]


async def test_the_latest_with_nothing_new_enough_says_what_it_left_out_and_never_tells_it(newsroom, press):
    await order(newsroom, catch_up=CatchUp.LATEST)
    await issue(newsroom, press, NINE)
    await report(newsroom, 2, now=NINE + DAY - HOUR)
    assert printed(*await issue(newsroom, press, NINE + 3 * DAY)) == ["nothing new"]
    assert press.digests[-1].coverage.articles_passed_over == 1
    assert await issue(newsroom, press, NINE + 4 * DAY) == ()


async def test_where_late_slots_are_to_be_skipped_what_is_new_waits_for_the_next(newsroom, press):
    await order(newsroom, catch_up=CatchUp.SKIP)
    await issue(newsroom, press, NINE)
    await report(newsroom, 2, now=NINE + DAY - HOUR)
    assert await issue(newsroom, press, NINE + 2 * DAY + 2 * HOUR) == ()
    assert [(day, hour) for day, hour, _ in await skipped(newsroom)] == [(24, 9), (25, 9)]
    (edition,) = await issue(newsroom, press, NINE + 3 * DAY + HOUR)
    assert printed(edition) == [story(2).url]


async def test_of_many_missed_slots_the_newest_fifty_are_on_record(newsroom, press):
    await order(newsroom, times=tuple(time(hour) for hour in range(6)))
    await issue(newsroom, press, NINE + 20 * DAY)
    days = [day for day, _, _ in await skipped(newsroom, up_to=99)]
    assert len(days) == 50
    assert max(days) == 13


QUIET = {"quiet_from": time(22), "quiet_until": time(7)}


async def test_a_digest_that_comes_late_waits_for_the_end_of_the_quiet_hours_and_one_asked_for_does_not(
    newsroom, press
):
    saved = await order(newsroom, **QUIET)
    night, morning = NOW.replace(hour=23), NOW.replace(hour=7) + DAY
    (late,) = await issue(newsroom, press, night)
    await report(newsroom, 2, now=night)
    asked = await newsroom.service.issue_now(1, saved.id, now=night, render=press)
    assert await newsroom.service.open_deliveries(now=night) == asked.deliveries
    assert await newsroom.service.open_deliveries(now=morning) == (*late.deliveries, *asked.deliveries)


@pytest.mark.parametrize(
    "changes",
    [
        {"quiet_from": time(8), "quiet_until": time(10)},
        {"quiet_from": time(22), "quiet_until": time(9, 1)},
        {"quiet_from": time(22)},
        {"quiet_until": time(7)},
        {"quiet_from": time(7), "quiet_until": time(7)},
    ],
)
async def test_quiet_hours_that_cannot_be_are_refused(newsroom, changes):
    with pytest.raises(ValueError, match="quiet hours"):
        await order(newsroom, **changes)


async def test_nothing_new_is_said_where_the_channel_wants_to_hear_it(newsroom, press):
    await order(newsroom, says_when_empty=True)
    await issue(newsroom, press, NINE)
    assert printed(*await issue(newsroom, press, NINE + DAY)) == ["nothing new"]
    assert await issue(newsroom, press, NINE + DAY) == ()


async def test_nothing_new_is_not_said_where_somebody_took_it_as_the_slot_came(newsroom, press):
    saved = await order(newsroom, says_when_empty=True)
    a_moment_late = NINE + timedelta(seconds=10)
    await newsroom.service.issue_now(1, saved.id, now=a_moment_late, render=press)
    assert await issue(newsroom, press, a_moment_late) == ()


async def test_a_skipped_slot_passes_and_what_is_new_waits_for_the_next(newsroom, press):
    saved = await order(newsroom)
    assert await newsroom.service.skip_next(1, saved.id, now=NOW) == NINE
    assert await newsroom.service.map_next_runs(1) == {saved.id: NINE + DAY}
    assert await issue(newsroom, press, NINE) == ()
    assert printed(*await issue(newsroom, press, NINE + DAY)) == [story(1).url]
    assert [(day, hour) for day, hour, why in await skipped(newsroom) if "asked" in why] == [(23, 9)]
    assert press.digests[-1].coverage.slots_missed == 0
    with pytest.raises(NotFoundError):
        await newsroom.service.skip_next(2, saved.id, now=NOW)


async def test_each_skip_lets_one_more_slot_pass(newsroom, press):
    saved = await order(newsroom)
    passed = [await newsroom.service.skip_next(1, saved.id, now=NOW) for _ in range(2)]
    assert passed == [NINE, NINE + DAY]
    assert await issue(newsroom, press, NINE + DAY) == ()
    assert len(await issue(newsroom, press, NINE + 2 * DAY)) == 1


async def test_a_slot_that_has_come_already_is_issued_and_the_one_after_it_skipped(newsroom, press):
    saved = await order(newsroom)
    a_moment_late = NINE + timedelta(seconds=10)
    assert await newsroom.service.skip_next(1, saved.id, now=a_moment_late) == NINE + DAY
    assert len(await issue(newsroom, press, a_moment_late)) == 1
    assert await newsroom.service.map_next_runs(1) == {saved.id: NINE + 2 * DAY}
    await report(newsroom, 2, now=NINE + HOUR)
    assert await issue(newsroom, press, NINE + DAY) == ()
    assert printed(*await issue(newsroom, press, NINE + 2 * DAY)) == [story(2).url]


async def test_a_skip_outlives_a_change_of_settings_and_a_pause(newsroom, press):
    saved = await order(newsroom)
    await newsroom.service.skip_next(1, saved.id, now=NOW)
    await newsroom.service.pause_subscription(saved.id, BY_HAND)
    assert await newsroom.service.skip_next(1, saved.id, now=NOW) is None
    assert await newsroom.service.map_next_runs(1) == {}
    await newsroom.service.resume_subscription(1, saved.id, now=NOW)
    assert await newsroom.service.map_next_runs(1) == {saved.id: NINE + DAY}
    both = subscription(id=saved.id, times=(time(9), time(10)), zone="UTC")
    await newsroom.service.save_subscription(both, now=NOW)
    assert await newsroom.service.map_next_runs(1) == {saved.id: NINE + HOUR}
    (edition,) = await issue(newsroom, press, NINE + HOUR)
    assert (edition.slot.local_date, edition.slot.local_time) == (date(2026, 11, 23), time(10))


async def test_a_digest_paused_by_hand_tells_after_it_is_resumed_what_came_in_the_meantime_once(newsroom, press):
    saved = await order(newsroom)
    await issue(newsroom, press, NINE)
    await newsroom.service.pause_subscription(saved.id, BY_HAND)
    await report(newsroom, 2, now=NINE + DAY)
    assert await issue(newsroom, press, NINE + 3 * DAY) == ()
    await newsroom.service.resume_subscription(1, saved.id, now=NINE + 3 * DAY + HOUR)
    (edition,) = await issue(newsroom, press, NINE + 4 * DAY)
    assert printed(edition) == [story(2).url]
    assert press.digests[-1].coverage.slots_missed == 0


async def test_pressed_while_the_slots_own_edition_is_made_there_is_one_edition(newsroom, press):
    saved = await order(newsroom, says_when_empty=True)
    pressed = (newsroom.service.issue_now(1, saved.id, now=NINE, render=press) for _ in range(2))
    await asyncio.gather(issue(newsroom, press, NINE), *pressed)
    await issue(newsroom, press, NINE)
    parts = await newsroom.service.open_deliveries(now=NINE)
    assert [part.payload for part in parts] == [story(1).url]


async def test_what_was_changed_while_its_edition_was_composed_is_composed_anew(newsroom, press):
    saved = await order(newsroom)
    think, tools = newsroom.think, newsroom.service._tools

    async def move(*args, **options):
        moved = subscription(id=saved.id, channel_id=11, times=(time(9),), zone="UTC")
        await newsroom.service.save_subscription(moved, now=NINE)
        return await think(*args, **options)

    newsroom.service._tools = replace(tools, think=move)
    assert await issue(newsroom, press, NINE) == ()
    (edition,) = await issue(newsroom, press, NINE)
    assert edition.deliveries[0].channel_id == 11


async def test_an_edition_that_cannot_be_kept_stops_no_other(newsroom):
    await order(newsroom)
    await order(newsroom, name="Works")

    def render(digest):
        return (Part("fine"),) if digest.name == "Works" else (Part(object()),)  # which no database takes

    with pytest.raises(ExceptionGroup):
        await newsroom.service.issue_due(now=NINE, render=render)
    assert [part.payload for part in await newsroom.service.open_deliveries(now=NINE)] == ["fine"]


async def test_more_than_are_taken_at_once_are_issued_in_one_round(newsroom, press):
    for guild_id in range(2, 6):  # a guild may have no more than 25
        await newsroom.service.add_source(guild_id, FEED, now=NOW)
    for number in range(AT_ONCE + 3):
        await order(newsroom, guild_id=1 + number % 5, channel_id=number + 10)
    editions = await issue(newsroom, press, NINE)
    assert sorted(edition.deliveries[0].channel_id for edition in editions) == [*range(10, AT_ONCE + 13)]

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from digest.errors import NotFoundError, ReadingError, RefusedError
from digest.model import Coverage, Deadline, DeliveryState, Failure, FailureKind, Period, Slot
from digest.service.composing import MOST_BRIEFS
from tests.builders import NOW, brief, commitment, span, subscription
from tests.digest.service.newsroom import Newsroom, print_urls, printed, story

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NINE = NOW + HOUR


@pytest.fixture
async def newsroom(store):
    return await Newsroom.reporting(store, story(1))


@pytest.fixture
async def daily(newsroom):
    return await newsroom.service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)


async def report(newsroom, *numbers, now, **changes):
    """Let the outlet publish these, and the service read them."""
    newsroom.publish(*(story(number, at=now, **changes) for number in numbers))
    await newsroom.service.refresh_source(1, now=now)
    await newsroom.service.refresh_due(now=now)


async def issue(newsroom, now):
    return await newsroom.service.issue_due(now=now, render=print_urls)


@pytest.mark.usefixtures("daily")
async def test_nothing_is_issued_before_its_time(newsroom):
    assert await issue(newsroom, NINE - timedelta(seconds=1)) == ()


async def test_an_edition_is_issued_at_its_slot_with_parts_to_post(newsroom, daily):
    (edition,) = await issue(newsroom, NINE + timedelta(seconds=20))
    assert edition.slot == Slot(daily.id, date(2026, 11, 23), time(9))
    assert edition.period == Period(NOW - DAY, NINE)
    assert printed(edition) == [story(1).url]
    (part,) = edition.deliveries
    assert (part.guild_id, part.channel_id, part.state) == (1, 10, DeliveryState.PENDING)
    assert await newsroom.service.open_deliveries(now=NINE + timedelta(seconds=20)) == (part,)
    assert await newsroom.service.get_edition(1, edition.id) == edition
    with pytest.raises(NotFoundError):
        await newsroom.service.get_edition(2, edition.id)


@pytest.mark.usefixtures("daily")
async def test_a_slot_is_issued_once_however_often_the_clock_ticks(newsroom):
    assert len(await issue(newsroom, NINE)) == 1
    assert await issue(newsroom, NINE) == ()
    await report(newsroom, 2, now=NINE + HOUR)
    assert await issue(newsroom, NINE + HOUR) == ()


@pytest.mark.usefixtures("daily")
async def test_ticks_that_run_at_once_issue_once(newsroom):
    rounds = await asyncio.gather(*(issue(newsroom, NINE) for _ in range(4)))
    assert sorted(len(one) for one in rounds) == [0, 0, 0, 1]


@pytest.mark.usefixtures("daily")
async def test_every_article_is_told_once_and_periods_follow_each_other(newsroom):
    (first,) = await issue(newsroom, NINE)
    await report(newsroom, 1, 2, now=NINE + HOUR)
    (second,) = await issue(newsroom, NINE + DAY)
    assert printed(first, second) == [story(1).url, story(2).url]
    assert second.period == Period(NINE, NINE + DAY)


@pytest.mark.usefixtures("daily")
async def test_what_arrives_late_finds_the_next_edition(newsroom):
    await issue(newsroom, NINE)
    newsroom.publish(story(7, at=NOW - timedelta(hours=20)))
    await newsroom.service.refresh_source(1, now=NINE + HOUR)
    await newsroom.service.refresh_due(now=NINE + HOUR)
    assert printed(*await issue(newsroom, NINE + DAY)) == [story(7).url]


@pytest.mark.usefixtures("daily")
async def test_nothing_new_gives_no_post_but_the_schedule_goes_on_and_the_run_is_on_record(newsroom):
    await issue(newsroom, NINE)
    assert await issue(newsroom, NINE + DAY) == ()
    await report(newsroom, 2, now=NINE + DAY + HOUR)
    (edition,) = await issue(newsroom, NINE + 2 * DAY)
    assert edition.period == Period(NINE + DAY, NINE + 2 * DAY)
    run = await newsroom.service.get_edition(1, edition.id - 1)
    assert (run.slot.local_date, run.deliveries) == (date(2026, 11, 24), ())


@pytest.mark.usefixtures("daily")
async def test_after_time_away_one_edition_for_the_newest_missed_slot_tells_all(newsroom):
    await issue(newsroom, NINE)
    await report(newsroom, 2, now=NINE + HOUR)
    await report(newsroom, 3, now=NINE + 2 * DAY)
    back = NINE + 3 * DAY + 5 * HOUR
    (edition,) = await issue(newsroom, back)
    assert edition.slot.local_date == date(2026, 11, 26)
    assert sorted(printed(edition)) == [story(2).url, story(3).url]
    assert edition.period == Period(NINE, back)
    await report(newsroom, 4, now=back)
    assert await issue(newsroom, back) == ()
    (following,) = await issue(newsroom, NINE + 4 * DAY)
    assert following.slot.local_date == date(2026, 11, 27)


async def test_stories_over_the_cap_are_counted_and_not_told_later(newsroom, daily):
    await newsroom.service.save_subscription(replace(daily, max_stories=2), now=NOW)
    await report(newsroom, 2, 3, 4, now=NOW)
    digests = []

    def render(digest):
        digests.append(digest)
        return print_urls(digest)

    await newsroom.service.issue_due(now=NINE, render=render)
    assert (len(digests[0].stories), digests[0].coverage.stories_left_out) == (2, 2)
    assert await issue(newsroom, NINE + DAY) == ()


async def test_two_subscriptions_of_a_guild_are_both_told_everything(newsroom, daily):
    await newsroom.service.save_subscription(replace(daily, id=0, channel_id=11), now=NOW)
    editions = await issue(newsroom, NINE)
    assert [(one.deliveries[0].channel_id, printed(one)) for one in editions] == [
        (10, [story(1).url]),
        (11, [story(1).url]),
    ]


async def test_a_subscription_to_some_sources_is_told_of_these_only(newsroom, daily):
    quay = "https://quay.example/feed.xml"
    newsroom.publish(story(1, outlet="quay"), feed=quay, name="Quay Weekly")
    source = await newsroom.service.add_source(1, quay, now=NOW)
    await newsroom.service.refresh_due(now=NOW)
    await newsroom.service.save_subscription(replace(daily, source_ids=(source.id,)), now=NOW)
    assert printed(*await issue(newsroom, NINE)) == ["https://quay.example/1"]


async def test_a_digest_that_cannot_be_made_stops_no_other_and_stays_due(newsroom, daily):
    await newsroom.service.save_subscription(replace(daily, id=0, name="Works"), now=NOW)

    def render(digest):
        if digest.name != "Works":
            raise ZeroDivisionError
        return print_urls(digest)

    with pytest.raises(ExceptionGroup) as caught:
        await newsroom.service.issue_due(now=NINE, render=render)
    assert [type(error) for error in caught.value.exceptions] == [ZeroDivisionError]
    assert len(await newsroom.service.open_deliveries(now=NINE)) == 1
    (edition,) = await issue(newsroom, NINE + HOUR)
    assert (edition.subscription_id, edition.slot.local_time) == (daily.id, time(9))


@pytest.mark.usefixtures("daily")
async def test_composing_that_was_killed_is_tried_again_at_the_next_tick(newsroom):
    think, tools = newsroom.think, newsroom.service._tools

    async def die(*_args, **_options):
        raise ReadingError("", "took longer than 15 s")

    newsroom.service._tools = replace(tools, think=die)
    with pytest.raises(ExceptionGroup):
        await issue(newsroom, NINE)
    newsroom.service._tools = replace(tools, think=think)
    assert len(await issue(newsroom, NINE)) == 1


async def test_a_zone_changed_after_the_edition_does_not_bring_the_same_local_slot_again(newsroom, daily):
    assert len(await issue(newsroom, NINE)) == 1
    await newsroom.service.save_subscription(replace(daily, zone="America/New_York"), now=NINE + HOUR)
    await report(newsroom, 2, now=NINE + HOUR)
    nine_in_new_york = NINE + 5 * HOUR
    assert await issue(newsroom, nine_in_new_york) == ()
    (edition,) = await issue(newsroom, nine_in_new_york + DAY)
    assert (printed(edition), edition.slot.local_date) == ([story(2).url], date(2026, 11, 24))


async def test_an_extra_edition_is_made_once_and_leaves_the_schedule_alone(newsroom, daily):
    edition = await newsroom.service.issue_now(1, daily.id, now=NOW, render=print_urls)
    assert (edition.slot, printed(edition)) == (None, [story(1).url])
    assert await newsroom.service.issue_now(1, daily.id, now=NOW, render=print_urls) is None
    await report(newsroom, 2, now=NOW)
    (regular,) = await issue(newsroom, NINE)
    assert (printed(regular), regular.period.start) == ([story(2).url], NOW)
    with pytest.raises(NotFoundError):
        await newsroom.service.issue_now(2, daily.id, now=NOW, render=print_urls)


async def test_pressed_twice_at_once_there_is_one_extra_edition(newsroom, daily):
    pressed = (newsroom.service.issue_now(1, daily.id, now=NOW, render=print_urls) for _ in range(3))
    editions = await asyncio.gather(*pressed)
    assert sorted(edition is None for edition in editions) == [False, True, True]
    assert len(await newsroom.service.open_deliveries(now=NOW)) == 1


async def test_a_preview_says_what_the_next_edition_would_and_claims_nothing(newsroom, daily):
    for _ in range(2):
        digest = await newsroom.service.preview_digest(1, daily, now=NOW)
        assert [part.payload for part in print_urls(digest)] == [story(1).url]
    assert printed(*await issue(newsroom, NINE)) == [story(1).url]
    assert (await newsroom.service.preview_digest(1, daily, now=NINE)).stories == ()


async def test_a_preview_needs_no_saved_subscription_but_the_right_guild(newsroom):
    digest = await newsroom.service.preview_digest(1, subscription(name="Try"), now=NOW)
    assert (digest.name, len(digest.stories), digest.period) == ("Try", 1, Period(NOW - DAY, NOW))
    assert (await newsroom.service.preview_digest(2, subscription(guild_id=2), now=NOW)).stories == ()
    with pytest.raises(NotFoundError):
        await newsroom.service.preview_digest(2, subscription(), now=NOW)


async def test_what_an_edition_rests_on_is_said(newsroom, daily):
    quay = "https://quay.example/feed.xml"
    newsroom.publish(feed=quay, name="Quay Weekly")
    source = await newsroom.service.add_source(1, quay, now=NOW)
    newsroom.web.answers[quay] = RefusedError(quay, "asks for a login", status=401)
    await newsroom.service.refresh_source(source.id, now=NOW)
    digest = await newsroom.service.preview_digest(1, daily, now=NINE)
    failure = Failure("Quay Weekly", FailureKind.FORBIDDEN, 401, NOW)
    assert digest.coverage == Coverage(sources=1, articles=1, failures=(failure,), stories_left_out=0)
    only = await newsroom.service.preview_digest(1, replace(daily, source_ids=(1,)), now=NINE)
    assert only.coverage == Coverage(sources=1, articles=1)


@pytest.mark.parametrize(
    ("latest", "zone", "is_due"),
    [
        (date(2026, 11, 23), "UTC", True),
        (date(2026, 11, 30), "UTC", True),
        (date(2026, 12, 1), "UTC", False),
        (date(2026, 11, 22), "UTC", False),
        (date(2026, 12, 1), "Pacific/Kiritimati", True),
    ],
)
async def test_what_falls_due_within_a_week_of_the_zones_today_is_listed(newsroom, daily, latest, zone, is_due):
    promise = replace(commitment(), deadline=Deadline(span("from 1 March"), None, latest))
    think, tools, noon = newsroom.think, newsroom.service._tools, NOW + 4 * HOUR

    async def promising(function, *args, **options):
        read = await think(function, *args, **options)
        return replace(read, commitments=(promise,)) if isinstance(read, type(brief())) else read

    newsroom.service._tools = replace(tools, think=promising)
    newsroom.publish(story(2))
    await newsroom.service.refresh_source(1, now=NOW)
    await newsroom.service.refresh_due(now=NOW)
    digest = await newsroom.service.preview_digest(1, replace(daily, zone=zone), now=noon)
    due = [entry.newest for entry in digest.falling_due if entry.newest.latest == latest]
    assert [telling.what for telling in due] == ["inspect every ship"] * is_due


async def test_what_is_over_the_three_hundred_newest_is_counted_as_left_out(newsroom):
    newsroom.publish(*(story(number, at=NOW - timedelta(minutes=number)) for number in range(99)))
    await newsroom.service.refresh_source(1, now=NOW)
    for first in (1000, 2000, 3000):
        newsroom.publish(*(story(first + number, at=NOW - timedelta(hours=1)) for number in range(99)))
        await newsroom.service.refresh_source(1, now=NOW)
    for _ in range(20):
        await newsroom.service.read_due(now=NOW)
    seen = []

    def keep(digest):
        seen.append(digest.coverage)
        return print_urls(digest)

    saved = await newsroom.service.save_subscription(subscription(max_stories=1000), now=NOW)
    await newsroom.service.issue_now(1, saved.id, now=NOW, render=keep)
    (coverage,) = seen
    assert coverage.articles == MOST_BRIEFS
    assert coverage.articles_passed_over == 4 * 99 - MOST_BRIEFS

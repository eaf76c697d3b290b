"""On the day on which something falls due, the messages that showed it are answered, once."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from digest.model import DeliveryState, EditionKind, Mark, Part, Period, Standing
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import Newsroom, print_urls, printed, story

DAY = timedelta(days=1)
DUE = date(2027, 3, 1)  # of what every story commits to
NINE_ON_THE_DAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
async def newsroom(store):
    return await Newsroom.reporting(store, story(1))


@pytest.fixture
async def daily(newsroom):
    wanted = subscription(times=(time(18), time(9)), zone="UTC", answers_due=True)
    return await newsroom.service.save_subscription(wanted, now=NOW)


@pytest.fixture
async def posted(newsroom, daily):
    """The part of a digest that showed the story, as it stands in the channel."""
    return await post(newsroom, await newsroom.service.issue_now(1, daily.id, now=NOW, render=print_urls), 100)


async def post(newsroom, edition, message_id):
    """The parts of the edition, posted under this id and those after it."""
    for number, part in enumerate(edition.deliveries):
        await newsroom.service.begin_delivery(part.id, now=NOW)
        await newsroom.service.finish_delivery(part.id, message_id + number, now=NOW)
    return (await newsroom.service.get_edition(1, edition.id)).deliveries


async def report(newsroom, *numbers, now):
    newsroom.publish(*(story(number, at=now) for number in numbers))
    await newsroom.service.refresh_source(1, now=now)
    await newsroom.service.refresh_due(now=now)


def say_what(entries, zone):
    return f"{zone}: " + ", ".join(f"{entry.newest.what} {entry.newest.latest}" for entry in entries)


async def remind(newsroom, now=NINE_ON_THE_DAY, render=say_what):
    return await newsroom.service.remind_due(now=now, render=render)


@pytest.mark.usefixtures("posted")
async def test_a_message_is_answered_on_the_day_at_the_first_time_of_the_subscription(newsroom, daily):
    assert await remind(newsroom, NINE_ON_THE_DAY - timedelta(seconds=1)) == ()
    (edition,) = await remind(newsroom)
    (part,) = edition.deliveries
    assert (part.payload, part.reply_to) == ("UTC: inspect every ship 2027-03-01", 100)
    assert (part.guild_id, part.channel_id, part.state) == (1, 10, DeliveryState.PENDING)
    assert (edition.subscription_id, edition.kind, edition.slot) == (daily.id, EditionKind.REMINDER, None)
    assert edition.period == Period(NINE_ON_THE_DAY, NINE_ON_THE_DAY)
    assert await newsroom.service.open_deliveries(now=NINE_ON_THE_DAY) == (part,)
    assert await newsroom.service.get_edition(1, edition.id) == edition


@pytest.mark.usefixtures("posted")
async def test_it_is_answered_once_however_often_and_late_the_clock_ticks(newsroom):
    rounds = await asyncio.gather(*(remind(newsroom, NINE_ON_THE_DAY + timedelta(hours=3)) for _ in range(4)))
    assert sorted(len(one) for one in rounds) == [0, 0, 0, 1]
    assert await remind(newsroom, NINE_ON_THE_DAY + timedelta(hours=14)) == ()


@pytest.mark.usefixtures("posted")
@pytest.mark.parametrize("days", [-1, 1])
async def test_on_no_other_day_is_anything_answered(newsroom, days):
    assert await remind(newsroom, NINE_ON_THE_DAY + days * DAY) == ()


@pytest.mark.usefixtures("posted")
async def test_the_day_is_that_of_the_subscriptions_zone(newsroom, daily):
    await newsroom.service.save_subscription(replace(daily, zone="Pacific/Kiritimati"), now=NOW)
    nine_there = NINE_ON_THE_DAY - timedelta(hours=14)
    assert await remind(newsroom, nine_there - timedelta(seconds=1)) == ()
    assert printed(*await remind(newsroom, nine_there)) == ["Pacific/Kiritimati: inspect every ship 2027-03-01"]


@pytest.mark.usefixtures("posted")
async def test_nothing_is_answered_where_nobody_wants_it_or_the_subscription_is_paused(newsroom, daily):
    await newsroom.service.save_subscription(replace(daily, answers_due=False), now=NOW)
    assert await remind(newsroom) == ()
    await newsroom.service.save_subscription(daily, now=NOW)
    await newsroom.service.pause_subscription(daily.id, "by you")
    assert await remind(newsroom) == ()
    await newsroom.service.resume_subscription(1, daily.id, now=NOW)
    assert len(await remind(newsroom)) == 1


async def test_only_the_first_message_that_showed_it_is_answered(newsroom, daily, posted):
    await report(newsroom, 2, 3, now=NOW + timedelta(hours=1))
    later = await newsroom.service.issue_now(1, daily.id, now=NOW + timedelta(hours=1), render=print_urls)
    await post(newsroom, later, 200)
    (edition,) = await remind(newsroom)
    assert [part.reply_to for part in edition.deliveries] == [100]
    assert len(set(printed(edition))) == len(posted) == 1  # it is one commitment


async def test_a_message_that_was_never_sent_or_showed_nothing_of_it_is_not_answered(newsroom, daily):
    await newsroom.service.issue_now(1, daily.id, now=NOW, render=print_urls)
    await report(newsroom, 2, now=NOW)

    def show_nothing(digest):
        return tuple(Part(part.payload) for part in print_urls(digest))

    await post(newsroom, await newsroom.service.issue_now(1, daily.id, now=NOW, render=show_nothing), 200)
    assert await remind(newsroom) == ()


async def test_what_is_posted_on_the_day_itself_is_not_answered(newsroom, daily):
    midnight = NINE_ON_THE_DAY - timedelta(hours=9)
    await report(newsroom, 2, now=midnight)
    await post(newsroom, await newsroom.service.issue_now(1, daily.id, now=midnight, render=print_urls), 200)
    assert await remind(newsroom) == ()


@pytest.mark.usefixtures("posted")
async def test_what_somebody_marked_as_kept_is_not_answered(newsroom):
    (entry,) = await newsroom.service.list_due(1, first=DUE, last=DUE)
    await newsroom.service.mark_commitment(1, entry.id, Mark(Standing.KEPT, 5, "Ilse", NOW))
    assert await remind(newsroom) == ()


@pytest.mark.usefixtures("posted")
async def test_a_reminder_moves_neither_what_is_covered_nor_what_is_claimed(newsroom, daily):
    await remind(newsroom)
    await report(newsroom, 2, now=NINE_ON_THE_DAY)
    edition = await newsroom.service.issue_now(1, daily.id, now=NINE_ON_THE_DAY + DAY, render=print_urls)
    assert (edition.period.start, printed(edition)) == (NOW, [story(2).url])


@pytest.mark.usefixtures("posted")
async def test_an_answer_that_cannot_be_made_stops_no_other_and_is_made_when_it_can_be(newsroom, daily):
    other = await newsroom.service.save_subscription(replace(daily, id=0, channel_id=11, zone="Etc/GMT"), now=NOW)
    await post(newsroom, await newsroom.service.issue_now(1, other.id, now=NOW, render=print_urls), 200)

    def render(entries, zone):
        if zone == "UTC":
            raise ZeroDivisionError
        return say_what(entries, zone)

    with pytest.raises(ExceptionGroup) as caught:
        await remind(newsroom, render=render)
    assert [type(error) for error in caught.value.exceptions] == [ZeroDivisionError]
    assert [part.reply_to for part in await newsroom.service.open_deliveries(now=NINE_ON_THE_DAY)] == [200]
    (edition,) = await remind(newsroom)
    assert [part.reply_to for part in edition.deliveries] == [100]


async def test_a_part_shows_the_commitments_of_the_version_that_was_composed(newsroom, daily):
    think = newsroom.think

    async def think_while_the_article_changes(function, *args, **options):
        thought = await think(function, *args, **options)
        if type(thought).__name__ == "Digest":
            newsroom.service._tools = replace(newsroom.service._tools, think=think)
            await correct(newsroom)
        return thought

    newsroom.service._tools = replace(newsroom.service._tools, think=think_while_the_article_changes)
    await post(newsroom, await newsroom.service.issue_now(1, daily.id, now=NOW, render=print_urls), 100)
    assert await remind(newsroom) == ()  # it says so no longer
    (entry,) = await newsroom.service.list_commitments(1)
    assert entry.newest.trouble is not None


async def correct(newsroom):
    """Let the article of the first story be read again, without its commitment."""
    tools = newsroom.service._tools

    async def read_nothing(function, *args, **options):
        thought = await tools.think(function, *args, **options)
        return replace(thought, commitments=()) if type(thought).__name__ == "Brief" else thought

    newsroom.service._tools = replace(tools, think=read_nothing)
    quay = "https://quay.example/feed.xml"
    newsroom.publish(story(1), feed=quay, name="Quay Weekly")
    await newsroom.service.add_source(2, quay, now=NOW + 2 * DAY)
    await newsroom.service.refresh_due(now=NOW + 2 * DAY)
    newsroom.service._tools = tools

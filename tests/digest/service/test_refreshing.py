from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from digest.errors import (
    DisallowedError,
    Fault,
    InvalidFeedError,
    ReadingError,
    RefusedError,
    UnreachableError,
    UnsafeError,
)
from digest.model import Failure, FailureKind, Page, Refresh, Trouble, Validators
from digest.service import refreshing
from digest.service.tools import Tools
from tests.builders import NOW
from tests.digest.service.newsroom import FEED, Newsroom, story

QUAY = "https://quay.example/feed.xml"
A_DAY = timedelta(hours=26)  # by then every source is due


@pytest.fixture
async def newsroom(store):
    newsroom = Newsroom(store)
    newsroom.publish()
    await newsroom.service.add_source(1, FEED, now=NOW)
    newsroom.publish(feed=QUAY, name="Quay Weekly")
    await newsroom.service.add_source(1, QUAY, now=NOW)
    return newsroom


async def failures(newsroom):
    return [status.failure for status in await newsroom.service.list_sources(1)]


async def titles(newsroom, guild_id=1):
    return [hit.title for hit in await newsroom.service.search_articles(guild_id, "", limit=100)]


async def test_what_is_new_is_read_when_the_source_is_due(newsroom):
    newsroom.publish(story(1))
    assert await newsroom.service.refresh_due(now=NOW + timedelta(minutes=9)) == ()
    refreshes = await newsroom.service.refresh_due(now=NOW + A_DAY)
    assert sorted(refreshes, key=lambda one: one.source_id) == [Refresh(1, 1), Refresh(2, 0)]
    assert await titles(newsroom) == ["Story 1"]


async def test_the_outlet_and_the_date_come_from_the_feed_where_the_page_does_not_say(newsroom):
    at = NOW - timedelta(hours=2)
    newsroom.publish(story(1, at=at))
    await newsroom.service.refresh_due(now=NOW + A_DAY)
    (hit,) = await newsroom.service.search_articles(1, "")
    assert (hit.site, hit.published_at) == ("Harbour Gazette", at)


async def test_a_source_that_fails_stops_no_other_and_is_asked_half_as_often_each_time(newsroom):
    newsroom.web.answers[FEED] = RefusedError(FEED, "forbidden", status=403)
    newsroom.publish(story(1, outlet="quay"), feed=QUAY)
    first = NOW + A_DAY
    refreshes = await newsroom.service.refresh_due(now=first)
    failure = Failure("Harbour Gazette", FailureKind.FORBIDDEN, 403, first)
    assert {one.source_id: one.failure for one in refreshes} == {1: failure, 2: None}
    assert await titles(newsroom) == ["Story 1"]
    assert await failures(newsroom) == [failure, None]
    asked, now = [first], first
    for _ in range(24 * 12):
        now += timedelta(minutes=5)
        if any(one.source_id == 1 for one in await newsroom.service.refresh_due(now=now)):
            asked.append(now)
    waits = [later - earlier for earlier, later in pairwise(asked)]
    assert len(waits) >= 6
    assert all(1.3 < later / earlier < 3 for earlier, later in pairwise(waits))


async def test_since_when_a_source_fails_is_kept_until_it_answers(newsroom):
    newsroom.web.answers[FEED] = UnreachableError(FEED, "timed out", status=503)
    for later in (A_DAY, A_DAY + timedelta(hours=2)):
        await newsroom.service.refresh_due(now=NOW + later)
    since = NOW + A_DAY
    assert (await failures(newsroom))[0] == Failure("Harbour Gazette", FailureKind.IN_TROUBLE, 503, since)
    newsroom.publish()
    await newsroom.service.refresh_source(1, now=NOW + timedelta(hours=30))
    assert await failures(newsroom) == [None, None]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (UnsafeError(FEED, "a private address"), FailureKind.UNSAFE),
        (InvalidFeedError(FEED, "is empty"), FailureKind.NOT_A_FEED),
        (ReadingError(FEED, "took longer than 15 s"), FailureKind.TOO_HARD),
        (UnreachableError(FEED, "no such host", fault=Fault.NAME), FailureKind.NO_NAME),
        (UnreachableError(FEED, "closed", fault=Fault.CONNECTION), FailureKind.NO_CONNECTION),
        (UnreachableError(FEED, "no certificate", fault=Fault.ENCRYPTION), FailureKind.NO_ENCRYPTION),
        (UnreachableError(FEED, "timed out", fault=Fault.TIME), FailureKind.TOO_SLOW),
        (UnreachableError(FEED, "broke off"), FailureKind.UNREACHABLE),
        (DisallowedError(FEED, "robots.txt"), FailureKind.DISALLOWED),
    ],
)
async def test_every_expected_error_is_a_value(newsroom, error, kind):
    newsroom.web.answers[FEED] = error
    assert (await newsroom.service.refresh_source(1, now=NOW)).failure == Failure("Harbour Gazette", kind, None, NOW)


async def test_a_feed_that_has_not_changed_is_not_parsed_again(newsroom):
    newsroom.publish(story(1))
    page = replace(newsroom.web.answers[FEED], validators=Validators('"one"'))
    newsroom.web.answers[FEED] = page
    await newsroom.service.refresh_source(1, now=NOW)
    thoughts = len(newsroom.thought)
    assert await newsroom.service.refresh_source(1, now=NOW) == Refresh(1, 0)
    assert newsroom.web.asked[-1] == (FEED, Validators('"one"'))
    assert len(newsroom.thought) == thoughts


async def test_validators_of_a_feed_that_could_not_be_parsed_are_not_kept(newsroom):
    newsroom.web.answers[FEED] = Page(FEED, b"half a feed", validators=Validators('"broken"'))
    assert (await newsroom.service.refresh_source(1, now=NOW)).failure.kind is FailureKind.NOT_A_FEED
    await newsroom.service.refresh_source(1, now=NOW)
    assert newsroom.web.asked[-1] == (FEED, Validators())


async def test_a_page_that_fails_is_tried_three_times_and_then_given_up(newsroom):
    newsroom.publish(story(1))
    newsroom.web.answers[story(1).url] = b""
    tried, now = [], NOW
    await newsroom.service.refresh_source(1, now=NOW)
    for _ in range(40):
        now += timedelta(minutes=10)
        before = newsroom.fetched(story(1).url)
        await newsroom.service.refresh_due(now=now)
        if newsroom.fetched(story(1).url) > before:
            tried.append((now - NOW) / timedelta(minutes=10))
    assert tried == [1, 2, 5]
    assert await titles(newsroom) == []


async def test_what_failed_once_is_read_when_it_works(newsroom):
    newsroom.publish(story(1))
    page = newsroom.web.answers[story(1).url]
    newsroom.web.answers[story(1).url] = RefusedError(story(1).url, "not yet", status=404)
    await newsroom.service.refresh_due(now=NOW + A_DAY)
    failure = await newsroom.service.read_entry(1, now=NOW + A_DAY)
    assert failure == Failure("Harbour Gazette", FailureKind.MISSING, 404, NOW + A_DAY)
    newsroom.web.answers[story(1).url] = page
    assert await newsroom.service.read_entry(1, now=NOW + A_DAY + timedelta(hours=1)) is None
    assert await titles(newsroom) == ["Story 1"]


async def test_an_entry_that_was_read_is_not_fetched_again(newsroom):
    newsroom.publish(story(1))
    await newsroom.service.refresh_due(now=NOW + A_DAY)
    assert await newsroom.service.read_entry(1, now=NOW + timedelta(days=3)) is None
    assert newsroom.fetched(story(1).url) == 1


async def test_a_page_that_two_sources_list_is_fetched_once_and_brought_by_both(newsroom):
    newsroom.publish(story(1))
    newsroom.publish(story(1), feed=QUAY, name="Quay Weekly")
    for _ in range(2):
        await newsroom.service.refresh_due(now=NOW + A_DAY)
    await newsroom.service.remove_source(1, 1)
    assert await titles(newsroom) == ["Story 1"]
    assert newsroom.fetched(story(1).url) == 1


async def test_a_server_that_is_down_is_not_asked_for_every_page(newsroom):
    newsroom.publish(*(story(number) for number in range(10)))
    for number in range(10):
        newsroom.web.answers[story(number).url] = UnreachableError(story(number).url, "timed out")
    await newsroom.service.refresh_due(now=NOW + A_DAY)
    assert sum(newsroom.fetched(story(number).url) for number in range(10)) == 1


async def test_nothing_is_fetched_that_nobody_follows(newsroom):
    newsroom.publish(story(1))
    await newsroom.service.remove_source(1, 1)
    await newsroom.service.remove_source(1, 2)
    asked = len(newsroom.web.asked)
    assert await newsroom.service.refresh_due(now=NOW + timedelta(days=1)) == ()
    assert len(newsroom.web.asked) == asked


async def test_a_page_of_another_site_cannot_pass_itself_off_as_an_article(newsroom):
    newsroom.publish(story(1))
    await newsroom.service.refresh_due(now=NOW + A_DAY)
    evil = story(2, outlet="quay")
    newsroom.publish(evil, feed=QUAY, name="Quay Weekly")
    think = newsroom.think

    async def forge(function, page, **options):
        brief = await think(function, page, **options)
        if getattr(page, "url", "") == evil.url:
            brief = replace(brief, article=replace(brief.article, canonical_url=story(1).url))
        return brief

    newsroom.service._tools = replace(newsroom.service._tools, think=forge)
    await newsroom.service.refresh_due(now=NOW + 2 * A_DAY)
    assert sorted(await titles(newsroom)) == ["Story 1", "Story 2"]


async def test_a_date_in_the_feed_that_nobody_can_believe_is_none(newsroom):
    newsroom.publish(story(1, at=datetime(2099, 1, 1, tzinfo=UTC)), story(2, at=datetime(1, 1, 1, tzinfo=UTC)))
    await newsroom.service.refresh_due(now=NOW + A_DAY)
    hits = await newsroom.service.search_articles(1, "")
    assert [hit.published_at for hit in hits] == [None, None]


async def troubles(newsroom):
    entries = await newsroom.service.list_commitments(1)
    return [telling.trouble for entry in entries for telling in entry.tellings]


async def read_again(newsroom, answer, *, days):
    """Let another source list the page that was read, so that it is fetched again after some days."""
    now, feed = NOW + timedelta(days=days), f"https://again-{days}.example/feed.xml"
    newsroom.web.answers[story(1).url] = answer
    newsroom.publish(story(1, identity=f"again-{days}"), feed=feed, name="Quay Weekly")
    await newsroom.service.add_source(1, feed, now=now)
    await newsroom.service.refresh_due(now=now)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_gone_when_it_is_read_again_is_removed_until_it_is_there_again(newsroom, status):
    newsroom.publish(story(1))
    await newsroom.service.refresh_due(now=NOW + A_DAY)
    page = newsroom.web.answers[story(1).url]
    assert await troubles(newsroom) == [None]
    await read_again(newsroom, RefusedError(story(1).url, "gone", status=status), days=3)
    assert await troubles(newsroom) == [Trouble.REMOVED]
    await read_again(newsroom, page, days=5)
    assert await troubles(newsroom) == [None]


@pytest.mark.parametrize(
    "error", [RefusedError("x", "asks for a login", status=401), UnreachableError("x", "in trouble", status=503)]
)
async def test_a_page_that_cannot_be_had_now_is_not_removed(newsroom, error):
    newsroom.publish(story(1))
    await newsroom.service.refresh_due(now=NOW + A_DAY)
    await read_again(newsroom, error, days=3)
    assert await troubles(newsroom) == [None]


async def test_an_article_that_its_outlet_retracts_is_retracted(newsroom):
    newsroom.publish(story(1))
    await newsroom.service.refresh_due(now=NOW + A_DAY)
    await read_again(newsroom, b"RETRACTED: Story 1", days=3)
    assert await troubles(newsroom) == [Trouble.RETRACTED]
    assert await newsroom.service.list_due(1, first=date(2027, 3, 1), last=date(2027, 3, 1)) == ()


async def test_a_long_archive_says_nothing_of_the_rhythm_of_today(newsroom):
    daily = [story(number, at=NOW - timedelta(days=number)) for number in range(300)]
    newsroom.publish(*daily)
    await newsroom.service.refresh_source(1, now=NOW)
    (gazette, _) = await newsroom.service.list_sources(1)
    assert gazette.silent_since is None


async def test_a_server_that_asks_to_wait_is_left_alone_by_all_its_pages(newsroom):
    newsroom.publish(*(story(number) for number in range(4)))
    first = NOW + A_DAY
    busy = UnreachableError("https://gazette.example/0", "busy", status=429, retry_after=timedelta(hours=3))
    for number in range(4):
        newsroom.web.answers[f"https://gazette.example/{number}"] = busy
    await newsroom.service.refresh_due(now=first)
    asked = len(newsroom.web.asked)
    for minutes in range(1, 179, 10):
        await newsroom.service.read_due(now=first + timedelta(minutes=minutes))
    assert len(newsroom.web.asked) == asked
    newsroom.publish(*(story(number) for number in range(4)))
    for number in range(4):
        newsroom.web.answers[f"https://gazette.example/{number}"] = Page("", b"Story")
    await newsroom.service.read_due(now=first + timedelta(hours=3))
    assert len(newsroom.web.asked) == asked + 4


async def test_a_server_that_is_down_is_asked_for_one_page_in_ten_minutes(newsroom):
    newsroom.publish(*(story(number) for number in range(4)))
    for number in range(4):
        newsroom.web.answers[f"https://gazette.example/{number}"] = UnreachableError("", "", fault=Fault.CONNECTION)
    await newsroom.service.refresh_due(now=NOW + A_DAY)
    asked = len(newsroom.web.asked)
    for minutes in range(1, 10):
        await newsroom.service.read_due(now=NOW + A_DAY + timedelta(minutes=minutes))
    assert len(newsroom.web.asked) == asked


async def test_a_server_that_is_down_for_a_night_loses_no_article(newsroom):
    newsroom.publish(story(1))
    newsroom.web.answers["https://gazette.example/1"] = UnreachableError("", "down", fault=Fault.CONNECTION)
    at = NOW + A_DAY
    await newsroom.service.refresh_due(now=at)
    for _ in range(12 * 6):
        at += timedelta(minutes=10)
        await newsroom.service.read_due(now=at)
    newsroom.web.answers["https://gazette.example/1"] = Page("https://gazette.example/1", b"Story 1")
    for hours in range(7):
        await newsroom.service.read_due(now=at + timedelta(hours=hours))
    assert await titles(newsroom) == ["Story 1"]


async def test_a_source_whose_turn_does_not_come_has_not_failed(newsroom):
    newsroom.publish(story(1))
    listed, turn = newsroom.web.answers[FEED], UnreachableError(FEED, "its turn did not come", fault=Fault.TURN)
    newsroom.web.answers[FEED] = turn
    assert await newsroom.service.refresh_source(1, now=NOW + A_DAY) == Refresh(1)
    assert await failures(newsroom) == [None, None]
    page = newsroom.web.answers["https://gazette.example/1"]
    newsroom.web.answers[FEED], newsroom.web.answers[page.url] = listed, turn
    for tries in range(1, 10):
        await newsroom.service.refresh_due(now=NOW + A_DAY + tries * timedelta(minutes=10))
    newsroom.web.answers[page.url] = page
    await newsroom.service.read_due(now=NOW + 2 * A_DAY)
    assert await titles(newsroom) == ["Story 1"]


async def test_a_slow_source_goes_on_in_the_next_round(newsroom, store):
    newsroom.publish(*(story(number) for number in range(3)))
    tools = Tools(store, newsroom.web, newsroom.think)
    await newsroom.service.refresh_sources(now=NOW + A_DAY)
    for read in (1, 2, 3):
        await refreshing.read_due(tools, now=NOW + A_DAY, seconds=0.0)
        assert len(await titles(newsroom)) == read

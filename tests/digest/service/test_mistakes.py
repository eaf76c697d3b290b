"""What nobody expected, a mistake of ours: it is logged, stops nothing else, and is tried less and less often."""

import logging
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import delete, select

from digest.errors import RejectedStoreError, StoreError, UnreachableStoreError
from digest.model import Brief, EditionKind, FailureKind, Feed, Part, Step, Terms
from digest.service import reading
from digest.service.issuing import _WHY_FAILED
from digest.store.schema import editions, entries, subscriptions
from digest.store.work import map_due
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, printed, story

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=26)
NINE = NOW + HOUR
QUAY = "https://quay.example/feed.xml"
AWAY = UnreachableStoreError("the database cannot do this now")


@pytest.fixture
async def newsroom(store):
    return await Newsroom.reporting(store, story(0))


@pytest.fixture
async def daily(newsroom):
    return await newsroom.service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)


@pytest.fixture
def mistakes(caplog):
    """The kinds of errors whose tracebacks are in the log, since this was asked last."""

    def take():
        found = [record.exc_info[0] for record in caplog.records if record.levelno == logging.ERROR]
        caplog.clear()
        return found

    return take


async def titles(newsroom):
    return sorted(hit.title for hit in await newsroom.service.search_articles(1, "", limit=100))


async def due(newsroom, now):
    async with newsroom.service._tools.store.reading() as db:
        return await map_due(db, now)


class Snare:
    """A value that raises this where it is asked for one of its attributes."""

    def __init__(self, value, attribute, error):
        self._value, self._attribute, self._error = value, attribute, error

    def __getattr__(self, name):
        if name == self._attribute:
            raise self._error
        return getattr(self._value, name)


def let_think(newsroom, change):
    """Let the newsroom find in pages and feeds what `change` makes of what it found."""

    async def think(function, *args, timeout=None):  # noqa: ASYNC109 -- the pool's signature
        return change(await newsroom.think(function, *args, timeout=timeout))

    newsroom.service._tools = replace(newsroom.service._tools, think=think)


def of_story_1(**changes):
    def change(found):
        if isinstance(found, Brief) and found.article.title == "Story 1":
            return replace(found, article=replace(found.article, **changes))
        return found

    return change


@pytest.fixture(params=["at the web", "where it is kept"])
def stumble(request, newsroom):
    """Let whatever is done to the page of story 1 raise this."""

    def set_up(error):
        if request.param == "at the web":
            newsroom.web.answers[story(1).url] = error
        else:
            let_think(newsroom, of_story_1(terms=Snare(Terms(), "may_archive", error)))

    return set_up


async def test_an_entry_that_is_too_much_for_us_holds_back_no_other_and_is_given_up_after_three_attempts(
    newsroom, stumble, mistakes
):
    now = NOW + DAY
    newsroom.publish(*(story(number, at=now - number * MINUTE) for number in (1, 2, 3)))
    stumble(IndexError("ours"))
    await newsroom.service.refresh_due(now=now)
    assert await titles(newsroom) == ["Story 0", "Story 2", "Story 3"]
    assert mistakes() == [IndexError]
    for waits in (reading.TRY_AGAIN_AFTER, 3 * reading.TRY_AGAIN_AFTER):
        await newsroom.service.read_due(now=now + waits - MINUTE)
        await newsroom.service.read_source(1, now=now + waits - MINUTE)
        assert mistakes() == []
        now += waits
        await newsroom.service.read_source(1, now=now)
        assert mistakes() == [IndexError]
    assert Step.READ not in await due(newsroom, now + 30 * DAY)
    async with newsroom.service._tools.store.reading() as db:
        row = (await db.execute(select(entries).where(entries.c.url == story(1).url))).mappings().one()
    assert (row["attempts"], row["failure_kind"]) == (reading.ATTEMPTS, FailureKind.MISTAKE)


async def test_a_row_that_the_database_does_not_take_is_an_attempt_in_vain(newsroom, mistakes):
    let_think(newsroom, of_story_1(title="already exists", image=None))
    newsroom.publish(story(1))  # a word of a row that looks like a sign of damage is none
    await newsroom.service.refresh_due(now=NOW + DAY)
    assert mistakes() == [RejectedStoreError]
    assert Step.READ not in await due(newsroom, NOW + DAY + MINUTE)


@pytest.mark.parametrize("error", [AWAY, StoreError("somebody else is changing the same")], ids=["away", "collision"])
async def test_a_database_that_is_away_is_no_attempt(newsroom, stumble, error):
    newsroom.publish(story(1))
    stumble(error)
    with pytest.raises(ExceptionGroup):
        await newsroom.service.refresh_due(now=NOW + DAY)
    assert (await due(newsroom, NOW + DAY))[Step.READ] == (1,)
    async with newsroom.service._tools.store.reading() as db:
        assert (await db.execute(select(entries.c.attempts).where(entries.c.url == story(1).url))).scalar() == 0


async def test_a_source_that_is_too_much_for_us_stops_no_other_and_is_asked_half_as_often(newsroom, mistakes):
    newsroom.publish(feed=QUAY, name="Quay Weekly")
    await newsroom.service.add_source(1, QUAY, now=NOW)
    newsroom.publish(story(7, outlet="quay"), feed=QUAY, name="Quay Weekly")
    newsroom.web.answers[FEED] = ZeroDivisionError("ours")
    refreshes = {one.source_id: one for one in await newsroom.service.refresh_sources(now=NOW + DAY)}
    assert (refreshes[1].failure.kind, refreshes[2].new_entries) == (FailureKind.MISTAKE, 1)
    assert mistakes() == [ZeroDivisionError]
    assert await newsroom.service.refresh_sources(now=NOW + DAY + MINUTE) == ()
    newsroom.publish(story(8))
    assert [one.new_entries for one in await newsroom.service.refresh_these((1,), now=NOW + 2 * DAY)] == [1]


async def test_news_that_cannot_be_kept_stop_no_other_source(newsroom, mistakes):
    feeds = [f"https://outlet{number}.example/feed.xml" for number in range(5)]
    for feed in feeds:
        newsroom.publish(feed=feed, name=feed)
        await newsroom.service.add_source(1, feed, now=NOW)
    for number, feed in enumerate(feeds):
        newsroom.publish(story(1, outlet=f"outlet{number}"), feed=feed, name=feed)

    def ensnare(found):
        is_third = isinstance(found, Feed) and found.title == feeds[2]
        return Snare(found, "asked_every", IndexError("ours")) if is_third else found

    let_think(newsroom, ensnare)
    refreshes = {one.source_id: one for one in await newsroom.service.refresh_sources(now=NOW + DAY)}
    assert [refreshes[2 + number].new_entries for number in range(5)] == [1, 1, 0, 1, 1]
    assert refreshes[4].failure.kind is FailureKind.MISTAKE
    assert mistakes() == [IndexError]
    assert await newsroom.service.refresh_sources(now=NOW + DAY + MINUTE) == ()


async def issue(newsroom, now, render=print_urls, **options):
    try:
        return await newsroom.service.issue_due(now=now, render=render, **options)
    except ExceptionGroup:
        return "failed"


def fail(_):
    raise IndexError


@pytest.mark.parametrize("render", [fail, lambda _: (Part(object()),)], ids=["to be rendered", "to be kept"])
async def test_an_edition_that_cannot_be_made_is_tried_less_and_less_often_and_its_slot_is_missed(
    newsroom, daily, render
):
    assert await issue(newsroom, NINE, render) == "failed"
    assert (await due(newsroom, NINE))[Step.ISSUE] == (daily.id,)
    now = NINE
    assert await issue(newsroom, now, render) == "failed"
    for waits in (reading.TRY_AGAIN_AFTER, 3 * reading.TRY_AGAIN_AFTER):
        assert Step.ISSUE not in await due(newsroom, now + waits - MINUTE)
        assert await issue(newsroom, now + waits - MINUTE, render) == ()
        assert await issue(newsroom, now + waits - MINUTE, render, among=[daily.id]) == ()
        now += waits
        assert await issue(newsroom, now, render) == "failed"
    assert await issue(newsroom, now) == ()
    async with newsroom.service._tools.store.reading() as db:
        (row,) = (await db.execute(select(editions))).mappings()
    assert (row["kind"], row["local_time"], row["why"]) == (EditionKind.SKIPPED, time(9), _WHY_FAILED)
    (next_day,) = await issue(newsroom, NINE + timedelta(days=1))
    assert printed(next_day) == [story(0).url]


async def test_after_an_edition_that_was_late_the_next_one_is_tried_as_often(newsroom, daily):
    assert await issue(newsroom, NINE, fail) == "failed"
    assert len(await issue(newsroom, NINE)) == 1
    async with newsroom.service._tools.store.reading() as db:
        assert (await db.execute(select(subscriptions.c.attempts, subscriptions.c.next_attempt_at))).one() == (0, None)
    assert daily.id


async def test_a_digest_that_was_changed_is_tried_at_once(newsroom, daily):
    for _ in range(2):
        assert await issue(newsroom, NINE, fail) == "failed"
    assert await issue(newsroom, NINE + MINUTE) == ()
    await newsroom.service.save_subscription(replace(daily, max_stories=3), now=NINE + MINUTE)
    assert len(await issue(newsroom, NINE + MINUTE)) == 1


@pytest.mark.usefixtures("daily")
async def test_an_edition_for_which_the_database_was_away_was_not_tried(newsroom):
    def lose(_):
        raise AWAY

    for _ in range(9):
        assert await issue(newsroom, NINE, lose) == "failed"
    assert len(await issue(newsroom, NINE)) == 1


async def post_two(newsroom, daily):
    """Let an edition of the stories 0 and 1 stand in its channel."""
    newsroom.publish(story(0), story(1))
    await newsroom.service.refresh_due(now=NOW + DAY)
    edition = await newsroom.service.issue_now(1, daily.id, now=NOW + DAY, render=print_urls)
    for part in edition.deliveries:
        await newsroom.service.begin_delivery(part.id, now=NOW + DAY)
        await newsroom.service.finish_delivery(part.id, 500 + part.id, now=NOW + DAY)


async def test_an_article_that_is_too_much_for_us_is_read_once_more_no_more_often_than_others(
    newsroom, daily, mistakes
):
    await post_two(newsroom, daily)
    later, before = NOW + DAY + 7 * HOUR, newsroom.fetched(story(1).url)
    newsroom.web.answers[story(0).url] = IndexError("ours")
    await newsroom.service.reread_due(now=later, render=lambda *_: None)
    assert mistakes() == [IndexError]
    assert newsroom.fetched(story(1).url) == before + 1
    assert Step.REREAD not in await due(newsroom, later + HOUR)


class Meanwhile:
    """A store, in which the entry of story 1 goes away after the first look."""

    def __init__(self, store):
        self.store, self.writing, self.has_looked = store, store.writing, False

    @asynccontextmanager
    async def reading(self):
        if self.has_looked:
            async with self.store.writing() as db:
                await db.execute(delete(entries).where(entries.c.url == story(1).url))
        self.has_looked = True
        async with self.store.reading() as db:
            yield db


async def test_an_entry_that_is_deleted_between_listing_and_reading_holds_back_no_other(newsroom, store, mistakes):
    newsroom.publish(*(story(number, at=NOW - number * MINUTE) for number in (1, 2)))
    await newsroom.service.refresh_source(1, now=NOW + DAY)
    newsroom.service._tools = replace(newsroom.service._tools, store=Meanwhile(store))
    await newsroom.service.read_source(1, now=NOW + DAY)
    assert await titles(newsroom) == ["Story 0", "Story 2"]
    assert mistakes() == []


async def test_an_entry_that_is_deleted_before_it_is_read_once_more_holds_back_no_other(
    newsroom, daily, store, mistakes
):
    await post_two(newsroom, daily)
    before = newsroom.fetched(story(0).url), newsroom.fetched(story(1).url)
    newsroom.service._tools = replace(newsroom.service._tools, store=Meanwhile(store))
    await newsroom.service.reread_due(now=NOW + DAY + 7 * HOUR, render=lambda *_: None)
    assert (newsroom.fetched(story(0).url), newsroom.fetched(story(1).url)) == (before[0] + 1, before[1])
    assert mistakes() == []

"""Sources over weeks: when they are asked, paused, told of, moved, silent, and what of them comes only once."""

import json
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from digest.errors import DisallowedError, RefusedError, ReservedError, UnreachableError
from digest.model import DeliveryState, EditionKind, FailureKind, Filters, Subscription, Terms
from tests.builders import NOW
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, printed, story

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOVED = "https://news.gazette.example/feed.xml"


@pytest.fixture
async def newsroom(store):
    newsroom = Newsroom(store)
    newsroom.publish()
    await newsroom.service.add_source(1, FEED, now=NOW)
    return newsroom


async def status(newsroom, guild_id=1):
    (only,) = await newsroom.service.list_sources(guild_id)
    return only


async def run(newsroom, *, start=NOW, lasting=DAY, every=timedelta(minutes=10)):
    """Refresh what is due, again and again; return when the feed was asked."""
    asked, now = [], start
    while now < start + lasting:
        before = sum(url == FEED for url, _ in newsroom.web.asked)
        await newsroom.service.refresh_due(now=now)
        asked += [now] * (sum(url == FEED for url, _ in newsroom.web.asked) - before)
        now += every
    return asked


def tell(statuses):
    return json.dumps([one.source.name for one in statuses])


async def subscribe(newsroom, guild_id=1, **changes):
    order = Subscription(guild_id, 5, (NOW.time(),), "UTC", **changes)
    return await newsroom.service.save_subscription(order, now=NOW)


async def test_a_source_that_fails_for_two_days_is_paused_and_goes_on_by_itself(newsroom):
    newsroom.web.answers[FEED] = UnreachableError(FEED, "timed out")
    asked = await run(newsroom, lasting=2 * DAY)
    assert 5 <= len(asked) <= 12
    assert not (await status(newsroom)).is_paused
    await run(newsroom, start=NOW + 2 * DAY, lasting=asked[0] - NOW + HOUR)
    assert (await status(newsroom)).is_paused
    newsroom.publish(story(1, at=NOW + 3 * DAY))
    await run(newsroom, start=NOW + 3 * DAY, lasting=timedelta(hours=30))
    healthy = await status(newsroom)
    assert (healthy.is_paused, healthy.failure) == (False, None)


async def test_a_paused_source_is_asked_about_once_a_day(newsroom):
    newsroom.web.answers[FEED] = RefusedError(FEED, "forbidden", status=403)
    await run(newsroom, lasting=4 * DAY)
    assert len(await run(newsroom, start=NOW + 4 * DAY, lasting=5 * DAY)) in {4, 5, 6}


async def test_what_is_gone_for_good_is_asked_no_more(newsroom):
    newsroom.web.answers[FEED] = RefusedError(FEED, "gone", status=410)
    assert len(await run(newsroom, lasting=10 * DAY, every=HOUR)) == 1
    gone = await status(newsroom)
    assert (gone.is_paused, gone.failure.kind) == (True, FailureKind.GONE)


async def test_the_wait_that_a_server_asks_for_is_kept(newsroom):
    newsroom.web.answers[FEED] = UnreachableError(FEED, "busy", status=429, retry_after=timedelta(hours=7))
    first, second, *_ = await run(newsroom, lasting=DAY)
    assert second - first >= timedelta(hours=7)
    assert (await status(newsroom)).failure.kind is FailureKind.BUSY


async def test_each_guild_is_told_once_of_what_is_paused_where_a_digest_is_posted(newsroom):
    await subscribe(newsroom)
    await newsroom.service.add_source(2, FEED, now=NOW)
    newsroom.web.answers[FEED] = DisallowedError(FEED, "robots.txt")
    await run(newsroom, lasting=3 * DAY, every=HOUR)
    (notice,) = await newsroom.service.notice_paused(now=NOW + 3 * DAY, render=tell)
    assert notice.kind is EditionKind.NOTICE
    assert [(part.channel_id, part.payload, part.state) for part in notice.deliveries] == [
        (5, '["Harbour Gazette"]', DeliveryState.PENDING)
    ]
    assert await newsroom.service.notice_paused(now=NOW + 4 * DAY, render=tell) == ()
    newsroom.publish()
    await run(newsroom, start=NOW + 4 * DAY, lasting=2 * DAY, every=HOUR)
    newsroom.web.answers[FEED] = DisallowedError(FEED, "robots.txt")
    await run(newsroom, start=NOW + 6 * DAY, lasting=4 * DAY, every=HOUR)
    assert len(await newsroom.service.notice_paused(now=NOW + 10 * DAY, render=tell)) == 1


async def test_a_notice_that_cannot_be_made_stops_no_other_and_is_made_when_it_can_be(newsroom):
    newsroom.publish(feed=MOVED, name="Quay Weekly")
    quay = await newsroom.service.add_source(2, MOVED, now=NOW)
    for guild_id, (source_id, url) in enumerate(((1, FEED), (quay.id, MOVED)), start=1):
        await subscribe(newsroom, guild_id)
        newsroom.web.answers[url] = RefusedError(url, "gone", status=410)
        await newsroom.service.refresh_source(source_id, now=NOW)

    def stumble(statuses):
        if statuses[0].source.name == "Harbour Gazette":
            raise ZeroDivisionError
        return tell(statuses)

    with pytest.raises(ExceptionGroup) as caught:
        await newsroom.service.notice_paused(now=NOW, render=stumble)
    assert [type(error) for error in caught.value.exceptions] == [ZeroDivisionError]
    assert [part.guild_id for part in await newsroom.service.open_deliveries(now=NOW)] == [2]
    (notice,) = await newsroom.service.notice_paused(now=NOW, render=tell)
    assert [part.guild_id for part in notice.deliveries] == [1]


class Meanwhile:
    """A store, and what somebody else does to it right after the first look."""

    def __init__(self, store, happening):
        self.store, self.happening = store, [happening]
        self.writing = store.writing

    @asynccontextmanager
    async def reading(self):
        async with self.store.reading() as db:
            yield db
        if self.happening:
            await self.happening.pop()()


async def test_a_notice_is_of_what_stands_when_it_is_written_and_none_is_lost(newsroom, store):
    await subscribe(newsroom)
    newsroom.publish(feed=MOVED, name="Quay Weekly")
    quay = await newsroom.service.add_source(1, MOVED, now=NOW)
    for number, url in ((1, FEED), (quay.id, MOVED)):
        newsroom.web.answers[url] = RefusedError(url, "gone", status=410)
        await newsroom.service.refresh_source(number, now=NOW)

    async def leave():
        await newsroom.service.remove_source(1, quay.id)

    newsroom.service._tools = replace(newsroom.service._tools, store=Meanwhile(store, leave))
    (notice,) = await newsroom.service.notice_paused(now=NOW, render=tell)
    assert [part.payload for part in notice.deliveries] == ['["Harbour Gazette"]']
    assert await newsroom.service.notice_paused(now=NOW, render=tell) == ()


async def test_a_notice_takes_no_article_and_no_slot_of_a_digest(newsroom):
    await subscribe(newsroom)
    newsroom.publish(story(1, at=NOW))
    await newsroom.service.refresh_source(1, now=NOW)
    await newsroom.service.refresh_due(now=NOW)
    newsroom.web.answers[FEED] = RefusedError(FEED, "gone", status=410)
    await newsroom.service.refresh_source(1, now=NOW + HOUR)
    assert len(await newsroom.service.notice_paused(now=NOW + 23 * HOUR, render=tell)) == 1
    editions = await newsroom.service.issue_due(now=NOW + DAY, render=print_urls)
    assert printed(*editions) == [story(1).url]


async def test_a_permanent_redirect_becomes_the_address_after_three_answers(newsroom):
    page = replace(newsroom.web.answers[FEED], url=MOVED, moved_to=MOVED)
    newsroom.web.answers[FEED] = newsroom.web.answers[MOVED] = page
    for hours in (25, 50):
        await newsroom.service.refresh_source(1, now=NOW + hours * HOUR)
        assert (await status(newsroom)).source.url == FEED
    await newsroom.service.refresh_source(1, now=NOW + 75 * HOUR)
    assert (await status(newsroom)).source.url == MOVED
    newsroom.web.answers[MOVED] = replace(page, moved_to="")
    await newsroom.service.refresh_source(1, now=NOW + 100 * HOUR)
    assert newsroom.web.asked[-1][0] == MOVED


async def test_a_redirect_that_comes_and_goes_moves_nothing(newsroom):
    stays, moves = newsroom.web.answers[FEED], replace(newsroom.web.answers[FEED], moved_to=MOVED)
    for number, page in enumerate((moves, moves, stays, moves, moves)):
        newsroom.web.answers[FEED] = page
        await newsroom.service.refresh_source(1, now=NOW + number * DAY)
    assert (await status(newsroom)).source.url == FEED


async def test_an_address_that_is_another_source_already_is_not_taken(newsroom):
    newsroom.publish(feed=MOVED, name="News")
    await newsroom.service.add_source(1, MOVED, now=NOW)
    newsroom.web.answers[FEED] = replace(newsroom.web.answers[FEED], moved_to=MOVED)
    for number in range(4):
        await newsroom.service.refresh_source(1, now=NOW + number * DAY)
    assert {one.source.url for one in await newsroom.service.list_sources(1)} == {FEED, MOVED}


async def test_a_daily_source_whose_entries_stop_falls_silent_until_they_come_again(newsroom):
    newsroom.publish(*(story(number, at=NOW - number * DAY) for number in range(1, 30)))
    await newsroom.service.refresh_source(1, now=NOW)
    assert (await status(newsroom)).silent_since is None
    await newsroom.service.refresh_source(1, now=NOW + 12 * DAY)
    assert (await status(newsroom)).silent_since == NOW - DAY
    newsroom.publish(story(99, at=NOW + 12 * DAY))
    await newsroom.service.refresh_source(1, now=NOW + 13 * DAY)
    assert (await status(newsroom)).silent_since is None


async def test_a_busy_source_is_asked_more_often_than_a_quiet_one(newsroom):
    newsroom.publish(*(story(number, at=NOW - number * HOUR / 4) for number in range(1, 90)))
    await newsroom.service.refresh_source(1, now=NOW)
    busy = await run(newsroom, lasting=6 * HOUR)
    quiet = await run(newsroom, start=NOW + 40 * DAY, lasting=2 * DAY)
    assert len(busy) >= 5
    assert len(quiet) <= 6


async def test_what_a_feed_asks_for_is_kept(newsroom):
    newsroom.publish(*(story(number, at=NOW - number * HOUR / 4) for number in range(1, 90)))
    newsroom.web.answers[FEED] = replace(newsroom.web.answers[FEED], fresh_for=timedelta(hours=5))
    await newsroom.service.refresh_source(1, now=NOW)
    assert len(await run(newsroom, lasting=4 * HOUR)) == 0


@pytest.mark.parametrize(
    "again",
    [
        story(1, identity="new-id"),
        story(1, identity="new-id", url=f"{story(1).url}?utm_source=rss&utm_medium=feed"),
        story(1, identity="new-id", url=f"{story(1).url}#comments"),
        story(1, at=NOW + 2 * DAY),
        story(1, identity="moved", url="https://www.gazette.example/1"),
    ],
    ids=["id", "tracking", "fragment", "date", "address"],
)
async def test_the_same_article_comes_once_whatever_changes_in_the_feed(newsroom, again):
    await subscribe(newsroom)
    newsroom.publish(story(1, at=NOW))
    await run(newsroom, lasting=2 * DAY, every=HOUR)
    first = await newsroom.service.issue_due(now=NOW + 2 * DAY, render=print_urls)
    newsroom.publish(again)
    await run(newsroom, start=NOW + 2 * DAY, lasting=2 * DAY, every=HOUR)
    second = await newsroom.service.issue_due(now=NOW + 4 * DAY, render=print_urls)
    assert (printed(*first), printed(*second)) == ([story(1).url], [])


async def test_the_same_feed_under_two_addresses_repeats_nothing(newsroom):
    await subscribe(newsroom)
    newsroom.publish(story(1, at=NOW))
    newsroom.publish(story(1, at=NOW, identity="other"), feed=MOVED, name="Mirror")
    await newsroom.service.add_source(1, MOVED, now=NOW)
    await run(newsroom, lasting=DAY, every=HOUR)
    editions = await newsroom.service.issue_due(now=NOW + DAY, render=print_urls)
    assert printed(*editions) == [story(1).url]


async def test_filters_keep_entries_out_of_digests_but_not_off_the_record(newsroom):
    await subscribe(newsroom)
    await newsroom.service.set_filters(1, 1, Filters(without=("2",)))
    newsroom.publish(story(1, at=NOW), story(2, at=NOW))
    await run(newsroom, lasting=DAY, every=HOUR)
    editions = await newsroom.service.issue_due(now=NOW + DAY, render=print_urls)
    assert printed(*editions) == [story(1).url]
    assert len(await newsroom.service.search_articles(1, "")) == 2
    await newsroom.service.set_filters(1, 1, Filters())
    assert printed(*await newsroom.service.issue_due(now=NOW + 2 * DAY, render=print_urls)) == []


async def test_filters_are_one_guilds_own(newsroom):
    await newsroom.service.add_source(2, FEED, now=NOW)
    await newsroom.service.set_filters(1, 1, Filters(keywords=("ferry",)))
    assert (await status(newsroom)).filters == Filters(keywords=("ferry",))
    assert (await status(newsroom, 2)).filters == Filters()


async def test_filters_can_be_tried_before_they_are_kept(newsroom):
    newsroom.publish(story(1, at=NOW - HOUR), story(2, at=NOW))
    await newsroom.service.refresh_source(1, now=NOW + HOUR)
    tried = await newsroom.service.try_filters(1, 1, Filters(keywords=("story 1",)))
    assert [(entry.title, passes) for entry, passes in tried] == [("Story 2", False), ("Story 1", True)]
    assert [passes for _, passes in await newsroom.service.try_filters(1, 1)] == [True, True]


@pytest.mark.parametrize("error", [ReservedError("x", "no snippets"), DisallowedError("x", "robots.txt")])
async def test_what_a_publisher_keeps_back_is_not_tried_again_and_the_digest_says_so(newsroom, error):
    order = await subscribe(newsroom)
    newsroom.publish(story(1, at=NOW), story(2, at=NOW))
    newsroom.web.answers[story(1).url] = error
    await newsroom.service.refresh_source(1, now=NOW)
    for hours in range(5):
        await newsroom.service.refresh_due(now=NOW + hours * HOUR)
    digest = await newsroom.service.preview_digest(1, order, now=NOW + DAY)
    assert (digest.coverage.articles, digest.coverage.pages_reserved) == (1, 1)
    assert newsroom.fetched(story(1).url) == 1


async def test_full_texts_expire_and_what_is_shown_stays(newsroom):
    newsroom.publish(story(1, at=NOW))
    await newsroom.service.refresh_due(now=NOW + DAY)
    before = await newsroom.service.get_brief(1, 1)
    assert await newsroom.service.expire_texts(kept=30 * DAY, now=NOW + 20 * DAY) == 0
    assert await newsroom.service.expire_texts(kept=30 * DAY, now=NOW + 40 * DAY) == 1
    assert await newsroom.service.expire_texts(kept=30 * DAY, now=NOW + 40 * DAY) == 0
    after = await newsroom.service.get_brief(1, 1)
    assert [after.words(span) for one in after.quotes for span in one.spans] == [
        before.words(span) for one in before.quotes for span in one.spans
    ]
    assert len(after.article.text) == len(before.article.text)


async def test_what_may_not_be_archived_keeps_its_shown_paragraphs_only(newsroom):
    newsroom.publish(story(1, at=NOW))
    think = newsroom.think

    async def reserved(function, page, **options):
        brief = await think(function, page, **options)
        if getattr(page, "url", "") == story(1).url:
            text = f"{brief.article.text}\nNobody is quoted here."
            brief = replace(brief, article=replace(brief.article, text=text, terms=Terms(may_archive=False)))
        return brief

    newsroom.service._tools = replace(newsroom.service._tools, think=reserved)
    await newsroom.service.refresh_due(now=NOW + DAY)
    kept = (await newsroom.service.get_brief(1, 1)).article
    assert "Nobody is quoted" not in kept.text
    assert not kept.terms.may_archive

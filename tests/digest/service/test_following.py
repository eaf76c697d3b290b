from datetime import timedelta

import pytest

from digest.errors import AlreadyExistsError, InvalidFeedError, NoArticleError, NotFoundError, RefusedError
from digest.model import Page, Source, SourceKind
from tests.builders import NOW
from tests.digest.service.newsroom import FEED, Newsroom, story

HOME = "https://gazette.example/"
NAMES_ITS_FEED = b'<link rel="alternate" type="application/rss+xml" href="/feed.xml">'


@pytest.fixture
def newsroom(store):
    newsroom = Newsroom(store)
    newsroom.publish(story(1), story(2))
    newsroom.web.answers[HOME] = Page(HOME, NAMES_ITS_FEED)
    return newsroom


async def followed(newsroom, guild_id=1):
    return [status.source for status in await newsroom.service.list_sources(guild_id)]


async def test_a_feed_is_followed_under_its_own_name_and_fetched_once(newsroom):
    source = await newsroom.service.add_source(1, f" {FEED} ", now=NOW)
    assert source == Source(FEED, "Harbour Gazette", SourceKind.FEED, "en", source.id)
    assert await followed(newsroom) == [source]
    assert await newsroom.service.refresh_due(now=NOW) == ()
    assert newsroom.fetched(FEED) == 1
    assert len(await newsroom.service.search_articles(1, "")) == 2


async def test_a_page_leads_to_the_first_feed_it_names(newsroom):
    source = await newsroom.service.add_source(1, HOME, now=NOW)
    assert (source.url, source.kind) == (FEED, SourceKind.FEED)


async def test_a_page_that_names_no_feed_is_no_source(newsroom):
    newsroom.web.answers[HOME] = b"<p>Nothing here</p>"
    with pytest.raises(InvalidFeedError, match="neither a feed nor a page that names one"):
        await newsroom.service.add_source(1, HOME, now=NOW)
    assert await followed(newsroom) == []


async def test_who_wants_a_feed_gets_no_other_one(newsroom):
    with pytest.raises(InvalidFeedError, match="is not a feed"):
        await newsroom.service.add_source(1, HOME, now=NOW, kind=SourceKind.FEED)


async def test_who_wants_a_page_gets_it_as_one_article(newsroom):
    url = story(1).url
    source = await newsroom.service.add_source(1, url, now=NOW, kind=SourceKind.PAGE)
    assert (source.kind, source.name) == (SourceKind.PAGE, "gazette.example")
    assert [hit.title for hit in await newsroom.service.search_articles(1, "")] == ["Story 1"]
    assert (await newsroom.service.refresh_source(source.id, now=NOW)).new_entries == 0
    assert newsroom.fetched(url) == 1


async def test_a_page_with_nothing_to_read_is_no_source(newsroom):
    newsroom.web.answers[HOME] = b""
    with pytest.raises(NoArticleError):
        await newsroom.service.add_source(1, HOME, now=NOW, kind=SourceKind.PAGE)
    assert await followed(newsroom) == []


async def test_what_cannot_be_fetched_is_no_source(newsroom):
    newsroom.web.answers[FEED] = RefusedError(FEED, "forbidden", status=403)
    with pytest.raises(RefusedError):
        await newsroom.service.add_source(1, FEED, now=NOW)
    assert await followed(newsroom) == []


@pytest.mark.parametrize("url", [FEED, HOME])
async def test_following_twice_is_an_error_that_changes_nothing(newsroom, url):
    source = await newsroom.service.add_source(1, FEED, now=NOW)
    with pytest.raises(AlreadyExistsError):
        await newsroom.service.add_source(1, url, now=NOW)
    assert await followed(newsroom) == [source]


async def test_a_second_guild_shares_the_source_without_a_fetch(newsroom):
    first = await newsroom.service.add_source(1, FEED, now=NOW)
    assert await newsroom.service.add_source(2, FEED, now=NOW) == first
    assert newsroom.fetched(FEED) == 1


async def test_a_guild_may_leave_and_come_back(newsroom):
    source = await newsroom.service.add_source(1, FEED, now=NOW)
    await newsroom.service.remove_source(1, source.id)
    assert await followed(newsroom) == []
    with pytest.raises(NotFoundError):
        await newsroom.service.remove_source(1, source.id)
    assert await newsroom.service.add_source(1, FEED, now=NOW) == source


async def test_of_a_long_archive_the_newest_hundred_are_read(newsroom):
    newsroom.publish(*(story(number, at=NOW - timedelta(hours=number)) for number in range(130)))
    await newsroom.service.add_source(1, FEED, now=NOW)
    for _ in range(10):
        await newsroom.service.refresh_due(now=NOW)
    hits = await newsroom.service.search_articles(1, "", limit=200)
    assert [hit.title for hit in hits] == [f"Story {number}" for number in range(100)]


async def gone(newsroom):
    """The feed, followed by guild 1 and asked no more, and then there again."""
    source = await newsroom.service.add_source(1, FEED, now=NOW)
    answer = newsroom.web.answers[FEED]
    newsroom.web.answers[FEED] = RefusedError(FEED, "gone", status=410)
    await newsroom.service.refresh_source(source.id, now=NOW)
    assert (await newsroom.service.list_sources(1))[0].is_paused
    return source, answer


async def test_what_was_given_up_is_asked_before_somebody_follows_it_and_goes_on_for_all(newsroom):
    source, answer = await gone(newsroom)
    with pytest.raises(RefusedError):
        await newsroom.service.add_source(2, FEED, now=NOW + timedelta(days=1))
    assert await followed(newsroom, 2) == []
    newsroom.web.answers[FEED] = answer
    assert await newsroom.service.add_source(2, FEED, now=NOW + timedelta(days=1)) == source
    for guild_id in (1, 2):
        (status,) = await newsroom.service.list_sources(guild_id)
        assert (status.is_paused, status.failure) == (False, None)
    before = newsroom.fetched(FEED)
    await newsroom.service.refresh_due(now=NOW + timedelta(days=3))
    assert newsroom.fetched(FEED) == before + 1


async def test_what_was_given_up_goes_on_when_who_follows_it_adds_it_again(newsroom):
    _, newsroom.web.answers[FEED] = await gone(newsroom)
    with pytest.raises(AlreadyExistsError):
        await newsroom.service.add_source(1, FEED, now=NOW + timedelta(days=1))
    (status,) = await newsroom.service.list_sources(1)
    assert (status.is_paused, status.failure) == (False, None)


async def test_what_two_guilds_want_of_one_address_are_two_sources(newsroom):
    links = "".join(
        f'<p><a href="/2026/harbour-story-{n}">What became of pier {n} in the storm</a></p>' for n in range(5)
    )
    newsroom.web.answers[HOME] = Page(HOME, links.encode())
    page = await newsroom.service.add_source(1, HOME, now=NOW, kind=SourceKind.PAGE)
    listed = await newsroom.service.add_source(2, HOME, now=NOW, kind=SourceKind.LINKS)
    assert (page.kind, listed.kind) == (SourceKind.PAGE, SourceKind.LINKS)
    assert page.id != listed.id
    assert len(await newsroom.service.try_filters(2, listed.id)) == 5
    assert await newsroom.service.add_source(3, HOME, now=NOW, kind=SourceKind.LINKS) == listed
    assert newsroom.fetched(HOME) == 2


async def test_who_follows_a_page_can_follow_the_feed_that_it_names_too(newsroom):
    page = await newsroom.service.add_source(1, HOME, now=NOW, kind=SourceKind.PAGE)
    feed = await newsroom.service.add_source(1, HOME, now=NOW)
    assert (feed.url, feed.kind) == (FEED, SourceKind.FEED)
    assert await followed(newsroom) == [feed, page]


async def test_a_feed_and_a_sitemap_at_one_address_are_one_source(newsroom):
    source = await newsroom.service.add_source(1, FEED, now=NOW, kind=SourceKind.SITEMAP)
    assert await newsroom.service.add_source(2, FEED, now=NOW) == source
    assert await newsroom.service.add_source(3, FEED, now=NOW, kind=SourceKind.FEED) == source

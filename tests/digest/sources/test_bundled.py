from datetime import timedelta

import pytest

from digest.errors import RefusedError, UnsafeError
from digest.model import Validators
from digest.sources.bundled import BundledFetcher, bundled_day

PAGE = "https://kestrel-business.example/articles/court-halts-norvale-rail-sale"
FEED = "https://kestrel-business.example/articles.rss"


async def test_a_bundled_page_comes_with_its_body_and_its_kind():
    page = await BundledFetcher().fetch(PAGE)
    assert page.url == PAGE
    assert page.media_type == "text/html"
    assert b"Norvale Rail" in page.body


async def test_a_bundled_feed_comes_as_a_feed():
    page = await BundledFetcher().fetch(FEED)
    assert page.media_type == "application/rss+xml"
    assert b"<rss" in page.body


@pytest.mark.parametrize("url", ["https://kestrel-business.example/", PAGE + "?page=2", "", "../edition.toml"])
async def test_what_is_not_bundled_is_refused_as_not_found(url):
    with pytest.raises(RefusedError) as caught:
        await BundledFetcher().fetch(url)
    assert caught.value.status == 404
    assert caught.value.url == url


async def test_a_page_asked_for_with_its_own_validators_is_unchanged_and_bodyless():
    fetcher = BundledFetcher()
    page = await fetcher.fetch(FEED)
    again = await fetcher.fetch(FEED, validators=page.validators, max_bytes=1)
    assert again.is_unchanged
    assert again.body == b""
    assert again.validators == page.validators


@pytest.mark.parametrize("validators", [None, Validators(), Validators(etag='"older"')])
async def test_other_validators_bring_the_page_anew(validators):
    page = await BundledFetcher().fetch(FEED, validators=validators)
    assert not page.is_unchanged
    assert page.body


async def test_a_feed_lists_later_articles_when_their_time_has_come():
    gazette, first = "https://www.harbour-gazette.example/feed.xml", bundled_day().now
    times = iter([first, first + timedelta(days=1), first + timedelta(days=2)])
    fetcher = BundledFetcher(lambda: next(times))
    bodies = [(await fetcher.fetch(gazette)).body for _ in range(3)]
    assert b"2029" not in bodies[0]
    assert bodies[1] == bodies[0]
    assert b"2029" in bodies[2]


async def test_a_page_over_the_cap_on_bytes_is_not_given():
    fetcher = BundledFetcher()
    size = len((await fetcher.fetch(PAGE)).body)
    assert len((await fetcher.fetch(PAGE, max_bytes=size)).body) == size
    with pytest.raises(UnsafeError):
        await fetcher.fetch(PAGE, max_bytes=size - 1)

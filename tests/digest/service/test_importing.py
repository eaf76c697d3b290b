"""Lists of other readers, over a small web: what is followed, what was, what fails and why, what is left."""

import pytest

from digest.errors import InvalidFeedError, RefusedError
from digest.model import FailureKind
from digest.service.importing import MOST_AT_ONCE
from digest.sources.opml import Outline, render_opml
from tests.builders import NOW
from tests.digest.service.newsroom import FEED, Newsroom


@pytest.fixture
def newsroom(store):
    return Newsroom(store)


def listing(*urls):
    return render_opml([Outline(url, f"Outlet {number}") for number, url in enumerate(urls)], title="Mine")


def feeds(newsroom, number):
    urls = [f"https://outlet-{index}.example/feed.xml" for index in range(number)]
    for url in urls:
        newsroom.publish(feed=url, name=url)
    return urls


async def test_what_works_is_followed_and_what_fails_is_told(newsroom):
    newsroom.publish()
    await newsroom.service.add_source(1, FEED, now=NOW)
    (good,) = feeds(newsroom, 1)
    bad = "https://secret.example/feed?key=hidden"
    newsroom.web.answers[bad] = RefusedError(bad, "forbidden", status=403)
    outcome = await newsroom.service.import_sources(1, listing(FEED, good, bad), now=NOW)
    assert (outcome.added, outcome.known, outcome.left) == (1, 1, 0)
    assert [(one.name, one.kind) for one in outcome.failures] == [("Outlet 2", FailureKind.FORBIDDEN)]
    assert {one.source.url for one in await newsroom.service.list_sources(1)} == {FEED, good}


async def test_of_a_long_list_a_hundred_are_taken_and_the_rest_the_next_time(newsroom):
    body = listing(*feeds(newsroom, MOST_AT_ONCE + 7))
    first = await newsroom.service.import_sources(1, body, now=NOW)
    second = await newsroom.service.import_sources(1, body, now=NOW)
    assert (first.added, first.left) == (MOST_AT_ONCE, 7)
    assert (second.added, second.known, second.left) == (7, MOST_AT_ONCE, 0)


async def test_what_is_no_list_is_refused(newsroom):
    with pytest.raises(InvalidFeedError):
        await newsroom.service.import_sources(1, b"a letter", now=NOW)

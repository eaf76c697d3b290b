"""Lists of other readers, over a small web: what is followed, what was, what fails and why, what is left."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from digest.errors import InvalidFeedError, RefusedError
from digest.model import FailureKind
from digest.service.importing import import_sources
from digest.service.together import AT_ONCE
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


class SlowWeb:
    """A web in which some feeds never answer, and the others take a moment."""

    def __init__(self, web, dead):
        self.web, self.dead = web, frozenset(dead)

    async def fetch(self, url, **options):
        await (asyncio.Event().wait() if url in self.dead else asyncio.sleep(0))
        return await self.web.fetch(url, **options)


async def test_the_whole_of_a_long_list_is_tried(newsroom):
    dead = [f"https://dead-{index}.example/feed.xml" for index in range(150)]
    body = listing(*dead, *feeds(newsroom, 7))
    outcome = await newsroom.service.import_sources(1, body, now=NOW)
    assert (outcome.added, len(outcome.failures), outcome.left) == (7, 150, 0)
    assert [one.name for one in outcome.failures] == [f"Outlet {number}" for number in range(150)]


async def test_when_time_runs_out_the_rest_is_left_and_trying_again_gets_to_it(newsroom):
    dead = [f"https://dead-{index}.example/feed.xml" for index in range(2 * AT_ONCE)]
    good = feeds(newsroom, 7)
    tools = replace(newsroom.service._tools, fetcher=SlowWeb(newsroom.web, dead))
    for longer in range(1, 50):
        outcome = await import_sources(tools, 1, listing(*dead, *good), now=NOW, within=longer * timedelta(seconds=0.3))
        assert (outcome.added + outcome.known + outcome.left, outcome.failures) == (len(dead) + len(good), ())
        if outcome.left == len(dead):
            break
    assert {one.source.url for one in await newsroom.service.list_sources(1)} == set(good)


async def test_what_is_no_list_is_refused(newsroom):
    with pytest.raises(InvalidFeedError):
        await newsroom.service.import_sources(1, b"a letter", now=NOW)

"""A small round of asking feeds: each is asked, news are counted once, and the server sees who breaks a rule."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp

from bench._feed_server import ITEMS, NEW_ITEMS, FeedServer, _body, etag_of, feed_url, item_url, listening
from bench._polling import measure_polling
from digest.model import Page
from digest.sources.feeds import parse_feed


@asynccontextmanager
async def asking():
    """A server, and what asks it for a path of a host and returns the status and the validator of the answer."""
    server = FeedServer()
    async with listening(server) as port, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:

        async def ask(path, etag=None, host="feed-1.example"):
            headers = {"Host": host} | ({"If-None-Match": etag} if etag else {})
            async with session.get(path, headers=headers) as response:
                return response.status, response.headers.get("ETag")

        yield server, ask


def test_every_feed_is_asked_politely_and_its_news_are_counted():
    figures = measure_polling(40, shared=3)
    for name in ("first round", "next round"):
        measured = figures[name]
        assert (measured["asked"], measured["failed"]) == (40, 0)
        assert (measured["with news"], measured["new entries"]) == (4, 4 * NEW_ITEMS)
        assert 0 < measured["cpu"] < 20
    server = figures["server"]
    assert server["requests"] == {"robots.txt": 38, "304": 72, "200": 8}
    assert server["hosts"] == 38
    assert server["most at once of a host"] == 2
    assert [server[name] for name in server if name.startswith("broken: ")] == [0, 0, 0]
    assert figures["cpu in all"] > figures["cpu of the reading processes"] > 0
    assert 30 < figures["peak rss of the bot, MB"] < 300


def test_a_feed_lists_its_newest_items_and_each_leads_to_its_own_page():
    feed = parse_feed(Page("http://feed-7.example/7", _body(7, 3).encode(), "application/rss+xml"))
    newest = ITEMS + 3 * NEW_ITEMS - 1
    assert [entry.identity for entry in feed.entries] == [item_url(7, newest - back) for back in range(ITEMS)]


def test_the_first_feeds_share_a_host():
    assert [feed_url(number, 2, 80).rpartition("/")[0] for number in range(3)] == [
        "http://shared.example:80",
        "http://shared.example:80",
        "http://feed-2.example:80",
    ]


async def test_the_server_tells_news_from_what_is_known():
    async with asking() as (server, ask):
        assert await ask("/robots.txt") == (404, None)
        assert await ask("/1", etag_of(1, 0)) == (304, etag_of(1, 0))
        assert await ask("/1", '"another"') == (200, etag_of(1, 0))
        assert await ask("/10", etag_of(10, 0)) == (200, etag_of(10, 1))
    assert server.account()["requests"] == {"robots.txt": 1, "304": 1, "200": 2}


async def test_the_server_sees_who_asks_too_soon_and_without_leave():
    async with asking() as (server, ask):
        await ask("/1")
        await ask("/1")
    account = server.account()
    assert account["broken: robots.txt not asked"] == 1
    assert account["broken: spacing"] == 1
    assert account["least seconds between starts"] < 0.5


async def test_the_server_sees_who_asks_three_things_at_once():
    async with asking() as (server, ask):
        await asyncio.gather(*(ask(f"/{number}", host="shared.example") for number in range(3)))
    account = server.account()
    assert account["most at once of a host"] == 3
    assert account["broken: at once"] == 1

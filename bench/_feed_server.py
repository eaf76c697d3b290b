"""A web server of many feeds, in a process of its own, that keeps account of how it is asked.

Each feed has a host of its own, but for a few that share one, which answers slowly. No host has a robots.txt.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

ITEMS = 20
"""A feed lists so many."""
NEW_ITEMS = 2
"""A feed that brings news brings so many at a time."""
NEWS_EVERY = 10
"""Of so many feeds one brings news each time it is asked."""
BEGINNING = datetime(2026, 10, 1, 7, tzinfo=UTC)
"""When item 0 of each feed came; the others come after it, BETWEEN apart."""
BETWEEN = timedelta(hours=7)

_SHARED_HOST = "shared.example"
_SHARED_SECONDS = 2.5  # so slow that a third request would run beside two, a second apart
_AT_ONCE = 2
_SPACING = 1.0
_ON_THE_WAY = 0.5  # a busy machine delays the first of two, with its connection, more than the second
_SUMMARY = "<p>The council heard the reports of its committees, and put off what was left to another day.</p>" * 5


@dataclass(slots=True)
class _Host:
    started: list[float] = field(default_factory=list)
    running: int = 0
    most_at_once: int = 0


def feed_url(number: int, shared: int, port: int) -> str:
    """Return where the feed is; the first `shared` share a host."""
    host = _SHARED_HOST if number < shared else f"feed-{number}.example"
    return f"http://{host}:{port}/{number}"


def item_url(number: int, item: int) -> str:
    """Return where an item of the feed leads: it is its identity too."""
    return f"https://feed-{number}.example/articles/{item}"


def title_of(number: int, item: int) -> str:
    """Return the title of an item."""
    return f"Council {number} settles matter {item}"


def etag_of(number: int, version: int) -> str:
    """Return the validator of the feed after so many times of news."""
    return f'"{number}-{version}"'


class FeedServer:
    """Answers 304 to who knows a feed's state; a tenth of the feeds has news whenever it is asked."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._versions = Counter[int]()
        self._answers = Counter[str]()
        self._unasked = 0

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one request and keep account of it."""
        host = self._hosts.setdefault(request.url.host or "", _Host())
        if request.path != "/robots.txt" and not host.started:
            self._unasked += 1
        host.started.append(time.monotonic())
        host.running += 1
        host.most_at_once = max(host.most_at_once, host.running)
        try:
            if request.url.host == _SHARED_HOST:
                await asyncio.sleep(_SHARED_SECONDS)
            response = self._respond(request)
        finally:
            host.running -= 1
        self._answers["robots.txt" if request.path == "/robots.txt" else str(response.status)] += 1
        return response

    def account(self) -> dict[str, object]:
        """Return what was asked, and how often a rule for one host was broken."""
        gaps = [
            later - earlier
            for host in self._hosts.values()
            for earlier, later in zip(host.started, host.started[1:], strict=False)
        ]
        return {
            "hosts": len(self._hosts),
            "requests": dict(self._answers),
            "most at once of a host": max((host.most_at_once for host in self._hosts.values()), default=0),
            "least seconds between starts": round(min(gaps, default=0.0), 3),
            "broken: at once": sum(host.most_at_once > _AT_ONCE for host in self._hosts.values()),
            "broken: spacing": sum(gap < _SPACING - _ON_THE_WAY for gap in gaps),
            "broken: robots.txt not asked": self._unasked,
        }

    def _respond(self, request: web.Request) -> web.Response:
        if request.path == "/robots.txt":
            return web.Response(status=404)
        number = int(request.path.removeprefix("/"))
        if number % NEWS_EVERY == 0:
            self._versions[number] += 1
        version = self._versions[number]
        headers = {"ETag": etag_of(number, version)}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        return web.Response(text=_body(number, version), content_type="application/rss+xml", headers=headers)


def _body(number: int, version: int) -> str:
    newest = ITEMS + NEW_ITEMS * version - 1
    items = "".join(_item(number, item) for item in range(newest, newest - ITEMS, -1))
    return f'<rss version="2.0"><channel><title>Council {number}</title>{items}</channel></rss>'


def _item(number: int, item: int) -> str:
    came = format_datetime(BEGINNING + item * BETWEEN)
    url = item_url(number, item)
    return (
        f"<item><title>{title_of(number, item)}</title><link>{url}</link><guid>{url}</guid>"
        f"<pubDate>{came}</pubDate><description><![CDATA[{_SUMMARY}]]></description></item>"
    )


@asynccontextmanager
async def listening(server: FeedServer) -> AsyncIterator[int]:
    """Let the server answer on loopback; gives the port."""
    runner = web.ServerRunner(web.Server(server.answer))  # type: ignore[arg-type] # a Request is a BaseRequest
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _serve() -> None:
    """Serve until the end of the input; print the port at first and the account at last."""
    server = FeedServer()
    async with listening(server) as port:
        print(port, flush=True)
        await asyncio.to_thread(sys.stdin.read)
    print(json.dumps(server.account()))


if __name__ == "__main__":
    asyncio.run(_serve())

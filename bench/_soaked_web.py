"""A web of outlets on loopback that publish through the day and fail in every way: by chance, and some pages always."""

import asyncio
import gzip
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random

from aiohttp import web

_PARAGRAPH = re.compile(r"<p[^>]*>(.{150,}?)</p>", re.DOTALL)
_SEEDS = Path(__file__).parents[1] / "seeds" / "articles"
_PARAGRAPHS = 8
LISTED = 60
"""A feed lists so many."""

_FEED_TROUBLE, _PAGE_TROUBLE = 0.12, 0.04
_OF_THE_SERVER = ("500", "503", "hang", "drip", "reset")
_OF_A_FEED = (*_OF_THE_SERVER, "bomb", "broken", "wrong type")
_BAD = {5: "404", 10: "bomb", 15: "nested", 20: "huge", 24: "broken"}
"""Of 25 items of an outlet these can never be read, and why."""
_EVERY = 25
_HANG_SECONDS, _DRIP_SECONDS, _DRIPS = 90.0, 4.0, 30
_BOMB_BYTES = 60_000_000
_HUGE_BYTES = 4_000_000
_DEPTH = 100_000
_DIRECTIONS = ("north", "south", "east", "west", "harbour", "market", "mill", "bridge", "castle", "river")


class Web:
    """So many outlets, each at an address of 127.0.1.0/24 of its own, which publish every `between` until `until`.

    Each feed is full in the beginning, of what came before.
    """

    def __init__(
        self, outlets: int, between: timedelta, now: Callable[[], datetime], *, is_faulty: bool = True, seed: int = 10
    ) -> None:
        self._outlets = range(1, outlets + 1)
        self._between = between
        self._now = now
        self._began_at = now()
        self._since = now() - LISTED * between
        self._chance = Random(seed)  # noqa: S311 -- no secret
        self._port = 0
        self._bomb = gzip.compress(bytes(_BOMB_BYTES))
        self._words = [
            " ".join(found.split())
            for path in sorted(_SEEDS.glob("*.html"))
            for found in _PARAGRAPH.findall(path.read_text("utf-8"))
        ]
        self.until: datetime | None = None
        self.is_faulty = is_faulty
        self.always = ""
        """The trouble that every feed and every page meets, if there is one."""
        self.met = Counter[str]()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Let every outlet answer at the same port; gives the port."""
        runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=0.1)  # type: ignore[arg-type] # a Request is a BaseRequest
        await runner.setup()
        async with AsyncExitStack() as stack:
            stack.push_async_callback(runner.cleanup)
            for outlet in self._outlets:
                await web.TCPSite(runner, _host(outlet), self._port, backlog=256).start()
                self._port = runner.addresses[0][1]
            yield self._port

    def feeds(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each outlet and the address of its feed."""
        for outlet in self._outlets:
            yield f"Outlet {outlet}", f"http://{_host(outlet)}:{self._port}/feed.xml"

    def readable(self) -> set[str]:
        """Return the addresses of all that was published since the beginning and can be read."""
        return {
            self._url(outlet, item)
            for outlet in self._outlets
            for item in range(1, self._newest(outlet) + 1)
            if item % _EVERY not in _BAD and self._published_at(outlet, item) > self._began_at
        }

    def published(self) -> int:
        """Return how much was published since the beginning."""
        return sum(self._newest(outlet) - LISTED for outlet in self._outlets)

    # ---

    def _url(self, outlet: int, item: int) -> str:
        return f"http://{_host(outlet)}:{self._port}/news/{item}"

    def _published_at(self, outlet: int, item: int) -> datetime:
        return self._since + (item - 1 + outlet / len(self._outlets)) * self._between

    def _newest(self, outlet: int) -> int:
        now = min(self._now(), self.until or self._now())
        return max(0, (now - self._published_at(outlet, 1)) // self._between + 1)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        host = request.url.host or ""
        outlet = int(host.rpartition(".")[2])
        if request.path == "/feed.xml":
            return await self._meet(request, _OF_A_FEED, _FEED_TROUBLE) or self._feed(outlet)
        if not request.path.startswith("/news/"):
            return web.Response(status=404)
        item = int(request.path.rpartition("/")[2])
        self.met["pages"] += 1
        if bad := _BAD.get(item % _EVERY):
            return await self._fail(request, bad)
        return await self._meet(request, _OF_THE_SERVER, _PAGE_TROUBLE) or self._page(outlet, item)

    async def _meet(self, request: web.Request, troubles: tuple[str, ...], share: float) -> web.StreamResponse | None:
        if self.always:
            return await self._fail(request, self.always)
        if not self.is_faulty or self._chance.random() >= share:
            return None
        return await self._fail(request, self._chance.choice(troubles))

    async def _fail(self, request: web.Request, trouble: str) -> web.StreamResponse:
        self.met[trouble] += 1
        if trouble == "drip":
            return await _drip(request)
        if trouble == "hang":
            await asyncio.sleep(_HANG_SECONDS)
        if trouble == "reset" and request.transport is not None:
            request.transport.abort()
        return self._wrong(trouble)

    def _wrong(self, trouble: str) -> web.Response:
        match trouble:
            case "bomb":
                return web.Response(body=self._bomb, content_type="text/html", headers={"Content-Encoding": "gzip"})
            case "nested":
                return web.Response(text="<div>" * _DEPTH + self._words[0], content_type="text/html")
            case "huge":
                return web.Response(text="<p>" + "word " * (_HUGE_BYTES // 5), content_type="text/html")
            case "broken":
                return web.Response(body=b"<rss><channel><title>\x00\xff\xfe<item", content_type="application/rss+xml")
            case "wrong type":
                return web.Response(body=b"%PDF-1.7", content_type="application/pdf")
        return web.Response(status=int(trouble) if trouble.isdigit() else 500)

    def _feed(self, outlet: int) -> web.Response:
        newest = self._newest(outlet)
        items = "".join(
            f"<item><title>{self._title(outlet, item)}</title><link>{self._url(outlet, item)}</link>"
            f"<pubDate>{format_datetime(self._published_at(outlet, item))}</pubDate></item>"
            for item in range(newest, max(0, newest - LISTED), -1)
        )
        feed = f'<rss version="2.0"><channel><title>Outlet {outlet}</title>{items}</channel></rss>'
        return web.Response(text=feed, content_type="application/rss+xml")

    def _title(self, outlet: int, item: int) -> str:
        direction = _DIRECTIONS[(outlet + item) % len(_DIRECTIONS)]
        return f"Council {outlet} settles matter {item} of the {direction} quarter"

    def _page(self, outlet: int, item: int) -> web.Response:
        chance = Random(outlet * 100_000 + item)  # noqa: S311 -- the same page each time
        title = self._title(outlet, item)
        own = f"The council of ward {outlet} said on Monday that it would settle matter {item} by 12 December."
        text = "".join(f"<p>{words}</p>" for words in (own, *chance.sample(self._words, _PARAGRAPHS)))
        page = (
            f'<!DOCTYPE html><html lang="en"><head><title>{title}</title><meta property="article:published_time" '
            f'content="{self._published_at(outlet, item).isoformat()}"></head>'
            f"<body><article><h1>{title}</h1>{text}</article></body></html>"
        )
        return web.Response(text=page, content_type="text/html")


def _host(outlet: int) -> str:
    return f"127.0.1.{outlet}"


async def _drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    with suppress(ConnectionError):  # who waits for it has had enough
        for _ in range(_DRIPS):
            await response.write(b" ")
            await asyncio.sleep(_DRIP_SECONDS)
    return response

"""Outlets on addresses of loopback, each with a feed that lists more and more, and pages that are quickly read."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime

from aiohttp import web

LISTED = 60
"""A feed lists its newest; more than come while nobody asks."""

_ACTS = ("close", "rebuild", "extend", "sell", "insure", "repaint", "electrify", "inspect", "reopen", "lease")
_OWN_WORDS = 25


class Outlet:
    """An outlet: so many articles are out, and this is how often each was asked for."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        self.url = url
        self.printed: list[datetime] = []
        self.asked = Counter[int]()

    @property
    def feed_url(self) -> str:
        """Where its feed is."""
        return f"{self.url}/feed"

    def page_url(self, number: int) -> str:
        """Where an article is."""
        return f"{self.url}/articles/{number}"

    def print_one(self) -> None:
        """Let one more article be out, as of now."""
        self.printed.append(datetime.now(UTC))  # noqa: TID251 -- the web has a clock of its own

    def feed(self) -> str:
        """Return the feed as it is now."""
        newest = range(len(self.printed) - 1, max(-1, len(self.printed) - 1 - LISTED), -1)
        items = "".join(
            f"<item><title>{self.title_of(one)}</title><link>{self.page_url(one)}</link>"
            f"<guid>{self.page_url(one)}</guid><pubDate>{format_datetime(self.printed[one])}</pubDate></item>"
            for one in newest
        )
        return f'<rss version="2.0"><channel><title>{self.name}</title>{items}</channel></rss>'

    def page(self, number: int) -> str:
        """Return an article, which is like no other."""
        lot = self._lot(number)
        body = "".join(f"<p>{_paragraph(lot)}</p>" for _ in range(4))
        title = self.title_of(number)
        return (
            f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body>"
            "</html>"
        )

    def title_of(self, number: int) -> str:
        """Return the title of an article, of words that no other has: those that share a rare one are one story."""
        lot = self._lot(number)
        return f"{_word(lot).title()} {_word(lot)} {_word(lot)} {_word(lot)}"

    def _lot(self, number: int) -> random.Random:
        return random.Random(f"{self.name} {number}")  # noqa: S311 -- no secret


def _paragraph(lot: random.Random) -> str:
    # Of words that no other article has: so that no two look like one story.
    who, town = f"{_word(lot).title()} {_word(lot).title()}", _word(lot).title()
    thing, act, number = f"{_word(lot)} {_word(lot)}", lot.choice(_ACTS), lot.randint(100, 99_999)
    return (
        f"{town} agreed to {act} the {thing}. “We will {act} the {_word(lot)} of {town} {_word(lot)},” said {who}. "
        f"{_word(lot).title()} wrote {number} letters about it, on {' '.join(_word(lot) for _ in range(_OWN_WORDS))}."
    )


def _word(lot: random.Random) -> str:
    return "".join(lot.choice("bcdfglmnprstv") + lot.choice("aeiou") for _ in range(4))


class NewsServer:
    """The outlets, and the requests that came at all."""

    def __init__(self) -> None:
        self.outlets: list[Outlet] = []
        self.seconds = 0.0
        """How long each answer takes."""

    async def answer(self, request: web.Request) -> web.Response:
        """Answer with a feed or a page."""
        await asyncio.sleep(self.seconds)
        outlet = next((one for one in self.outlets if one.url.endswith(f"//{request.host}")), None)
        if outlet is None or not request.path.startswith(("/feed", "/articles/")):  # no robots.txt, no reservations
            return web.Response(status=404)
        if request.path == "/feed":
            return web.Response(text=outlet.feed(), content_type="application/rss+xml")
        number = int(request.path.rpartition("/")[2])
        outlet.asked[number] += 1
        return web.Response(text=outlet.page(number), content_type="text/html")

    @asynccontextmanager
    async def serve(self, outlets: int) -> AsyncIterator["NewsServer"]:
        """Listen on so many addresses of loopback, each an outlet's."""
        runner = web.ServerRunner(web.Server(self.answer))  # type: ignore[arg-type] # a Request is a BaseRequest
        await runner.setup()
        try:
            for number in range(outlets):
                site = web.TCPSite(runner, f"127.0.1.{number + 1}", 0)
                await site.start()
                host, port = runner.addresses[-1][:2]
                self.outlets.append(Outlet(f"Gazette {number}", f"http://{host}:{port}"))
            yield self
        finally:
            await runner.cleanup()

"""Outlets on addresses of loopback, each with a feed that lists more and more, and pages that are quickly read."""

import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime

from aiohttp import web

LISTED = 60
"""A feed lists its newest; more than come while nobody asks."""

_TOWNS = (
    *("Aldmoor", "Brackwater", "Corrin", "Dunleigh", "Eastmarch", "Farrow", "Gildhaven", "Harrowby", "Inverlee"),
    *("Jarrow", "Kelmarsh", "Lindholm", "Marlow", "Norwick", "Oakhurst", "Pembrey", "Quarley", "Ravensea", "Selby"),
)
_THINGS = (
    *("bridge", "harbour", "library", "tramway", "theatre", "hospital", "quay", "market hall", "reservoir", "school"),
    *("lighthouse", "orchard", "museum", "ferry", "power station", "swimming pool", "archive", "windmill", "canal"),
)
_ACTS = ("close", "rebuild", "extend", "sell", "insure", "repaint", "electrify", "inspect", "reopen", "lease")
_OWN_WORDS = 20  # in each paragraph, of no other article: so that no two look like one story
_PEOPLE = ("Ada Winter", "Jonas Pike", "Mara Holt", "Ivo Strand", "Lena Frost", "Piet Vale", "Nora Birch", "Olaf Reed")


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
            f"<item><title>{self._title(one)}</title><link>{self.page_url(one)}</link>"
            f"<guid>{self.page_url(one)}</guid><pubDate>{format_datetime(self.printed[one])}</pubDate></item>"
            for one in newest
        )
        return f'<rss version="2.0"><channel><title>{self.name}</title>{items}</channel></rss>'

    def page(self, number: int) -> str:
        """Return an article, which is like no other."""
        lot = self._lot(number)
        body = "".join(f"<p>{_paragraph(lot)}</p>" for _ in range(4))
        title = self._title(number)
        return (
            f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body>"
            "</html>"
        )

    def _lot(self, number: int) -> random.Random:
        return random.Random(f"{self.name} {number}")  # noqa: S311 -- no secret

    def _title(self, number: int) -> str:
        lot = self._lot(number)
        return f"{lot.choice(_TOWNS)} will {lot.choice(_ACTS)} its {lot.choice(_THINGS)}, report {number} of {self.name}"


def _paragraph(lot: random.Random) -> str:
    who, town, thing, act = (lot.choice(each) for each in (_PEOPLE, _TOWNS, _THINGS, _ACTS))
    number, year = lot.randint(100, 99_999), lot.randint(2027, 2060)
    return (
        f"The council of {town} agreed on Monday to {act} the {thing} at a cost of {number} crowns. "
        f"“We will {act} the {thing} of {town} by {year}, and {number} people will see it,” said {who}, who leads "
        f"the office of works there. Residents of {lot.choice(_TOWNS)} wrote {lot.randint(3, 900)} letters about it, "
        f"on {', '.join(_word(lot) for _ in range(_OWN_WORDS))} and {_word(lot)}."
    )


def _word(lot: random.Random) -> str:
    return "".join(lot.choice("bcdfglmnprstv") + lot.choice("aeiou") for _ in range(4))


class NewsServer:
    """The outlets, and the requests that came at all."""

    def __init__(self) -> None:
        self.outlets: list[Outlet] = []

    async def answer(self, request: web.Request) -> web.Response:
        """Answer with a feed or a page."""
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

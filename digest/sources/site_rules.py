"""What sites ask of a robot: whether a page may be fetched, how often, and whether it is reserved."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from yarl import URL

from digest.errors import DisallowedError, FetchError, UnreachableError, UnsafeError
from digest.model import Page
from digest.sources.answers import RESERVATION
from digest.sources.hosts import Clock
from digest.sources.reservations import RESERVATIONS_BYTES, RESERVATIONS_PATH, Reservations, parse_reservations
from digest.sources.robots import ROBOTS_BYTES, Robots, read_robots
from digest.sources.site_cache import SiteCache

FetchFile = Callable[[str, int, Clock, float | None], Awaitable[bytes | None]]
"""Gives the first bytes of a site's file, or None where it has none; takes url, most bytes, clock and delay."""

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


class SiteRules:
    """The robots.txt and tdmrep.json of the sites that were asked, each fetched once a day by `fetch_file`."""

    def __init__(self, fetch_file: FetchFile, *, keeps_rules: bool = True) -> None:
        self._fetch_file = fetch_file
        self._keeps_rules = keeps_rules
        self._robots = SiteCache[Robots]()
        self._reservations = SiteCache[Reservations]()

    async def ask_leave(self, url: str, target: str, clock: Clock) -> float | None:
        """Return how many seconds the site of the target wants between requests, if it says so.

        Raises DisallowedError where its robots.txt says no, and UnreachableError or UnsafeError where that cannot be
        read; each names the url that was wanted.
        """
        if not self._keeps_rules:
            return None
        try:
            robots = await self._robots_of(target, clock)
        except UnreachableError as error:
            why = f"its robots.txt cannot be read: {error.why}"
            raise UnreachableError(
                url, why, status=error.status, fault=error.fault, retry_after=error.retry_after
            ) from None
        except UnsafeError as error:
            raise UnsafeError(url, error.why) from None
        if not robots.may_fetch(target):
            raise DisallowedError(url, "robots.txt asks us not to fetch this")
        return robots.crawl_delay()

    async def add_reservation(self, page: Page, clock: Clock, delay: float | None) -> Page:
        """Return an HTML page with what its site's tdmrep.json says of it, unless its own headers supersede that."""
        if not self._keeps_rules or page.media_type not in _PAGES:
            return page
        if any(term.startswith(RESERVATION) for term in page.terms):
            return page
        origin = URL(page.url, encoded=True).origin()
        file_url = str(origin.with_path(RESERVATIONS_PATH))
        try:
            await self.ask_leave(page.url, file_url, clock)
            ask = partial(self._fetch_reservations, file_url, clock, delay)
            reserved = (await self._reservations.get(str(origin), ask)).is_reserved(page.url)
        except FetchError:
            return page  # a site that does not give the file does not take part, says the protocol
        return page if reserved is None else replace(page, terms=(*page.terms, f"{RESERVATION}: {reserved:d}"))

    async def close(self) -> None:
        """Stop asking."""
        await self._robots.close()
        await self._reservations.close()

    async def _robots_of(self, target: str, clock: Clock) -> Robots:
        origin = URL(target, encoded=True).origin()
        return await self._robots.get(str(origin), partial(self._fetch_robots, str(origin / "robots.txt"), clock))

    async def _fetch_robots(self, file_url: str, clock: Clock) -> Robots:
        # One that is refused, or led astray, is as if there were none (RFC 9309, section 2.3.1).
        body = await self._fetch_file(file_url, ROBOTS_BYTES, clock, None)
        return Robots() if body is None else await read_robots(body)

    async def _fetch_reservations(self, file_url: str, clock: Clock, delay: float | None) -> Reservations:
        body = await self._fetch_file(file_url, RESERVATIONS_BYTES, clock, delay)
        return Reservations() if body is None else parse_reservations(body)

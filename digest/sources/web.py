"""Pages off the web: the only HTTP client of the project, polite and hard to lead astray."""

from collections.abc import AsyncIterator, Container, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from http import HTTPStatus
from importlib.metadata import version
from typing import Protocol, Self
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from digest.errors import Fault, RefusedError, UnreachableError, UnsafeError
from digest.model import PRODUCT_TOKEN, Page, Validators
from digest.sources.answers import (
    check_content,
    check_status,
    check_type,
    condition,
    fresh_for,
    is_feed_type,
    known_charset,
    location_of,
    moved_to,
    terms_of,
    validators_of,
)
from digest.sources.guard import WEB_PORTS, BadAddressError, GuardedResolver, check_url, socket_factory
from digest.sources.hosts import SPACING, Clock, HostGate, NoTurnError, Turns
from digest.sources.site_rules import SiteRules

PAGE_BYTES = 3_000_000  # trafilatura needs 2 s for 2 MB of text
FEED_BYTES = 10_000_000
TOTAL_SECONDS = 20.0
FILE_SECONDS = 5.0
MAX_REDIRECTS = 5

_CHUNK_BYTES = 65_536
_HEADER_BYTES = 65_536  # policies in headers of big sites pass aiohttp's 8,190
_ACCEPT = (
    "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/feed+json,"
    "application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.1"
)


class Fetcher(Protocol):
    """Whatever gives the page behind a url: the web, the bundled seeds, or a fake that behaves."""

    async def fetch(self, url: str, *, validators: Validators | None = None, max_bytes: int | None = None) -> Page:
        """Return the page, or a bodyless one with `is_unchanged` where the validators still hold.

        Raises UnreachableError, RefusedError, UnsafeError or DisallowedError (all FetchErrors) where nothing came, and
        NoArticleError where what came can be neither a page nor a feed: a PDF, an image, a film.
        """
        ...


def name_agent(contact_url: str = "") -> str:
    """Return the User-Agent that names the bot, and where its operator can be reached."""
    contact = "".join(character for character in contact_url if character.isascii() and character.isprintable())
    return f"{PRODUCT_TOKEN}/{version('onrecord')} (news digest bot{f'; +{contact}' if contact else ''})"


class WebFetcher:
    """A Fetcher of the real web, open between `async with` and its end.

    It keeps no cookies, uses no proxy, follows at most five redirects and checks each; it reads at most `page_bytes` of
    a page and `feed_bytes` of XML or JSON (decompressed), and gives up after `total_seconds`, redirects included. It
    keeps to the rules of each site, and to the turns of HostGate, `spacing` seconds apart; waiting for a turn is not
    counted in `total_seconds`.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        user_agent: str = "",
        total_seconds: float = TOTAL_SECONDS,
        page_bytes: int = PAGE_BYTES,
        feed_bytes: int = FEED_BYTES,
        ports: Container[int] = WEB_PORTS,
        resolver: AbstractResolver | None = None,
        keeps_rules: bool = True,
        spacing: float = SPACING,
    ) -> None:
        self._allow_private = allow_private
        self._user_agent = user_agent or name_agent()
        self._total_seconds = total_seconds
        self._page_bytes = page_bytes
        self._feed_bytes = feed_bytes
        self._ports = ports
        self._resolver = resolver
        self._gate = HostGate(spacing=spacing, longest=total_seconds)
        self._rules = SiteRules(self._fetch_file, keeps_rules=keeps_rules)
        self._session: aiohttp.ClientSession | None = None
        self._resources = AsyncExitStack()

    async def __aenter__(self) -> Self:
        resolver = GuardedResolver(self._resolver or aiohttp.DefaultResolver(), allow_private=self._allow_private)
        self._resources.push_async_callback(resolver.close)
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=resolver,
                socket_factory=socket_factory(allow_private=self._allow_private),
                force_close=True,  # thousands of hosts, each left alone for minutes: idle connections use up the files
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent, "Accept": _ACCEPT},
            timeout=aiohttp.ClientTimeout(total=None),  # one clock runs over all redirects, in Clock
            trust_env=False,  # a proxy would dial for us, unchecked
            max_line_size=_HEADER_BYTES,
            max_field_size=_HEADER_BYTES,
        )
        self._session = await self._resources.enter_async_context(session)
        self._resources.push_async_callback(self._rules.close)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._resources.aclose()
        self._session = None

    def share(self, turns: Turns | None) -> None:
        """Keep to these turns from now on, which other processes keep to as well; None: there is no other process."""
        self._gate.turns = turns

    async def fetch(self, url: str, *, validators: Validators | None = None, max_bytes: int | None = None) -> Page:
        """Return the page behind the url; see Fetcher for what is raised, and DisallowedError where robots.txt says no.

        No error carries anything of a body.
        """
        asked = validators or Validators()
        clock = Clock(self._total_seconds)
        target, hops = self._check(url, url), list[int]()
        with _translated(url, self._total_seconds):
            while len(hops) <= MAX_REDIRECTS:
                delay, page = await self._rules.ask_leave(url, target, clock), None
                async with self._request(target, condition(asked), clock, delay) as response:
                    location = location_of(response.status, response.headers)
                    if not location:
                        page = await self._receive(url, target, response, asked, max_bytes)
                        page = replace(page, moved_to=moved_to(hops, target)) if hops else page
                if page is not None:
                    return await self._rules.add_reservation(page, clock, delay)
                hops.append(response.status)
                target = self._check(url, _join(url, target, location))
        raise UnsafeError(url, f"redirects more than {MAX_REDIRECTS} times")

    async def _fetch_file(self, file_url: str, most: int, clock: Clock, delay: float | None) -> bytes | None:
        """Return the first `most` bytes of a site's own file, or None where there is none, or redirects lead astray."""
        own = Clock(min(FILE_SECONDS, self._total_seconds))
        target, is_redirected = file_url, False
        try:
            with _translated(file_url, own.left):
                for _ in range(MAX_REDIRECTS + 1):
                    async with self._request(target, {}, own, delay) as response:
                        location = location_of(response.status, response.headers)
                        if not location:
                            return await _receive_file(file_url, response, most)
                    is_redirected = True
                    target = self._check(file_url, _join(file_url, target, location))
        except UnsafeError:
            if not is_redirected:
                raise
        finally:
            clock.left -= own.spent
        return None

    @asynccontextmanager
    async def _request(
        self, target: str, headers: Mapping[str, str], clock: Clock, delay: float | None
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        if self._session is None:
            raise RuntimeError("a WebFetcher fetches inside `async with` only")
        url = URL(target, encoded=True)
        async with (
            self._gate.enter(url.raw_host or "", delay=delay),
            clock.running(),
            self._session.get(url, headers=headers, allow_redirects=False) as response,
        ):
            yield response

    def _check(self, url: str, target: str) -> str:
        try:
            return check_url(target, allow_private=self._allow_private, ports=self._ports)
        except UnsafeError as error:
            raise UnsafeError(url, error.why if target == url else f"redirects: {error.why}") from error

    async def _receive(
        self, url: str, target: str, response: aiohttp.ClientResponse, asked: Validators, max_bytes: int | None
    ) -> Page:
        headers = response.headers
        check_status(url, response.status, headers, has_condition=asked != Validators())
        fresh = validators_of(headers)
        page = Page(
            target,
            b"",
            response.content_type.lower(),
            known_charset(response.charset),
            fresh,
            fresh_for=fresh_for(headers),
            terms=terms_of(headers),
        )
        if response.status == HTTPStatus.NOT_MODIFIED:
            return replace(page, validators=asked if fresh == Validators() else fresh, is_unchanged=True)
        check_type(url, page.media_type)
        limit = max_bytes or (self._feed_bytes if is_feed_type(page.media_type) else self._page_bytes)
        is_too_long = (response.content_length or 0) > limit
        body = b"" if is_too_long else await _read(response, limit + 1)
        if is_too_long or len(body) > limit:
            raise UnsafeError(url, f"is larger than {limit / 1_000_000:g} MB")
        check_content(url, body, page.charset)
        return replace(page, body=body)


@contextmanager
def _translated(url: str, seconds: float) -> Iterator[None]:
    """Turn what aiohttp, clock and gate raise into our errors."""
    try:
        yield
    except TimeoutError as error:
        why = f"gave no full answer within {seconds:g} seconds"
        raise UnreachableError(url, why, fault=Fault.TIME) from error
    except NoTurnError as error:
        raise UnreachableError(url, f"its turn did not come: {error}", fault=Fault.TURN) from error
    except aiohttp.InvalidURL:
        raise UnsafeError(url, "is not an address of the web") from None  # its text is the url
    except aiohttp.ClientError as error:
        if isinstance(error.__cause__, BadAddressError):
            raise UnsafeError(url, "leads to an address that is not public") from error
        why, fault = _fault(error)
        raise UnreachableError(url, why, fault=fault) from error


def _fault(error: aiohttp.ClientError) -> tuple[str, Fault]:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "its name cannot be found", Fault.NAME
    if isinstance(error, aiohttp.ClientSSLError):
        return "offers no trustworthy encrypted connection", Fault.ENCRYPTION
    if isinstance(error, aiohttp.ClientConnectorError):
        return "takes no connection", Fault.CONNECTION
    return "broke off its answer, or sent what is not HTTP", Fault.ANSWER


def _join(url: str, target: str, location: str) -> str:
    try:
        return urljoin(target, location.strip())
    except ValueError as error:
        raise UnsafeError(url, "redirects to what is not an address") from error


async def _receive_file(url: str, response: aiohttp.ClientResponse, most: int) -> bytes | None:
    try:
        check_status(url, response.status, response.headers, has_condition=False)
    except RefusedError:
        return None
    return await _read(response, most)


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes:
    """Return the body, of a longer one its first `most` bytes."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
        body += chunk[: most - len(body)]
        if len(body) == most:
            break
    return bytes(body)

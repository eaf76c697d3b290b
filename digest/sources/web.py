"""Pages off the web: the only HTTP client of the project, polite and hard to lead astray."""

import asyncio
import codecs
import re
from collections.abc import Container, Mapping
from contextlib import AsyncExitStack
from http import HTTPStatus
from importlib.metadata import version
from typing import Protocol, Self
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from digest.errors import NoArticleError, RefusedError, UnreachableError, UnsafeError
from digest.model import Page, Validators
from digest.sources.guard import WEB_PORTS, BadAddressError, GuardedResolver, check_url, socket_factory

PAGE_BYTES = 3_000_000  # trafilatura needs 2 s for 2 MB of text
FEED_BYTES = 10_000_000
TOTAL_SECONDS = 20.0
MAX_REDIRECTS = 5

_CHUNK_BYTES = 65_536
_HEADER_BYTES = 65_536  # policies in headers of big sites pass aiohttp's 8,190
_SNIFFED_BYTES = 1024
_ACCEPT = (
    "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/xml;q=0.9,text/xml;q=0.9,"
    "*/*;q=0.1"
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRY_LATER = frozenset({408, 425, 429})
_UNKNOWN_TYPES = frozenset({"application/octet-stream", "binary/octet-stream"})
_TEXTUAL_TYPE = re.compile(r"text/.+|application/(.+\+)?(xml|json)")
_FEED_TYPE = re.compile(r"(text|application)/(.+\+)?(xml|json)")
_PRINTABLE_TYPE = re.compile(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,80}")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_NO_ENCODINGS_OF_TEXT = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})


class Fetcher(Protocol):
    """Whatever gives the page behind a url: the web, the bundled seeds, or a fake that behaves."""

    async def fetch(self, url: str, *, validators: Validators | None = None, max_bytes: int | None = None) -> Page:
        """Return the page, or a bodyless one with `is_unchanged` where the validators still hold.

        Raises UnreachableError, RefusedError or UnsafeError (all FetchErrors) where nothing came, and NoArticleError
        where what came can be neither a page nor a feed: a PDF, an image, a film.
        """
        ...


def name_agent(contact_url: str = "") -> str:
    """Return the User-Agent that names the bot, and where its operator can be reached."""
    contact = "".join(character for character in contact_url if character.isascii() and character.isprintable())
    return f"OnRecord/{version('onrecord')} (news digest bot{f'; +{contact}' if contact else ''})"


class WebFetcher:
    """A Fetcher of the real web, open between `async with` and its end.

    It keeps no cookies, uses no proxy, follows at most five redirects and checks each; it reads at most `page_bytes` of
    a page and `feed_bytes` of XML or JSON (decompressed), and gives up after `total_seconds`, redirects included.
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
    ) -> None:
        self._allow_private = allow_private
        self._user_agent = user_agent or name_agent()
        self._total_seconds = total_seconds
        self._page_bytes = page_bytes
        self._feed_bytes = feed_bytes
        self._ports = ports
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None
        self._resources = AsyncExitStack()

    async def __aenter__(self) -> Self:
        resolver = GuardedResolver(self._resolver or aiohttp.DefaultResolver(), allow_private=self._allow_private)
        self._resources.push_async_callback(resolver.close)
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=resolver, socket_factory=socket_factory(allow_private=self._allow_private)
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent, "Accept": _ACCEPT},
            timeout=aiohttp.ClientTimeout(total=None),  # one clock runs over all redirects, in fetch
            trust_env=False,  # a proxy would dial for us, unchecked
            max_line_size=_HEADER_BYTES,
            max_field_size=_HEADER_BYTES,
        )
        self._session = await self._resources.enter_async_context(session)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._resources.aclose()
        self._session = None

    async def fetch(self, url: str, *, validators: Validators | None = None, max_bytes: int | None = None) -> Page:
        """Return the page behind the url; see Fetcher for what is raised. No error carries anything of a body."""
        try:
            async with asyncio.timeout(self._total_seconds):
                return await self._follow(url, validators or Validators(), max_bytes)
        except TimeoutError as error:
            raise UnreachableError(url, f"gave no full answer within {self._total_seconds:g} seconds") from error
        except aiohttp.ClientError as error:
            raise _translate(url, error) from error

    async def _follow(self, url: str, validators: Validators, max_bytes: int | None) -> Page:
        if self._session is None:
            raise RuntimeError("a WebFetcher fetches inside `async with` only")
        target = self._check(url, url)
        headers = _condition(validators)
        for _ in range(MAX_REDIRECTS + 1):
            async with self._session.get(URL(target, encoded=True), headers=headers, allow_redirects=False) as response:
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or not location:
                    return await self._receive(url, target, response, validators, max_bytes)
            target = self._check(url, _join(url, target, location))
        raise UnsafeError(url, f"redirects more than {MAX_REDIRECTS} times")

    def _check(self, url: str, target: str) -> str:
        try:
            return check_url(target, allow_private=self._allow_private, ports=self._ports)
        except UnsafeError as error:
            raise UnsafeError(url, error.why if target == url else f"redirects: {error.why}") from error

    async def _receive(
        self, url: str, target: str, response: aiohttp.ClientResponse, validators: Validators, max_bytes: int | None
    ) -> Page:
        _check_status(url, response.status, has_condition=validators != Validators())
        media_type, charset = response.content_type.lower(), _known_charset(response.charset)
        fresh = Validators(
            etag=_verbatim(response.headers.get("ETag")), last_modified=_verbatim(response.headers.get("Last-Modified"))
        )
        if response.status == HTTPStatus.NOT_MODIFIED:
            return Page(
                target, b"", media_type, charset, validators if fresh == Validators() else fresh, is_unchanged=True
            )
        _check_type(url, media_type)
        limit = max_bytes or (self._feed_bytes if _FEED_TYPE.fullmatch(media_type) else self._page_bytes)
        body = await _read(url, response, limit)
        _check_content(url, body, charset)
        return Page(target, body, media_type, charset, fresh)


def _condition(validators: Validators) -> Mapping[str, str]:
    pairs = (("If-None-Match", validators.etag), ("If-Modified-Since", validators.last_modified))
    return {name: sent for name, value in pairs if (sent := _verbatim(value))}


def _verbatim(value: str | None) -> str | None:
    # A header that holds undecodable bytes cannot be sent back as it came.
    return value if value and value.isprintable() else None


def _join(url: str, target: str, location: str) -> str:
    try:
        return urljoin(target, location.strip())
    except ValueError as error:
        raise UnsafeError(url, "redirects to what is not an address") from error


def _check_status(url: str, status: int, *, has_condition: bool) -> None:
    if status < 300 or (status == HTTPStatus.NOT_MODIFIED and has_condition):  # noqa: PLR2004 -- the class of success
        return
    known = {each.value: each.phrase for each in HTTPStatus}
    why = f"answered {status} {known.get(status, '')}".strip()
    if 400 <= status < 500 and status not in _TRY_LATER:  # noqa: PLR2004 -- the class of refusals
        raise RefusedError(url, why, status=status)
    raise UnreachableError(url, why, status=status)


def _check_type(url: str, media_type: str) -> None:
    if _TEXTUAL_TYPE.fullmatch(media_type) or media_type in _UNKNOWN_TYPES:
        return
    if media_type in {"application/pdf", "application/x-pdf"}:
        raise NoArticleError(url, "is a PDF, not a web page")
    kind = media_type.partition("/")[0]
    if kind in {"image", "audio", "video", "font"}:
        raise NoArticleError(url, f"is of the kind {kind}, not a web page")
    shown = media_type if _PRINTABLE_TYPE.fullmatch(media_type) else "unknown"
    raise NoArticleError(url, f"is a file of the type {shown}, not a web page")


def _check_content(url: str, body: bytes, charset: str | None) -> None:
    start = body[:_SNIFFED_BYTES]
    if start.lstrip().startswith(b"%PDF-"):
        raise NoArticleError(url, "is a PDF, not a web page")
    is_wide = codecs.lookup(charset or "utf-8").name.startswith(("utf-16", "utf-32")) or start.startswith(_WIDE_MARKS)
    if b"\0" in start and not is_wide:
        raise NoArticleError(url, "is a binary file, not a web page")


async def _read(url: str, response: aiohttp.ClientResponse, limit: int) -> bytes:
    body = bytearray()
    if (response.content_length or 0) <= limit:
        async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
            body += chunk
            if len(body) > limit:
                break
        else:
            return bytes(body)
    raise UnsafeError(url, f"is larger than {limit / 1_000_000:g} MB")


def _known_charset(name: str | None) -> str | None:
    if not name:
        return None
    try:
        encoding = codecs.lookup(name).name
        "a".encode(encoding)  # refuses the codecs that are no encodings of text, such as base64
    except (LookupError, ValueError):
        return None
    return None if encoding in _NO_ENCODINGS_OF_TEXT else name.lower()


def _translate(url: str, error: aiohttp.ClientError) -> UnreachableError | UnsafeError:
    if isinstance(error.__cause__, BadAddressError):
        return UnsafeError(url, "leads to an address that is not public")
    if isinstance(error, aiohttp.InvalidURL):
        return UnsafeError(url, "is not an address of the web")
    why = "broke off its answer, or sent what is not HTTP"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        why = "its name cannot be found"
    elif isinstance(error, aiohttp.ClientSSLError):
        why = "offers no trustworthy encrypted connection"
    elif isinstance(error, aiohttp.ClientConnectorError):
        why = "takes no connection"
    return UnreachableError(url, why)

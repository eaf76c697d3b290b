"""What an answer says before its body is read: status, type, validators, how long it holds, what it allows."""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Protocol

from digest.errors import NoArticleError, RefusedError, UnreachableError
from digest.model import Validators

MAX_WAIT = timedelta(days=7)
"""The longest that a server's word counts: how long an answer stays good, how long to wait."""

RESERVATION = "tdm-reservation"

_SNIFFED_BYTES = 1024
_MAX_DATE = 64
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_TRY_LATER = frozenset({408, 425, 429})
_UNKNOWN_TYPES = frozenset({"application/octet-stream", "binary/octet-stream"})
_TEXTUAL_TYPE = re.compile(r"text/.+|application/(.+\+)?(xml|json)")
_FEED_TYPE = re.compile(r"(text|application)/(.+\+)?(xml|json)")
_PRINTABLE_TYPE = re.compile(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,80}")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_NO_ENCODINGS_OF_TEXT = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
_SECONDS = re.compile(r"[0-9]{1,18}")
_CACHE_DIRECTIVE = re.compile(r'([a-z-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s,"]*)))?', re.IGNORECASE)


class Headers(Protocol):
    """The headers of an answer, by names in any case."""

    def get(self, name: str, /) -> str | None:
        """Return the first value of that name."""
        ...

    def getall(self, name: str, _default: list[str], /) -> list[str]:
        """Return all values of that name."""
        ...


def condition(validators: Validators) -> Mapping[str, str]:
    """Return the headers that ask for the page only if it has changed."""
    pairs = (("If-None-Match", validators.etag), ("If-Modified-Since", validators.last_modified))
    return {name: sent for name, value in pairs if (sent := _verbatim(value))}


def validators_of(headers: Headers) -> Validators:
    """Return what the server gave to ask again with, verbatim."""
    return Validators(etag=_verbatim(headers.get("ETag")), last_modified=_verbatim(headers.get("Last-Modified")))


def _verbatim(value: str | None) -> str | None:
    # A header that holds undecodable bytes cannot be sent back as it came.
    return value if value and value.isprintable() else None


def check_status(url: str, status: int, headers: Headers, *, has_condition: bool) -> None:
    """Raise RefusedError or UnreachableError unless the status is one of success, or the 304 that was asked for."""
    if status < 300 or (status == HTTPStatus.NOT_MODIFIED and has_condition):  # noqa: PLR2004 -- the class of success
        return
    known = {each.value: each.phrase for each in HTTPStatus}
    why = f"answered {status} {known.get(status, '')}".strip()
    if 400 <= status < 500 and status not in _TRY_LATER:  # noqa: PLR2004 -- the class of refusals
        raise RefusedError(url, why, status=status)
    raise UnreachableError(url, why, status=status, retry_after=retry_after(headers))


def retry_after(headers: Headers) -> timedelta | None:
    """Return how long the server asks to wait (RFC 9110, section 10.2.3), at most seven days.

    A date counts from the answer's own; without one it says nothing, because clocks differ.
    """
    value = (headers.get("Retry-After") or "").strip()
    wait = _seconds(value)
    if wait is None:
        wait = _between(headers.get("Date"), value)
    return _bounded(wait)


def fresh_for(headers: Headers) -> timedelta | None:
    """Return how long the server says that its answer stays good (RFC 9111, section 4.2), at most seven days.

    None where it says nothing, or nothing to go by: no-cache, no-store, an age over the limit, a date of the past.
    """
    directives = dict(_cache_directives(headers))
    if directives.keys() & {"no-cache", "no-store"}:
        return None
    if "max-age" in directives:
        lifetime = _seconds(directives["max-age"])
        age = _seconds((headers.get("Age") or "").strip()) or timedelta()
        return None if lifetime is None else _bounded(lifetime - age)
    return _bounded(_between(headers.get("Date"), headers.get("Expires")))


def _cache_directives(headers: Headers) -> Iterator[tuple[str, str]]:
    for line in headers.getall("Cache-Control", []):
        for name, quoted, plain in _CACHE_DIRECTIVE.findall(line):
            yield name.lower(), quoted or plain


def _seconds(value: str) -> timedelta | None:
    """Return the seconds of a header, short of what a timedelta can hold."""
    return timedelta(seconds=min(int(value), 10**9)) if _SECONDS.fullmatch(value) else None


def _between(earlier: str | None, later: str | None) -> timedelta | None:
    start, end = _date(earlier), _date(later)
    return end - start if start and end else None


def _date(value: str | None) -> datetime | None:
    if not value or len(value) > _MAX_DATE:
        return None
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _bounded(wait: timedelta | None) -> timedelta | None:
    return min(wait, MAX_WAIT) if wait is not None and wait > timedelta() else None


def terms_of(headers: Headers) -> tuple[str, ...]:
    """Return what the headers say of the use of the page: X-Robots-Tag, verbatim, and the TDM Reservation Protocol's.

    Rules for other robots come too, because one value may have rules for many. Values that the protocol does not know
    are left out.
    """
    tags = tuple(headers.getall("X-Robots-Tag", []))
    values = {value.strip() for value in headers.getall("TDM-Reservation", [])}
    reservation = next((value for value in ("1", "0") if value in values), None)
    return tags if reservation is None else (*tags, f"{RESERVATION}: {reservation}")


def is_feed_type(media_type: str) -> bool:
    """Return whether the type is XML or JSON, as feeds are, and may be as long as they are."""
    return _FEED_TYPE.fullmatch(media_type) is not None


def check_type(url: str, media_type: str) -> None:
    """Raise NoArticleError for a type that can be neither a page nor a feed."""
    if _TEXTUAL_TYPE.fullmatch(media_type) or media_type in _UNKNOWN_TYPES:
        return
    if media_type in {"application/pdf", "application/x-pdf"}:
        raise NoArticleError(url, "is a PDF, not a web page")
    kind = media_type.partition("/")[0]
    if kind in {"image", "audio", "video", "font"}:
        raise NoArticleError(url, f"is of the kind {kind}, not a web page")
    shown = media_type if _PRINTABLE_TYPE.fullmatch(media_type) else "unknown"
    raise NoArticleError(url, f"is a file of the type {shown}, not a web page")


def check_content(url: str, body: bytes, charset: str | None) -> None:
    """Raise NoArticleError for bytes that are no text, whatever type was declared."""
    start = body[:_SNIFFED_BYTES]
    if start.lstrip().startswith(b"%PDF-"):
        raise NoArticleError(url, "is a PDF, not a web page")
    is_wide = codecs.lookup(charset or "utf-8").name.startswith(("utf-16", "utf-32")) or start.startswith(_WIDE_MARKS)
    if b"\0" in start and not is_wide:
        raise NoArticleError(url, "is a binary file, not a web page")


def known_charset(name: str | None) -> str | None:
    """Return the declared charset in lower case, or None where it is none that decodes text."""
    if not name:
        return None
    try:
        encoding = codecs.lookup(name).name
        "a".encode(encoding)  # refuses the codecs that are no encodings of text, such as base64
    except (LookupError, ValueError):
        return None
    return None if encoding in _NO_ENCODINGS_OF_TEXT else name.lower()


def location_of(status: int, headers: Headers) -> str:
    """Return where the answer redirects to, as it is written, or "" where it doesn't."""
    return (headers.get("Location") or "") if status in _REDIRECTS else ""


def moved_to(hops: Sequence[int], target: str) -> str:
    """Return the address to ask from now on: where the redirects ended, if there were any and all were permanent."""
    return target if hops and _PERMANENT.issuperset(hops) else ""

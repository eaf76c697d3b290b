"""Where articles come from: a source, its entries, and what came off the wire."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class SourceKind(StrEnum):
    """How a source lists what is new: a feed, a news sitemap, the links of a page, or the one page that it is."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LINKS = "links"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that is followed. `id` is 0 until the store has given one."""

    url: str
    name: str
    kind: SourceKind = SourceKind.FEED
    language: str | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a source: something to read.

    `identity` is what makes it the same item when the feed is fetched again: the feed's own id, else the url.
    """

    identity: str
    url: str
    title: str = ""
    summary: str = ""
    published_at: datetime | None = None
    author: str = ""
    sections: tuple[str, ...] = ()
    """As the source files it: categories, tags."""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "has it changed?", kept verbatim (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One response off the wire. `url` is where the redirects ended; `is_unchanged` is an answer 304, bodyless.

    `moved_to` is the address to ask from now on, where every redirect on the way was permanent; `fresh_for` is how long
    the server says that the answer stays good.
    """

    url: str
    body: bytes
    media_type: str = "text/html"
    charset: str | None = None
    validators: Validators = Validators()
    is_unchanged: bool = False
    moved_to: str = ""
    fresh_for: timedelta | None = None
    terms: tuple[str, ...] = ()
    """What the headers say of the use of the page: values of X-Robots-Tag, and "tdm-reservation: 1"."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, and its entries in the feed's order."""

    title: str
    language: str | None
    entries: tuple[Entry, ...]
    asked_every: timedelta | None = None
    """How often it asks to be asked at most: `ttl`, and the syndication module's period and frequency."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """Something to follow that a page names, or that was found beside it."""

    url: str
    title: str = ""
    kind: SourceKind = SourceKind.FEED


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a source is let through. Empty lets everything pass; words are compared without case.

    `keywords` and `without` are words or phrases of title, summary and lead; `authors` and `sections` parts of what
    the source or page names; `languages` are ISO 639-1.
    """

    keywords: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

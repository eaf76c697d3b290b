"""Where articles come from: a source, its entries, and what came off the wire."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SourceKind(StrEnum):
    """How a source lists what is new: a feed, a news sitemap, or the one page that it is."""

    FEED = "feed"
    SITEMAP = "sitemap"
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


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "has it changed?", kept verbatim (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One response off the wire. `url` is where the redirects ended; `is_unchanged` is an answer 304, bodyless."""

    url: str
    body: bytes
    media_type: str = "text/html"
    charset: str | None = None
    validators: Validators = Validators()
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, and its entries in the feed's order."""

    title: str
    language: str | None
    entries: tuple[Entry, ...]

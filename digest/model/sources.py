"""Where articles come from: a source, its entries, and what came off the wire."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PRODUCT_TOKEN = "OnRecord"  # noqa: S105 -- a name, as robots.txt has it, and no secret
"""By which a site can mean us alone, in the case that suits it (RFC 9309, section 2.2.1)."""


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


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be followed, and what it lists: the newest entries, and how many there are in all."""

    source: Source
    newest: tuple[Entry, ...] = ()
    listed: int = 0


class FailureKind(StrEnum):
    """Why a source or a page gave nothing: each is something else to do for who follows it."""

    NO_NAME = "no_name"
    NO_CONNECTION = "no_connection"
    NO_ENCRYPTION = "no_encryption"
    TOO_SLOW = "too_slow"
    UNREACHABLE = "unreachable"
    """The answer broke off, or is no HTTP."""
    IN_TROUBLE = "in_trouble"
    BUSY = "busy"
    FORBIDDEN = "forbidden"
    MISSING = "missing"
    GONE = "gone"
    REFUSED = "refused"
    DISALLOWED = "disallowed"
    RESERVED = "reserved"
    UNSAFE = "unsafe"
    NOT_A_FEED = "not_a_feed"
    NO_ARTICLE = "no_article"
    TOO_HARD = "too_hard"
    MISTAKE = "mistake"
    """Ours: nobody expected what happened, and the log has it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source or page that failed: what it is called, why, the HTTP status if one came, since when."""

    name: str
    kind: FailureKind
    status: int | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source that a guild follows: when it was last read without trouble, and what the trouble is now, if any.

    `is_paused` where it failed for so long that it is only tried now and then; `silent_since` where it answers, but its
    entries have stopped; `filters` are the guild's.
    """

    source: Source
    read_at: datetime | None = None
    failure: Failure | None = None
    is_paused: bool = False
    silent_since: datetime | None = None
    filters: Filters = Filters()


@dataclass(frozen=True, slots=True)
class Refresh:
    """What asking a source for news gave: how many entries it had not listed before, or why it gave nothing."""

    source_id: int
    new_entries: int = 0
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list of sources: how many were added, were followed already, failed and why, are still left."""

    added: int
    known: int
    failures: tuple[Failure, ...]
    left: int

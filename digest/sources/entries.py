"""What every kind of source makes of the raw values of an entry: bounded plain text, instants, one identity."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice

from digest.model import Entry
from digest.sources.links import absolute_url, plain_url
from digest.sources.markup import drop_control, one_line

MAX_ENTRIES = 1000  # a second of feedparser's time
MAX_TITLE = 500
MAX_SUMMARY = 4000
MAX_IDENTITY = 2048
MAX_AUTHOR = 200
MAX_SECTION = 100
MAX_SECTIONS = 20

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_YEARS = range(1900, 2201)


def make_entry(
    base_url: str,
    link: object,
    *,
    identity: object = "",
    title: str = "",
    summary: str = "",
    published_at: datetime | None = None,
    author: str = "",
    sections: Iterable[object] = (),
    language: object = None,
) -> Entry | None:
    """Return the entry with each value cut to its bound, or None where it leads nowhere on the web.

    Without an identity of its own it is known by its plain url. Texts are plain already.
    """
    url = absolute_url(base_url, _text(link))
    if not url:
        return None
    return Entry(
        identity=drop_control(_text(identity))[:MAX_IDENTITY].strip() or plain_url(url),
        url=url,
        title=one_line(title, MAX_TITLE),
        summary=one_line(summary, MAX_SUMMARY),
        published_at=published_at,
        author=one_line(author, MAX_AUTHOR),
        sections=_sections(sections),
        language=language_of(language),
    )


def each_once(entries: Iterable[Entry | None]) -> tuple[Entry, ...]:
    """Return the entries in their order, the first of each identity."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry is not None:
            first.setdefault(entry.identity, entry)
    return tuple(first.values())


def keep_ends(body: bytes, start: re.Pattern[bytes]) -> bytes:
    """Return the body without the entries in the middle, where more than a thousand begin as `start` says."""
    starts = [match.start() for match in start.finditer(body)]
    if len(starts) <= MAX_ENTRIES:
        return body
    half = MAX_ENTRIES // 2
    return body[: starts[half]] + body[starts[-half] :]


def language_of(value: object) -> str | None:
    """Return the language tag in lower case with hyphens, or None where it is none."""
    language = _text(value).strip().lower().replace("_", "-")
    return language if _LANGUAGE.fullmatch(language) else None


def instant_of(value: object) -> datetime | None:
    """Return the instant in UTC that an ISO 8601 time means, without a zone in UTC; None where it means none."""
    try:
        instant = datetime.fromisoformat(_text(value).strip())
        instant = instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    # Years that nobody means come from mistakes, and overflow when they are shown in another zone.
    return instant.replace(microsecond=0) if instant.year in _YEARS else None


def _sections(values: Iterable[object]) -> tuple[str, ...]:
    # Some engines file their own notes as categories, named by an address (Blogger's "kind#post").
    names = (one_line(_text(value), MAX_SECTION) for value in islice(values, 10 * MAX_SECTIONS))
    named = dict.fromkeys(name for name in names if name and "://" not in name)
    return tuple(named)[:MAX_SECTIONS]


def _text(value: object) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if isinstance(value, str) else str(value) if is_number else ""

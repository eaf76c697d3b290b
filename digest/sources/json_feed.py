"""JSON Feed, versions 1 and 1.1, to entries (https://jsonfeed.org/version/1.1)."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.errors import InvalidFeedError
from digest.model import Entry, Feed, Page
from digest.sources.entries import MAX_ENTRIES, MAX_TITLE, each_once, instant_of, language_of, make_entry
from digest.sources.markup import one_line, strip_markup

_VERSION = re.compile(r"https?://(www\.)?jsonfeed\.org/version/1(\.\d+)?/?")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def is_json(body: bytes) -> bool:
    """Whether the bytes begin as a JSON object does, in any encoding that JSON may have."""
    start = body[:256]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip().startswith(b"{")


def parse_json_feed(page: Page) -> Feed:
    """Return what the feed says, as parse_feed does; raise InvalidFeedError where it is other JSON, or none."""
    said = _load(page)
    if not isinstance(said, dict) or not _VERSION.fullmatch(str(said.get("version")).strip()):
        raise InvalidFeedError(page.url, "is JSON, but no feed")
    raw_entries = [raw for raw in _array(said.get("items")) if isinstance(raw, dict)]
    if len(raw_entries) > MAX_ENTRIES:
        half = MAX_ENTRIES // 2
        raw_entries = raw_entries[:half] + raw_entries[-half:]
    authors = ", ".join(_authors(said))
    return Feed(
        title=one_line(_string(said.get("title")), MAX_TITLE),
        language=language_of(said.get("language")),
        entries=each_once(_to_entry(raw, page.url, authors) for raw in raw_entries),
    )


def _load(page: Page) -> Any:
    encoding = json.detect_encoding(page.body)
    try:
        # What is torn in the middle of a character is worth reading; what is torn in its structure is not.
        return json.loads(page.body.decode(encoding, "replace").removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InvalidFeedError(page.url, "is broken JSON") from error


def _to_entry(raw: Mapping[str, Any], base_url: str, feed_authors: str) -> Entry | None:
    return make_entry(
        base_url,
        raw.get("url") or raw.get("external_url"),
        identity=raw.get("id"),
        title=_string(raw.get("title")),
        summary=_summary(raw),
        published_at=instant_of(raw.get("date_published")) or instant_of(raw.get("date_modified")),
        author=", ".join(_authors(raw)) or feed_authors,
        sections=_array(raw.get("tags")),
        language=raw.get("language"),
    )


def _summary(raw: Mapping[str, Any]) -> str:
    plain = _string(raw.get("summary")) or _string(raw.get("content_text"))
    return plain or strip_markup(_string(raw.get("content_html")))


def _authors(raw: Mapping[str, Any]) -> Iterator[str]:
    # Version 1 had one author, and many feeds of version 1.1 still write both.
    for author in _array(raw.get("authors"))[:10] or [raw.get("author")]:
        name = _string(author.get("name")) if isinstance(author, dict) else ""
        if name.strip():
            yield name.strip()


def _array(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""

"""Feed bytes to entries: the only module that knows feedparser (RSS 0.9x to 2.0, RDF, Atom)."""

import io
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from time import struct_time
from typing import Any

from digest.errors import InvalidFeedError
from digest.model import Entry, Feed, Page
from digest.sources.links import absolute_url

MAX_ENTRIES = 1000  # a second of feedparser's time
MAX_TITLE = 500
MAX_SUMMARY = 4000
MAX_IDENTITY = 2048

_MAX_MARKUP = 20_000  # the stretch of a title or a summary that is looked at, markup included
_ROOT_WITHIN = 65_536
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(html|rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_ENTRY_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ENTRY_START = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_FEED_END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"(?=</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|table|blockquote|figure)\b)", re.IGNORECASE)
_CHARACTER_REFERENCE = re.compile(rb"&#(?:x0*([0-9a-f]+)|0*([0-9]{1,4000}));?", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def parse_feed(page: Page) -> Feed:
    """Return what the feed says, its entries in its order, each identity once; raise InvalidFeedError if it is no feed.

    Entries have absolute http(s) urls; one without is left out, as is a last one that breaks off. Titles and summaries
    are plain text, cut at a word after 500 and 4,000 characters. Of a longer feed the first and the last 500 entries
    are taken, because feeds run both ways. Pure, but slow on hostile bytes: call it where it can be killed.
    """
    if not page.body.strip():
        raise InvalidFeedError(page.url, "is empty")
    if _root_name(page.body) in {"", "html"}:
        raise InvalidFeedError(page.url, "is not a feed")
    try:
        return _to_feed(_parse(page), page)
    except InvalidFeedError:
        raise
    except Exception as error:  # feedparser promises no set of errors for hostile bytes
        raise InvalidFeedError(page.url, f"cannot be read as a feed ({type(error).__name__})") from error


def _root_name(body: bytes) -> str:
    # feedparser takes half a minute to find that 3 MB of HTML are no feed. Wide encodings read as ASCII without their
    # zeros; where that shows no tag at all, the encoding is a rare one, and feedparser may know it.
    start = body[:_ROOT_WITHIN].replace(b"\0", b"")
    root = _ROOT.search(start)
    if root:
        return root[1].decode("ascii").lower()
    return "" if b"<" in start else "unknown"


def _parse(page: Page) -> dict[str, Any]:
    # Without a charset in the header, text/xml would mean ASCII and overrule the declaration (RFC 3023).
    content_type = f"application/xml; charset={page.charset}" if page.charset else "application/xml"
    body = _shorten(page.body)
    try:
        return _run_feedparser(body, content_type)
    except (ValueError, OverflowError):  # one impossible character reference costs feedparser the whole feed
        return _run_feedparser(_CHARACTER_REFERENCE.sub(_possible_reference, body), content_type)


def _run_feedparser(body: bytes, content_type: str) -> dict[str, Any]:
    import feedparser  # noqa: PLC0415 -- heavy: only reading processes pay for it

    parsed: dict[str, Any] = feedparser.parse(
        io.BytesIO(body),  # as a stream: a string could be taken for a path or a url
        response_headers={"content-type": content_type},
        sanitize_html=False,  # all markup goes, in _plain
        resolve_relative_uris=False,  # concerns links in texts only
    )
    return parsed


def _possible_reference(match: re.Match[bytes]) -> bytes:
    code = int(match[1], 16) if match[1] else int(match[2])
    is_character = code < 0xD800 or 0xDFFF < code <= sys.maxunicode  # noqa: PLR2004 -- between them the surrogates
    return match[0] if is_character else b"&#xFFFD;"


def _shorten(body: bytes) -> bytes:
    starts = [match.start() for match in _ENTRY_START.finditer(body)]
    if len(starts) <= MAX_ENTRIES:
        return body
    half = MAX_ENTRIES // 2
    return body[: starts[half]] + body[starts[-half] :]


def _to_feed(parsed: dict[str, Any], page: Page) -> Feed:
    if not parsed.get("version") and _root_name(page.body) != "channel":  # CDF names no version
        raise InvalidFeedError(page.url, "is not a feed")
    raw_entries = parsed["entries"]
    if parsed["bozo"] and _breaks_off(page.body):
        raw_entries = raw_entries[:-1]
    entries = (_to_entry(raw, page.url) for raw in raw_entries[:MAX_ENTRIES])
    language = str(parsed["feed"].get("language") or "").strip().lower().replace("_", "-")
    return Feed(
        title=_plain(parsed["feed"].get("title_detail"), MAX_TITLE),
        language=language if _LANGUAGE.fullmatch(language) else None,
        entries=_each_once(entry for entry in entries if entry),
    )


def _breaks_off(body: bytes) -> bool:
    start = max((match.start() for match in _ENTRY_START.finditer(body)), default=-1)
    return start >= 0 and not _ENTRY_END.search(body, start) and not _FEED_END.search(body, start)


def _to_entry(raw: dict[str, Any], base_url: str) -> Entry | None:
    url = absolute_url(base_url, str(raw.get("link") or ""))
    if not url:
        return None
    return Entry(
        identity=_CONTROL.sub("", str(raw.get("id") or ""))[:MAX_IDENTITY].strip() or url,
        url=url,
        title=_plain(raw.get("title_detail"), MAX_TITLE),
        summary=_plain(raw.get("summary_detail"), MAX_SUMMARY),
        published_at=_instant(raw.get("published_parsed")) or _instant(dict.get(raw, "updated_parsed")),
    )


def _each_once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.identity, entry)
    return tuple(first.values())


def _instant(parsed: struct_time | None) -> datetime | None:
    # Years that nobody means come from mistakes, and overflow when they are shown in another zone.
    if parsed is None or not 1900 <= parsed.tm_year <= 2200:  # noqa: PLR2004 -- years
        return None
    try:
        return datetime(*parsed[:5], min(parsed.tm_sec, 59), tzinfo=UTC)
    except ValueError:  # a thirteenth month
        return None


def _plain(detail: dict[str, Any] | None, limit: int) -> str:
    value = str((detail or {}).get("value") or "")[:_MAX_MARKUP]
    text = value if (detail or {}).get("type") == "text/plain" else _strip_markup(value)
    return _cut(" ".join(_CONTROL.sub("", text).split()), limit)


def _strip_markup(markup: str) -> str:
    from lxml import etree  # noqa: PLC0415 -- only reading processes pay for it

    body = _BLOCK_TAG.sub(" ", markup).encode("utf-8", "replace")
    root = etree.fromstring(b"<div>" + body + b"</div>", etree.HTMLParser(encoding="utf-8", no_network=True))
    return "".join(root.xpath("//text()[not(parent::script or parent::style)]"))


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: limit + 1].rpartition(" ")[0].rstrip() or text[:limit]

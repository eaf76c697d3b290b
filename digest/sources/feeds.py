"""Feed bytes to entries: the only module that knows feedparser (RSS 0.9x to 2.0, RDF, Atom).

JSON Feed and news sitemaps are told from those here, by their bytes, and read next door.
"""

import io
import re
import sys
from datetime import UTC, datetime
from time import struct_time
from typing import Any

from digest.errors import InvalidFeedError
from digest.model import Entry, Feed, Page
from digest.sources.entries import MAX_ENTRIES, MAX_SUMMARY, MAX_TITLE, each_once, keep_ends, language_of, make_entry
from digest.sources.hints import asked_every
from digest.sources.json_feed import is_json, parse_json_feed
from digest.sources.markup import MAX_MARKUP, one_line, strip_markup
from digest.sources.sitemaps import parse_sitemap

_ROOT_WITHIN = 65_536
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)  # to the end where none ends it, or it would begin anew
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(html|rss|feed|rdf|channel|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_ENTRY_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ENTRY_START = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_FEED_END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_CHARACTER_REFERENCE = re.compile(rb"&#(?:x0*([0-9a-f]+)|0*([0-9]{1,4000}));?", re.IGNORECASE)
_MAIL = re.compile(r"[^\s<>(),;]+@[^\s<>(),;]+")
_EMPTY = re.compile(r"\(\s*\)")
_EDGES = " \t\n,;<>"


def parse_feed(page: Page) -> Feed:
    """Return what the feed says, its entries in its order, each identity once; raise InvalidFeedError if it is no feed.

    A feed is RSS, RDF, Atom, JSON Feed or a news sitemap, whatever its media type says. Entries have absolute http(s)
    urls; one without is left out, as is a last one that breaks off. Titles and summaries are plain text, cut at a word
    after 500 and 4,000 characters. Of a longer feed the first and the last 500 entries are taken, because feeds run
    both ways. Pure, but slow on hostile bytes: call it where it can be killed.
    """
    if not page.body.strip():
        raise InvalidFeedError(page.url, "is empty")
    try:
        return _parse_kind(page)
    except InvalidFeedError:
        raise
    except Exception as error:  # feedparser promises no set of errors for hostile bytes
        raise InvalidFeedError(page.url, f"cannot be read as a feed ({type(error).__name__})") from error


def _parse_kind(page: Page) -> Feed:
    if is_json(page.body):
        return parse_json_feed(page)
    root = _root_name(page.body)
    if root in {"", "html"}:
        raise InvalidFeedError(page.url, "is not a feed")
    if root in {"urlset", "sitemapindex"}:
        return parse_sitemap(page)
    return _to_feed(_parse(page), page, root)


def _root_name(body: bytes) -> str:
    # feedparser takes half a minute to find that 3 MB of HTML are no feed. Wide encodings read as ASCII without their
    # zeros; where that shows no tag at all, the encoding is a rare one, and feedparser may know it.
    start = body[:_ROOT_WITHIN].replace(b"\0", b"")
    root = _ROOT.search(_COMMENT.sub(b"", start))
    if root:
        return root[1].decode("ascii").lower()
    return "" if b"<" in start else "unknown"


def _parse(page: Page) -> dict[str, Any]:
    # Without a charset in the header, text/xml would mean ASCII and overrule the declaration (RFC 3023).
    content_type = f"application/xml; charset={page.charset}" if page.charset else "application/xml"
    body = keep_ends(page.body, _ENTRY_START)
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


def _to_feed(parsed: dict[str, Any], page: Page, root: str) -> Feed:
    if not parsed.get("version") and root != "channel":  # CDF names no version
        raise InvalidFeedError(page.url, "is not a feed")
    raw_entries = parsed["entries"]
    if parsed["bozo"] and _breaks_off(page.body):
        raw_entries = raw_entries[:-1]
    said = parsed["feed"]
    return Feed(
        title=_plain(said.get("title_detail"), MAX_TITLE),
        language=language_of(said.get("language")),
        entries=each_once(_to_entry(raw, page.url) for raw in raw_entries[:MAX_ENTRIES]),
        asked_every=asked_every(said.get("ttl"), said.get("sy_updateperiod"), said.get("sy_updatefrequency")),
    )


def _breaks_off(body: bytes) -> bool:
    start = max((match.start() for match in _ENTRY_START.finditer(body)), default=-1)
    return start >= 0 and not _ENTRY_END.search(body, start) and not _FEED_END.search(body, start)


def _to_entry(raw: dict[str, Any], base_url: str) -> Entry | None:
    title = raw.get("title_detail") or {}
    return make_entry(
        base_url,
        raw.get("link"),
        identity=raw.get("id"),
        title=_plain(title, MAX_TITLE),
        summary=_plain(raw.get("summary_detail"), MAX_SUMMARY),
        published_at=_instant(raw.get("published_parsed")) or _instant(dict.get(raw, "updated_parsed")),
        author=_author(raw),
        sections=(tag.get("label") or tag.get("term") for tag in raw.get("tags") or ()),
        language=raw.get("language") or title.get("language"),
    )


def _author(raw: dict[str, Any]) -> str:
    # feedparser looks for addresses by a pattern that tears long domains apart; the whole line is right.
    several = [str(each.get("name") or "") for each in raw.get("authors") or () if each]
    lines = several if len(several) > 1 else [str(raw.get("author") or "")]
    names = (strip_markup(line) if "<" in line else line for line in (_without_mail(each) for each in lines))
    bare = (re.sub(r"^\((.*)\)$", r"\1", name.strip(_EDGES)).strip() for name in names)
    return ", ".join(dict.fromkeys(name for name in bare if name))


def _without_mail(line: str) -> str:
    return _EMPTY.sub("", _MAIL.sub("", line))


def _instant(parsed: struct_time | None) -> datetime | None:
    # Years that nobody means come from mistakes, and overflow when they are shown in another zone.
    if parsed is None or not 1900 <= parsed.tm_year <= 2200:  # noqa: PLR2004 -- years
        return None
    try:
        return datetime(*parsed[:5], min(parsed.tm_sec, 59), tzinfo=UTC)
    except ValueError:  # a thirteenth month
        return None


def _plain(detail: dict[str, Any] | None, limit: int) -> str:
    value = str((detail or {}).get("value") or "")[:MAX_MARKUP]
    return one_line(value if (detail or {}).get("type") == "text/plain" else strip_markup(value), limit)

"""Subscription lists of other readers, in and out, by OPML 2.0 (http://opml.org/spec2.opml); listparser's only door."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from digest.errors import InvalidFeedError
from digest.reading.charset import decode_page
from digest.sources.entries import MAX_TITLE
from digest.sources.links import absolute_url
from digest.sources.markup import drop_control, feed_html, one_line

MAX_OPML_BYTES = 2_000_000
MAX_OUTLINES = 2_000

_BETWEEN_FOLDERS = " / "
_MAX_FOLDERS = 10
_MAX_TAGS = 100_000
_OUTLINE = re.compile(r"<(?:\w+:)?outline\b", re.IGNORECASE)
_FEED = re.compile(r"\bxmlurl\s*=", re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?opml[\s>]", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""", re.IGNORECASE)
_ENCODINGS = ("utf-8", "iso-", "windows-", "cp", "us-ascii", "koi8", "euc-", "shift", "gb", "big5")


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed of a subscription list. `folder` is "" at the top, else the names of its folders joined by " / "."""

    url: str
    title: str = ""
    folder: str = ""


@dataclass(slots=True)
class _Folder:
    """Feeds and folders in the order in which they came."""

    feeds: list[Outline]
    folders: dict[str, "_Folder"]


def parse_opml(body: bytes) -> tuple[Outline, ...]:
    """Return the feeds of the list in its order, each url once; a feed that stands in several folders, in the last.

    What is no feed, and what leads nowhere on the web, is left out. Raises InvalidFeedError where the bytes are no
    OPML, more than 2 MB, or more than 2,000 feeds. No entity is expanded and nothing is loaded. Pure.
    """
    if len(body) > MAX_OPML_BYTES:
        raise InvalidFeedError("", f"is larger than {MAX_OPML_BYTES // 1_000_000} MB")
    text = _decode(body)
    if not _ROOT.search(text):
        raise InvalidFeedError("", "is no list of feeds in the form OPML")
    if len(_FEED.findall(text)) > MAX_OUTLINES or len(_OUTLINE.findall(text)) > 2 * MAX_OUTLINES:
        raise InvalidFeedError("", f"lists more than {MAX_OUTLINES} feeds")
    if text.count("<") > _MAX_TAGS:
        raise InvalidFeedError("", "is not what a reader writes: too many tags")
    try:
        outlines = [_to_outline(feed) for feed in _run_listparser(text)]
    except Exception as error:  # listparser promises no set of errors for hostile bytes
        raise InvalidFeedError("", f"cannot be read as OPML ({type(error).__name__})") from error
    return tuple({outline.url: outline for outline in outlines if outline.url}.values())


def render_opml(outlines: Sequence[Outline], *, title: str) -> bytes:
    """Return the feeds as OPML 2.0, as readers write it; those of one folder stand together, inside of it."""
    top = _Folder([], {})
    for outline in outlines:
        folder = top
        for name in _folder_names(outline.folder.split(_BETWEEN_FOLDERS)):
            folder = folder.folders.setdefault(name, _Folder([], {}))
        folder.feeds.append(outline)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{_escape(title)}</title></head>",
        "  <body>",
        *_render(top, "    "),
        "  </body>",
        "</opml>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _render(folder: _Folder, indent: str) -> list[str]:
    lines = []
    for feed in folder.feeds:
        title = _escape(feed.title or feed.url)
        lines.append(f'{indent}<outline type="rss" text="{title}" title="{title}" xmlUrl="{_escape(feed.url)}"/>')
    for name, inner in folder.folders.items():
        lines.append(f'{indent}<outline text="{_escape(name)}" title="{_escape(name)}">')
        lines += [*_render(inner, indent + "  "), f"{indent}</outline>"]
    return lines


def _decode(body: bytes) -> str:
    declared = _DECLARED.search(body[:1000])
    label = declared[1].decode("ascii").lower() if declared else ""
    # Python has encodings that are none of text, or take hours.
    return decode_page(body, label if label.startswith(_ENCODINGS) else None) or ""


def _run_listparser(text: str) -> list[dict[str, Any]]:
    import listparser  # noqa: PLC0415 -- only reading processes pay for it

    reader: Any = listparser.Handler()  # what its parse() feeds, too
    feeds: list[dict[str, Any]] = []
    reader.harvest.update(feeds=feeds, lists=[], opportunities=[], meta={})
    # Categories are tags, not folders, and a list of a million of them would keep it for hours.
    read_outline = reader.start_opml_outline
    reader.start_opml_outline = lambda attributes: read_outline(attributes | {"category": ""})
    feed_html(drop_control(text), reader)
    return feeds


def _to_outline(feed: dict[str, Any]) -> Outline:
    url = absolute_url("", str(feed["url"]))
    title = one_line(str(feed["title"]), MAX_TITLE)
    folders = [names for names in feed["categories"] if any(names)]
    return Outline(
        url, "" if title == url else title, _BETWEEN_FOLDERS.join(_folder_names(folders[-1] if folders else []))
    )


def _folder_names(names: Sequence[str]) -> list[str]:
    return [name for name in (one_line(each, MAX_TITLE) for each in names) if name][:_MAX_FOLDERS]


def _escape(text: str) -> str:
    return escape(" ".join(drop_control(text).split()))

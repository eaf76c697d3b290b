"""A page to its article; the only module that knows trafilatura."""

import html as entities
import logging
import re
from collections.abc import Iterable
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from digest.errors import NoArticleError
from digest.model import Article, ArticleKind
from digest.reading.charset import decode_page
from digest.reading.head import Head, parse_day, read_head
from digest.reading.recognise import recognise_language

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_PAGE_SIZE = 3_000_000
"""Bytes or characters of a page; on some markup trafilatura's time grows worse than linearly and has no end."""

_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|span|table|h[1-6]|br|a)\b", re.IGNORECASE
)
_WRAPPER = re.compile(r"</?(?:div|span|section|font|center)\b[^<>]*>", re.IGNORECASE)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile("[\r\n\v\f\x85\u2028\u2029]+")
_BLANK = re.compile(r"[^\S\n]+")
_BULLET = re.compile(r"^- (?=\S)")
_WALL = re.compile(
    r"\b(?:subscribe (?:now )?to (?:continue|read|keep)|(?:log|sign) in to (?:continue|read)|subscribers? only"
    r"|already a subscriber|to continue reading|(?:enable|turn on) javascript|(?:accept|consent to) (?:all )?cookies"
    r"|create (?:a|your) free account|are you a (?:robot|human)|disable your ad ?blocker)\b",
    re.IGNORECASE,
)
_DEEPEST = 250
_FEWEST_CHARACTERS = 20  # "Home" is no article
_SITE_END = re.compile(r"\s+[|•·]\s+")
_TITLE_ENDS = re.compile(r"\s+[|•·–—-]\s+")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_DAY = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\d",
    re.IGNORECASE,
)
_SHORT_OF_AN_ARTICLE = 1200
_LIVE_TYPES = frozenset({"LiveBlogPosting"})


def clean_page(html: bytes | str, url: str, *, charset: str | None = None) -> Article:
    """Return the readable part of a page; raises NoArticleError, and nothing else, where there is none.

    `charset` is what the server declared. Paragraphs stand in lines of their own, without control characters. Times
    keep the page's zone; a time without a zone and a day without a time are taken as UTC.
    """
    markup = _markup(html, url, charset)
    try:
        # The parser gives up on what is nested more than 255 deep; without its wrappers such a page is readable.
        found = _read(markup, url)
        if found is None and len(_WRAPPER.findall(markup)) > _DEEPEST:
            found = _read(_WRAPPER.sub(" ", markup), url)
    except Exception as error:  # a parser may trip over a hostile page in ways that it does not list
        raise NoArticleError(url, f"the page cannot be taken apart ({type(error).__name__})") from error
    if found is None:
        raise NoArticleError(url, "the page holds no readable text")
    return found


def _markup(html: bytes | str, url: str, charset: str | None) -> str:
    if len(html) > MAX_PAGE_SIZE:
        raise NoArticleError(url, f"the page is larger than {MAX_PAGE_SIZE // 1_000_000} MB")
    if not html.strip():
        raise NoArticleError(url, "the page is empty")
    if isinstance(html, bytes) and html.lstrip()[:5] == b"%PDF-":
        raise NoArticleError(url, "this is a PDF, not a web page")
    markup = html if isinstance(html, str) else decode_page(html, charset)
    if markup is None:
        raise NoArticleError(url, "this is no text, so no web page")
    if _FEED.match(markup):
        raise NoArticleError(url, "this is a feed, not an article")
    if not _TAG.search(markup):
        raise NoArticleError(url, "this is no HTML")
    return _UNPRINTABLE.sub("", markup)


def _read(markup: str, url: str) -> Article | None:
    tree = _trafilatura().load_html(markup)
    if tree is None:
        return None
    head = read_head(tree, url)
    found = _extract(tree, url)
    titles = {_line(heading.text_content()).casefold() for heading in tree.iter("h1")}
    text = _paragraphs(found.text or "", titles) if found is not None else ""
    return _article(text, url, head, found) if len(text) >= _FEWEST_CHARACTERS else None


def _extract(tree: "HtmlElement", url: str) -> Any:
    return _trafilatura().bare_extraction(
        tree,
        url=url or None,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        # A fixed last day, so that no clock is read; the thorough search would guess a day from the running text.
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2199-12-31"},
    )


def _article(text: str, url: str, head: Head, found: Any) -> Article:
    site = _site(_line(head.site)) or _site(_line(found.sitename)) or _host(url)
    return Article(
        text=text,
        url=url,
        canonical_url=head.canonical_url,
        title=_title(_line(head.title or found.title), (site, _line(head.site)), url),
        byline=_byline(_line(head.byline)) or _byline(_guessed_byline(_line(found.author))),
        site=site,
        published_at=head.published_at or parse_day(found.date),
        modified_at=head.modified_at,
        language=recognise_language(text) or head.language,
        image=head.image,
        kind=_kind(text, head),
    )


def _site(name: str) -> str:
    first = _SITE_END.split(name)[0].lstrip("@")
    return "" if "://" in first or "copyright" in first.lower() else first


def _title(title: str, names: Iterable[str], url: str) -> str:
    host = _host(url)
    endings = {name.casefold() for name in (*names, host, host.split(".")[0]) if name}
    for separator in _TITLE_ENDS.finditer(title):
        if title[separator.end() :].casefold() in endings:
            return title[: separator.start()]
    return title


def _byline(names: str) -> str:
    return _BY.sub("", names)


def _guessed_byline(names: str) -> str:
    return "" if _DAY.search(names) else names.replace("; ", ", ")


def _kind(text: str, head: Head) -> ArticleKind:
    if head.types & _LIVE_TYPES:
        return ArticleKind.LIVE_BLOG
    is_short = len(text) < _SHORT_OF_AN_ARTICLE
    return ArticleKind.WALLED if is_short and (not head.is_free or _WALL.search(text)) else ArticleKind.ARTICLE


def _paragraphs(text: str, titles: set[str]) -> str:
    lines = (_BULLET.sub("", _line(line)) for line in _BREAK.split(text))
    shown = [line for line in lines if line]
    if len(shown) > 1 and shown[0].casefold() in titles:  # the headline is the article's title, not its text
        shown = shown[1:]
    return "\n".join(shown)


def _line(words: str | None) -> str:
    return _BLANK.sub(" ", _UNPRINTABLE.sub("", _BREAK.sub(" ", entities.unescape(words or "")))).strip()


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@cache
def _trafilatura() -> ModuleType:
    import trafilatura  # noqa: PLC0415 -- heavy: only reading processes pay for it

    # What they log is that a page gave nothing, which our error says; unheard, it would land on stderr.
    for name in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return trafilatura

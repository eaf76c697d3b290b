"""A page to its article; the only module that knows trafilatura."""

import html as entities
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.errors import NoArticleError, ReservedError
from digest.model import Article, Terms
from digest.reading.charset import decode_page
from digest.reading.furniture import is_furniture
from digest.reading.head import Head, parse_day, read_head
from digest.reading.kinds import asks_first, kind_of, only_asks
from digest.reading.recognise import recognise_language
from digest.reading.second import described_text, linked_text, main_text, whole_text, without_withheld
from digest.reading.terms import read_terms

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_PAGE_SIZE = 3_000_000
"""Bytes or characters of a page; on some markup trafilatura's time grows worse than linearly and has no end."""

_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|span|table|h[1-6]|br|a)\b", re.IGNORECASE
)
_WRAPPER = re.compile(
    r"</?(?:div|span|section|article|main|blockquote|font|center|[uo]l|li|form|object|table|tbody|t[rd])\b[^<>]*>",
    re.IGNORECASE,
)
_WRAPPERS = re.compile(rf"(?:{_WRAPPER.pattern}\s*)+", re.IGNORECASE)
# Parsers and searches take seconds over one.
_ENDLESS_TAG = re.compile(r"<([a-z][\w-]*)\s[^<>]{20000,}>", re.IGNORECASE)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile("[\r\n\v\f\x85\u2028\u2029]+")
_BLANK = re.compile(r"[^\S\n]+")
_BULLET = re.compile(r"^- (?=\S)")
_DEEPEST = 250
_BEGINNING = 100_000
_EMPTY_ELEMENT = re.compile(r"<(div|span|p|li)>\s*</\1>")
_REPEATED_TAG = re.compile(r"(<(?:p|br|hr|li)>)(?:\s*+\1)++")
_MOST_TAGS = 20_000  # the longest pages of newspapers have a few thousand
_FEWEST_CHARACTERS = 20  # "Home" is no article
_SITE_END = re.compile(r"\s+[|•·]\s+")
_TITLE_ENDS = re.compile(r"\s+[|•·–—-]\s+")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_DAY = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\d",
    re.IGNORECASE,
)
_TOO_LITTLE = 250  # characters, where JSON-LD has several times as many
_SEVERAL = 3
_TELLS_LANGUAGE = 1000  # characters: more make nobody surer
# No text of an article stands in these; what a page says of itself does in some.
_WORDLESS = ("style", "svg", "template", "iframe", "option")
_UNREAD = ("script", "link", "meta", "button", "select")


def clean_page(html: bytes | str, url: str, *, charset: str | None = None, terms: Sequence[str] = ()) -> Article:
    """Return the readable part of a page; raises NoArticleError, and nothing else, where there is none.

    ReservedError is the one where its publisher wants nothing of it shown or mined; `terms` is what the headers say of
    that, as in Page. `charset` is what the server declared. Paragraphs stand in lines of their own, without control
    characters. Times keep the page's zone; a time without a zone and a day without a time are taken as UTC.
    """
    markup = _markup(html, url, charset)
    try:
        return _read_shown(markup, url, terms)
    except NoArticleError:
        raise
    except Exception as error:  # a parser may trip over a hostile page in ways that it does not list
        raise NoArticleError(url, f"the page cannot be taken apart ({type(error).__name__})") from error


def _read_shown(markup: str, url: str, headers: Sequence[str]) -> Article:
    shown = without_withheld(markup)
    if shown is markup:
        return _read(markup, url, headers)
    try:
        return _read(shown, url, headers, is_part=True)
    except ReservedError:
        raise
    except NoArticleError as error:
        _read(markup, url, headers)  # a page without any text withholds none
        raise ReservedError(url, "all of its text is marked data-nosnippet") from error


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
    return _ENDLESS_TAG.sub(r"<\1>", _UNPRINTABLE.sub("", markup.replace("\f", " ")))


def _read(markup: str, url: str, headers: Sequence[str], *, is_part: bool = False) -> Article:
    # trafilatura takes a minute over a hundred thousand elements, and its tree half a gigabyte; the other extractor
    # takes a second. What such a page says of itself stands at its beginning.
    if markup.count("<") > _MOST_TAGS:
        markup = _REPEATED_TAG.sub(r"\1", _EMPTY_ELEMENT.sub(" ", markup))
    is_huge = markup.count("<") > _MOST_TAGS
    tree = _tree(markup[:_BEGINNING] if is_huge else markup)
    terms = _terms(tree, url, headers)
    head = _head(tree, url, is_huge=is_huge)
    if is_part:
        head = replace(head, body="")  # the text in JSON-LD has what the page withholds
    text = "" if is_huge else _main_text(tree)
    # The parser gives up on what is nested more than 255 deep; without its wrappers such a page is readable.
    if not text and sum(1 for _ in _WRAPPER.finditer(markup)) > _DEEPEST:
        markup = _WRAPPERS.sub("<br>", markup)
        text = "" if is_huge else _main_text(_tree(markup))
    titles = {_line(heading.text_content()).casefold() for heading in tree.iter("h1")}
    for candidate in _texts(text, head, markup):
        shown = _paragraphs(candidate, titles, head.byline)
        if len(shown) >= _FEWEST_CHARACTERS and not only_asks(shown):
            return replace(_article(shown, url, tree, head), terms=terms)
    if asks_first(tree, ""):
        raise NoArticleError(url, "the page asks to pay, to log in or to consent first")
    raise NoArticleError(url, "the page holds no readable text")


def _tree(markup: str) -> "HtmlElement":
    from lxml import etree  # noqa: PLC0415 -- only reading processes pay for it

    tree = _trafilatura().load_html(markup)
    if tree is None:  # what is not even one element to it may still hold words for the other extractor
        tree = _trafilatura().load_html("<html><body></body></html>")
    # Each step of trafilatura's copies the tree, so what it never reads goes first: that halves its time.
    etree.strip_elements(tree, *_WORDLESS, etree.Comment, with_tail=False)
    return tree


def _terms(tree: "HtmlElement", url: str, headers: Sequence[str]) -> Terms:
    terms = read_terms(tree, headers)
    if terms.is_reserved:
        raise ReservedError(url, "its publisher reserves text and data mining (tdm-reservation)")
    if terms.max_snippet == 0:
        raise ReservedError(url, "its publisher allows no excerpts (nosnippet)")
    return terms


def _head(tree: "HtmlElement", url: str, *, is_huge: bool) -> Head:
    head = read_head(tree, url)
    site = _site(_line(head.site))
    byline = _byline(_line(head.byline)) or _byline(_guessed_byline(_line(head.author)))
    guessed = None
    if not is_huge and not (head.title and site and byline and head.published_at):
        # A fixed last day, so that no clock is read; the thorough search would guess a day from the running text.
        days = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
        guessed = _trafilatura().extract_metadata(tree, default_url=url or None, date_config=days)
    site = site or _site(_line(guessed and guessed.sitename)) or _host(url)
    return replace(
        head,
        title=_title(_line(head.title or (guessed and guessed.title)), (site, _line(head.site)), url),
        byline=byline or _byline(_guessed_byline(_line(guessed and guessed.author))),
        site=site,
        published_at=head.published_at or parse_day(guessed and guessed.date),
    )


def _main_text(tree: "HtmlElement") -> str:
    from lxml import etree  # noqa: PLC0415 -- only reading processes pay for it

    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    found = _trafilatura().bare_extraction(tree, favor_precision=True, include_comments=False)
    return (found and found.text) or ""


def _texts(text: str, head: Head, markup: str) -> Iterator[str]:
    body = linked_text(head)
    if text and len(text) < _TOO_LITTLE and len(body) > _SEVERAL * len(text):
        yield body
    yield text
    yield main_text(markup)
    yield body
    yield whole_text(markup)
    yield described_text(head)


def _article(text: str, url: str, tree: "HtmlElement", head: Head) -> Article:
    return Article(
        text=text,
        url=url,
        canonical_url=head.canonical_url,
        title=head.title,
        byline=head.byline,
        site=head.site,
        published_at=head.published_at,
        modified_at=head.modified_at,
        language=recognise_language(text[:_TELLS_LANGUAGE]) or head.language,
        image=head.image,
        kind=kind_of(text, tree, head, url),
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


def _paragraphs(text: str, titles: set[str], byline: str) -> str:
    lines = [line for line in (_BULLET.sub("", _line(line)) for line in _BREAK.split(text)) if line]
    shown = [line for line in lines if not is_furniture(line, byline=byline)]
    if len(lines) > 1 and shown and shown[0].casefold() in titles:  # the headline is the article's title, not its text
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

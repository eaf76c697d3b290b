"""News sitemaps to entries: a site's articles of the last two days, as it lists them for search engines.

The protocol: https://www.sitemaps.org/protocol.html, and Google's extension for news,
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.errors import InvalidFeedError
from digest.model import Entry, Feed, Page
from digest.sources.entries import MAX_ENTRIES, MAX_TITLE, each_once, instant_of, keep_ends, language_of, make_entry
from digest.sources.markup import drop_control, one_line, parse_xml

if TYPE_CHECKING:
    from lxml import etree

_URL_START = re.compile(rb"<(?:[\w.-]+:)?url[\s>]", re.IGNORECASE)


def parse_sitemap(page: Page) -> Feed:
    """Return the pages of the sitemap that it marks as news; raise InvalidFeedError where it marks none.

    Keywords are the entries' sections. Of a longer one the first and the last 500 pages are taken.
    """
    root = parse_xml(keep_ends(page.body, _URL_START))
    if root is None:
        raise InvalidFeedError(page.url, "is a broken sitemap")
    if _name(root) == "sitemapindex":
        raise InvalidFeedError(page.url, "is a list of sitemaps, not a news sitemap")
    said = [_values(element) for element in root if _name(element) == "url"][:MAX_ENTRIES]
    news = [values for values in said if "news" in values]
    if not news:
        raise InvalidFeedError(page.url, "is a sitemap, but marks no news")
    return Feed(
        title=one_line(news[0].get("name", ""), MAX_TITLE),
        language=language_of(news[0].get("language")),
        entries=each_once(_to_entry(values, page.url) for values in news),
    )


def _values(element: "etree._Element") -> dict[str, str]:
    # The first of a name counts; that keeps out the titles and captions of pictures, which stand behind.
    values: dict[str, str] = {}
    for child in _news_first(element):
        values.setdefault(_name(child), (child.text or "").strip())
    return values


def _news_first(element: "etree._Element") -> "Iterator[etree._Element]":
    for child in element:
        if _name(child) == "news":
            yield from child.iter()
    yield from (child for child in element if _name(child) == "loc")


def _name(element: "etree._Element") -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _to_entry(values: dict[str, str], base_url: str) -> Entry | None:
    return make_entry(
        base_url,
        values.get("loc"),
        title=drop_control(values.get("title", "")),
        published_at=instant_of(values.get("publication_date")),
        sections=(word.strip() for word in values.get("keywords", "")[:4000].split(",")),
        language=values.get("language"),
    )

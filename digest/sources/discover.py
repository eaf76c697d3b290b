"""From a page or a site to what can be followed there: feeds that it names, feeds that are likely, news sitemaps."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.model import FeedLink, Page
from digest.sources.entries import MAX_TITLE
from digest.sources.links import absolute_url
from digest.sources.markup import one_line, page_base_url, parse_html, text_within

if TYPE_CHECKING:
    from lxml import etree

MAX_FEEDS = 10
MAX_SITEMAPS = 5

_MAX_ELEMENTS = 100_000
_MAX_ROBOTS_LINES = 20_000
_SITEMAP_FIELDS = frozenset({"sitemap", "sitemaps", "site-map"})  # as other readers of robots.txt take it
_FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
        "application/feed+json",
    }
)
# The last step of a path that plainly is a feed; version 1 of JSON Feed went by application/json, as much else does.
_FEED_NAME = re.compile(
    r"(rss|rss2|feed|atom|rdf)|[\w.-]+\.(rss|atom|rdf)|(rss|rss2|feed|atom|feed-?rss|rss-?feed)\.(xml|json|php|aspx)"
    r"|index\.(xml|rdf)",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(
    r"(^|&)(feed=(rss|rss2|atom|rdf|json)|format=(feed|rss|atom|xml\.rss)|type=rss)(&|$)", re.IGNORECASE
)
_WRAPPED = re.compile(r"https?(:|%3a)", re.IGNORECASE)
_COMMENTS = re.compile(r"comments?|kommentare|commentaires|comentarios|commenti", re.IGNORECASE)
# Where common engines put the feed of a site, the most common first: WordPress (also Substack and Medium), Ghost and
# Tumblr, Drupal and Astro, Jekyll, Hexo, Hugo, JSON Feed's own advice. Feed finders of other readers try the same.
_LIKELY = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")


def find_feeds(page: Page) -> tuple[FeedLink, ...]:
    """Return the feeds that the page names, absolute, each once, ten at most; the likeliest first.

    First what it declares with `<link rel="alternate">`, then links that plainly lead to a feed; of both, feeds of
    comments last. Relative ones count from the page's `<base>`, as in browsers. Pure; never raises, whatever the bytes.
    """
    root = parse_html(page)
    if root is None:
        return ()
    base_url = page_base_url(root, page.url)
    declared, linked = [], []
    for element in islice(root.iter("link", "a"), _MAX_ELEMENTS):
        url = absolute_url(base_url, element.get("href", "")).partition("#")[0]
        if element.tag == "link" and url and _declares_feed(element, url):
            declared.append(FeedLink(url, one_line(element.get("title", ""), MAX_TITLE)))
        elif element.tag == "a" and url and _leads_to_feed(element, url):
            linked.append(FeedLink(url, text_within(element, MAX_TITLE)))
    named = [*_comments_last(declared), *_comments_last(linked)]
    return tuple(_each_once(link for link in named if link.url != page.url))[:MAX_FEEDS]


def likely_feed_urls(url: str) -> tuple[str, ...]:
    """Return where a site that names no feed may have one, best first, at most eight; () for what is no url.

    First the site's own, then that of the folder, which may be a blog. The only step of a path is no folder, unless it
    ends in a slash, and neither is a year: `/the-harbour-story/feed` has the comments on that story.
    """
    root = absolute_url(url, "/")
    if not root:
        return ()
    folder, *inside = urlsplit(url).path.removeprefix("/").split("/")
    is_folder = bool(folder and inside) and "." not in folder and not folder.isdecimal()
    of_folder = [f"/{folder}/feed"] if is_folder else []
    tried = (absolute_url(root, path) for path in (*_LIKELY, *of_folder))
    return tuple(dict.fromkeys(each for each in tried if each and each != url))


def sitemap_urls(robots: bytes, url: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt at `url` names, absolute, each once, five at most; news sitemaps first."""
    named = []
    for line in robots.decode("utf-8-sig", "replace").splitlines()[:_MAX_ROBOTS_LINES]:
        field, _, value = line.partition(":")
        if field.strip().lower() in _SITEMAP_FIELDS:
            named.append(absolute_url(url, value.partition(" #")[0]))
    each = dict.fromkeys(sitemap for sitemap in named if sitemap)
    return tuple(sorted(each, key=lambda sitemap: "news" not in urlsplit(sitemap).path.lower()))[:MAX_SITEMAPS]


def _declares_feed(link: "etree._Element", url: str) -> bool:
    rel = link.get("rel", "").lower().split()
    media_type = link.get("type", "").partition(";")[0].strip().lower()
    is_feed = media_type in _FEED_TYPES or (media_type == "application/json" and _is_feed_path(url))
    return "alternate" in rel and "stylesheet" not in rel and is_feed


def _leads_to_feed(link: "etree._Element", url: str) -> bool:
    # Buttons of readers carry the address of the feed in theirs, and a list of feeds is not one.
    parts = urlsplit(url)
    if _WRAPPED.search(parts.path + parts.query) or link.get("type", "").lower().startswith("text/html"):
        return False
    return _is_feed_path(url) or bool(_FEED_QUERY.search(parts.query))


def _is_feed_path(url: str) -> bool:
    steps = [step for step in urlsplit(url).path.split("/") if step]
    is_named = bool(steps) and bool(_FEED_NAME.fullmatch(steps[-1]))
    return is_named or (steps[-2:-1] == ["feed"] and steps[-1] in {"json", "atom", "rss", "rss2"})


def _comments_last(links: list[FeedLink]) -> list[FeedLink]:
    return sorted(links, key=lambda link: bool(_COMMENTS.search(urlsplit(link.url).path + " " + link.title)))


def _each_once(links: Iterable[FeedLink]) -> Iterator[FeedLink]:
    seen: set[str] = set()
    for link in links:
        if link.url not in seen:
            seen.add(link.url)
            yield link

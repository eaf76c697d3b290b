"""What can be followed at an address: the feed there, those its page names, what is found beside it, or the page."""

from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from digest.errors import InvalidFeedError
from digest.model import Feed, FeedLink, Offer, Page, Source, SourceKind
from digest.reading.brief import read_page
from digest.service.failures import EXPECTED
from digest.service.tools import Tools
from digest.sources.discover import find_feeds, likely_feed_urls, sitemap_urls
from digest.sources.feeds import parse_feed
from digest.sources.page_links import parse_links

MOST_OFFERS = 5
SHOWN = 3
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


async def discover(tools: Tools, url: str) -> tuple[Offer, ...]:
    """Return what can be followed at `url`, best first, at most MOST_OFFERS; see Service.discover."""
    page = await tools.fetcher.fetch(url)
    try:
        return (_offer(Source(url, "", SourceKind.FEED), await tools.think(parse_feed, page)),)
    except InvalidFeedError:
        named = await tools.think(find_feeds, page)
    found = [offer async for offer in _each_that_works(tools, named[:MOST_OFFERS])]
    if not found:
        found = [offer async for offer in _first(_each_that_works(tools, map(FeedLink, likely_feed_urls(page.url))))]
    if not found:
        found = [offer async for offer in _first(_each_that_works(tools, await _sitemaps(tools, page)))]
    return tuple(found) or await _of_page(tools, url, page)


async def _each_that_works(tools: Tools, links: Iterable[FeedLink]) -> AsyncIterator[Offer]:
    for link in links:
        with suppress(*EXPECTED):  # one address of several; what is left is offered
            feed = await tools.think(parse_feed, await tools.fetcher.fetch(link.url))
            if feed.entries:
                yield _offer(Source(link.url, link.title, link.kind), feed)


async def _first(offers: AsyncIterator[Offer]) -> AsyncIterator[Offer]:
    async for offer in offers:
        yield offer
        return


async def _sitemaps(tools: Tools, page: Page) -> tuple[FeedLink, ...]:
    address = urljoin(page.url, "/robots.txt")
    with suppress(*EXPECTED):
        robots = await tools.fetcher.fetch(address)
        urls = sitemap_urls(robots.body, robots.url)
        return tuple(FeedLink(url, kind=SourceKind.SITEMAP) for url in urls)
    return ()


async def _of_page(tools: Tools, url: str, page: Page) -> tuple[Offer, ...]:
    offers = []
    with suppress(InvalidFeedError):
        offers.append(_offer(Source(url, "", SourceKind.LINKS), await tools.think(parse_links, page)))
    with suppress(*EXPECTED):
        article = (await tools.think(read_page, page)).article
        offers.append(Offer(Source(url, article.title or host_of(url), SourceKind.PAGE, article.language)))
    if not offers:
        raise InvalidFeedError(url, "neither a feed, nor a page with articles to follow")
    return tuple(offers)


def _offer(source: Source, feed: Feed) -> Offer:
    named = replace(source, name=feed.title or source.name or host_of(source.url), language=feed.language)
    newest = sorted(feed.entries, key=lambda entry: entry.published_at or _LONG_AGO, reverse=True)
    return Offer(named, tuple(newest[:SHOWN]), len(feed.entries))


def host_of(url: str) -> str:
    """Return the host of a url without "www."."""
    return (urlsplit(url).hostname or url).removeprefix("www.")

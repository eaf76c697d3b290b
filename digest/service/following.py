"""Which sources a guild follows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from digest.errors import AlreadyExistsError, InvalidFeedError
from digest.model import Brief, Entry, Page, Source, SourceKind, Validators
from digest.reading.brief import read_page
from digest.service.reading import keep_brief
from digest.service.refreshing import REFRESH_EVERY, keep_entries
from digest.service.tools import Tools
from digest.sources.discover import find_feeds
from digest.sources.feeds import parse_feed
from digest.store import sources

NEWS_BEFORE = timedelta(hours=24)
"""What is this much older than the decision to follow still counts as news."""


@dataclass(frozen=True, slots=True)
class _Found:
    source: Source
    entries: tuple[Entry, ...]
    validators: Validators
    brief: Brief | None = None


async def add_source(tools: Tools, guild_id: int, url: str, *, now: datetime, kind: SourceKind | None) -> Source:
    """Let the guild follow what is at `url`; see Service.add_source."""
    url = url.strip()
    known = await _follow_known(tools, guild_id, url, now)
    if known is not None:
        return known
    page = await tools.fetcher.fetch(url)
    try:
        found = await _as_feed(tools, url, page)
    except InvalidFeedError:
        if kind is SourceKind.FEED:
            raise
        if kind is SourceKind.PAGE:
            found = await _as_article(tools, url, page)
        else:
            feed_url = await _first_feed(tools, url, page)
            return await add_source(tools, guild_id, feed_url, now=now, kind=SourceKind.FEED)
    return await _keep(tools, guild_id, found, now)


async def _follow_known(tools: Tools, guild_id: int, url: str, now: datetime) -> Source | None:
    async with tools.store.reading() as db:
        source = await sources.find_source(db, url)
    if source is None:
        return None
    async with tools.store.writing() as db:
        if not await sources.follow_source(db, guild_id, source.id, since=now - NEWS_BEFORE):
            raise AlreadyExistsError(f"guild {guild_id} follows {url} already")
    return source


async def _as_feed(tools: Tools, url: str, page: Page) -> _Found:
    feed = await tools.think(parse_feed, page)
    source = Source(url, feed.title or _host(url), SourceKind.FEED, feed.language)
    return _Found(source, feed.entries, page.validators)


async def _as_article(tools: Tools, url: str, page: Page) -> _Found:
    brief = await tools.think(read_page, page)
    article = brief.article
    source = Source(url, article.site or _host(url), SourceKind.PAGE, article.language)
    return _Found(source, (Entry(url, url, article.title, "", article.published_at),), page.validators, brief)


async def _first_feed(tools: Tools, url: str, page: Page) -> str:
    feeds = await tools.think(find_feeds, page)
    if not feeds:
        raise InvalidFeedError(url, "neither a feed nor a page that names one")
    return feeds[0].url


async def _keep(tools: Tools, guild_id: int, found: _Found, now: datetime) -> Source:
    async with tools.store.writing() as db:
        source = await sources.add_source(db, found.source, next_refresh_at=now + REFRESH_EVERY)
        if not await sources.follow_source(db, guild_id, source.id, since=now - NEWS_BEFORE):
            raise AlreadyExistsError(f"guild {guild_id} follows {source.url} already")
        await keep_entries(db, source, found.entries, found.validators, now=now)
        if found.brief is not None:
            await keep_brief(db, found.brief, source, found.entries[0], now=now)
    return source


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")

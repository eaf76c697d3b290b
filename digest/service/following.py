"""Which sources a guild follows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from digest.editions.filters import lets_through
from digest.errors import AlreadyExistsError, InvalidFeedError, Limit
from digest.model import Brief, Entry, Feed, Filters, Page, Source, SourceKind
from digest.reading.brief import read_page
from digest.service.discovering import host_of
from digest.service.limits import MOST_SOURCES, check_limit
from digest.service.reading import keep_brief
from digest.service.refreshing import keep_entries
from digest.service.tools import Tools
from digest.sources.discover import find_feeds
from digest.sources.feeds import parse_feed
from digest.sources.page_links import parse_links
from digest.store import Transaction, count_alone, entries, hidden, sources

NEWS_BEFORE = timedelta(hours=24)
"""What is this much older than the decision to follow still counts as news."""


@dataclass(frozen=True, slots=True)
class _Found:
    source: Source
    feed: Feed
    page: Page | None = None
    brief: Brief | None = None


async def add_source(tools: Tools, guild_id: int, url: str, *, now: datetime, kind: SourceKind | None) -> Source:
    """Let the guild follow what is at `url`; see Service.add_source."""
    url = url.strip()
    known = await _follow_known(tools, guild_id, url, kind or SourceKind.FEED, now)
    if known is not None:
        return known
    page = await tools.fetcher.fetch(url)
    if kind is SourceKind.PAGE:
        return await _keep(tools, guild_id, await _as_article(tools, url, page), now)
    try:
        found = await _as_list(tools, url, page, kind or SourceKind.FEED)
    except InvalidFeedError:
        if kind is not None:
            raise
        feed_url = await _first_feed(tools, url, page)
        return await add_source(tools, guild_id, feed_url, now=now, kind=SourceKind.FEED)
    return await _keep(tools, guild_id, found, now)


async def try_filters(
    tools: Tools, guild_id: int, source_id: int, filters: Filters | None, *, limit: int
) -> tuple[tuple[Entry, bool], ...]:
    """Return what the source listed last, and whether the filters pass it; see Service.try_filters."""
    async with tools.store.reading() as db:
        status = await sources.get_status(db, guild_id, source_id)
        listed = await entries.list_entries(db, source_id, limit=limit)
        curtain = await hidden.get_curtain(db, guild_id)
    chosen = status.filters if filters is None else filters
    return tuple((entry, lets_through(chosen, entry)) for entry in listed if not curtain.has_name(entry.title))


async def _follow_known(tools: Tools, guild_id: int, url: str, kind: SourceKind, now: datetime) -> Source | None:
    async with tools.store.reading() as db:
        source = await sources.find_source(db, url, kind)
        if source is None or (await sources.get_polling(db, source.id)).is_paused:
            return None  # what was given up has to show that it works
    async with tools.store.writing() as db:
        if not await _follow(db, guild_id, source.id, now):
            raise AlreadyExistsError(f"guild {guild_id} follows this source already")
    return source


async def _follow(db: Transaction, guild_id: int, source_id: int, now: datetime) -> bool:
    await count_alone(db)
    is_new = await sources.follow_source(db, guild_id, source_id, since=now - NEWS_BEFORE)
    if is_new:
        check_limit(Limit.SOURCES, await sources.count_followed(db, guild_id), MOST_SOURCES)
    return is_new


async def _as_list(tools: Tools, url: str, page: Page, kind: SourceKind) -> _Found:
    parse: Callable[..., Any] = parse_links if kind is SourceKind.LINKS else parse_feed
    feed: Feed = await tools.think(parse, page)
    return _Found(Source(url, feed.title or host_of(url), kind, feed.language), feed, page)


async def _as_article(tools: Tools, url: str, page: Page) -> _Found:
    brief = await tools.think(read_page, page)
    article = brief.article
    source = Source(url, article.site or host_of(url), SourceKind.PAGE, article.language)
    feed = Feed("", None, (Entry(url, url, article.title, "", article.published_at),))
    return _Found(source, feed, brief=brief)


async def _first_feed(tools: Tools, url: str, page: Page) -> str:
    feeds = await tools.think(find_feeds, page)
    if not feeds:
        raise InvalidFeedError(url, "neither a feed nor a page that names one")
    return feeds[0].url


async def _keep(tools: Tools, guild_id: int, found: _Found, now: datetime) -> Source:
    async with tools.store.writing() as db:
        source = await sources.add_source(db, found.source, next_refresh_at=now)
        is_new = await _follow(db, guild_id, source.id, now)
        polling = await sources.get_polling(db, source.id)
        await keep_entries(db, polling, found.feed, found.page, now=now)
        if found.brief is not None:
            await keep_brief(db, found.brief, source, found.feed.entries[0], now=now)
    if not is_new:  # what it lists now is kept all the same, and it is paused no more
        raise AlreadyExistsError(f"guild {guild_id} follows this source already")
    return source

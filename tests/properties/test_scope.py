"""Promise 10: nobody sees what they don't follow."""

import asyncio
from datetime import UTC, date, datetime

from hypothesis import given, settings, strategies as st

from digest.errors import NotFoundError
from digest.model import Period
from digest.store import articles, editions, ledger, records, search, sources, speakers, suggestions
from tests.builders import subscription
from tests.digest.store.shelves import LONG_AGO, follow, shelve
from tests.stores import new_store

GUILDS, SOURCES = (1, 2), (1, 2, 3)
EVERY_DAY = Period(LONG_AGO, datetime(2100, 1, 1, tzinfo=UTC))
EVER = {"first": date(2000, 1, 1), "last": date(2100, 1, 1), "limit": 100}


async def seen(store, guild_id, article_ids, urls, query):
    """The urls that a guild can find, in every way there is; an article's outlet is called by its url."""
    everything = {"limit": 100, "offset": 0}
    async with store.reading() as db:
        quotes = await search.search_quotes(db, guild_id, query and "happy", **everything)
        ways = [
            {hit.url for hit in await search.search_articles(db, guild_id, query, **everything)},
            {site for hit in quotes for site in (hit.site, *hit.also_in)},
            urls_told(await ledger.list_entries(db, guild_id, query, **everything)),
        ]
        ways += [
            {
                site
                for hit in await speakers.list_said(db, guild_id, "", query and "happy", **everything)
                for site in (hit.site, *hit.also_in)
            },
            {
                site
                for hit in await speakers.list_said(db, guild_id, "ilse brandt", **everything)
                for site in (hit.site, *hit.also_in)
            },
            {hit.url for url in urls for hit in await records.find_by_url(db, guild_id, url)},
        ]
        known = await handed(suggestions.recent_speakers, db, guild_id)
        assert (
            bool(known) == bool(ways[0]) == bool((await speakers.describe_speaker(db, guild_id, "Ilse Brandt")).names)
        )
        due = urls_told(await ledger.list_due(db, guild_id, **EVER))
        offered = {hit.url for hit in await handed(suggestions.recent_articles, db, guild_id)}
        opened = set()
        for article_id in article_ids:
            try:
                opened.add((await articles.get_brief(db, article_id, guild_id=guild_id)).article.url)
            except NotFoundError:
                continue
        unclaimed = await articles_for_editions(db, guild_id)
        week = await articles_for_a_preview(db, guild_id)
    return [*ways, *([] if query else [offered]), opened, unclaimed, week], due


async def handed(load, db, guild_id):
    """What is suggested to a guild, in the order in which it is handed over."""
    found = []

    async def keep(some):
        found.extend(value for _, value in some)

    await load(db, guild_id, keep)
    return found


def urls_told(entries):
    return {telling.url for entry in entries for telling in entry.tellings}


async def articles_for_editions(db, guild_id):
    ids = await editions.list_unclaimed(db, subscription(guild_id=guild_id, id=99), since=LONG_AGO)
    return {brief.article.url for brief in await articles.get_briefs(db, ids)}


async def articles_for_a_preview(db, guild_id):
    ids = await editions.list_dated(db, subscription(guild_id=guild_id, id=99), EVERY_DAY)
    return {brief.article.url for brief in await articles.get_briefs(db, ids)}


@settings(deadline=None, max_examples=15)
@given(
    st.sets(st.tuples(st.sampled_from(GUILDS), st.sampled_from(SOURCES))),
    st.lists(st.sets(st.sampled_from(SOURCES), min_size=1), max_size=4),
    st.sets(st.tuples(st.sampled_from(GUILDS), st.sampled_from(SOURCES))),
    st.sampled_from(["", "ports"]),
)
def test_a_guild_sees_what_its_sources_brought_and_nothing_else(follows, brought_by, left, query):
    async def check():
        async with new_store() as store:
            ids = {number: await follow(store, 99, url=f"https://{number}.example/feed") for number in SOURCES}
            for guild_id, number in follows:
                await follow(store, guild_id, url=f"https://{number}.example/feed")
            urls = {f"https://news.example/{index}": numbers for index, numbers in enumerate(brought_by)}
            article_ids = [
                await shelve(store, ids[number], url=url, site=url)
                for url, numbers in urls.items()
                for number in numbers
            ]
            for guild_id, number in left & follows:
                async with store.writing() as db:
                    await sources.unfollow_source(db, guild_id, ids[number])
            for guild_id in GUILDS:
                followed = {number for guild, number in follows - left if guild == guild_id}
                expected = {url for url, numbers in urls.items() if numbers & followed}
                ways, due = await seen(store, guild_id, article_ids, urls, query)
                assert ways == [expected] * len(ways)
                assert due <= expected

    asyncio.run(check())

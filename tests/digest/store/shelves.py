"""Puts things into a store the way the service does, in one line of a test."""

from datetime import timedelta

from digest.store import articles, editions, sources, subscriptions
from tests.builders import NOW, brief, source, subscription

LONG_AGO = NOW - timedelta(days=30)


async def follow(store, guild_id=1, *, since=LONG_AGO, **changes):
    """The id of a source that the guild follows."""
    async with store.writing() as db:
        kept = await sources.add_source(db, source(**changes), next_refresh_at=NOW)
        await sources.follow_source(db, guild_id, kept.id, since=since)
    return kept.id


async def shelve(store, source_id, *, now=NOW, kept=None, **changes):
    """The id of an article that the source brought; `changes` are changes of the article."""
    kept = kept or brief(**changes)
    async with store.writing() as db:
        return await articles.add_brief(db, kept, identity=kept.article.url, source_id=source_id, now=now)


async def subscribe(store, *, since=LONG_AGO, next_run_at=NOW, **changes):
    async with store.writing() as db:
        return await subscriptions.add_subscription(
            db, subscription(**changes), created_at=since, since=since, next_run_at=next_run_at
        )


async def issue(store, order, period, *, slot=None, payloads=("one",), article_ids=()):
    async with store.writing() as db:
        edition = await editions.add_edition(db, order, slot, period, composed_at=NOW, payloads=payloads)
        assert await editions.claim(db, edition, article_ids)
    return edition

"""The whole line on the bundled articles: real feeds, real reading in real processes, a real database."""

from dataclasses import replace
from datetime import timedelta

from digest.service import Service
from digest.sources.bundled import BundledFetcher, bundled_day, bundled_sources
from digest.work.embedded import ReadingPool
from tests.builders import subscription
from tests.digest.service.newsroom import print_urls


async def test_the_bundled_articles_become_one_edition_that_can_be_looked_up(store):
    day = bundled_day()
    async with ReadingPool(timeout=120) as think:
        service = Service(store, BundledFetcher(), think)
        for source in bundled_sources():
            await service.add_source(0, source.url, now=day.now)
        saved = await service.save_subscription(
            replace(subscription(guild_id=0, channel_id=0, zone=day.zone), name=day.name), now=day.now
        )
        await service.refresh_due(now=day.now)
        (edition,) = await service.issue_due(now=day.now + timedelta(days=1), render=print_urls)
    assert [status.failure for status in await service.list_sources(0)] == [None] * len(bundled_sources())
    urls = [url for part in edition.deliveries for url in part.payload.split()]
    assert len(urls) == len(set(urls)) == 11
    assert len(edition.deliveries) == 8  # of eleven stories; three outlets tell one of them, two another
    assert edition.subscription_id == saved.id
    hits = await service.search_articles(0, "", limit=20)
    assert len(hits) == 14  # what is over the cap of stories was read too
    assert {hit.url for hit in hits} > set(urls)
    assert all(hit.lead and hit.site for hit in hits)
    assert len(await service.search_articles(0, "zelenskyy macron", limit=10)) == 2
    assert await service.search_articles(1, "") == ()

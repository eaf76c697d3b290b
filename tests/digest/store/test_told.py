from dataclasses import replace
from datetime import timedelta

from digest.model import Choice, Outcome, Period, Told
from digest.store import articles, told
from tests.builders import NOW, brief
from tests.digest.store.shelves import follow, issue, shelve, subscribe

PERIOD = Period(NOW - timedelta(days=1), NOW)
WEIGHT = (("outlets", 1.5), ("keywords", 2.0))


async def choose(store, edition, *choices):
    async with store.writing() as db:
        ids = await articles.list_urls(db, range(1, 10))
        await told.add_choices(db, edition, choices, ids)


async def list_told(store, order, since=NOW - timedelta(days=7), limit=10):
    async with store.reading() as db:
        return await told.list_told(db, order.id, since=since, limit=limit)


async def list_choices(store, edition, guild_id=1):
    async with store.reading() as db:
        return await told.list_choices(db, edition.id, guild_id=guild_id)


async def shelve_three(store):
    source_id = await follow(store)
    return [await shelve(store, source_id, url=f"https://gazette.example/{number}") for number in (1, 2, 3)]


def choice(*numbers, outcome=Outcome.SHOWN, began_at=NOW):
    urls = tuple(f"https://gazette.example/{number}" for number in numbers)
    return Choice(f"Story {numbers}", urls, outcome, began_at, WEIGHT)


async def test_what_became_of_each_story_comes_back_as_it_was_kept(store):
    ids = await shelve_three(store)
    order = await subscribe(store)
    edition = await issue(store, order, PERIOD, article_ids=ids)
    kept = (choice(2, 1, began_at=NOW - timedelta(days=2)), choice(3, outcome=Outcome.OVER_CAP))
    await choose(store, edition, *kept)
    assert await list_choices(store, edition) == kept
    assert await list_choices(store, edition, guild_id=2) == ()


async def test_what_was_shown_is_told_with_its_articles_in_their_order(store):
    ids = await shelve_three(store)
    order = await subscribe(store)
    began_at = NOW - timedelta(days=2)
    edition = await issue(store, order, PERIOD, article_ids=ids)
    await choose(store, edition, choice(2, 1, began_at=began_at), choice(3, outcome=Outcome.OVER_CAP))
    second, first = (brief(url=f"https://gazette.example/{number}") for number in (2, 1))
    assert await list_told(store, order) == (Told(began_at, (second, first)),)
    assert await list_told(store, order, limit=0) == ()


async def test_what_was_told_long_ago_or_elsewhere_is_not_remembered(store):
    ids = await shelve_three(store)
    order, other = await subscribe(store), await subscribe(store, channel_id=11)
    edition = await issue(store, order, PERIOD, article_ids=ids)
    await choose(store, edition, choice(1))
    assert await list_told(store, other) == ()
    assert await list_told(store, order, since=NOW + timedelta(seconds=1)) == ()


async def test_an_address_that_is_no_articles_is_left_out(store):
    ids = await shelve_three(store)
    order = await subscribe(store)
    edition = await issue(store, order, PERIOD, article_ids=ids)
    await choose(store, edition, choice(1, 77))
    assert await list_choices(store, edition) == (replace(choice(1, 77), urls=choice(1).urls),)

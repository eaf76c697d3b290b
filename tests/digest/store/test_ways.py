"""Look-ups against a naive reference: whatever way they take, the same is found, newest first, in stable pages."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from random import Random

import pytest
from sqlalchemy import delete, insert, text

from digest.model import CommitmentKind
from digest.store import Store, ledger, search, ways
from digest.store.schema import article_sources, articles
from tests.builders import NOW
from tests.digest.store.shelves import follow, shelve
from tests.digest.store.tellers import promise, told
from tests.stores import go_back

WORDS = ("harbour", "ferry", "bridge", "lamp", "rope")
QUERIES = ("", "harbour", "ferry", "harbour ferry", "rope lamp", "lamp", "nothing", "—", "BRIDGE harbour", "Ada")
FAR = (datetime(2, 1, 1, tzinfo=UTC), datetime(1969, 5, 1, tzinfo=UTC), datetime(2600, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Printed:
    """An article as the reference knows it."""

    id: int
    title: str
    dated_at: datetime
    guilds: frozenset


async def print_many(store, seed, number=40):
    """Articles of two sources, of which guild 1 follows one and guild 2 both, in an order that is not that of dates."""
    random = Random(seed)
    sources = [await follow(store, 2, url=f"https://gazette.example/{place}") for place in range(2)]
    await follow(store, 1, url="https://gazette.example/0")
    printed = []
    for place in range(number):
        # Some share a second, and some a moment.
        dated = NOW - timedelta(hours=random.randrange(12), microseconds=random.choice((0, 0, 999_999, 400)))
        dated = random.choice((dated, dated, dated, dated, *FAR))
        title = " ".join(random.choices(WORDS, k=random.randrange(1, 4)))
        somebody = f"Ada Q{chr(97 + place // 26)}{chr(97 + place % 26)}"  # else one might commit to the same twice
        line = promise(somebody, f"{title} number {place}", kind=random.choice(list(CommitmentKind)))
        kept = told(line, url=f"https://gazette.example/{seed}/{place}", title=title, at=dated)
        brought = random.randrange(2)
        id_ = await shelve(store, sources[brought], kept=kept)
        printed.append(Printed(id_, title, dated, frozenset({2} if brought else {1, 2})))
    return printed


def expected(printed, query, guild_id):
    """The ids of the guild's articles that hold all words, newest first."""
    words = re.findall(r"\w+", query.casefold())
    if query.strip() and not words:
        return []
    fitting = [
        one
        for one in printed
        if guild_id in one.guilds and all(word == "ada" or word in one.title.split() for word in words)
    ]
    return [one.id for one in sorted(fitting, key=attrgetter("dated_at", "id"), reverse=True)]


async def found_in_pages(store, look_up, query, guild_id, limit):
    found = []
    async with store.reading() as db:
        while page := await look_up(db, guild_id, query, limit=limit, offset=len(found)):
            found += page
    return found


@pytest.fixture(params=["many", "few and rare", "few and common"])
def way(request, monkeypatch):
    """Guilds with many articles and with few, and words that are common there."""
    few, many = {"many": (0, 5000), "few and rare": (500, 5000), "few and common": (500, 0)}[request.param]
    monkeypatch.setattr(ways, "FEW", few)
    monkeypatch.setattr(ways, "MANY", many)
    return request.param


@pytest.mark.parametrize("seed", range(3))
async def test_articles_are_found_as_by_a_naive_look_through_all(store, way, seed):  # noqa: ARG001
    printed = await print_many(store, seed)
    for query in QUERIES:
        for guild_id in (1, 2, 3):
            hits = await found_in_pages(store, search.search_articles, query, guild_id, 3)
            assert [hit.id for hit in hits] == expected(printed, query, guild_id), (query, guild_id)


async def test_commitments_are_found_as_by_a_naive_look_through_all(store, way):  # noqa: ARG001
    printed = await print_many(store, 7)
    for query in QUERIES:
        for guild_id in (1, 2, 3):
            entries = await found_in_pages(store, ledger.list_entries, query, guild_id, 4)
            titles = [entry.newest.title for entry in entries]
            order = {one.id: one for one in printed}
            wanted = [order[id_].title for id_ in expected(printed, query, guild_id)]
            assert titles == wanted, (query, guild_id)


async def test_what_a_second_source_brings_is_seen_from_then_on(store, way):  # noqa: ARG001
    source_id, other = await follow(store), await follow(store, 2, url="https://other.example/feed")
    article_id = await shelve(store, source_id, title="Harbour ferry")
    async with store.reading() as db:
        assert await search.search_articles(db, 2, "ferry", limit=5, offset=0) == ()
    async with store.writing() as db:
        await db.execute(insert(article_sources), {"article_id": article_id, "source_id": other})
    async with store.reading() as db:
        assert len(await search.search_articles(db, 2, "ferry", limit=5, offset=0)) == 1
        assert len(await search.search_quotes(db, 2, "happy", limit=5, offset=0)) == 1


async def test_what_goes_with_its_article_is_not_found_and_leaves_the_index_whole(store, way):  # noqa: ARG001
    source_id = await follow(store)
    kept = [await shelve(store, source_id, url=f"https://gazette.example/{n}", title=f"Ferry {n}") for n in range(3)]
    async with store.writing() as db:
        await db.execute(delete(articles).where(articles.c.id == kept[1]))
        for name in ("article_versions", "quotes", "commitments") if db.dialect.name == "sqlite" else ():
            await db.execute(text(f"INSERT INTO {name}_fts({name}_fts, rank) VALUES ('integrity-check', 1)"))
    async with store.reading() as db:
        hits = await search.search_articles(db, 1, "ferry", limit=5, offset=0)
    assert [hit.id for hit in hits] == [kept[2], kept[0]]


async def test_a_database_from_before_is_found_newest_first_after_the_upgrade(url):
    async with await Store.open(url) as store:
        printed = await print_many(store, 3)
        await go_back(store, "0009")
    async with await Store.open(url) as store:
        found = defaultdict(list)
        for query in QUERIES:
            for hit in await found_in_pages(store, search.search_articles, query, 2, 5):
                found[query].append(hit.id)
            assert found[query] == expected(printed, query, 2)

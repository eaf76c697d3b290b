from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest
from sqlalchemy import event, func, select

from digest.errors import NotFoundError
from digest.model import ArticleKind, Brief, Card, Quote, QuoteKind, Span, Summary
from digest.store import articles, search
from digest.store.schema import article_versions, quotes
from tests.builders import NOW, TEXT, article, brief
from tests.digest.store.shelves import follow, shelve


async def get(store, article_id, **scope):
    async with store.reading() as db:
        return await articles.get_brief(db, article_id, **scope)


async def count(store, table):
    async with store.reading() as db:
        return (await db.execute(select(func.count()).select_from(table))).scalar_one()


async def test_a_brief_comes_back_as_it_was_kept(store):
    kept = brief(
        kind=ArticleKind.LIVE_BLOG,
        byline="Ilse Brandt",
        canonical_url="https://gazette.example/ports?page=1",
        modified_at=datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=2))),
    )
    article_id = await shelve(store, await follow(store), kept=kept)
    assert await get(store, article_id) == kept


async def test_an_article_in_which_nothing_was_found_comes_back_empty(store):
    kept = Brief(article=article(text="", published_at=None, language=None))
    assert await get(store, await shelve(store, await follow(store), kept=kept)) == kept


async def test_a_quote_in_several_pieces_keeps_every_piece(store):
    pieces = (Span(0, 4), Span(4, 4), Span(5, 10))
    kept = replace(brief(), quotes=(Quote(QuoteKind.MIXED, pieces, None, None, "marks"),))
    assert await get(store, await shelve(store, await follow(store), kept=kept)) == kept


async def test_reading_the_same_again_makes_no_version(store):
    source_id = await follow(store)
    first = await shelve(store, source_id)
    assert await shelve(store, source_id, now=NOW + timedelta(hours=6)) == first
    assert await count(store, article_versions) == 1


async def test_a_changed_article_is_a_new_version_of_the_same_one_and_the_old_one_stays(store):
    source_id = await follow(store)
    first = await shelve(store, source_id)
    changed = replace(brief(), article=article(text=TEXT.replace("Five", "Four")))
    assert await shelve(store, source_id, kept=changed) == first
    assert await get(store, first) == changed
    async with store.reading() as db:
        rows = (await db.execute(select(article_versions.c.text, article_versions.c.text_hash))).all()
    assert [row.text[:4] for row in rows] == ["Five", "Four"]
    assert len({row.text_hash for row in rows}) == 2
    assert await count(store, quotes) == 2


async def test_of_many_articles_all_come_and_no_statement_asks_for_more_than_a_few(store, monkeypatch):
    monkeypatch.setattr(articles, "BRIEFS_AT_ONCE", 2)
    source_id = await follow(store)
    ids = [await shelve(store, source_id, url=f"https://gazette.example/{number}") for number in range(5)]
    asked = []
    async with store.reading() as db:
        event.listen(db.sync_connection, "before_cursor_execute", lambda *told: asked.append(len(told[3])))
        found = await articles.map_briefs(db, ids)
    assert set(found) == set(ids)
    assert max(asked) == 2


async def test_an_article_of_a_source_that_a_guild_does_not_follow_is_not_there(store):
    article_id = await shelve(store, await follow(store, guild_id=1))
    assert (await get(store, article_id, guild_id=1)).article.title
    with pytest.raises(NotFoundError):
        await get(store, article_id, guild_id=2)


async def test_an_article_that_two_sources_bring_is_there_for_the_guilds_of_both(store):
    first = await follow(store, guild_id=1)
    second = await follow(store, guild_id=2, url="https://quay.example/feed")
    article_id = await shelve(store, first)
    assert await shelve(store, second) == article_id
    assert await get(store, article_id, guild_id=2) == await get(store, article_id, guild_id=1)


async def test_an_article_that_nobody_knows_is_not_found(store):
    with pytest.raises(NotFoundError):
        await get(store, 7)


async def test_briefs_come_in_the_order_they_were_asked_for(store):
    source_id = await follow(store)
    ids = [await shelve(store, source_id, url=f"https://gazette.example/{number}") for number in range(3)]
    async with store.reading() as db:
        found = await articles.get_briefs(db, [ids[2], 99, ids[0]])
    assert [one.article.url for one in found] == ["https://gazette.example/2", "https://gazette.example/0"]


async def test_a_page_that_was_read_a_short_while_ago_is_known_by_its_url(store):
    article_id = await shelve(store, await follow(store))
    async with store.reading() as db:
        url = "https://gazette.example/ports"
        assert await articles.find_article(db, url, read_since=NOW) == article_id
        assert await articles.find_article(db, url, read_since=NOW + timedelta(seconds=1)) is None
        assert await articles.find_article(db, "https://gazette.example", read_since=NOW) is None


async def test_what_no_database_takes_is_replaced_one_for_one_so_that_spans_stay_true(store):
    text = "Ports\x00 \ud83d are shut."
    kept = Brief(article=article(text=text, title="A\x00 \udc00 title"), read_until=len(text))
    found = await get(store, await shelve(store, await follow(store), kept=kept))
    assert found.article.text == "Ports\ufffd \ufffd are shut."
    assert (found.article.title, found.read_until) == ("A\ufffd \ufffd title", len(text))


async def test_a_date_at_the_end_of_time_stops_nothing(store):
    edges = [datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), datetime.max.replace(tzinfo=UTC)]
    kept = brief(published_at=edges[0], modified_at=edges[1])
    found = await get(store, await shelve(store, await follow(store), kept=kept))
    assert found.article.published_at.year == 1
    assert found.article.modified_at == edges[1]


async def test_an_article_whose_address_is_too_long_for_an_index_is_known_again(store):
    source_id, seed = await follow(store), Random(1)
    long = "https://gazette.example/" + "".join(chr(seed.randrange(0x4E00, 0x9F00)) for _ in range(2000))

    async def add(identity):
        async with store.writing() as db:
            return await articles.add_brief(db, brief(), identity=identity, source_id=source_id, now=NOW)

    assert await add(long) == await add(long) != await add(long + "?")


async def test_a_text_of_very_many_words_is_kept_and_searched_from_its_beginning(store):
    seed = Random(2)
    words = ["".join(chr(seed.randrange(0x20000, 0x2A6D0)) for _ in range(3)) for _ in range(75_000)]
    text = "Ports. " + " ".join(words)
    kept = Brief(article(text=text), (), Summary((), "lead"), (), (), Card((), (), ()), 0)
    article_id = await shelve(store, await follow(store), kept=kept)
    assert (await get(store, article_id)).article.text == text
    async with store.reading() as db:
        assert len(await search.search_articles(db, 1, f"ports {words[40_000]}", limit=5, offset=0)) == 1


async def test_a_time_without_a_zone_is_a_mistake_of_the_caller(store):
    source_id = await follow(store)
    with pytest.raises(Exception, match="a datetime without a zone"):
        await shelve(store, source_id, published_at=datetime(2026, 11, 23))  # noqa: DTZ001 -- the mistake itself

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, text

from digest.model import Brief, Card, Quote, QuoteKind, Sentence, Span, Speaker, Summary
from digest.store import Store, search
from digest.store.schema import article_versions
from tests.builders import NOW, TEXT, article, brief, span
from tests.digest.store.shelves import follow, shelve
from tests.stores import go_back


@pytest.fixture
async def source_id(store):
    return await follow(store)


async def find_articles(store, query, guild_id=1, limit=5, offset=0):
    async with store.reading() as db:
        return await search.search_articles(db, guild_id, query, limit=limit, offset=offset)


async def find_quotes(store, query, guild_id=1):
    async with store.reading() as db:
        return await search.search_quotes(db, guild_id, query, limit=5, offset=0)


async def shelve_titles(store, source_id, *titles):
    for number, title in enumerate(titles):
        dated = NOW - timedelta(hours=number)
        await shelve(store, source_id, url=f"https://gazette.example/{number}", title=title, published_at=dated)


async def test_an_article_is_found_by_words_of_its_title_and_text(store, source_id):
    await shelve(store, source_id, title="Strike in Veldan")
    (hit,) = await find_articles(store, "veldan inspect")
    assert (hit.title, hit.lead) == ("Strike in Veldan", "Five ports signed the rule on Sunday.")
    assert (hit.site, hit.url, hit.published_at) == ("Harbour Gazette", "https://gazette.example/ports", NOW)


async def test_all_words_must_be_there(store, source_id):
    await shelve(store, source_id)
    assert await find_articles(store, "ports railway") == ()


@pytest.mark.parametrize("query", ["", "  "])
async def test_an_empty_query_lists_the_newest_first_page_by_page(store, source_id, query):
    await shelve_titles(store, source_id, "today", "yesterday", "before")
    assert [hit.title for hit in await find_articles(store, query, limit=2)] == ["today", "yesterday"]
    assert [hit.title for hit in await find_articles(store, query, limit=2, offset=2)] == ["before"]


async def test_hits_come_newest_first(store, source_id):
    await shelve_titles(store, source_id, "ports today", "nothing", "ports yesterday")
    assert [hit.title for hit in await find_articles(store, "today ports")] == ["ports today"]
    assert len(await find_articles(store, "ports")) == 3


@pytest.mark.parametrize(
    "query",
    [
        "ports AND OR NOT",
        'the "rule',
        "title:ports",
        "rule*",
        "rule^",
        "(ports",
        "{ports}",
        "NEAR(ports rule)",
        "-rule",
    ],
)
async def test_no_sign_in_a_query_is_an_operator(store, source_id, query):
    await shelve(store, source_id)
    await find_articles(store, query)


async def test_a_word_that_looks_like_an_operator_is_looked_for(store, source_id):
    await shelve_titles(store, source_id, "War AND peace")
    assert len(await find_articles(store, "AND peace")) == 1
    assert await find_articles(store, "peace OR war") == ()


@pytest.mark.parametrize("query", ["—", '"', "* ^", "\0", "¿?"])
async def test_a_query_without_a_word_finds_nothing(store, source_id, query):
    await shelve(store, source_id)
    assert await find_articles(store, query) == ()


async def test_accents_case_and_endings_do_not_matter(store, source_id):
    await shelve_titles(store, source_id, "Pedro Sánchez joined", "Übergabe")
    assert len(await find_articles(store, "sanchez JOINING")) == 1
    assert len(await find_articles(store, "ubergabe")) == 1


async def test_another_guild_finds_nothing(store, source_id):
    await shelve(store, source_id)
    assert await find_articles(store, "ports", guild_id=2) == ()
    assert await find_quotes(store, "", guild_id=2) == ()


async def test_only_the_last_version_is_found(store, source_id):
    await shelve(store, source_id, title="Mistaken headline")
    await shelve(store, source_id, title="Better headline")
    assert await find_articles(store, "mistaken") == ()
    assert [hit.title for hit in await find_articles(store, "headline")] == ["Better headline"]
    assert len(await find_quotes(store, "happy")) == 1


async def test_the_index_follows_rows_that_are_deleted_and_changed(store, source_id):
    await shelve(store, source_id)
    async with store.writing() as db:
        await db.execute(article_versions.update().values(text="Nothing is left but this."))
    assert await find_articles(store, "inspect") == ()
    assert len(await find_articles(store, "nothing left")) == 1
    async with store.writing() as db:
        await db.execute(delete(article_versions))
        for name in ("article_versions", "quotes", "commitments") if db.dialect.name == "sqlite" else ():
            await db.execute(text(f"INSERT INTO {name}_fts({name}_fts, rank) VALUES ('integrity-check', 1)"))
    assert await find_quotes(store, "happy") == ()


async def test_a_quote_is_found_by_its_words_its_speaker_and_their_role(store, source_id):
    await shelve(store, source_id)
    for query in ("happy", "Brandt", "director Sarn", ""):
        (hit,) = await find_quotes(store, query)
        assert (hit.words, hit.speaker) == (("Nobody left the room happy",), "Ilse Brandt")
        assert (hit.role, hit.kind) == ("director of the port of Sarn", QuoteKind.DIRECT)
    assert await find_quotes(store, "inspect") == ()


async def test_a_quote_in_pieces_is_listed_in_pieces_without_a_speaker(store, source_id):
    pieces = (span("Nobody"), span("room happy"))
    kept = replace(brief(), article=article(text=TEXT), quotes=(Quote(QuoteKind.MIXED, pieces, None, None, "marks"),))
    await shelve(store, source_id, kept=kept)
    (hit,) = await find_quotes(store, "happy nobody")
    assert (hit.words, hit.speaker, hit.role) == (("Nobody", "room happy"), None, None)


async def shelve_told(store, source_id, hours, *pieces, by):
    """Shelve an article that quotes somebody with these words, so many hours before now."""
    text = f"{by} said: {' … '.join(f'“{piece}”' for piece in pieces)}"
    told = Quote(QuoteKind.DIRECT, tuple(span(piece, text) for piece in pieces), None, Speaker(span(by, text)), "colon")
    url, dated = f"https://gazette.example/{hours}", NOW - timedelta(hours=hours)
    printed = article(text=text, url=url, site=f"Outlet {hours}", published_at=dated)
    whole = Sentence(0, Span(0, len(text)))
    kept = Brief(printed, (whole,), Summary((0,), "lead"), (told,), (), Card((0,), (0,), ()), len(text))
    await shelve(store, source_id, kept=kept)


async def test_the_same_words_in_several_outlets_are_one_hit_with_the_newest_of_them(store, source_id):
    await shelve_told(store, source_id, 1, "We won’t sell,", "Ever.", by="Ilse Brandt")
    await shelve_told(store, source_id, 2, "We won't sell. Ever.", by="Brandt")
    await shelve_told(store, source_id, 3, "We won’t sell ever", by="Director Brandt")
    await shelve_told(store, source_id, 4, "We won’t sell ever", by="Jon Varga")
    await shelve_told(store, source_id, 5, "We won’t sell ships ever", by="Brandt")
    found = await find_quotes(store, "sell")
    assert [(hit.site, hit.also_in) for hit in found] == [
        ("Outlet 1", ("Outlet 2", "Outlet 3")),
        ("Outlet 4", ()),
        ("Outlet 5", ()),
    ]


async def test_a_hit_stands_for_others_only_where_the_query_fits_it(store, source_id):
    await shelve_told(store, source_id, 1, "We won’t sell", by="Brandt")
    await shelve_told(store, source_id, 2, "We won’t sell", by="Ilse Brandt")
    (hit,) = await find_quotes(store, "ilse")
    assert (hit.site, hit.also_in) == ("Outlet 2", ("Outlet 1",))


async def test_pages_count_what_is_one_once(store, source_id):
    for hours in range(1, 9):
        await shelve_told(store, source_id, hours, f"We won’t sell {hours // 4}", by="Brandt")
    async with store.reading() as db:
        pages = [await search.search_quotes(db, 1, "sell", limit=1, offset=offset) for offset in range(4)]
    assert [[hit.site for hit in page] for page in pages] == [["Outlet 1"], ["Outlet 4"], ["Outlet 8"], []]


async def test_a_database_from_before_knows_which_quotes_are_one_after_the_upgrade(url):
    async with await Store.open(url) as store:
        source_id = await follow(store)
        await shelve_told(store, source_id, 1, "We sell,", "Now.", by="Ilse Brandt")
        await shelve_told(store, source_id, 2, "We sell now", by="Brandt")
        await shelve_told(store, source_id, 3, "We sell now", by="somebody")
        await go_back(store, "0002")
    async with await Store.open(url) as store:
        found = {hit.site: hit.also_in for hit in await find_quotes(store, "sell")}
    assert found == {"Outlet 1": ("Outlet 2",), "Outlet 3": ()}

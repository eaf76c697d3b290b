"""Speakers across articles: who is found under which name, and who is not."""

from dataclasses import replace

import pytest

from digest import read_text
from digest.store import Store, search
from tests.builders import NOW
from tests.digest.store.shelves import follow, shelve
from tests.stores import go_back

FULL = "“The quays will close,” said Tomas Brandel, the prime minister. “We have no choice,” Brandel said."
KNIGHTED = "“The cranes will stop,” Sir Tomas Brandel told the house."
SIR = "“The harbour will rest,” Sir Tomas said."
OFFICE = "“The pier will reopen,” PM Brandel said."
SURNAME = "“The boats will sail,” Brandel said."
OTHERS = "“Nobody asked us,” said Ilse Brandel, a baker."


async def read_in(store, *reports, guild_id=1):
    source_id = await follow(store, guild_id, url=f"https://gazette.example/{guild_id}.xml")
    for report in reports:
        brief = read_text(report, published_at=NOW, language="en")
        kept = replace(brief, article=replace(brief.article, url=f"https://gazette.example/{hash(report)}"))
        await shelve(store, source_id, kept=kept)


async def said_by(store, name, guild_id=1):
    """The subjects of what the store has of this speaker: "quays", "boats"."""
    async with store.reading() as db:
        hits = await search.search_quotes(db, guild_id, name, limit=20, offset=0)
    return {hit.words[0].split()[1] for hit in hits}


@pytest.mark.parametrize("name", ["Tomas Brandel", "Sir Tomas", "PM Brandel", "Brandel", "prime minister Brandel"])
async def test_one_speaker_is_found_under_any_of_the_names(store, name):
    await read_in(store, FULL, KNIGHTED, SIR, OFFICE, SURNAME)
    assert await said_by(store, name) == {"quays", "have", "cranes", "harbour", "pier", "boats"}


async def test_it_does_not_matter_which_article_came_first(store):
    await read_in(store, SURNAME, OFFICE, SIR, KNIGHTED, FULL)
    assert await said_by(store, "Tomas Brandel") == {"quays", "have", "cranes", "harbour", "pier", "boats"}


async def test_two_people_of_one_surname_stay_two(store):
    await read_in(store, FULL, SURNAME)
    assert await said_by(store, "Tomas Brandel") == {"quays", "have", "boats"}
    await read_in(store, OTHERS)
    assert await said_by(store, "Tomas Brandel") == {"quays", "have"}
    assert await said_by(store, "Ilse Brandel") == {"asked"}


async def test_an_office_tells_two_of_one_surname_apart(store):
    await read_in(store, FULL, OFFICE, OTHERS)
    assert await said_by(store, "Tomas Brandel") == {"quays", "have", "pier"}


async def test_a_surname_that_no_article_joins_to_the_name_joins_nothing(store):
    await read_in(store, KNIGHTED, SURNAME)
    assert await said_by(store, "Tomas Brandel") == {"cranes"}


async def test_another_office_is_another_speaker(store):
    await read_in(store, FULL, "“The nets will hold,” said Brandel, a fisher.")
    assert await said_by(store, "Tomas Brandel") == {"quays", "have"}


async def test_a_guild_finds_only_what_its_sources_brought(store):
    await read_in(store, FULL, SIR)
    await read_in(store, KNIGHTED, guild_id=2)
    assert await said_by(store, "Tomas Brandel", guild_id=2) == {"cranes"}


async def test_words_that_are_no_name_find_what_holds_them(store):
    await read_in(store, FULL, SIR)
    assert await said_by(store, "harbour rest") == {"harbour"}
    assert await said_by(store, "a spokesman") == set()


async def test_a_database_from_before_knows_its_speakers_after_the_upgrade(url):
    async with await Store.open(url) as store:
        await read_in(store, FULL, KNIGHTED, SIR, "“The lamps will burn,” officials said.")
        await go_back(store, "0001")
    async with await Store.open(url) as store:
        assert await said_by(store, "Tomas Brandel") == {"quays", "have", "cranes", "harbour"}
        assert await said_by(store, "lamps") == {"lamps"}

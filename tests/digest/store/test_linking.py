"""Which tellings are of one commitment: found when an article is kept, for everybody, and kept through its versions."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from digest.model import Change, CommitmentKind, Telling, Trouble
from digest.store import Store, articles, ledger
from digest.store.linking import candidate_ids, keys_of
from digest.store.schema import commitment_actors, commitments, ledger_entries
from tests.builders import NOW
from tests.digest.store.shelves import follow
from tests.digest.store.tellers import promise, tell
from tests.stores import go_back

DAY = timedelta(days=1)
FIRST, SECOND, THIRD = (f"https://gazette.example/{number}" for number in (1, 2, 3))
PIER = promise("Ada Quill", "rebuild the wooden pier")
RAILWAY = promise("Ada Quill", "sell the northern railway")


@pytest.fixture
async def source_id(store):
    return await follow(store)


async def entries(store, query="", guild_id=1):
    """The entries on record, the newest told first."""
    async with store.reading() as db:
        return await ledger.list_entries(db, guild_id, query, limit=50)


async def count(store, table):
    async with store.reading() as db:
        return (await db.execute(select(func.count()).select_from(table))).scalar_one()


def urls(entry):
    return [telling.url for telling in entry.tellings]


async def test_what_several_articles_tell_is_one_entry_with_its_tellings_oldest_first(store, source_id):
    await tell(store, source_id, PIER, url=SECOND, at=NOW)
    await tell(store, source_id, PIER, url=FIRST, at=NOW - DAY, site="Quay Weekly")
    await tell(store, source_id, RAILWAY, url=THIRD, at=NOW - 2 * DAY)
    pier, railway = await entries(store)
    assert urls(pier) == [FIRST, SECOND]
    assert pier.outlets == ("Quay Weekly", "Harbour Gazette")
    assert [telling.told_at for telling in pier.tellings] == [NOW - DAY, NOW]
    assert urls(railway) == [THIRD]


async def test_what_a_telling_changes_is_seen_and_nothing_is_overwritten(store, source_id):
    until = date(2026, 12, 1)
    await tell(store, source_id, promise("Ada Quill", "rebuild the pier", by=until), url=FIRST, at=NOW - 2 * DAY)
    later = promise("Ada Quill", "rebuild the pier", by=until + DAY)
    await tell(store, source_id, later, url=SECOND, at=NOW - DAY)
    taken_back = promise("Ada Quill", "rebuild the pier", is_withdrawal=True)
    await tell(store, source_id, taken_back, url=THIRD, at=NOW)
    (entry,) = await entries(store)
    assert [telling.change for telling in entry.tellings] == [None, Change.SOFTENED, Change.WITHDRAWN]
    assert [telling.latest for telling in entry.tellings] == [until, until + DAY, None]
    assert [telling.is_withdrawal for telling in entry.tellings] == [False, False, True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Quill", "Quill"),
        ("Ada Quill", "Mayor Ada Quill"),
        ("Castellan Line", "Castellan"),
        ("the dockers", "dockers"),
    ],
)
async def test_an_actor_is_the_same_under_another_name(store, source_id, one, other):
    await tell(store, source_id, promise(one, "rebuild the wooden pier"), url=FIRST, at=NOW - DAY)
    await tell(store, source_id, promise(other, "rebuild the wooden pier"), url=SECOND)
    assert [urls(entry) for entry in await entries(store)] == [[FIRST, SECOND]]


@pytest.mark.parametrize("other", ["Jon Varga", "Ben Quill", "the council"])
async def test_the_same_words_of_another_actor_are_another_entry(store, source_id, other):
    await tell(store, source_id, PIER, url=FIRST, at=NOW - DAY)
    await tell(store, source_id, promise(other, "rebuild the wooden pier"), url=SECOND)
    assert len(await entries(store)) == 2


async def test_two_commitments_of_one_article_never_share_an_entry(store, source_id):
    twice = promise("Quill", "rebuild the wooden pier at last")
    await tell(store, source_id, PIER, twice, url=FIRST, at=NOW - DAY)
    await tell(store, source_id, PIER, twice, url=SECOND)
    found = await entries(store)
    assert [urls(entry) for entry in found] == [[FIRST, SECOND]] * 2
    assert {entry.newest.what for entry in found} == {"rebuild the wooden pier", "rebuild the wooden pier at last"}


async def test_an_entry_that_nobody_told_for_two_years_is_joined_no_more(store, source_id):
    before = timedelta(days=731)
    await tell(store, source_id, PIER, url=FIRST, at=NOW - before, now=NOW - before)
    await tell(store, source_id, PIER, url=SECOND)
    assert [urls(entry) for entry in await entries(store)] == [[SECOND], [FIRST]]


async def test_an_entry_is_found_behind_many_that_were_told_later(store, source_id):
    await tell(store, source_id, PIER, url=FIRST, at=NOW - DAY)
    others = [promise("Jon Quill", f"sell ship {chr(97 + number)}{number}xyz") for number in range(30)]
    await tell(store, source_id, *others, url=SECOND, at=NOW - DAY)
    await tell(store, source_id, PIER, url=THIRD)
    assert urls((await entries(store))[0]) == [FIRST, THIRD]


async def test_a_new_version_keeps_the_entry_of_what_it_still_says_and_when_it_was_told(store, source_id):
    await tell(store, source_id, PIER, at=NOW - DAY)
    before = {entry.newest.what: entry.id for entry in await entries(store)}
    await tell(store, source_id, RAILWAY, PIER, at=NOW - DAY)
    after = await entries(store)
    assert {entry.newest.what: entry.id for entry in after}.items() > before.items()
    assert [len(entry.tellings) for entry in after] == [1, 1]
    assert {entry.newest.what: entry.newest.told_at for entry in after} == {
        "rebuild the wooden pier": NOW - DAY,
        "sell the northern railway": NOW,  # when the version that first tells it was read
    }
    assert await count(store, ledger_entries) == 2
    assert await count(store, commitments) == 3


async def test_what_a_version_words_anew_is_the_same_entry_in_its_new_words(store, source_id):
    await tell(store, source_id, PIER, at=NOW - DAY)
    await tell(store, source_id, promise("Quill", "rebuild the wooden pier soon"), at=NOW - DAY)
    (entry,) = await entries(store)
    assert [telling.what for telling in entry.tellings] == ["rebuild the wooden pier soon"]
    assert await entries(store, "Ada") == ()  # the words of the older version are nobody's now


async def test_what_an_article_says_no_longer_stays_listed_as_corrected(store, source_id):
    await tell(store, source_id, PIER, RAILWAY, at=NOW - DAY)
    await tell(store, source_id, RAILWAY, at=NOW - DAY)
    troubles = {entry.newest.what: entry.newest.trouble for entry in await entries(store)}
    assert troubles == {"rebuild the wooden pier": Trouble.CORRECTED, "sell the northern railway": None}
    await tell(store, source_id, PIER, at=NOW - DAY)
    troubles = {entry.newest.what: entry.newest.trouble for entry in await entries(store)}
    assert troubles == {"rebuild the wooden pier": None, "sell the northern railway": Trouble.CORRECTED}


async def test_a_corrected_telling_counts_no_more_and_those_of_others_do(store, source_id):
    await tell(store, source_id, PIER, url=FIRST, at=NOW - DAY)
    await tell(store, source_id, promise("Ada Quill", "rebuild the wooden pier", by=date(2026, 12, 1)), url=SECOND)
    await tell(store, source_id, RAILWAY, url=SECOND)
    pier = next(entry for entry in await entries(store) if len(entry.tellings) > 1)
    assert [telling.trouble for telling in pier.tellings] == [None, Trouble.CORRECTED]
    assert pier.newest.url == FIRST


@pytest.mark.parametrize("trouble", [Trouble.REMOVED, Trouble.RETRACTED])
async def test_an_article_in_trouble_troubles_all_that_it_ever_told_until_it_stands_again(store, source_id, trouble):
    article_id = await tell(store, source_id, PIER, RAILWAY)
    await tell(store, source_id, RAILWAY)
    async with store.writing() as db:
        await articles.set_trouble(db, article_id, trouble, now=NOW)
    assert [entry.newest.trouble for entry in await entries(store)] == [trouble] * 2
    async with store.writing() as db:
        await articles.set_trouble(db, article_id, None, now=NOW)
    assert {entry.newest.trouble for entry in await entries(store)} == {None, Trouble.CORRECTED}


async def test_an_entry_is_everybodys_and_its_tellings_are_those_of_the_guilds_sources(store, source_id):
    other = await follow(store, guild_id=2, url="https://quay.example/feed")
    await tell(store, source_id, PIER, url=FIRST, at=NOW - DAY)
    await tell(store, other, PIER, url=SECOND)
    (ours,), (theirs,) = await entries(store), await entries(store, guild_id=2)
    assert ours.id == theirs.id
    assert (urls(ours), urls(theirs)) == ([FIRST], [SECOND])
    assert theirs.newest.change is None


@pytest.mark.parametrize(
    ("names", "sentence", "whole", "parts"),
    [
        (["Ada Quill"], "", ["ada quill"], ["quill", "ada"]),
        (["Kel Liberation Army"], "", ["kel liberation army"], ["army", "kel", "kla"]),
        (["University of Tarrow"], "", ["university of tarrow", "tarrow university"], ["tarrow", "university"]),
        (["PM Quill"], "", ["prime minister quill"], ["quill", "prime"]),
        (["Quill"], "", ["quill"], []),
        (["the port of Sarn’s dockers"], "", ["port sarn dockers", "port", "sarn", "dockers"], []),
        (["Ada Quill", "Jon Varga"], "", ["ada quill", "jon varga"], ["quill", "ada", "varga", "jon"]),
        (["Halvia"], "Halvia will pay, Ilse Varenholt said.", ["halvia"], ["ilse varenholt"]),
        (["the", "", "—"], "", [], []),
    ],
)
def test_tellings_meet_by_whole_names_and_by_what_may_stand_for_one(names, sentence, whole, parts):
    telling = Telling(tuple(names), CommitmentKind.PLAN, "pay", sentence)
    assert list(keys_of(telling).items()) == [(key, True) for key in whole] + [(key, False) for key in parts]


async def test_what_two_people_share_makes_neither_a_candidate(store, source_id):
    await tell(store, source_id, promise("Ada Quill", "rebuild the wooden pier"), url=FIRST, at=NOW - DAY)
    async with store.reading() as db:
        telling = Telling(("Ada Varga",), CommitmentKind.PLAN, "pay", "")
        found_by = {key: await found(db, key) for key in keys_of(telling)}
    assert found_by["ada"] != []
    assert candidate_ids(keys_of(telling), (), found_by) == ()
    assert candidate_ids(keys_of(replace(telling, actors=("Ada",))), (), found_by) == (1,)


async def found(db, key):
    query = select(commitments.c.entry_id, commitment_actors.c.is_whole).join(
        commitments, commitments.c.id == commitment_actors.c.commitment_id
    )
    return [tuple(row) for row in await db.execute(query.where(commitment_actors.c.key == key))]


async def test_a_database_from_before_knows_its_entries_after_the_upgrade(url):
    async with await Store.open(url) as store:
        source_id = await follow(store)
        await tell(store, source_id, PIER, RAILWAY, url=FIRST, at=NOW - 3 * DAY)
        await tell(store, source_id, PIER, url=FIRST, at=NOW - 3 * DAY, now=NOW - DAY)
        gates = promise("Jon Varga", "open the gates at noon", kind=CommitmentKind.OFFER)
        await tell(store, source_id, promise("Quill", "rebuild the wooden pier"), gates, url=SECOND)
        before = await entries(store)
        assert len(before) == 3
        await go_back(store, "0003")
    async with await Store.open(url) as store:
        after = await entries(store)
        assert [(one.tellings, one.marks) for one in after] == [(one.tellings, one.marks) for one in before]
        await tell(store, source_id, PIER, url=THIRD)
        assert len(await entries(store)) == 3

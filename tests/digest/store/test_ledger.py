from dataclasses import replace
from datetime import date

from digest.model import CommitmentKind, Deadline
from digest.store import ledger
from tests.builders import brief, commitment, span
from tests.digest.store.shelves import follow, shelve


def promising(latest, **changes):
    deadline = Deadline(span("from 1 March"), None, latest)
    return replace(brief(**changes), commitments=(replace(commitment(), deadline=deadline),))


async def list_commitments(store, query="", guild_id=1, kind=None):
    async with store.reading() as db:
        return await ledger.list_entries(db, guild_id, query, kind=kind, limit=5)


async def falling_due(store, first, last, *, guild_id=1, source_ids=(), limit=5):
    async with store.reading() as db:
        return await ledger.list_due(db, guild_id, first=first, last=last, source_ids=source_ids, limit=limit)


async def test_a_commitment_is_found_by_its_words_and_kind_with_all_that_was_printed(store):
    await shelve(store, await follow(store))
    for query in ("", "ports inspecting", "march"):
        (entry,) = await list_commitments(store, query, kind=CommitmentKind.PLAN)
        (told,) = entry.tellings
        assert (told.actors, told.what) == (("The ports",), "inspect every ship")
        assert told.sentence == "The ports will inspect every ship from 1 March."
        assert told.cue == "will"
        assert (told.deadline, told.latest, told.site) == ("from 1 March", date(2027, 3, 1), "Harbour Gazette")
    assert await list_commitments(store, "railway") == ()
    assert await list_commitments(store, kind=CommitmentKind.THREAT) == ()


async def test_a_cue_outside_the_sentence_is_left_out(store):
    elsewhere = replace(brief(), commitments=(replace(commitment(), cue=span("signed")),))
    await shelve(store, await follow(store), kept=elsewhere)
    (entry,) = await list_commitments(store)
    assert entry.newest.cue == ""


async def test_another_guild_has_no_commitments(store):
    await shelve(store, await follow(store))
    assert await list_commitments(store, guild_id=2) == ()
    assert await falling_due(store, date(2027, 1, 1), date(2027, 12, 31), guild_id=2) == ()


async def test_what_falls_due_is_what_may_last_be_done_between_two_days_soonest_first(store):
    source_id = await follow(store)
    for day, what in ((1, "signed"), (5, "left the room"), (3, "happy"), (9, "the rule on Sunday")):
        kept = promising(date(2026, 12, day), url=f"https://gazette.example/{day}")
        await shelve(store, source_id, kept=replace(kept, commitments=(replace(kept.commitments[0], what=span(what)),)))
    await shelve(store, source_id, kept=promising(None, url="https://gazette.example/some-day"))
    due = await falling_due(store, date(2026, 12, 3), date(2026, 12, 9))
    assert [entry.newest.latest.day for entry in due] == [3, 5, 9]
    assert len(await falling_due(store, date(2026, 12, 3), date(2026, 12, 9), limit=2)) == 2


async def test_the_same_commitment_in_several_articles_falls_due_once(store):
    source_id = await follow(store)
    for number in range(2):
        await shelve(store, source_id, kept=promising(date(2026, 12, 3), url=f"https://gazette.example/{number}"))
    assert len(await falling_due(store, date(2026, 12, 1), date(2026, 12, 9))) == 1


async def test_what_falls_due_can_be_asked_of_some_sources_only(store):
    first, second = await follow(store), await follow(store, url="https://quay.example/feed")
    await shelve(store, first, kept=promising(date(2026, 12, 3)))
    day = date(2026, 12, 3)
    assert len(await falling_due(store, day, day, source_ids=(first,))) == 1
    assert await falling_due(store, day, day, source_ids=(second,)) == ()


async def test_actors_are_listed_one_by_one(store):
    actors = (commitment().actors[0], replace(commitment().actors[0], name=span("Five ports")))
    kept = replace(brief(), commitments=(replace(commitment(), actors=actors),))
    await shelve(store, await follow(store), kept=kept)
    assert (await list_commitments(store))[0].newest.actors == ("The ports", "Five ports")

"""The ledger as a guild sees it: found by words, kind and day, and marked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digest.errors import NotFoundError
from digest.model import CommitmentKind, Mark, Standing, Trouble
from digest.store import articles, ledger
from tests.builders import NOW, brief, commitment, span
from tests.digest.store.shelves import follow, shelve
from tests.digest.store.tellers import promise, tell

DAY = timedelta(days=1)
FIRST, SECOND, THIRD = (f"https://gazette.example/{number}" for number in (1, 2, 3))
DECEMBER = {"first": date(2026, 12, 1), "last": date(2026, 12, 31)}
PLANS = ("rebuild the pier", "sell railway shares", "raise a flood wall", "lease town halls", "shut fish markets")


@pytest.fixture
async def source_id(store):
    return await follow(store)


async def find(store, query="", guild_id=1, *, limit=5, **options):
    async with store.reading() as db:
        return await ledger.list_entries(db, guild_id, query, limit=limit, **options)


async def falling_due(store, guild_id=1, *, limit=5, **options):
    async with store.reading() as db:
        return await ledger.list_due(db, guild_id, limit=limit, **(DECEMBER | options))


async def mark(store, entry_id, standing, *, guild_id=1, note="", at=NOW):
    async with store.writing() as db:
        return await ledger.add_mark(db, guild_id, entry_id, Mark(standing, 2**63 - 1, "Ilse", at, note))


def whats(entries):
    return [entry.newest.what for entry in entries]


async def test_a_commitment_is_found_by_its_words_and_kind_with_all_that_was_printed(store, source_id):
    await shelve(store, source_id)
    for query in ("", "ports inspecting", "march"):
        (entry,) = await find(store, query, kind=CommitmentKind.PLAN)
        (told,) = entry.tellings
        assert (told.actors, told.what) == (("The ports",), "inspect every ship")
        assert told.sentence == "The ports will inspect every ship from 1 March."
        assert told.cue == "will"
        assert (told.deadline, told.latest, told.site) == ("from 1 March", date(2027, 3, 1), "Harbour Gazette")
        assert (told.change, told.trouble, told.told_at, entry.marks) == (None, None, NOW, ())
    assert await find(store, "railway") == ()
    assert await find(store, kind=CommitmentKind.THREAT) == ()


async def test_a_cue_outside_the_sentence_is_left_out(store, source_id):
    elsewhere = replace(brief(), commitments=(replace(commitment(), cue=span("signed")),))
    await shelve(store, source_id, kept=elsewhere)
    (entry,) = await find(store)
    assert entry.newest.cue == ""


async def test_actors_are_listed_one_by_one(store, source_id):
    actors = (commitment().actors[0], replace(commitment().actors[0], name=span("Five ports")))
    kept = replace(brief(), commitments=(replace(commitment(), actors=actors),))
    await shelve(store, source_id, kept=kept)
    assert (await find(store))[0].newest.actors == ("The ports", "Five ports")


async def test_an_entry_is_found_once_by_any_of_its_tellings_and_comes_whole(store, source_id):
    await tell(store, source_id, promise("Ada Quill", "rebuild the wooden pier"), url=FIRST, at=NOW - DAY)
    await tell(store, source_id, promise("Quill", "rebuild the old wooden pier"), url=SECOND)
    for query in ("pier", "ada", "old"):
        (entry,) = await find(store, query)
        assert [telling.url for telling in entry.tellings] == [FIRST, SECOND]
    assert await find(store, "ada old") == ()  # no telling has both


async def test_entries_come_newest_telling_first_in_pages_that_count_each_once(store, source_id):
    for hours, what in enumerate(PLANS):
        for number in range(2):
            at, url = NOW - timedelta(hours=hours), f"https://gazette.example/{hours}/{number}"
            await tell(store, source_id, promise("Ada Quill", what), url=url, at=at)
    pages = [tuple(whats(await find(store, "quill", limit=2, offset=offset))) for offset in (0, 2, 4, 6)]
    assert pages == [PLANS[:2], PLANS[2:4], PLANS[4:], ()]


async def test_what_is_being_typed_may_end_in_the_middle_of_a_word(store, source_id):
    await tell(store, source_id, promise("Ada Quill", "rebuild the pier"), promise("Ada Quill", "sell the railway"))
    assert whats(await find(store, "quill rai", is_typed=True)) == ["sell the railway"]
    assert await find(store, "rai quill", is_typed=True) == ()
    assert await find(store, "quill rai") == ()
    assert len(await find(store, "", is_typed=True)) == 2
    assert await find(store, "—", is_typed=True) == ()


async def test_another_guild_has_no_commitments_and_cannot_mark_any(store, source_id):
    await tell(store, source_id, promise("Ada Quill", "rebuild the pier", by=date(2026, 12, 3)))
    (entry,) = await find(store)
    assert await find(store, guild_id=2) == ()
    assert await falling_due(store, guild_id=2) == ()
    async with store.reading() as db:
        assert await ledger.get_entry(db, 1, entry.id) == entry
        with pytest.raises(NotFoundError):
            await ledger.get_entry(db, 2, entry.id)
        with pytest.raises(NotFoundError):
            await ledger.get_entry(db, 1, entry.id + 1)
    with pytest.raises(NotFoundError):
        await mark(store, entry.id, Standing.KEPT, guild_id=2)
    assert (await find(store))[0].marks == ()


async def test_marks_are_the_guilds_own_and_are_added_never_changed(store, source_id):
    other = await follow(store, guild_id=2)
    assert other == source_id
    await tell(store, source_id, promise("Ada Quill", "rebuild the pier"))
    (entry,) = await find(store)
    await mark(store, entry.id, Standing.MOVED, note="to May", at=NOW)
    marked = await mark(store, entry.id, Standing.KEPT, at=NOW + DAY)
    assert [(one.standing, one.note, one.by_id, one.by_name) for one in marked.marks] == [
        (Standing.MOVED, "to May", 2**63 - 1, "Ilse"),
        (Standing.KEPT, "", 2**63 - 1, "Ilse"),
    ]
    assert (marked.mark.standing, marked.mark.marked_at) == (Standing.KEPT, NOW + DAY)
    assert await find(store) == (marked,)
    assert (await find(store, guild_id=2))[0].marks == ()


async def test_what_falls_due_is_what_may_last_be_done_between_two_days_soonest_first(store, source_id):
    days = zip(PLANS, (1, 5, 3, 9, None), strict=True)
    promises = [promise("Ada Quill", what, by=day and date(2026, 12, day)) for what, day in days]
    await tell(store, source_id, *promises)
    third_to_ninth = {"first": date(2026, 12, 3), "last": date(2026, 12, 9)}
    due = await falling_due(store, **third_to_ninth)
    assert whats(due) == [PLANS[2], PLANS[1], PLANS[3]]
    assert await falling_due(store, **third_to_ninth, limit=2) == due[:2]
    assert await falling_due(store, **third_to_ninth, limit=2, offset=1) == due[1:]


async def test_the_same_commitment_in_several_articles_falls_due_once(store, source_id):
    for url in (FIRST, SECOND):
        await tell(store, source_id, promise("Ada Quill", "rebuild the pier", by=date(2026, 12, 3)), url=url)
    (entry,) = await falling_due(store)
    assert len(entry.tellings) == 2


async def test_what_was_moved_falls_due_on_its_new_day_only(store, source_id):
    for url, age, day in ((FIRST, 2, 3), (SECOND, 1, 20)):
        moved = promise("Ada Quill", "rebuild the wooden pier", by=date(2026, 12, day))
        await tell(store, source_id, moved, url=url, at=NOW - age * DAY)
    assert await falling_due(store, last=date(2026, 12, 19)) == ()
    (entry,) = await falling_due(store)
    assert entry.newest.latest == date(2026, 12, 20)


async def test_what_a_later_article_tells_without_a_day_is_due_on_the_day_that_is_known(store, source_id):
    await tell(
        store, source_id, promise("Ada Quill", "rebuild the pier", by=date(2026, 12, 3)), url=FIRST, at=NOW - DAY
    )
    await tell(store, source_id, promise("Ada Quill", "rebuild the pier"), url=SECOND)
    assert len(await falling_due(store)) == 1


@pytest.mark.parametrize(
    ("standing", "is_open"), [(Standing.KEPT, False), (Standing.BROKEN, False), (Standing.MOVED, True)]
)
async def test_what_somebody_marked_as_ended_falls_due_no_more(store, source_id, standing, is_open):
    await tell(store, source_id, promise("Ada Quill", "rebuild the pier", by=date(2026, 12, 3)))
    (entry,) = await falling_due(store)
    await mark(store, entry.id, standing)
    assert bool(await falling_due(store)) == is_open


async def test_what_was_taken_back_or_stands_in_no_article_any_more_falls_due_no_more(store, source_id):
    by = date(2026, 12, 3)
    await tell(store, source_id, promise("Ada Quill", "rebuild the pier", by=by), url=FIRST, at=NOW - DAY)
    await tell(store, source_id, promise("Jon Varga", "sell the railway", by=by), url=SECOND, at=NOW - DAY)
    removed = await tell(store, source_id, promise("Ilse Brandt", "open the gates", by=by), url=THIRD)
    assert len(await falling_due(store)) == 3
    url = "https://gazette.example/4"
    await tell(store, source_id, promise("Ada Quill", "rebuild the pier", is_withdrawal=True), url=url)
    assert whats(await falling_due(store)) == ["open the gates", "sell the railway"]
    await tell(store, source_id, promise("Jon Varga", "be quiet"), url=SECOND, at=NOW - DAY)
    assert whats(await falling_due(store)) == ["open the gates"]
    async with store.writing() as db:
        await articles.set_trouble(db, removed, Trouble.REMOVED, now=NOW)
    assert await falling_due(store) == ()
    assert len(await find(store)) == 4  # all of it is still on record


async def test_what_falls_due_can_be_asked_of_some_sources_only(store, source_id):
    second = await follow(store, url="https://quay.example/feed")
    await tell(store, source_id, promise("Ada Quill", "rebuild the pier", by=date(2026, 12, 3)))
    assert len(await falling_due(store, source_ids=(source_id,))) == 1
    assert await falling_due(store, source_ids=(second,)) == ()


async def test_what_falls_due_is_found_behind_many_that_are_not_open(store, source_id):
    by = date(2026, 12, 3)
    promises = [
        promise("Ada Quill", f"sell {chr(97 + number // 26)}{chr(97 + number % 26)}zz", by=by) for number in range(120)
    ]
    await tell(store, source_id, *promises)
    for entry in await find(store, limit=119):
        await mark(store, entry.id, Standing.KEPT)
    assert len(await falling_due(store)) == 1

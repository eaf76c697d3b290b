from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import text

from digest.errors import NotFoundError, StoreError
from digest.model import Failure, FailureKind, SourceKind, SourceStatus, Validators
from digest.store import Store, entries, sources
from digest.store.sources import Answered
from tests import builders
from tests.builders import NOW, source
from tests.digest.store.shelves import follow, shelve
from tests.stores import go_back, url_of

LATER = NOW + timedelta(minutes=30)
FAILURE = Failure("Harbour Gazette", FailureKind.REFUSED, 403, NOW)


def entry(identity="ports-1", **changes):
    return builders.entry(**{"identity": identity, "url": f"https://gazette.example/{identity}"} | changes)


async def statuses(store, guild_id=1):
    async with store.reading() as db:
        return await sources.list_statuses(db, guild_id)


async def due_sources(store, now):
    async with store.reading() as db:
        return tuple(polling.source.id for polling in await sources.list_due(db, now, limit=100))


async def add_entries(store, source_id, *found, first_attempt_at=NOW):
    async with store.writing() as db:
        return await entries.add_entries(db, source_id, found, now=NOW, first_attempt_at=first_attempt_at)


async def due_entries(store, now=NOW):
    async with store.reading() as db:
        return await entries.list_due_entries(db, now)


async def test_a_source_comes_back_as_it_was_kept(store):
    source_id = await follow(store, language="en-gb", kind=SourceKind.PAGE)
    kept = source(language="en-gb", kind=SourceKind.PAGE, id=source_id)
    assert await statuses(store) == (SourceStatus(kept),)
    async with store.reading() as db:
        assert await sources.find_source(db, kept.url, SourceKind.PAGE) == kept
        assert await sources.find_source(db, kept.url, SourceKind.FEED) is None
        assert await sources.find_source(db, "https://quay.example", SourceKind.PAGE) is None


async def test_two_guilds_share_a_source_and_one_may_leave(store):
    source_id = await follow(store, guild_id=1)
    assert await follow(store, guild_id=2, name="Another name") == source_id
    async with store.writing() as db:
        await sources.unfollow_source(db, 1, source_id)
    assert await statuses(store, 1) == ()
    assert [status.source.name for status in await statuses(store, 2)] == ["Harbour Gazette"]


async def test_an_upgrade_keeps_every_source_who_follows_it_and_what_it_listed(tmp_path):
    url = url_of(tmp_path / "old.db")
    async with await Store.open(url) as store:
        first, second = await follow(store), await follow(store, guild_id=2, url="https://quay.example/feed")
        await add_entries(store, first, entry())
        await go_back(store, "0006")
        with pytest.raises(StoreError, match="UNIQUE"):
            await insert_again(store, first)
    async with await Store.open(url) as store:
        assert [len(await statuses(store, guild_id)) for guild_id in (1, 2)] == [1, 1]
        assert await due_entries(store) == ((1,),)
        assert await due_sources(store, NOW) == (first, second)
        await insert_again(store, first)
        with pytest.raises(StoreError, match="FOREIGN KEY"):
            await add_entries(store, 99, entry())


async def insert_again(store, source_id):
    """Keep a source with the url of this one, of another kind."""
    changed = "url, name, 'page', next_refresh_at, failures, seen, is_paused, moves"
    statement = (
        "INSERT INTO sources (url, name, kind, next_refresh_at, failures, seen, is_paused, moves) "
        f"SELECT {changed} FROM sources WHERE id = {source_id}"
    )
    async with store.writing() as db:
        await db.execute(text(statement))


async def test_a_guild_cannot_leave_what_it_does_not_follow(store):
    source_id = await follow(store, guild_id=1)

    async def leave():
        async with store.writing() as db:
            await sources.unfollow_source(db, 2, source_id)

    with pytest.raises(NotFoundError):
        await leave()


async def test_following_twice_is_said(store):
    source_id = await follow(store)
    async with store.writing() as db:
        assert not await sources.follow_source(db, 1, source_id, since=NOW)


async def test_sources_are_listed_by_name(store):
    await follow(store, name="Quay Weekly", url="https://quay.example/feed")
    await follow(store)
    assert [status.source.name for status in await statuses(store)] == ["Harbour Gazette", "Quay Weekly"]


async def test_a_source_is_due_at_its_time_while_somebody_follows_it(store):
    source_id = await follow(store)
    assert await due_sources(store, NOW - timedelta(seconds=1)) == ()
    assert await due_sources(store, NOW) == (source_id,)
    async with store.writing() as db:
        await sources.unfollow_source(db, 1, source_id)
    assert await due_sources(store, NOW) == ()


async def test_failing_is_on_record_until_the_source_answers(store):
    source_id = await follow(store)
    for _ in range(2):
        async with store.writing() as db:
            await sources.record_failed_refresh(db, source_id, FAILURE, next_refresh_at=LATER)
    assert await statuses(store) == (SourceStatus(source(id=source_id), None, FAILURE),)
    async with store.reading() as db:
        polling = await sources.get_polling(db, source_id)
    assert (polling.failures, polling.failing_since) == (2, NOW)
    assert await due_sources(store, NOW) == ()
    validators = Validators('"abc"', "Mon, 23 Nov 2026 08:00:00 GMT")
    async with store.writing() as db:
        answered = replace(await sources.get_polling(db, source_id), validators=validators)
        await sources.record_answers(db, [Answered(answered, LATER, LATER)])
    assert await statuses(store) == (SourceStatus(source(id=source_id), LATER, None),)
    async with store.reading() as db:
        polling = await sources.get_polling(db, source_id)
    assert (polling.failures, polling.failing_since, polling.validators) == (0, None, validators)


async def test_a_source_that_nobody_knows_is_not_found(store):
    async with store.reading() as db:
        with pytest.raises(NotFoundError):
            await sources.get_polling(db, 7)
        with pytest.raises(NotFoundError):
            await entries.get_listing(db, 7)


async def test_an_entry_is_new_once_whatever_else_changes(store):
    source_id = await follow(store)
    moved = entry(url="https://gazette.example/moved", published_at=LATER)
    assert await add_entries(store, source_id, entry(), entry(identity="ports-2")) == 2
    assert await add_entries(store, source_id, moved, entry(identity="ports-3")) == 1
    assert await add_entries(store, source_id) == 0


async def test_a_page_that_a_source_lists_again_under_another_name_is_no_new_entry(store):
    source_id = await follow(store)
    again = entry(identity="again", url=entry().url, published_at=LATER)
    assert await add_entries(store, source_id, entry(), again) == 1
    assert await add_entries(store, source_id, again) == 0


async def test_an_entry_whose_name_is_too_long_for_an_index_is_known_again(store):
    source_id, seed = await follow(store), Random(1)
    long = "".join(chr(seed.randrange(0x4E00, 0x9F00)) for _ in range(2000))
    first, second = (entry(long + end, url=f"https://gazette.example/{end}") for end in "ab")
    assert await add_entries(store, source_id, first, second) == 2
    assert await add_entries(store, source_id, first, replace(second, url="https://gazette.example/c")) == 0


async def test_two_sources_may_call_their_entries_the_same(store):
    first, second = await follow(store), await follow(store, url="https://quay.example/feed")
    assert await add_entries(store, first, entry()) == await add_entries(store, second, entry()) == 1


async def test_an_entry_comes_back_as_it_was_kept_with_its_source(store):
    source_id = await follow(store)
    await add_entries(store, source_id, entry(summary="In short."))
    ((entry_id,),) = await due_entries(store)
    async with store.reading() as db:
        listing = await entries.get_listing(db, entry_id)
    assert (listing.entry, listing.source) == (entry(summary="In short."), source(id=source_id))
    assert (listing.attempts, listing.is_open) == (0, True)


async def test_entries_are_due_source_by_source_newest_first(store):
    first, second = await follow(store), await follow(store, url="https://quay.example/feed")
    early, late = (entry(identity=str(hour), published_at=NOW - timedelta(hours=hour)) for hour in (5, 1))
    await add_entries(store, first, early, late, entry(identity="undated", published_at=None))
    await add_entries(store, second, entry(identity="other"))
    assert await due_entries(store) == ((3, 2, 1), (4,))


async def test_of_entries_with_one_url_one_is_due_until_it_is_read(store):
    first, second = await follow(store), await follow(store, url="https://quay.example/feed")
    await add_entries(store, first, entry())
    await add_entries(store, second, entry())
    assert await due_entries(store) == ((1,),)
    article_id = await shelve(store, first)
    async with store.writing() as db:
        await entries.record_read(db, first, "ports-1", article_id, now=NOW)
    assert await due_entries(store) == ((2,),)


async def test_what_was_read_or_given_up_or_is_archive_is_not_due(store):
    source_id = await follow(store)
    await add_entries(store, source_id, *(entry(identity=name) for name in ("read", "failed", "given up")))
    await add_entries(store, source_id, entry(identity="archive"), first_attempt_at=None)
    article_id = await shelve(store, source_id)
    async with store.writing() as db:
        await entries.record_read(db, source_id, "read", article_id, now=NOW)
        await entries.record_unread(db, 2, FAILURE, next_attempt_at=LATER)
        await entries.record_unread(db, 3, FAILURE, next_attempt_at=None)
    assert await due_entries(store, NOW) == ()
    assert await due_entries(store, LATER) == ((2,),)
    async with store.reading() as db:
        listings = [await entries.get_listing(db, number) for number in (1, 2, 3, 4)]
        assert await entries.has_entries(db, source_id)
        assert not await entries.has_entries(db, source_id + 1)
    assert [(one.attempts, one.is_open) for one in listings] == [(0, False), (1, True), (1, False), (0, False)]

"""A start looks whether the database is sound, and does not look for ever."""

import asyncio
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import make_url

from digest.errors import CorruptStoreError, UnwritableStoreError
from digest.store import Store
from digest.store.soundness import find_damage, find_damage_beside, find_revision, hold_sound, opened
from tests.digest.store.rooms import no_file_larger_than, write, written
from tests.stores import open_store, url_of

TOO_SHORT = 0.001  # seconds
TRIES = 50  # the timer's thread may come too late where the machine is busy


@pytest.fixture
async def path(tmp_path):
    """A closed database of 10 MB."""
    async with await open_store(tmp_path) as store:
        await write(store, 1, size=5_000_000)
    return tmp_path / "onrecord.db"


def spoil(path, *, at=40_960):
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xff" * 200_000)


async def test_damage_in_the_middle_is_found_when_it_is_opened_and_the_file_can_be_opened_by_who_mends_it(path):
    before = path.read_bytes()
    spoil(path)
    with pytest.raises(CorruptStoreError, match=r"damaged.*restore a backup \(onrecord restore FILE\)"):
        await Store.open(url_of(path))
    path.write_bytes(before)
    async with await Store.open(url_of(path)) as store:
        assert await written(store) == {1}


def test_a_check_that_takes_too_long_is_ended_and_the_connection_goes_on(path):
    with opened(path) as connection:
        assert None in (find_damage(connection, within=TOO_SHORT) for _ in range(TRIES))
        assert find_damage(connection, within=60) == find_damage(connection, is_quick=True) == ""


def test_a_start_does_not_wait_for_the_check_of_a_large_database(path):
    looks = [hold_sound(make_url(url_of(path)), within=TOO_SHORT) for _ in range(TRIES)]
    assert False in {look.is_whole for look in looks}
    for look in looks:
        look.hold.release()


async def open_unchecked(path, **given):
    """Open it as one that is too large for the time of a start."""
    for _ in range(TRIES):
        with suppress(CorruptStoreError):
            store = await Store.connect(url_of(path), check_seconds=TOO_SHORT, **given)
            if store._checking:
                return store
            await store.close()
    raise AssertionError("it was checked in a millisecond, each time")


async def test_a_large_database_is_checked_while_it_is_in_use(path, caplog):
    caplog.set_level("INFO")
    async with await open_unchecked(path, check_after=0) as store:
        await asyncio.wait([store._checking])
        assert await written(store) == {1}
    assert "it is sound" in caplog.text


async def test_damage_that_a_start_had_no_time_to_find_ends_the_work_with_the_database(path):
    spoil(path, at=path.stat().st_size - 400_000)  # where it is looked at last
    async with await open_unchecked(path, check_after=0) as store:
        await asyncio.wait([store._checking])
        with pytest.raises(CorruptStoreError, match=r"damaged.*restore a backup"):
            await written(store)
        with pytest.raises(CorruptStoreError, match=r"damaged.*restore a backup"):
            await write(store, 2)


async def test_a_database_that_is_closed_is_checked_no_more(path):
    store = await open_unchecked(path)
    checking = store._checking
    await store.close()
    assert checking.cancelled()


async def test_a_check_that_is_given_up_ends_with_its_connection(path):
    before = count_open(path)
    checking = asyncio.create_task(find_damage_beside(path))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    checking.cancel()
    await asyncio.wait([checking])
    assert checking.cancelled()
    assert count_open(path) == before == 0


def count_open(path):
    return sum(os.path.realpath(one) == str(path) for one in Path("/proc/self/fd").iterdir())


def test_other_databases_look_after_themselves():
    assert hold_sound(make_url("postgresql+psycopg://host/news")) is None


def test_a_file_of_something_else_has_no_revision(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        assert find_revision(connection) is None
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        assert find_revision(connection) is None


async def test_a_start_on_a_full_disk_says_so(path):
    with no_file_larger_than(1000), pytest.raises(UnwritableStoreError, match="look whether it is full or failing"):
        await Store.open(url_of(path))
    async with await Store.open(url_of(path)) as store:
        assert await written(store) == {1}

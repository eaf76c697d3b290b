"""A start looks whether the database is sound, and does not look for ever."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import make_url

from digest.errors import CorruptStoreError, UnwritableStoreError
from digest.store import Store
from digest.store.soundness import find_damage, find_revision, hold_sound, opened
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


async def test_damage_in_the_middle_is_found_when_it_is_opened_and_the_file_can_be_opened_by_who_mends_it(path):
    before = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(40_960)
        file.write(b"\xff" * 200_000)
    with pytest.raises(CorruptStoreError, match=r"damaged.*restore a backup \(onrecord restore FILE\)"):
        await Store.open(url_of(path))
    path.write_bytes(before)
    async with await Store.open(url_of(path)) as store:
        assert await written(store) == {1}


def test_a_check_that_takes_too_long_is_ended_and_the_connection_goes_on(path):
    with opened(path) as connection:
        assert None in (find_damage(connection, within=TOO_SHORT) for _ in range(TRIES))
        assert find_damage(connection, within=60) == find_damage(connection) == ""


def test_a_large_database_is_opened_all_the_same_and_the_log_says_so(path, caplog):
    for _ in range(TRIES):
        hold_sound(make_url(url_of(path)), within=TOO_SHORT).release()
    assert "not all of it could be checked" in caplog.text


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

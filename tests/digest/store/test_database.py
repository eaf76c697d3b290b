import asyncio
import os
import sqlite3
from contextlib import AsyncExitStack, closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import UniqueConstraint, select, text

from digest.errors import CorruptStoreError, StoreError
from digest.store import Store
from digest.store.dialects import Turn, dialect_of
from digest.store.schema import metadata, sources
from tests.builders import NOW
from tests.stores import open_store, url_of
from tests.waiting import PATIENCE

SOURCE = {"name": "Harbour Gazette", "kind": "feed", "next_refresh_at": NOW, "failures": 0}


async def urls_in(store):
    async with store.reading() as db:
        return (await db.execute(select(sources.c.url))).scalars().all()


async def test_a_database_keeps_its_rows_when_it_is_opened_again(empty_url):
    async with await Store.open(empty_url) as store, store.writing() as db:
        await db.execute(sources.insert(), SOURCE | {"url": "https://gazette.example"})
    async with await Store.open(empty_url) as store:
        assert len(await urls_in(store)) == 1


async def test_a_file_is_made_with_the_folder_that_it_lies_in(tmp_path):
    url = url_of(tmp_path / "a folder that is not there yet" / "100% news.db")
    async with await Store.open(url) as store, store.writing() as db:
        await db.execute(sources.insert(), SOURCE | {"url": "https://gazette.example"})
    async with await Store.open(url) as store:
        assert len(await urls_in(store)) == 1


async def test_a_new_file_and_what_lies_beside_it_can_be_read_by_its_owner_alone(tmp_path):
    before = os.umask(0o022)
    try:
        async with await Store.open(url_of(tmp_path / "news.db")) as store:
            async with store.writing() as db:
                await db.execute(sources.insert(), SOURCE | {"url": "https://gazette.example"})
            modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir() if path.stat().st_size}
    finally:
        os.umask(before)
    assert modes == {"news.db": 0, "news.db-wal": 0, "news.db-shm": 0}


async def test_a_file_that_is_there_keeps_its_mode(tmp_path):
    async with await open_store(tmp_path):
        (file,) = tmp_path.glob("*.db")
        file.chmod(0o640)
    async with await open_store(tmp_path):
        assert file.stat().st_mode & 0o777 == 0o640


async def test_a_file_that_something_else_keeps_to_itself_is_said_to_be_in_use_within_seconds(tmp_path):
    loop = asyncio.get_running_loop()
    with closing(sqlite3.connect(tmp_path / "onrecord.db", isolation_level=None)) as other:
        other.execute("CREATE TABLE notes (word TEXT)")  # in another mode than ours, as a restored backup is
        other.execute("BEGIN EXCLUSIVE")
        began = loop.time()
        with pytest.raises(StoreError, match="in use by something else"):
            await Store.open(url_of(tmp_path / "onrecord.db"))
        assert loop.time() - began < PATIENCE


async def test_the_migrations_end_at_the_tables_that_the_schema_names(store):
    def differences(connection):
        context = MigrationContext.configure(connection, opts={"include_name": is_ours, "compare_type": True})
        return compare_metadata(context, metadata)

    def is_ours(name, _kind, _parents):
        return name is None or "fts" not in name.split("_")

    async with store.reading() as db:
        assert await db.run_sync(differences) == []


def test_what_points_to_a_row_that_can_be_deleted_is_found_by_an_index():
    # Else each row that goes is looked for in all of that table, while nobody else can write.
    for reference in (one for table in metadata.sorted_tables for one in table.foreign_keys):
        table, pointing = reference.parent.table, reference.parent.name
        keys = [table.primary_key, *table.indexes, *_unique(table)]
        if reference.column.table.name != "articles":  # nobody deletes these
            assert pointing in {next(iter(key.columns)).name for key in keys}, f"{table.name}.{pointing}"


def _unique(table):
    return [one for one in table.constraints if isinstance(one, UniqueConstraint)]


async def test_a_transaction_that_fails_leaves_nothing(store):
    async def fail():
        async with store.writing() as db:
            await db.execute(sources.insert(), SOURCE | {"url": "https://gazette.example"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await urls_in(store) == []


async def test_writers_that_come_at_once_all_get_their_turn(store):
    async def write(number):
        async with store.writing() as db:
            await dialect_of(db).take_turn(db, Turn.LINKING)
            count = (await db.execute(text("SELECT count(*) FROM sources"))).scalar_one()
            await asyncio.sleep(0)
            await db.execute(sources.insert(), SOURCE | {"url": f"https://gazette.example/{count}"})
        return number

    assert await asyncio.gather(*(write(number) for number in range(30))) == list(range(30))
    assert len(await urls_in(store)) == 30


async def test_all_that_open_a_new_database_at_once_succeed(databases):
    for _ in range(3):
        async with databases.database(migrated=False) as url:
            stores = await asyncio.gather(*(Store.open(url) for _ in range(3)))
            async with AsyncExitStack() as stack:
                for store in stores:
                    await stack.enter_async_context(store)
                assert [await urls_in(store) for store in stores] == [[], [], []]


async def test_a_reader_sees_one_state_while_a_writer_goes_on(store):
    async with store.reading() as reader:
        before = (await reader.execute(text("SELECT count(*) FROM sources"))).scalar_one()
        async with store.writing() as db:
            await db.execute(sources.insert(), SOURCE | {"url": "https://gazette.example"})
        after = (await reader.execute(text("SELECT count(*) FROM sources"))).scalar_one()
    assert (before, after) == (0, 0)
    assert len(await urls_in(store)) == 1


async def test_every_connection_to_a_file_has_a_write_ahead_log_patience_and_foreign_keys(tmp_path):
    async def pragmas(db):
        return [
            (await db.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "busy_timeout", "foreign_keys")
        ]

    async with await open_store(tmp_path) as store, store.reading() as one, store.reading() as other:
        assert await pragmas(one) == await pragmas(other) == ["wal", 5000, 1]


async def test_a_database_of_a_newer_version_says_what_to_do(url):
    async with await Store.open(url) as store, store.writing() as db:
        await db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CorruptStoreError, match=r"newer version of On Record \(revision 9999\): install that version"):
        await Store.open(url)


async def test_a_file_that_is_no_database_says_what_to_do(tmp_path):
    path = tmp_path / "onrecord.db"
    path.write_bytes(b"These are the minutes of the meeting. " * 100)
    with pytest.raises(CorruptStoreError, match=r"file is not a database.*restore a backup .*or move the file away"):
        await Store.open(url_of(path))


async def test_a_database_of_something_else_is_left_as_it_is(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE entries (title TEXT)")
    connection.close()
    with pytest.raises(CorruptStoreError, match="not On Record's"):
        await Store.open(url_of(path))
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("entries",)]
    connection.close()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite+aiosqlite://", "must be a file"),
        ("sqlite+aiosqlite:////dev/null/onrecord.db", "there can be no database"),
        ("sqlite+aiosqlite:////", "there can be no database at /: unable to open"),
        ("nonsense", "no database address"),
        ("oracle+nothing://host/db", "no database address"),
        ("postgresql+nothing://host/db", "no database address"),
    ],
)
async def test_an_address_where_no_database_can_be_is_a_store_error(url, why):
    with pytest.raises(StoreError, match=why):
        await Store.open(url)


async def test_a_name_that_a_row_needs_and_lacks_is_a_store_error(store):
    async def write():
        async with store.writing() as db:
            await db.execute(text("INSERT INTO sources (url) VALUES ('https://gazette.example')"))

    with pytest.raises(StoreError, match=r"(?i)not.null"):
        await write()

"""What only a server can get wrong: who may come in, who waits for whom, what happens when it goes away."""

import asyncio
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, update

from digest.errors import CorruptStoreError, StoreError
from digest.model import SourceKind
from digest.store import Store, search, sources
from digest.store.postgres import OLDEST, check_version
from digest.store.schema import ledger_entries, sources as source_rows
from tests.digest.store.shelves import follow, shelve
from tests.stores import open_store

BREAK = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'onrecord'"


@pytest.fixture
async def store(postgres):
    async with postgres.emptied() as url, await Store.open(url) as store:
        yield store


@pytest.fixture
async def database(postgres):
    async with postgres.database(migrated=False) as url:
        yield url


def by_network(postgres, url, account):
    """The url of the same database over the network, where a password is wanted."""
    name = re.search(r"/(test_\d+)\?", url)[1]
    return f"postgresql+psycopg://{account}@127.0.0.1:{postgres.port}/{name}"


async def refusal(url, match):
    with pytest.raises(StoreError, match=match) as refused:
        await Store.open(url)
    return str(refused.value)


async def test_a_server_that_is_not_there_is_a_store_error(postgres):
    await refusal("postgresql+psycopg://somebody@127.0.0.1:1/news", "no connection to the server")
    await refusal(f"postgresql+psycopg://somebody@/news?host={postgres.folder}/nothing", "no connection to the server")


async def test_a_password_that_is_refused_is_a_store_error_that_does_not_repeat_it(postgres, database):
    said = await refusal(
        by_network(postgres, database, "tester:hunter2"), "no connection to the server.*password authentication failed"
    )
    assert "hunter2" not in said


async def test_a_database_that_is_not_there_is_a_store_error(postgres):
    await refusal(postgres.url_of("nothing"), 'no connection to the server.*database "nothing" does not exist')


async def test_a_database_that_cannot_keep_every_letter_is_a_store_error(postgres):
    async with postgres.connection() as owner:
        await owner.execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
        await refusal(postgres.url_of("ascii"), "keeps text in SQL_ASCII.*UTF8")
        await owner.execute("DROP DATABASE ascii")


async def test_a_server_that_is_too_old_is_a_store_error():
    check_version(OLDEST)
    with pytest.raises(StoreError, match="PostgreSQL 13: On Record needs 14 or newer"):
        check_version(13)


async def test_a_database_of_something_else_is_left_as_it_is(postgres, database):
    name = re.search(r"/(test_\d+)\?", database)[1]
    async with postgres.connection(name) as owner:
        await owner.execute("CREATE TABLE entries (title text)")
        with pytest.raises(CorruptStoreError, match=r"not On Record's.*give it an empty database of its own"):
            await Store.open(database)
        tables = await owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert await tables.fetchall() == [("entries",)]


async def test_connections_that_the_server_closed_are_replaced(postgres, store):
    async with store.reading() as one, store.reading() as other:
        assert await sources.list_guilds(one) == await sources.list_guilds(other) == ()
    async with postgres.connection() as owner:
        await owner.execute(BREAK)
    assert await follow(store)


async def test_a_connection_that_breaks_in_a_transaction_is_a_store_error_and_leaves_nothing(postgres, store):
    async def write():
        async with store.writing() as db:
            await sources.add_source(db, sources.Source("https://a.example", "A"), next_refresh_at=sources.NEVER)
            async with postgres.connection() as owner:
                await owner.execute(BREAK)
            await sources.find_source(db, "https://a.example", SourceKind.FEED)

    with pytest.raises(StoreError, match="the database cannot do this now"):
        await write()
    async with store.reading() as db:
        assert await sources.find_source(db, "https://a.example", SourceKind.FEED) is None


async def test_of_two_that_wait_for_each_other_one_is_told_to_try_again(store):
    first, second = await follow(store), await follow(store, url="https://quay.example/feed")
    both_hold_one = asyncio.Barrier(2)

    async def change(*ids):
        async with store.writing() as db:
            for number, source_id in enumerate(ids):
                await db.execute(update(source_rows).where(source_rows.c.id == source_id).values(name=f"by {ids}"))
                if not number:
                    await both_hold_one.wait()

    results = await asyncio.gather(change(first, second), change(second, first), return_exceptions=True)
    (error,) = [result for result in results if result is not None]
    assert isinstance(error, StoreError)
    assert "somebody else is changing the same: nothing was kept" in str(error)
    async with store.reading() as db:
        names = (await db.execute(select(source_rows.c.name))).scalars().all()
    assert len(set(names)) == 1


async def test_one_who_only_reads_cannot_write(store):
    async def write():
        async with store.reading() as db:
            await sources.add_source(db, sources.Source("https://a.example", "A"), next_refresh_at=sources.NEVER)

    with pytest.raises(StoreError, match="read-only"):
        await write()


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("The port-strike goes on", "strike"),
        ("The port strike goes on", "port-strike"),
        ("News of harbour/port.example", "port"),
        ("It costs 3.5 million", "3.5"),
        ("“Sarn’s” harbour", "sarn's"),
        ("The and of it", "the of"),
        ("Ελλάδα και Жить", "ΕΛΛΆΔΑ жить"),
        ("covid-19 and B52", "covid b52"),
        ("under_score", "score"),
    ],
)
async def test_words_part_and_meet_as_they_do_in_a_file(postgres, tmp_path, title, query):
    async with postgres.emptied() as url, await Store.open(url) as server, await open_store(tmp_path) as file:
        for store in (server, file):
            await shelve(store, await follow(store), title=title)
            async with store.reading() as db:
                found = await search.search_articles(db, 1, query, limit=5, offset=0)
            assert [hit.title for hit in found] == [title], store


@pytest.mark.parametrize(
    "setting", ["timezone = 'Asia/Tokyo'", "timezone = 'America/New_York'", "datestyle = 'SQL, DMY'"]
)
async def test_every_instant_comes_back_whatever_zone_and_style_of_dates_the_database_is_set_to(postgres, setting):
    instants = [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)]
    async with postgres.database() as url:
        async with postgres.connection() as owner:
            await owner.execute(f"ALTER DATABASE {re.search(r'/(test_[0-9]+)[?]', url)[1]} SET {setting}")
        async with await Store.open(url) as store:
            async with store.writing() as db:
                await db.execute(insert(ledger_entries), [{"opened_at": one} for one in instants])
            async with store.reading() as db:
                query = select(ledger_entries.c.opened_at).order_by(ledger_entries.c.opened_at)
                assert list((await db.execute(query)).scalars()) == instants

"""From a SQLite file to PostgreSQL: every table, every value; and that a move which fails leaves nothing."""

import asyncio
import random
import sqlite3
from contextlib import closing, suppress
from datetime import date, time, timedelta

import pytest
from sqlalchemy import JSON, BigInteger, Boolean, Date, Double, Integer, String, Time, func, insert, make_url, select

from digest.errors import BackupError, BackupFault, MoveError, MoveFault
from digest.model import SourceKind
from digest.store import Store, moving, sources
from digest.store.columns import Instant, Words
from digest.store.schema import metadata
from tests.builders import NOW, source
from tests.stores import open_store, url_of

HOSTILE = (
    *("", "'; DROP TABLE articles; --", "“We will pay,” said Ada.", "\u202eevil\u2069", "🦑 a\nb\tc\\"),
    *("%s %(x)s :x {x}", "Ω" * 3000),
)
ROWS = 7


MAKERS = (  # the first that fits
    (Instant, lambda _, n, lot: NOW + timedelta(seconds=n, microseconds=lot.randrange(10**6))),
    (JSON, lambda _, n, lot: lot.choice([[], [[0, n], [5, 9]], {"any": ["Ω🐙", ""]}, [1.5, None, True]])),
    (Boolean, lambda *given: given[2].random() < 0.5),
    (Date, lambda _, n, __: date(2026, 1, 1) + timedelta(days=n)),
    (Time, lambda _, n, __: time(n % 24, 30)),
    (BigInteger, lambda column, n, _: n if column.name == "id" else 2**62 + n),
    (Integer, lambda _, n, __: n),
    (Double, lambda _, n, lot: n + lot.random()),
    (String, lambda column, n, lot: f"{n}{lot.choice(HOSTILE)}"[: column.type.length]),
    (Words, lambda _, n, lot: f"{n}{lot.choice(HOSTILE)}"),
)


def value_of(column, number, known, lot):
    """Something that the column can hold; `number` makes it another one in each row."""
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column.table
        ids = range(1, number) if target is column.table else known[target.name]
        return ids[(number - 1) % len(ids)] if ids else None
    if column.nullable and lot.random() < 0.3:
        return None
    return next(make for kind, make in MAKERS if isinstance(column.type, kind))(column, number, lot)


async def fill(store, seed=0):
    lot, known = random.Random(seed), {}
    async with store.writing() as db:
        for table in metadata.sorted_tables:
            rows = [
                {column.name: value_of(column, number, known, lot) for column in table.columns}
                for number in range(1, ROWS + 1)
            ]
            for row in rows:
                await db.execute(insert(table), row)
            known[table.name] = [row.get("id") for row in rows]


async def everything(store):
    async with store.reading() as db:
        return {
            table.name: sorted((dict(row) for row in (await db.execute(select(table))).mappings()), key=repr)
            for table in metadata.sorted_tables
        }


@pytest.fixture
async def target(postgres):
    async with postgres.emptied() as url:
        yield url


@pytest.fixture
async def filled(tmp_path):
    """The url of a closed database in which every table has rows, and what is in them."""
    async with await open_store(tmp_path) as store:
        await fill(store)
        before = await everything(store)
    return url_of(tmp_path / "onrecord.db"), before


async def rows_in(url):
    async with await Store.open(url) as store, store.reading() as db:
        counts = [await db.execute(select(func.count()).select_from(table)) for table in metadata.sorted_tables]
        return sum(one.scalar() for one in counts)


async def test_every_value_of_every_table_is_moved_and_the_original_stays(filled, target):
    url, before = filled
    told = []
    moved = await moving.move_store(url, target, told=lambda *one: told.append(one))
    assert {one.table: one.rows for one in moved} == {table.name: ROWS for table in metadata.sorted_tables}
    assert {(phase, table) for phase, table, done, total in told if done == total} == {
        (phase, table.name) for phase in ("copy", "compare") for table in metadata.sorted_tables
    }
    async with await Store.open(target) as store:
        assert await everything(store) == before
    async with await Store.open(url) as store:
        assert await everything(store) == before


async def test_what_is_added_afterwards_gets_a_number_of_its_own_and_is_found(filled, target):
    await moving.move_store(filled[0], target)
    async with await Store.open(target) as store, store.writing() as db:
        added = await sources.add_source(db, source(url="https://new.example/feed"), next_refresh_at=NOW)
        assert added.id == ROWS + 1
        assert await sources.find_source(db, "https://new.example/feed", SourceKind.FEED) == added


async def refused(url, target):
    with pytest.raises(MoveError) as error:
        await moving.move_store(url, target)
    return error.value


async def test_where_something_is_already_nothing_is_moved(filled, target):
    await moving.move_store(filled[0], target)
    error = await refused(filled[0], target)
    assert error.fault is MoveFault.NOT_EMPTY


async def test_what_cannot_be_moved_is_refused(filled, target):
    assert (await refused(target, target)).fault is MoveFault.NOT_FROM_SQLITE
    assert (await refused(filled[0], filled[0])).fault is MoveFault.NOT_TO_POSTGRES
    assert (await refused(filled[0], "nonsense")).fault is MoveFault.NO_ADDRESS
    half = await refused(filled[0], "postgresql+psycopg://somebody:hunt@er2@127.0.0.1:1/news")
    assert (half.fault, "er2" in str(half)) == (MoveFault.NO_ADDRESS, False)
    nowhere = await refused(filled[0], "postgresql+psycopg://somebody:hunter2@127.0.0.1:1/news")
    assert nowhere.fault is MoveFault.NO_TARGET
    assert "no connection to the server" in nowhere.why
    assert "hunter2" not in nowhere.subject


async def test_where_there_is_no_database_none_is_made(tmp_path, target):
    error = await refused(url_of(tmp_path / "typo" / "none.db"), target)
    assert error.fault is MoveFault.NO_SOURCE
    assert not (tmp_path / "typo").exists()


async def test_nobody_writes_to_the_target_meanwhile(filled, target):
    moving_on, adding = asyncio.Event(), None

    def told(phase, table, done, total):  # noqa: ARG001 -- the signature
        if (phase, table) == ("copy", "alerts"):
            moving_on.set()

    async def add():
        await moving_on.wait()
        async with await Store.open(target) as store, store.writing() as db:
            return (await sources.add_source(db, source(url="https://new.example"), next_refresh_at=NOW)).id

    adding = asyncio.create_task(add())
    await moving.move_store(filled[0], target, told=told)
    assert await adding == ROWS + 1


async def test_a_database_that_is_in_use_is_not_moved(filled, target):
    async with await Store.open(filled[0]):
        with pytest.raises(BackupError) as error:
            await moving.move_store(filled[0], target)
    assert error.value.fault is BackupFault.IN_USE
    assert await rows_in(target) == 0


SPOIL = (
    "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {action}; END $$",
    "CREATE TRIGGER spoil BEFORE INSERT ON {table} FOR EACH ROW {when} EXECUTE FUNCTION spoil()",
)


@pytest.mark.parametrize(
    ("table", "spoiling", "named"),
    [
        ("sources", ("WHEN (NEW.id = 3)", "NEW.name := 'other'; RETURN NEW"), "row (3,): name"),
        ("reminders", ("WHEN (NEW.entry_id = 3)", "RETURN NULL"), "the number of rows"),
    ],
)
async def test_a_row_that_does_not_come_back_as_it_was_takes_the_move_back(postgres, filled, table, spoiling, named):
    when, action = spoiling
    async with postgres.database() as target:
        async with await Store.open(target) as store, store.writing() as db:
            for statement in SPOIL:
                await db.exec_driver_sql(statement.format(action=action, table=table, when=when))
        error = await refused(filled[0], target)
        assert (error.fault, error.subject) == (MoveFault.DIFFERS, table)
        assert named in error.why
        assert await rows_in(target) == 0


async def test_a_move_that_is_stopped_leaves_nothing_and_can_be_done_again(filled, target):
    moment = asyncio.Event()

    def told(phase, table, done, total):  # noqa: ARG001 -- the signature
        if (phase, table) == ("compare", "articles"):
            moment.set()

    task = asyncio.create_task(moving.move_store(filled[0], target, told=told))
    await moment.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert await rows_in(target) == 0
    assert sum(one.rows for one in await moving.move_store(filled[0], target)) == ROWS * len(metadata.sorted_tables)


def spoil(url, *statements):
    """Do to the file what this program never does, but time, disks and hands do."""
    with closing(sqlite3.connect(make_url(url).database)) as db:
        for statement in ("PRAGMA ignore_check_constraints = ON", "PRAGMA foreign_keys = OFF", *statements):
            db.execute(statement)
        db.commit()


@pytest.mark.parametrize(
    ("table", "statement", "why"),
    [
        ("entries", "UPDATE entries SET source_id = 99 WHERE id = 5", "the row with id = 5: it points to a row that"),
        ("subscriptions", "UPDATE subscriptions SET less = '[NaN]' WHERE id = 5", "id = 5: a value in it is none"),
        ("sources", "UPDATE sources SET failures = 1 << 40 WHERE id = 5", "id = 5: a number in it is too large"),
        ("sources", "UPDATE sources SET kind = 'e' || char(0) WHERE id = 5", "id = 5: a value in it is none"),
        ("sources", "UPDATE sources SET kind = printf('%099d', 1) WHERE id = 5", "id = 5: a text in it is too long"),
        ("sources", "UPDATE sources SET failures = 'some' WHERE id = 5", "id = 5: a value in it is none"),
        ("sources", "UPDATE sources SET name = x'41ff' WHERE id = 5", "id = 5: a value in it is none"),
        ("sources", "UPDATE sources SET name = CAST(x'41ff' AS TEXT) WHERE id = 5", "rowid = 5: a value in it cannot"),
        (
            "subscriptions",
            "UPDATE subscriptions SET less = '[\"\x01\"]' WHERE id = 5",
            "rowid = 5: a value in it cannot",
        ),
        ("editions", "UPDATE editions SET composed_at = 'noon' WHERE id = 5", "rowid = 5: a value in it cannot"),
        ("claims", "UPDATE claims SET place = 1 << 40 WHERE article_id = 5", "article_id = 5: a number in it is too"),
    ],
    ids=lambda given: given[:60].replace("\x01", "?"),
)
async def test_a_row_that_does_not_fit_is_named_and_nothing_is_moved(filled, target, table, statement, why):
    spoil(filled[0], statement)
    error = await refused(filled[0], target)
    assert (error.fault, error.subject) == (MoveFault.NOT_FITTING, table)
    assert why in error.why
    assert await rows_in(target) == 0


async def test_a_sign_that_no_database_takes_is_moved_as_the_one_that_is_kept_for_it(filled, target):
    spoil(filled[0], "UPDATE sources SET name = 'Harbour' || char(0) || 'Gazette' WHERE id = 5")
    await moving.move_store(filled[0], target)
    async with await Store.open(target) as store, store.reading() as db:
        names = await db.execute(select(metadata.tables["sources"].c.name).where(metadata.tables["sources"].c.id == 5))
        assert names.scalar() == "Harbour\ufffdGazette"


async def test_what_is_wrong_with_the_source_is_not_said_of_the_target(filled, target):
    spoil(filled[0], "ALTER TABLE reminders RENAME TO remainders")
    error = await refused(filled[0], target)
    assert (error.fault, error.subject) == (MoveFault.NOT_READABLE, make_url(filled[0]).database)
    assert "no such table: reminders" in error.why
    assert await rows_in(target) == 0


async def test_more_rows_than_a_lot_are_moved_in_their_order_whatever_numbers_they_have(tmp_path, target):
    ids = [-3, *range(1, 2 * moving._AT_ONCE + 2), 10**6]
    async with await open_store(tmp_path) as store, store.writing() as db:
        row = {column.name: value_of(column, 1, {}, random.Random(0)) for column in metadata.tables["sources"].c}
        await db.execute(
            insert(metadata.tables["sources"]), [row | {"id": id_, "url": f"https://{id_}.example"} for id_ in ids]
        )
    moved = await moving.move_store(url_of(tmp_path / "onrecord.db"), target)
    assert sum(one.rows for one in moved) == len(ids) == await rows_in(target)

"""Backups are whole and made while others write; a restore loses neither the backup nor what was there before."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import time, timedelta

import pytest
from sqlalchemy import text

from digest.errors import BackupError, BackupFault, StoreError
from digest.model import DeliveryState, Period, Subscription
from digest.store import Store, deliveries, editions, losses, subscriptions
from digest.store.backups import back_up_store, restore_store
from digest.store.holds import Hold
from tests.builders import NOW
from tests.digest.store.rooms import no_file_larger_than, write, written
from tests.stores import go_back, open_store, url_of

NAME = "onrecord.db"
DATED = "onrecord.db.2026-11-23T080000"


@pytest.fixture
async def path(tmp_path):
    """A closed database that holds the first two rows."""
    async with await open_store(tmp_path) as store:
        await write(store, 1)
    return tmp_path / NAME


@pytest.fixture
def backup(path, tmp_path):
    """A backup of it, in a folder of its own; then a third and fourth row are added."""
    target = tmp_path / "backups" / "monday.db"
    back_up_store(url_of(path), target)
    return target


async def numbers_in(path):
    async with await Store.open(url_of(path)) as store:
        return await written(store)


async def add(path, number):
    async with await Store.open(url_of(path)) as store:
        await write(store, number)


def fault_of(call, *args, **kwargs):
    with pytest.raises(BackupError) as caught:
        call(*args, **kwargs)
    return caught.value.fault


def names_in(folder):
    return {one.name for one in folder.iterdir() if one.is_file() and not one.name.endswith((".lock", "-shm", "-wal"))}


# --- backup ---


async def test_a_backup_is_made_while_others_write_and_holds_all_that_was_kept_before(store, tmp_path):
    kept, is_over = set(), asyncio.Event()

    async def go_on():
        number = 0
        while not is_over.is_set():
            await write(store, number, size=2000)
            kept.add(number)
            number += 1

    writer = asyncio.create_task(go_on())
    for round_ in range(3):
        await asyncio.sleep(0.1)
        before, target = set(kept), tmp_path / f"{round_}.db"
        size = await asyncio.to_thread(back_up_store, url_of(tmp_path / NAME), target)
        assert size == target.stat().st_size
        assert before <= await numbers_in(target)
    is_over.set()
    await writer
    assert await written(store) == kept


async def test_a_backup_is_one_file_that_needs_no_other_and_only_its_owner_can_read(backup):
    assert backup.read_bytes()[18:20] == b"\x01\x01"  # no write-ahead log, says the file format
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in backup.parent.iterdir()] == ["monday.db"]


async def test_a_later_backup_replaces_an_earlier_one_of_its_name(path, backup):
    await add(path, 2)
    back_up_store(url_of(path), backup)
    assert await numbers_in(backup) == {1, 2}


async def test_a_backup_that_fails_leaves_the_earlier_one_and_nothing_else(path, backup):
    before = backup.read_bytes()
    with no_file_larger_than(100_000):
        assert fault_of(back_up_store, url_of(path), backup) is BackupFault.UNWRITABLE
    assert backup.read_bytes() == before
    assert [one.name for one in backup.parent.iterdir()] == ["monday.db"]


def damage(path):
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * (size // 4))


async def test_no_backup_is_made_of_a_damaged_database(path, tmp_path):
    damage(path)
    assert fault_of(back_up_store, url_of(path), tmp_path / "b.db") is BackupFault.DAMAGED
    assert names_in(tmp_path) == {NAME}


@pytest.mark.parametrize(
    ("url", "target", "fault"),
    [
        ("sqlite+aiosqlite:///{folder}/none.db", "b.db", BackupFault.NO_DATABASE),
        ("sqlite+aiosqlite:///{folder}/onrecord.db", "onrecord.db", BackupFault.SAME_FILE),
        ("sqlite+aiosqlite:///{folder}/onrecord.db", "link.db", BackupFault.SAME_FILE),
        ("sqlite+aiosqlite:///{folder}/onrecord.db", ".", BackupFault.UNWRITABLE),
        ("sqlite+aiosqlite:///{folder}/onrecord.db", "onrecord.db/b.db", BackupFault.UNWRITABLE),
        ("sqlite+aiosqlite:///{folder}/other.db", "b.db", BackupFault.FOREIGN),
        ("postgresql+psycopg://bot:secret@host/news", "b.db", BackupFault.NOT_SQLITE),
    ],
)
async def test_where_no_backup_can_be_made_nothing_is_changed(path, tmp_path, *, url, target, fault):
    (tmp_path / "link.db").symlink_to(path)
    make_foreign(tmp_path / "other.db")
    before = names_in(tmp_path)
    assert fault_of(back_up_store, url.format(folder=tmp_path), tmp_path / target) is fault
    assert names_in(tmp_path) == before


def test_an_address_without_sense_is_a_store_error(tmp_path):
    with pytest.raises(StoreError, match="no database address"):
        back_up_store("nonsense", tmp_path / "b.db")


def test_the_address_of_a_postgresql_is_told_without_its_password(tmp_path):
    with pytest.raises(BackupError) as caught:
        back_up_store("postgresql+psycopg://bot:secret@host:5433/news?ssl=require", tmp_path / "b.db")
    assert caught.value.path == "postgresql://bot@host:5433/news"


# --- restore ---


async def test_what_is_restored_is_the_backup_and_what_was_there_is_kept_beside_it(path, backup):
    await add(path, 2)
    path.chmod(0o640)
    kept = restore_store(url_of(path), backup, now=NOW)
    assert kept == path.with_name(DATED)
    assert await numbers_in(path) == {1}
    assert await numbers_in(kept) == {1, 2}
    assert path.stat().st_mode & 0o777 == 0o640
    assert names_in(path.parent) == {NAME, DATED}


async def test_what_is_restored_twice_in_a_second_is_kept_twice(path, backup):
    await add(path, 2)
    restore_store(url_of(path), backup, now=NOW)
    again = restore_store(url_of(path), backup, now=NOW)
    assert again.name == f"{DATED}.2"
    assert await numbers_in(path.with_name(DATED)) == {1, 2}


async def test_parts_that_were_to_be_sent_are_looked_for_first_because_they_may_have_been_since(path, tmp_path):
    wanted = Subscription(1, 10, (time(7),), "UTC")
    async with await Store.open(url_of(path)) as store, store.writing() as db:
        kept = await subscriptions.add_subscription(db, wanted, created_at=NOW, since=NOW, next_run_at=None)
        for _ in range(2):
            await editions.add_edition(db, kept, None, Period(NOW, NOW), composed_at=NOW, payloads=["{}"])
        (first, second) = await deliveries.list_open_deliveries(db, NOW)
        await deliveries.begin_delivery(db, first.id, now=NOW)
        await deliveries.finish_delivery(db, first.id, 77, now=NOW)
    back_up_store(url_of(path), tmp_path / "b.db")
    restore_store(url_of(path), tmp_path / "b.db", now=NOW + timedelta(hours=1))
    async with await Store.open(url_of(path)) as store, store.reading() as db:
        (part,) = await deliveries.list_open_deliveries(db, NOW)
    assert (part.id, part.state, part.attempted_at) == (second.id, DeliveryState.SENDING, NOW)


async def test_parts_that_were_held_in_the_backup_are_looked_for_too_when_they_are_released(path, tmp_path):
    async with await Store.open(url_of(path)) as store, store.writing() as db:
        wanted = Subscription(1, 10, (time(7),), "UTC")
        kept = await subscriptions.add_subscription(db, wanted, created_at=NOW, since=NOW, next_run_at=None)
        edition = await editions.add_edition(db, kept, None, Period(NOW, NOW), composed_at=NOW, payloads=["{}"])
        await losses.lose_channel(db, [edition.id], "lost", now=NOW)
    back_up_store(url_of(path), tmp_path / "b.db")
    later = NOW + timedelta(hours=1)
    restore_store(url_of(path), tmp_path / "b.db", now=later)
    async with await Store.open(url_of(path)) as store, store.writing() as db:
        assert await deliveries.list_open_deliveries(db, later) == ()
        await losses.release_held(db, kept, now=later)
        (part,) = await deliveries.list_open_deliveries(db, later)
    assert (part.state, part.attempted_at) == (DeliveryState.SENDING, NOW)


async def test_where_there_was_no_database_there_is_one(backup, tmp_path):
    path = tmp_path / "a new folder" / NAME
    assert restore_store(url_of(path), backup, now=NOW) is None
    assert await numbers_in(path) == {1}


async def test_a_backup_of_an_older_version_is_brought_up_to_date_when_it_is_opened(path, tmp_path):
    async with await Store.open(url_of(path)) as store:
        await go_back(store, "0006")
    back_up_store(url_of(path), tmp_path / "b.db")
    restore_store(url_of(path), tmp_path / "b.db", now=NOW)
    assert await numbers_in(path) == {1}


async def test_while_somebody_has_the_database_open_nothing_is_restored(path, backup):
    async with await Store.open(url_of(path)) as one, await Store.open(url_of(path)):
        await write(one, 2)
        assert fault_of(restore_store, url_of(path), backup, now=NOW) is BackupFault.IN_USE
    assert await numbers_in(path) == {1, 2}
    assert names_in(path.parent) == {NAME}


async def test_a_program_that_knows_nothing_of_our_lock_is_noticed_too(path, backup):
    with closing(sqlite3.connect(path)) as shell:
        shell.execute("SELECT count(*) FROM sources").fetchone()
        assert fault_of(restore_store, url_of(path), backup, now=NOW) is BackupFault.IN_USE
    assert names_in(path.parent) == {NAME}


async def test_while_a_backup_is_put_in_its_place_the_database_is_not_opened(path):
    hold = Hold(path, is_alone=True)
    with pytest.raises(StoreError, match="start again when that is done"):
        await Store.open(url_of(path))
    hold.release()
    assert await numbers_in(path) == {1}


def make_foreign(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.commit()


def make_newer(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (damage, BackupFault.DAMAGED),
        (lambda path: path.write_bytes(path.read_bytes()[:100_000]), BackupFault.DAMAGED),
        (lambda path: path.write_bytes(b"These are the minutes. " * 1000), BackupFault.DAMAGED),
        (lambda path: path.write_bytes(b""), BackupFault.FOREIGN),
        (lambda path: (path.unlink(), make_foreign(path)), BackupFault.FOREIGN),
        (make_newer, BackupFault.NEWER),
        (lambda path: path.unlink(), BackupFault.UNREADABLE),
        (lambda path: (path.unlink(), path.mkdir()), BackupFault.UNREADABLE),
        (lambda path: (path.unlink(), path.symlink_to(path.parent.parent / NAME)), BackupFault.SAME_FILE),
    ],
    ids=["damaged", "cut off", "text", "empty", "foreign", "newer", "missing", "folder", "itself"],
)
async def test_what_is_no_sound_backup_is_refused_and_nothing_is_changed(path, backup, *, spoil, fault):
    spoil(backup)
    before = path.read_bytes()
    assert fault_of(restore_store, url_of(path), backup, now=NOW) is fault
    assert path.read_bytes() == before
    assert names_in(path.parent) == {NAME}


async def test_without_room_for_a_backup_nothing_is_changed(path, backup):
    before = path.read_bytes()
    with no_file_larger_than(100_000):
        assert fault_of(restore_store, url_of(path), backup, now=NOW) is BackupFault.UNWRITABLE
    assert path.read_bytes() == before
    assert names_in(path.parent) == {NAME}


async def test_a_damaged_database_is_kept_with_its_log_and_does_not_spoil_the_backup(path, backup):
    """What a dead process left in the write-ahead log must not come back in the database that takes the place."""
    with closing(sqlite3.connect(path)) as dead:
        dead.execute("PRAGMA wal_autocheckpoint = 0")
        dead.execute("UPDATE sources SET name = 'from the log'")
        dead.commit()
        log = path.with_name(f"{NAME}-wal").read_bytes()
    path.write_bytes(b"\xff" * 5000)
    path.with_name(f"{NAME}-wal").write_bytes(log)
    kept = restore_store(url_of(path), backup, now=NOW + timedelta(days=1))
    assert kept.read_bytes() == b"\xff" * 5000
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == log
    async with await Store.open(url_of(path)) as store, store.reading() as db:
        assert "from the log" not in (await db.execute(text("SELECT name FROM sources"))).scalars().all()


async def test_what_a_dead_process_left_in_the_log_is_kept_with_the_old_database(path, backup, tmp_path):
    with closing(sqlite3.connect(path)) as living:
        living.execute("PRAGMA wal_autocheckpoint = 0")
        living.execute("UPDATE sources SET name = 'from the log'")
        living.commit()
        left = {end: path.with_name(f"{NAME}{end}").read_bytes() for end in ("", "-wal")}
    there = tmp_path / "dead" / NAME
    there.parent.mkdir()
    for end, content in left.items():
        there.with_name(f"{NAME}{end}").write_bytes(content)
    kept = restore_store(url_of(there), backup, now=NOW)
    with closing(sqlite3.connect(kept)) as connection:
        assert set(connection.execute("SELECT name FROM sources")) == {("from the log",)}

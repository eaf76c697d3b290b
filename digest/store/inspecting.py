"""Looks at a database for who runs it: what it is, whether it can be written to, and what it posts to."""

import sqlite3
from pathlib import Path

from sqlalchemy import URL, distinct, func, make_url, select, text
from sqlalchemy.exc import ArgumentError

from digest.errors import StoreError
from digest.model.inspected import StoreReport
from digest.store.database import Store, Transaction
from digest.store.migrations import find_revision
from digest.store.schema import subscriptions

_CHECK_SECONDS = 10.0  # who asks what is wrong has the time


async def inspect_store(url: str, *, most_places: int = 100) -> StoreReport | None:
    """Return what stands at `url`, or None where a start has yet to make the file. Its tables stay as they are.

    StoreError and its kinds where it cannot be reached, read or written to; CorruptStoreError also where it is newer.
    """
    address = _parsed(url)
    if address.get_backend_name() == "sqlite" and not _file_of(address).exists():
        return None
    async with await Store.connect(url, check_seconds=_CHECK_SECONDS) as store:
        async with store.reading() as db:
            revision, is_current = await db.run_sync(find_revision)
            places, in_all = await _find_places(db, most_places) if revision else ((), 0)
            size = await _find_size(db, address)
            now = (await db.execute(text("SELECT clock_timestamp()"))).scalar_one() if store.is_shared else None
            version = ".".join(str(part) for part in db.dialect.server_version_info or ())
        async with store.writing() as db:
            await _write(db, has_tables=revision is not None)
    return StoreReport(
        f"PostgreSQL {version}" if store.is_shared else f"SQLite {sqlite3.sqlite_version}",
        size,
        revision,
        is_current,
        None if store.is_shared else str(_file_of(address).parent),
        now,
        places,
        in_all,
    )


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise StoreError(f"no database address that this version knows: {error}") from error


def _file_of(address: URL) -> Path:
    return Path(address.database or "").absolute()


async def _find_places(db: Transaction, most: int) -> tuple[tuple[tuple[int, int], ...], int]:
    # Columns that all revisions have: the tables may be old ones.
    place = (subscriptions.c.guild_id, subscriptions.c.channel_id)
    is_posted_to = subscriptions.c.paused_because == ""
    query = select(*place).where(is_posted_to).distinct().order_by(*place).limit(most)
    found = (await db.execute(query)).all()
    count = select(func.count(distinct(subscriptions.c.channel_id))).where(is_posted_to)
    return tuple((guild_id, channel_id) for guild_id, channel_id in found), (await db.execute(count)).scalar_one()


async def _find_size(db: Transaction, address: URL) -> int:
    if address.get_backend_name() != "sqlite":
        return int((await db.execute(text("SELECT pg_database_size(current_database())"))).scalar_one())
    files = (Path(f"{address.database}{ending}") for ending in ("", "-wal"))
    return sum(path.stat().st_size for path in files if path.exists())


async def _write(db: Transaction, *, has_tables: bool) -> None:
    # What leaves everything as it was, and yet is a write: an open transaction alone may be refused nothing.
    if has_tables:
        await db.execute(text("UPDATE alembic_version SET version_num = version_num"))
    else:
        await db.execute(text("CREATE TABLE onrecord_looks (n INTEGER)"))
        await db.execute(text("DROP TABLE onrecord_looks"))

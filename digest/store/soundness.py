"""Is a SQLite file sound, and On Record's."""

import asyncio
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from urllib.parse import quote

from sqlalchemy import URL

from digest.errors import BackupError, BackupFault, StoreError
from digest.store.holds import Hold
from digest.store.troubles import damaged, translated

START_SECONDS = 0.3
"""What a start waits for the check at most; 200 MB take 0.25 s, and 0.8 s where the disk must be read."""

_OURS = frozenset({"alembic_version", "sources", "articles", "subscriptions", "deliveries"})
_log = logging.getLogger(__name__)
_BETWEEN_INTERRUPTS = 0.05  # seconds
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file in whose lock one has a share, or all of it: no damage was found, in what could be looked at in time."""

    path: Path
    hold: Hold
    is_whole: bool


def hold_sound(url: URL, *, within: float = START_SECONDS, is_alone: bool = False) -> Checked | None:
    """Check the file of a SQLite database for so many seconds at most and hold it; for others return None.

    CorruptStoreError where it is damaged, UnwritableStoreError where it may not be written to, StoreError where it is
    just being restored, BackupError where others have it open and it is wanted alone.
    """
    if url.get_backend_name() != "sqlite":
        return None
    path = Path(url.database or "")
    try:
        hold = Hold(path, is_alone=is_alone)
    except BlockingIOError:
        if is_alone:
            raise BackupError(BackupFault.IN_USE, str(path)) from None
        raise StoreError("a backup is being put in its place; start again when that is done") from None
    except OSError as error:
        raise translated(str(error), is_write=True) from error
    try:
        return Checked(path, hold, is_whole=_check(path, within))
    except BaseException:
        hold.release()
        raise


def _check(path: Path, within: float) -> bool:
    """Return whether all of it is sound, or only what could be looked at in time."""
    if not os.access(path, os.W_OK):  # SQLite would open it all the same, and refuse each write
        raise translated("readonly database", is_write=True)
    try:
        with opened(path) as connection:
            found = find_damage(connection, within=within, is_quick=True)
    except sqlite3.Error as error:
        raise translated(str(error), is_write=True) from error  # to read it, SQLite may have to write beside it
    if found:
        raise damaged(found)
    return found is not None


async def check_later(path: Path, after: float) -> StoreError | None:
    """Check all of a file that is in use, so many seconds from now, and return the error for its damage, if any."""
    _log.info("the database is large: all of it is checked in %.0f seconds, while it is in use", after)
    await asyncio.sleep(after)
    try:
        found = await find_damage_beside(path)
    except sqlite3.Error as error:
        _log.warning("the database could not be checked: %s", error)
        return None
    if found:
        return damaged(found)
    _log.info("all of the database is checked: it is sound")
    return None


async def find_damage_beside(path: Path) -> str:
    """Return what is damaged, as `find_damage` does, of a file that is in use meanwhile, with its indexes left out."""
    with opened(path) as connection:
        checking = asyncio.create_task(asyncio.to_thread(find_damage, connection, is_quick=True))
        try:
            return await asyncio.shield(checking) or ""
        finally:
            while not checking.done():  # an interrupt before its first step is for nothing
                connection.interrupt()
                await asyncio.wait([checking], timeout=_BETWEEN_INTERRUPTS)


def find_damage(connection: sqlite3.Connection, *, within: float | None = None, is_quick: bool = False) -> str | None:
    """Return what is damaged, in SQLite's words, or "" where nothing is; None where `within` seconds were too few.

    A quick one does not compare indexes with their tables, which takes longest.
    """
    with _interrupted(connection, within):
        try:
            check = "quick_check" if is_quick else "integrity_check"
            found = connection.execute(f"PRAGMA {check}(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname == "SQLITE_INTERRUPT":
                return None
            if not is_damage(error):
                raise
            return str(error)
    return "" if found == "ok" else " ".join(found.split())


def find_revision(connection: sqlite3.Connection) -> str | None:
    """Return the revision of On Record's tables in there, or None where it does not hold them."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _OURS:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether SQLite says so because of what is in the file."""
    return getattr(error, "sqlite_errorname", "").startswith(_DAMAGE)


@contextmanager
def opened(path: Path, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    """Open a file that is there, to be used in one thread at a time, and close it at the end."""
    # Interrupted from the thread of a timer, while this one waits.
    with closing(
        sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode={mode}", uri=True, check_same_thread=False)
    ) as connection:
        yield connection


@contextmanager
def _interrupted(connection: sqlite3.Connection, after: float | None) -> Iterator[None]:
    if after is None:
        yield
        return
    timer = Timer(after, connection.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # it must not interrupt what comes next, or a connection that is closed

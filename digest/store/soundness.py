"""Is a SQLite file sound, and On Record's."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer
from urllib.parse import quote

from sqlalchemy import URL

from digest.errors import BackupError, BackupFault, StoreError
from digest.store.holds import Hold
from digest.store.troubles import damaged, translated

CHECK_SECONDS = 10.0
"""What a start may wait for the check; 200 MB take 0.25 s, and 0.8 s where the disk must be read."""

_log = logging.getLogger(__name__)
_OURS = frozenset({"alembic_version", "sources", "articles", "subscriptions", "deliveries"})
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def hold_sound(url: URL, *, within: float = CHECK_SECONDS, is_alone: bool = False) -> Hold | None:
    """Check the file of a SQLite database and return a share in its lock, or all of it; for others return None.

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
        _check(path, within)
    except BaseException:
        hold.release()
        raise
    return hold


def _check(path: Path, within: float) -> None:
    if not os.access(path, os.W_OK):  # SQLite would open it all the same, and refuse each write
        raise translated("readonly database", is_write=True)
    try:
        with opened(path) as connection:
            found = find_damage(connection, within=within)
    except sqlite3.Error as error:
        raise translated(str(error), is_write=True) from error  # to read it, SQLite may have to write beside it
    if found is None:
        _log.warning("the database is large: in %.0f seconds not all of it could be checked", within)
    elif found:
        raise damaged(found)


def find_damage(connection: sqlite3.Connection, *, within: float | None = None) -> str | None:
    """Return what is damaged, in SQLite's words, or "" where nothing is; None where `within` seconds were too few.

    With a limit of time, indexes are not compared with their tables, which takes longest.
    """
    with _interrupted(connection, within):
        try:
            check = "integrity_check" if within is None else "quick_check"
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

"""Copies of a SQLite database: one made while the bot runs, and one put in its place while it does not."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from digest.errors import BackupError, BackupFault, StoreError
from digest.store.holds import Hold
from digest.store.migrations import known_revisions
from digest.store.soundness import find_damage, find_revision, is_damage, opened

_BESIDE = ("-wal", "-shm")


def back_up_store(url: str, target: Path) -> int:
    """Write the database at `url`, as it is now, to `target`, and return the size of that in bytes.

    Others may read and write meanwhile. The copy is one file that needs no other, checked from end to end before it
    gets its name; what was called so before is replaced. BackupError where there is none to be had.
    """
    path = _file_of(url)
    if not _is_file(path):
        raise BackupError(BackupFault.NO_DATABASE, str(path))
    if _is_file(target) and target.samefile(path):
        raise BackupError(BackupFault.SAME_FILE, str(target))
    with _partial(target) as partial:
        _copy(path, partial)
        _check(partial, path)
        size = partial.stat().st_size
        _rename(partial, target)
    return size


def restore_store(url: str, backup: Path, *, now: datetime) -> Path | None:
    """Put a copy of `backup` in the place of the database at `url`, and return under which name that is kept.

    It is refused while somebody has the database open, and where the backup is damaged, not On Record's, or of a newer
    version. At every moment there is a whole database in the place: the old one, then the new one. Parts that were to
    be sent when the backup was made are looked for before they are: they may have been, since.
    """
    path = _file_of(url)
    if not _is_file(backup):
        raise BackupError(BackupFault.UNREADABLE, str(backup))
    if _is_file(path) and path.samefile(backup):
        raise BackupError(BackupFault.SAME_FILE, str(backup))
    with _partial(path) as partial, _alone(path):
        _copy(backup, partial)
        if _check(partial, backup) not in known_revisions():
            raise BackupError(BackupFault.NEWER, str(backup))
        _doubt_parts(partial)
        kept = _keep(path, partial, now) if path.exists() else None
        _rename(partial, path)
    return kept


def _file_of(url: str) -> Path:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"no database address that this version knows: {error}") from error
    if address.get_backend_name() != "sqlite":
        raise BackupError(BackupFault.NOT_SQLITE, _bare(address))
    return Path(address.database or "")


def _bare(address: URL) -> str:
    """Return the address as the database's own tools take it, without the password: it would stand on the screen."""
    name, host, port = address.get_backend_name(), address.host, address.port
    return str(URL.create(name, username=address.username, host=host, port=port, database=address.database))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # in a folder that may not be entered
        return False


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    try:
        hold = Hold(path, is_alone=True)
    except BlockingIOError:
        raise BackupError(BackupFault.IN_USE, str(path)) from None
    try:
        yield
    finally:
        hold.release()


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """Give a new empty file beside `target`, and remove whatever is left of it at the end."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number, name = mkstemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent)
        os.close(number)
        try:
            yield Path(name)
        finally:
            for end in ("", "-journal"):
                Path(f"{name}{end}").unlink(missing_ok=True)
    except OSError as error:
        raise BackupError(BackupFault.UNWRITABLE, str(target), str(error)) from error


def _copy(path: Path, partial: Path) -> None:
    try:
        with opened(path) as source, closing(sqlite3.connect(partial)) as copy:
            # In one step: what others write in the meantime goes into the log, and does not make it begin anew.
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # in the original's mode it would need a folder to write to
    except sqlite3.Error as error:
        raise _translated(error, path, partial) from error


def _translated(error: sqlite3.Error, path: Path, partial: Path) -> BackupError:
    if is_damage(error):
        return BackupError(BackupFault.DAMAGED, str(path), str(error))
    if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_READONLY")):
        return BackupError(BackupFault.UNWRITABLE, str(partial.parent), str(error))
    return BackupError(BackupFault.UNREADABLE, str(path), str(error))


def _check(copy: Path, original: Path) -> str:
    """Return the revision of the tables in the copy, if it is sound and On Record's."""
    try:
        with opened(copy) as connection:
            if found := find_damage(connection):
                raise BackupError(BackupFault.DAMAGED, str(original), found)
            revision = find_revision(connection)
    except sqlite3.Error as error:
        raise _translated(error, original, copy) from error
    if revision is None:
        raise BackupError(BackupFault.FOREIGN, str(original))
    return revision


def _doubt_parts(copy: Path) -> None:
    # What is held stays so, and is in doubt when it is released.
    doubted = "UPDATE deliveries SET attempted_at = coalesce(attempted_at, due_at)"
    try:
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute(f"{doubted} WHERE state IN ('pending', 'held')")
            connection.execute("UPDATE deliveries SET state = 'sending' WHERE state = 'pending'")
    except sqlite3.Error as error:
        raise _translated(error, copy, copy) from error


def _keep(path: Path, partial: Path, now: datetime) -> Path:
    """Give the old database a second name, and its mode and owner to the new one."""
    _fold(path)
    before = path.stat()
    partial.chmod(before.st_mode & 0o777)
    with suppress(PermissionError):  # who may not give files away has made it himself
        os.chown(partial, before.st_uid, before.st_gid)
    dated = path.with_name(f"{path.name}.{now:%Y-%m-%dT%H%M%S}")
    kept = next(name for name in (dated, *(Path(f"{dated}.{n}") for n in range(2, 100))) if not name.exists())
    for end in ("", *_BESIDE):
        if Path(f"{path}{end}").exists():
            _link(Path(f"{path}{end}"), Path(f"{kept}{end}"))
    for end in _BESIDE:  # SQLite would take them for the new one's
        Path(f"{path}{end}").unlink(missing_ok=True)
    return kept


def _fold(path: Path) -> None:
    """Bring what is in the write-ahead log into the file, which a damaged database refuses: its log is kept then."""
    try:
        with opened(path, "rw") as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        if "locked" in str(error):  # by something else than On Record, which knows nothing of our lock
            raise BackupError(BackupFault.IN_USE, str(path)) from error


def _link(path: Path, name: Path) -> None:
    try:
        name.hardlink_to(path)
    except OSError:  # a file system without such links
        shutil.copy2(path, name)


def _rename(partial: Path, target: Path) -> None:
    """Give the finished file its name, so that a power cut leaves either the old file there or the whole new one."""
    _sync(partial)
    partial.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

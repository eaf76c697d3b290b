"""What differs from database to database: how it is opened, how rows are added once, how text is searched."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import sleep
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Engine, Insert, Table, column, event, literal, select, table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import StoreError

IS_WRITE = "onrecord_is_write"
"""The execution option that says that a transaction is going to write."""


class Dialect(Protocol):
    """One database's way of doing what SQL has no common words for."""

    takes_one_writer: bool

    def prepare(self, engine: Engine) -> None:
        """Set up every connection that the engine will open. Waits for others who do: not for the event loop."""
        ...

    def insert_new(self, target: Table) -> Insert:
        """Return an insert that leaves out rows which break a unique constraint."""
        ...

    def matches(self, target: Table, query: str, *, is_typed: bool = False) -> ColumnElement[bool]:
        """Return the condition that a row of the table holds every word of the query; no words match nothing.

        Of a query that is being typed, the last word may be the beginning of one.
        """
        ...


class SqliteDialect:
    """SQLite: WAL, one writer at a time who says so beforehand, full text by FTS5."""

    takes_one_writer = True

    def prepare(self, engine: Engine) -> None:
        """Make the folder and the file, and let every transaction begin by itself, so that no writer is upgraded."""
        path = engine.url.database
        if not path or path == ":memory:":
            raise StoreError("the database must be a file, as in sqlite+aiosqlite:///onrecord.db")
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            # Tried here, because aiosqlite's thread survives a file that cannot be opened, and complains at the end.
            with closing(sqlite3.connect(path)) as connection:
                _write_ahead(connection)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"there can be no database at {path}: {error}") from error
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)

    def insert_new(self, target: Table) -> Insert:
        """Return INSERT ... ON CONFLICT DO NOTHING."""
        return sqlite.insert(target).on_conflict_do_nothing()

    def matches(self, target: Table, query: str, *, is_typed: bool = False) -> ColumnElement[bool]:
        """Return a look-up in the table's FTS5 twin, with each word in quotation marks, so that none is an operator."""
        words = [word for word in query.replace("\0", " ").split() if any(sign.isalnum() for sign in word)]
        if not words:
            return literal(value=False)
        quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words) + "*" * is_typed
        twin = table(f"{target.name}_fts", column("rowid"), column(f"{target.name}_fts"))
        found = select(twin.c.rowid).where(twin.c[f"{target.name}_fts"].op("MATCH")(quoted))
        condition: ColumnElement[bool] = target.c.id.in_(found)
        return condition


_TRIES, _BETWEEN_TRIES = 100, 0.05  # seconds

_DIALECTS: dict[str, Dialect] = {"sqlite": SqliteDialect()}


def dialect_of(database: AsyncConnection | Engine) -> Dialect:
    """Return the dialect that a connection or engine speaks; StoreError for a database that is not supported."""
    name = database.dialect.name
    if name not in _DIALECTS:
        raise StoreError(f"this version cannot keep its data in {name}; use sqlite+aiosqlite:///onrecord.db")
    return _DIALECTS[name]


def _write_ahead(connection: sqlite3.Connection) -> None:
    # The file keeps the mode. To switch a new one SQLite does not wait for another who is just doing that.
    for _ in range(_TRIES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.DatabaseError as error:
            if "locked" not in str(error):
                return  # whoever reads it next finds out what is wrong, and says so
            sleep(_BETWEEN_TRIES)
        else:
            return


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own idea of when a transaction begins: never
    cursor = connection.cursor()
    try:
        # FULL: a commit is on the disk. With NORMAL a power cut takes the newest ones back, and what was posted since
        # is posted again. It costs 4 ms a commit, measured, which nobody waits for.
        for pragma in ("busy_timeout = 5000", "foreign_keys = ON", "synchronous = FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except BaseException:  # a connection that fails here belongs to nobody yet, and its thread would live on
        connection.close()
        raise


def _begin(connection: Connection) -> None:
    is_write = connection.get_execution_options().get(IS_WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")

"""What differs from database to database: how it is opened, how rows are added once, how text is searched."""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import IntEnum
from time import sleep
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Insert,
    Integer,
    Table,
    TableClause,
    UnaryExpression,
    and_,
    column,
    event,
    exists,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.operators import custom_op

from digest.errors import StoreError
from digest.store.holds import make_file
from digest.store.postgres import MOST_IDLE_IN_TURN, PostgresDialect
from digest.store.troubles import FILE_REMEDY

IS_WRITE = "onrecord_is_write"
"""The execution option that says that a transaction is going to write."""

IS_UPGRADE = "onrecord_is_upgrade"
"""The execution option that says that a transaction may make tables anew: what points to their rows is to stay."""


class Turn(IntEnum):
    """What only one at a time may do, among all processes, where the rows alone do not tell who is first.

    The numbers are the same in all versions that work on one database.
    """

    MIGRATING = 1
    LINKING = 2
    LEASING = 3
    READING = 4
    FOLLOWING = 5
    COUNTING = 6
    ACTING = 7  # the clock of several that shares out what is due
    IDENTIFYING = 8  # of all connections to Discord's gateway, the one that is just made
    QUEUEING = 9  # the tables of the queue are made


@dataclass(frozen=True, slots=True)
class Newest:
    """A look-up of words that gives what holds them newest first, in the order of `place`."""

    holds: ColumnElement[bool]
    place: ColumnElement[Any]


class Dialect(Protocol):
    """One database's way of doing what SQL has no common words for."""

    takes_one_writer: bool
    """Whether all that write wait for each other, so that each finds what those before it have left."""
    takes_arrays: bool
    """Whether one parameter may be several values."""
    engine_options: dict[str, Any]
    """What an engine is made with."""
    remedy: str
    """What to do about a database that is damaged or somebody else's."""

    async def prepare(self, engine: AsyncEngine) -> None:
        """See that there can be a database, and set up every connection that the engine will open."""
        ...

    def options(self, *, is_write: bool, is_upgrade: bool = False) -> dict[str, Any]:
        """Return the execution options of a transaction that only reads, writes, or may make tables anew."""
        ...

    async def take_turn(self, db: AsyncConnection, turn: Turn, *, most_idle: float = MOST_IDLE_IN_TURN) -> None:
        """Wait for others that have this turn, and have it until the transaction ends or idles `most_idle` seconds."""
        ...

    async def hold_turn(self, db: AsyncConnection, turn: Turn) -> bool:
        """Let the connection have this turn until it is closed; False where another one has it."""
        ...

    async def limit_idle(self, db: AsyncConnection, seconds: float) -> None:
        """Let the server close the connection, and free what it holds, where nothing is asked for so long."""
        ...

    def is_unreachable(self, error: Exception) -> bool:
        """Return whether there is no way to the server, or it does not serve yet, or any more."""
        ...

    def explain(self, error: Exception) -> str | None:
        """Return what happened, in a sentence, where the database's own words do not tell; None: they do."""
        ...

    def insert_new(self, target: Table) -> Insert:
        """Return an insert that leaves out rows which break a unique constraint."""
        ...

    async def add_new(self, db: AsyncConnection, target: Table, rows: Sequence[Mapping[str, Any]]) -> int:
        """Add rows but for those that break a unique constraint; return how many that are."""
        ...

    def matches(self, target: Table, query: str, *, is_typed: bool = False) -> ColumnElement[bool]:
        """Return the condition that a row of the table holds every word of the query; no words match nothing.

        Of a query that is being typed, the last word may be the beginning of one.
        """
        ...

    def newest(self, target: Table, query: str, *, is_typed: bool = False) -> Newest | None:
        """Return what `matches` does, in an order that has the newest second first, unsorted; None: there is none."""
        ...

    def place_of(self, target: Table) -> ColumnElement[Any]:
        """Return the same order for the rows of the table by themselves, where there is one."""
        ...

    def tries(self, target: Table, query: str, *, is_typed: bool = False) -> ColumnElement[bool]:
        """Return the condition that `matches` does, for a query that tries row by row."""
        ...

    def outer(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the column for a condition of a join by which no row of its table is to be sought.

        So the query begins with this table, in the order that is asked for, and ends when it has enough.
        """
        ...


class SqliteDialect:
    """SQLite: WAL, one writer at a time who says so beforehand, full text by FTS5."""

    takes_one_writer = True
    takes_arrays = False
    engine_options: dict[str, Any] = {}  # noqa: RUF012 -- never changed
    remedy = FILE_REMEDY

    async def prepare(self, engine: AsyncEngine) -> None:
        """Make the folder and the file, and let every transaction begin by itself, so that no writer is upgraded."""
        await asyncio.to_thread(self._prepare, engine.sync_engine)  # it waits for others who do the same

    def options(self, *, is_write: bool, is_upgrade: bool = False) -> dict[str, Any]:
        """Say whether the transaction is going to write, and whether it may make tables anew."""
        return {IS_WRITE: is_write, IS_UPGRADE: is_upgrade}

    async def take_turn(self, db: AsyncConnection, turn: Turn, *, most_idle: float = MOST_IDLE_IN_TURN) -> None:
        """Do nothing: whoever writes has every turn."""

    async def hold_turn(self, db: AsyncConnection, turn: Turn) -> bool:  # noqa: ARG002 -- the protocol's
        """Return True: there is one process."""
        return True

    async def limit_idle(self, db: AsyncConnection, seconds: float) -> None:
        """Do nothing: there is no server."""

    def is_unreachable(self, error: Exception) -> bool:  # noqa: ARG002 -- the protocol's
        """Return False: a file is there, or nothing is."""
        return False

    def explain(self, error: Exception) -> str | None:  # noqa: ARG002 -- the protocol's
        """Return None: SQLite says it."""
        return None

    def _prepare(self, engine: Engine) -> None:
        path = engine.url.database
        if not path or path == ":memory:":
            raise StoreError("the database must be a file, as in sqlite+aiosqlite:///onrecord.db")
        try:
            make_file(path)
            # Tried here, because aiosqlite's thread survives a file that cannot be opened, and complains at the end.
            # Each try is over at once: with the driver's own patience of 5 seconds a hundred would take eight minutes.
            with closing(sqlite3.connect(path, timeout=0)) as connection:
                _write_ahead(connection, path)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"there can be no database at {path}: {error}") from error
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)

    def insert_new(self, target: Table) -> Insert:
        """Return INSERT ... ON CONFLICT DO NOTHING."""
        return sqlite.insert(target).on_conflict_do_nothing()

    async def add_new(self, db: AsyncConnection, target: Table, rows: Sequence[Mapping[str, Any]]) -> int:
        """Add the rows one by one, in one call: SQLite counts them."""
        return (await db.execute(self.insert_new(target), rows)).rowcount

    def matches(self, target: Table, query: str, *, is_typed: bool = False) -> ColumnElement[bool]:
        """Return a look-up in the table's FTS5 twin that gathers what it holds of the words."""
        twin, holds = _look_up(target, query, is_typed=is_typed)
        return target.c.id.in_(select(_id_in(twin)).where(holds))

    def newest(self, target: Table, query: str, *, is_typed: bool = False) -> Newest:
        """Return a look-up that the twin answers in the order of its rows, which are numbered by time."""
        twin, holds = _look_up(target, query, is_typed=is_typed)
        return Newest(and_(holds, target.c.id == _id_in(twin)), twin.c.rowid.desc())

    def place_of(self, target: Table) -> ColumnElement[Any]:
        """Return the order of the numbers that the table's rows have in its twin."""
        return _place(target).desc()

    def tries(self, target: Table, query: str, *, is_typed: bool = False) -> ColumnElement[bool]:
        """Return a look-up of this very row in the twin, which takes it 10 microseconds."""
        twin, holds = _look_up(target, query, is_typed=is_typed)
        return exists().where(holds, twin.c.rowid == _place(target)).correlate(target)

    def outer(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the column with a plus, which SQLite's manual gives for that (optoverview, 3)."""
        return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


_ID_BITS = 30
"""Of the numbers of rows in FTS5's twins, which begin with the second that the row is dated: migration 0010."""

_TRIES, _BETWEEN_TRIES = 100, 0.05  # seconds

_DIALECTS: dict[str, Dialect] = {"sqlite": SqliteDialect(), "postgresql": PostgresDialect()}


def dialect_of(database: AsyncConnection) -> Dialect:
    """Return the dialect that a connection speaks."""
    return _DIALECTS[database.dialect.name]


def dialect_named(name: str) -> Dialect:
    """Return the dialect of a database by SQLAlchemy's name for it; StoreError for one that is not supported."""
    if name not in _DIALECTS:
        raise StoreError(
            f"no database address that this version knows: not {name}, but sqlite+aiosqlite:///onrecord.db "
            "or postgresql+psycopg://user:password@host/name"
        )
    return _DIALECTS[name]


def _look_up(target: Table, query: str, *, is_typed: bool) -> tuple[TableClause, ColumnElement[bool]]:
    """Return the twin and that it holds the words, each in quotation marks, so that none is an operator."""
    twin = table(f"{target.name}_fts", column("rowid", Integer), column(f"{target.name}_fts"))
    words = [word for word in query.replace("\0", " ").split() if any(sign.isalnum() for sign in word)]
    if not words:
        return twin, literal(value=False)
    quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words) + "*" * is_typed
    return twin, twin.c[f"{target.name}_fts"].op("MATCH", is_comparison=True)(quoted)


def _id_in(twin: TableClause) -> ColumnElement[Any]:
    return twin.c.rowid.op("&")((1 << _ID_BITS) - 1)


def _place(target: Table) -> ColumnElement[Any]:
    return literal_column(f"{target.name}.fts_place", Integer)


def _write_ahead(connection: sqlite3.Connection, path: str) -> None:
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
    raise StoreError(f"the database at {path} is in use by something else; start again when that is done")


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
    options = connection.get_execution_options()
    if options.get(IS_UPGRADE):  # a table that is dropped would take what points to its rows with it
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(IS_WRITE) else "BEGIN")

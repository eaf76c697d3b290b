"""PostgreSQL's way: several writers at once, who wait for each other by rows, and full text by a column of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Insert, String, Table, and_, cast, func, literal, literal_column, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digest.errors import StoreError

OLDEST = 14
"""The oldest version of PostgreSQL that is supported."""

MOST_IDLE_IN_TURN = 15.0
"""So many seconds at most the others wait for a process that was stopped in its turn: fewer than `lock_timeout`."""

_SESSION = {
    "timezone": "UTC",  # in another one the first and the last hours of the calendar cannot be read
    "datestyle": "ISO",
    "jit": "off",  # our queries are small: compiling them takes longer than they do
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",  # of a process that was stopped: the others must not wait for it
    # A machine that is gone says nothing: after 25 seconds the server takes back what it held.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
_TURNS = 0x4F6E5265  # "OnRe": the half of the key of all our advisory locks that tells them from anybody else's
_CONFIGURATION = "onrecord"
_COLLISION = "somebody else is changing the same: nothing was kept, and it can be tried again"
_MESSAGES = {
    "40001": _COLLISION,  # serialization failure, deadlock, a lock that was not had in time
    "40P01": _COLLISION,
    "55P03": _COLLISION,
}
"""What happened, by the codes of PostgreSQL's manual, appendix A."""
# Connection exceptions; the server ends, crashed, starts, or lost patience with one that was silent.
_OF_THE_CONNECTION = ("08", "57P", "25P03")


class PostgresDialect:
    """PostgreSQL from version 14 on, by psycopg."""

    takes_one_writer = False
    takes_arrays = True
    engine_options: dict[str, Any] = {  # noqa: RUF012 -- never changed
        "pool_pre_ping": True,  # a server that was restarted has closed what we kept open
        "connect_args": {
            "application_name": "onrecord",
            "client_encoding": "utf8",  # of a database in SQL_ASCII all would come as bytes
            "connect_timeout": 10,
            "keepalives_idle": 10,  # and so do we with a server that is gone
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 25_000,  # milliseconds; while an answer is out none of those are sent
            "options": " ".join(f"-c {name}={value}" for name, value in _SESSION.items()),
        },
    }
    remedy = "give it an empty database of its own, or restore a backup"

    async def prepare(self, engine: AsyncEngine) -> None:
        """Ask the server who it is, with a clear StoreError where it cannot be asked, or is too old."""
        async with engine.connect() as db:
            check_version(int(*(db.dialect.server_version_info or (0,))[:1]))
            encoding = (await db.execute(text("SHOW server_encoding"))).scalar_one()
        if encoding != "UTF8":
            raise StoreError(f"the database keeps text in {encoding}: make one with the encoding UTF8")

    def options(self, *, is_write: bool, is_upgrade: bool = False) -> dict[str, Any]:  # noqa: ARG002 -- it alters tables in place
        """Let readers see one state throughout, and writers what others have kept by then, statement by statement."""
        return {
            "isolation_level": "READ COMMITTED" if is_write else "REPEATABLE READ",
            "postgresql_readonly": not is_write,
        }

    def insert_new(self, target: Table) -> Insert:
        """Return INSERT ... ON CONFLICT DO NOTHING, which waits for those who are adding the same row."""
        return postgresql.insert(target).on_conflict_do_nothing()

    async def add_new(self, db: AsyncConnection, target: Table, rows: Sequence[Mapping[str, Any]]) -> int:
        """Add the rows in as few statements as they fit in, which give back what was added."""
        return len((await db.execute(self.insert_new(target).returning(*target.primary_key), rows)).all())

    def matches(self, target: Table, query: str, *, is_typed: bool = False) -> ColumnElement[bool]:
        """Return a look-up in the table's column of words, of each word as a phrase, so that none is an operator."""
        words = [word for word in query.replace("\0", " ").split() if any(sign.isalnum() for sign in word)]
        if not words:
            return literal(value=False)
        phrases: list[ColumnElement[Any]] = [_phrase(word) for word in words]
        if is_typed:
            # As text it is lexemes in quotation marks; the sign makes the last one a beginning.
            beginning = func.nullif(cast(phrases[-1], String), "").op("||")(":*")
            phrases[-1] = cast(beginning, postgresql.TSQUERY)
        column: ColumnElement[Any] = literal_column(f"{target.name}.fts")
        return and_(*(column.op("@@")(phrase) for phrase in phrases))

    def newest(self, target: Table, query: str, *, is_typed: bool = False) -> None:  # noqa: ARG002 -- the protocol's
        """Return None: an index of words has no order. PostgreSQL knows how common they are, and chooses."""
        return

    def place_of(self, target: Table) -> ColumnElement[Any]:
        """Return the order of the rows' ids: there is no better one."""
        column: ColumnElement[Any] = target.c.id.desc()
        return column

    def tries(self, target: Table, query: str, *, is_typed: bool = False) -> ColumnElement[bool]:
        """Return what `matches` does."""
        return self.matches(target, query, is_typed=is_typed)

    def outer(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the column."""
        return column

    async def take_turn(self, db: AsyncConnection, turn: int, *, most_idle: float = MOST_IDLE_IN_TURN) -> None:
        """Wait until nobody else has this turn, and keep it to the end of the transaction."""
        limit = func.set_config("idle_in_transaction_session_timeout", f"{most_idle * 1000:.0f}ms", True)  # noqa: FBT003 -- of the transaction
        await db.execute(select(limit, func.pg_advisory_xact_lock(_TURNS, turn)))

    async def hold_turn(self, db: AsyncConnection, turn: int) -> bool:
        """Let the connection have this turn until it is closed; False where another one has it."""
        return bool((await db.execute(select(func.pg_try_advisory_lock(_TURNS, turn)))).scalar_one())

    async def limit_idle(self, db: AsyncConnection, seconds: float) -> None:
        """Let the server close the connection, and free what it holds, where nothing is asked for so long."""
        await db.execute(select(func.set_config("idle_session_timeout", f"{seconds * 1000:.0f}ms", False)))  # noqa: FBT003 -- of the session

    def is_unreachable(self, error: Exception) -> bool:
        """Return whether it is one of the connection, or of a server that starts or ends, or keeps us waiting."""
        if isinstance(error, PoolTimeoutError):
            return True
        code = getattr(_cause(error), "sqlstate", None)
        return is_of_connection(code) and (code is not None or isinstance(error, OperationalError))

    def explain(self, error: Exception) -> str | None:
        """Return what happened, in a sentence, where the error is one of getting to the server or of a collision."""
        cause = _cause(error)
        code = getattr(cause, "sqlstate", None)
        if isinstance(error, OperationalError) and is_of_connection(code):
            return f"there is no connection to the server ({' '.join(str(cause).split())})"
        happened = _MESSAGES.get(code or "")
        return happened and f"{happened} ({cause})"


def is_of_connection(code: str | None) -> bool:
    """Return whether a driver's error with this code is one of the connection; without one the server said nothing."""
    return code is None or code.startswith(_OF_THE_CONNECTION)


def _cause(error: Exception) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else error


def check_version(version: int) -> None:
    """Raise StoreError where a server of this version is too old."""
    if version < OLDEST:
        raise StoreError(f"the server is PostgreSQL {version}: On Record needs {OLDEST} or newer")


def _phrase(word: str) -> ColumnElement[Any]:
    return func.phraseto_tsquery(cast(literal(_CONFIGURATION), postgresql.REGCONFIG), func.onrecord_plain(word))

"""Opens the database, brings its tables up to date, and hands out transactions."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from time import monotonic
from types import TracebackType
from typing import Self, TypeAlias

from sqlalchemy import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    NotSupportedError,
    ProgrammingError,
    TimeoutError as PoolTimeoutError,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from digest.errors import (
    CorruptStoreError,
    RejectedStoreError,
    StoreError,
    UnreachableStoreError,
    UnwritableStoreError,
)
from digest.model import Job
from digest.store.dialects import Dialect, Turn, dialect_named, dialect_of
from digest.store.due import take_due
from digest.store.migrations import upgrade
from digest.store.soundness import START_SECONDS, Checked, check_later, hold_sound
from digest.store.troubles import Trouble, translated

_log = logging.getLogger(__name__)

Transaction: TypeAlias = AsyncConnection
"""What the store's functions work on: one transaction, handed out by `Store.reading` or `Store.writing`."""

Announce: TypeAlias = Callable[[Transaction, Sequence[Job]], Awaitable[None]]
"""Hands on what a transaction makes due, in that transaction."""


MOST_IDLE_SECONDS = 20.0
"""For so long who holds a turn may say nothing: of a process that was stopped the connection stands."""

CHECK_AFTER_SECONDS = 30.0
"""When what a start had no time to check is checked: not while the bot comes up, since the disk reads all of it."""

_BETWEEN_TRIES = 1.0  # seconds
_MOST_IDLE_IN_MIGRATION = 60.0  # large tables are worked out in between
_PATIENCE = 5.0
_BACK_AFTER = 10.0  # seconds without a failure: one connection that is lost is followed by others


class Held:
    """A turn that is held, by a connection of its own."""

    def __init__(self, db: AsyncConnection) -> None:
        self._db = db

    async def is_held(self) -> bool:
        """Return whether it still is: the connection that holds it stands."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._db.exec_driver_sql("SELECT 1")
        except (DBAPIError, TimeoutError, OSError):
            return False
        return True


class Store:
    """An open database. Use as `async with await Store.open(url) as store`, or call `close`."""

    def __init__(self, engine: AsyncEngine, dialect: Dialect) -> None:
        self._engine = engine
        self._dialect = dialect
        # Writers of this process queue here, in order; those of other processes wait for SQLite's busy_timeout.
        self._turn = asyncio.Lock()
        self._checked: Checked | None = None
        self._checking: asyncio.Task[StoreError | None] | None = None
        self.announce: Announce | None = None
        """Called before a transaction that made something due is kept; none: whoever can do it looks for it."""
        self._troubles: dict[type[StoreError], Trouble] = {}  # none before it is open: that is told by an error
        self._way: Trouble | None = None  # to the server, as above

    @classmethod
    async def open(cls, url: str, *, is_alone: bool = False) -> Self:
        """Open the database at a SQLAlchemy url, with its tables brought up to date.

        `sqlite+aiosqlite:///path` or `postgresql+psycopg://user:password@host/name`. StoreError where there can be
        none; CorruptStoreError, which says what to do, where it is damaged, something else's, or newer than this
        program. A file of SQLite is checked first, for START_SECONDS at most, and a large one once more, all of it,
        while it is in use: what is damaged then is refused from there on. With `is_alone` nobody else may have it open,
        before or after: BackupError.
        """
        store = await cls.connect(url, is_alone=is_alone)
        try:
            await cls._bring_up_to_date(store)
        except BaseException:
            await store.close()
            raise
        return store

    @classmethod
    async def connect(
        cls,
        url: str,
        *,
        is_alone: bool = False,
        check_seconds: float = START_SECONDS,
        check_after: float = CHECK_AFTER_SECONDS,
    ) -> Self:
        """Open the database as `open` does, but leave its tables as they are: old, or none."""
        try:
            dialect = dialect_named(make_url(url).get_backend_name())
            engine = create_async_engine(url, hide_parameters=True, **dialect.engine_options)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise StoreError(f"no database address that this version knows: {error}") from error
        store = cls(engine, dialect)
        try:
            with store._translating(is_write=True):
                await dialect.prepare(engine)
            look = partial(hold_sound, engine.url, within=check_seconds, is_alone=is_alone)
            store._checked = await asyncio.to_thread(look)
        except BaseException:
            await store.close()
            raise
        if store._checked and not store._checked.is_whole:
            store._checking = asyncio.create_task(check_later(store._checked.path, check_after))
        return store

    async def _bring_up_to_date(self) -> None:
        async with self._transaction(is_write=True, is_upgrade=True) as db:
            await self._dialect.take_turn(db, Turn.MIGRATING, most_idle=_MOST_IDLE_IN_MIGRATION)
            await db.run_sync(upgrade)
        await self._engine.dispose()  # that connection did not watch over references
        self._troubles = {UnwritableStoreError: Trouble(), CorruptStoreError: Trouble()}
        self._way = Trouble(_BACK_AFTER)

    @property
    def url(self) -> str:
        """The address that it was opened at, password included: for those who open the same place."""
        return self._engine.url.render_as_string(hide_password=False)

    @property
    def is_shared(self) -> bool:
        """Whether several processes may work on the database at the same time."""
        return not self._dialect.takes_one_writer

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Hand out a connection that sees the database as it is at its first look, and goes on seeing that."""
        async with self._transaction(is_write=False) as db:
            yield db

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """Hand out the connection of one transaction: what is done with it is kept at the end, or none of it is.

        Do nothing slow inside: other writers wait. Where several write at once, what others have kept may show from one
        statement to the next: who looks before adding takes a row's lock or a turn first.
        """
        if self.is_shared:
            async with self._transaction(is_write=True) as db:
                yield db
        else:
            async with self._turn, self._transaction(is_write=True) as db:
                yield db

    @asynccontextmanager
    async def holding(self, turn: Turn, *, most_idle: float = MOST_IDLE_SECONDS) -> AsyncIterator["Held"]:
        """Wait until nobody else, in any process, holds this turn, and hold it inside.

        Whoever dies, or loses the connection, holds it no more: who goes on for long asks `is_held` now and then. Who
        was stopped and asks nothing for `most_idle` seconds loses it too.
        """
        with self._translating(is_write=True):
            async with self._engine.connect() as db:
                await db.execution_options(isolation_level="AUTOCOMMIT")
                dialect = self._dialect
                await dialect.limit_idle(db, most_idle)
                try:
                    while not await dialect.hold_turn(db, turn):  # noqa: ASYNC110 -- other processes'
                        await asyncio.sleep(_BETWEEN_TRIES)
                    yield Held(db)
                finally:
                    # Not back to the pool: whatever became of the connection, the turn ends with it.
                    await db.invalidate()

    @asynccontextmanager
    async def _transaction(self, *, is_write: bool, is_upgrade: bool = False) -> AsyncIterator[Transaction]:
        if self._checking and self._checking.done() and (damage := self._checking.result()):
            raise self._told(damage)
        with self._translating(is_write=is_write):
            async with self._engine.connect() as db:
                await db.execution_options(**self._dialect.options(is_write=is_write, is_upgrade=is_upgrade))
                take_due(db)  # what a transaction noted that was taken back
                async with db.begin():
                    yield db
                    if (due := take_due(db)) and self.announce:
                        await self.announce(db, due)
        if self._way and self._way.is_over(monotonic()):
            _log.warning("the database can be reached again")
        if is_write and any(trouble.is_over(monotonic()) for trouble in self._troubles.values()):
            _log.warning("the database is written to again")

    @contextmanager
    def _translating(self, *, is_write: bool) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeoutError) as error:
            if self._dialect.is_unreachable(error):
                raise self._told_unreachable(error) from error
            raise self._told(self._translated(error, is_write=is_write)) from error
        except Exception as error:
            # Where there is no connection the driver's own errors come, whatever their kind.
            if self._dialect.is_unreachable(error):
                raise self._told_unreachable(error) from error
            why = self._dialect.explain(error) or ""
            if not why:
                raise
            raise StoreError(f"the database cannot do this now: {why}") from error

    def _translated(self, error: DBAPIError | PoolTimeoutError, *, is_write: bool) -> StoreError:
        why = self._dialect.explain(error) or str(error.orig if isinstance(error, DBAPIError) else error)
        if isinstance(error, IntegrityError | DataError):  # first: what it says of a row may look like anything
            return RejectedStoreError(f"the database does not take this: {why}")
        found = translated(why, is_write=is_write, remedy=self._dialect.remedy)
        is_of_ours = type(found) is StoreError and isinstance(error, ProgrammingError | NotSupportedError)
        return RejectedStoreError(str(found)) if is_of_ours else found

    def _told_unreachable(self, cause: Exception) -> UnreachableStoreError:
        """Log once that there is no way to the server, whatever fails by it."""
        why = self._dialect.explain(cause) or "it gives no answer in time"
        error = UnreachableStoreError(f"the database cannot do this now: {why}")
        if self._way and self._way.is_new(monotonic()):
            _log.error("%s; what is due waits, and goes on by itself", error)
        return error

    def _told(self, error: StoreError) -> StoreError:
        """Log once what every write will fail by until somebody does something, so that nobody else need."""
        trouble = self._troubles.get(type(error))
        if trouble and trouble.is_new(monotonic()):
            _log.error("the database cannot be used: %s", error)
        return error

    async def close(self) -> None:
        """Close every connection; SQLite folds its write-ahead log into the file."""
        if self._checking:
            self._checking.cancel()
            await asyncio.wait([self._checking])
            self._checking = None
        await self._engine.dispose()
        if self._checked:
            self._checked.hold.release()
            self._checked = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


async def count_alone(db: Transaction) -> None:
    """Let nobody else count, and add to what is counted, until the end of the transaction."""
    await dialect_of(db).take_turn(db, Turn.COUNTING)


@asynccontextmanager
async def part_of(db: Transaction) -> AsyncIterator[None]:
    """Keep what is done inside with the rest of the transaction, or, where that raises, take back this much alone."""
    part = await db.begin_nested()
    try:
        yield
    except DBAPIError:
        # On a full disk SQLite gives up the whole transaction by itself: then there is nothing to go back to.
        with suppress(DBAPIError):
            await part.rollback()
        raise
    except BaseException:
        await part.rollback()
        raise
    await part.commit()

"""Opens the database, brings its tables up to date, and hands out transactions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self, TypeAlias

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from digest.errors import CorruptStoreError, StoreError
from digest.store.dialects import IS_UPGRADE, IS_WRITE, dialect_of
from digest.store.migrations import upgrade

Transaction: TypeAlias = AsyncConnection
"""What the store's functions work on: one transaction, handed out by `Store.reading` or `Store.writing`."""

_SIGNS_OF_DAMAGE = ("not a database", "malformed", "already exists")


class Store:
    """An open database. Use as `async with await Store.open(url) as store`, or call `close`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        # Writers of this process queue here, in order; those of other processes wait for SQLite's busy_timeout.
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, url: str) -> Self:
        """Open the database at a SQLAlchemy url (`sqlite+aiosqlite:///path`), with its tables brought up to date.

        StoreError where there can be none; CorruptStoreError, which says what to do, where it is damaged, something
        else's, or newer than this program.
        """
        try:
            engine = create_async_engine(url)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise StoreError(f"no database address that this version knows: {error}") from error
        store = cls(engine)
        try:
            await asyncio.to_thread(dialect_of(engine.sync_engine).prepare, engine.sync_engine)
            async with store._transaction(is_write=True, is_upgrade=True) as db:
                await db.run_sync(upgrade)
            await engine.dispose()  # that connection did not watch over references
        except BaseException:
            await store.close()
            raise
        return store

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Hand out a connection that sees the database as it is at its first look, and goes on seeing that."""
        async with self._transaction(is_write=False) as db:
            yield db

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """Hand out the connection of one transaction: what is done with it is kept at the end, or none of it is.

        Do nothing slow inside: other writers wait.
        """
        if not dialect_of(self._engine.sync_engine).takes_one_writer:
            async with self._transaction(is_write=True) as db:
                yield db
        else:
            async with self._turn, self._transaction(is_write=True) as db:
                yield db

    @asynccontextmanager
    async def _transaction(self, *, is_write: bool, is_upgrade: bool = False) -> AsyncIterator[Transaction]:
        try:
            async with self._engine.connect() as db:
                await db.execution_options(**{IS_WRITE: is_write, IS_UPGRADE: is_upgrade})
                async with db.begin():
                    yield db
        except DBAPIError as error:
            raise _translated(error) from error

    async def close(self) -> None:
        """Close every connection; SQLite folds its write-ahead log into the file."""
        await self._engine.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def _translated(error: DBAPIError) -> StoreError:
    why = str(error.orig)
    if any(sign in why for sign in _SIGNS_OF_DAMAGE):
        return CorruptStoreError(
            f"the database is damaged, or not On Record's ({why}): "
            "move the file away, and restore a backup or start anew"
        )
    return StoreError(f"the database cannot do this now: {why}")

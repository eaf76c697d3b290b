"""Stores on a disk that is full on command, and rows to write there."""

import resource
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import event, text

from digest.store.schema import sources
from tests.builders import NOW


async def write(store, number, *, size=10):
    """One transaction of two rows."""
    async with store.writing() as db:
        for half in "ab":
            row = {"url": f"https://gazette.example/{number}{half}", "name": "x" * size, "kind": "feed"}
            await db.execute(sources.insert(), row | {"next_refresh_at": NOW, "failures": 0})


async def written(store):
    """The numbers of the transactions that are kept, and that none is there by half."""
    async with store.reading() as db:
        urls = (await db.execute(text("SELECT url FROM sources"))).scalars().all()
    halves = {half: {int(url[24:-1]) for url in urls if url.endswith(half)} for half in "ab"}
    assert halves["a"] == halves["b"]
    return halves["a"]


@asynccontextmanager
async def full(store):
    """SQLite finds no page more for this store, and says so by itself: its own limit, as small as the file."""

    def limit(connection, _record):
        connection.execute("PRAGMA max_page_count = 1")  # no smaller than what is there

    await store._engine.dispose()
    event.listen(store._engine.sync_engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(store._engine.sync_engine, "connect", limit)
        await store._engine.dispose()


@contextmanager
def no_file_larger_than(size):
    """The kernel refuses what this process writes beyond that, in whatever file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

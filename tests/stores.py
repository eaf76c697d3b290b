"""Real stores for tests: SQLite files, migrated once."""

from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.store import Store

_migrated = {}


def url_of(path):
    return f"sqlite+aiosqlite:///{path}"


async def open_store(folder):
    """A store in this folder: new, or what is there."""
    path = Path(folder) / "onrecord.db"
    if not path.exists():
        path.write_bytes(await _migrated_file())
    return await Store.open(url_of(path))


@asynccontextmanager
async def new_store():
    """A store of its own, for each example of a property."""
    with TemporaryDirectory() as folder:
        async with await open_store(folder) as store:
            yield store


async def _migrated_file():
    if "bytes" not in _migrated:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "new.db"
            store = await Store.open(url_of(path))
            await store.close()
            _migrated["bytes"] = path.read_bytes()
    return _migrated["bytes"]

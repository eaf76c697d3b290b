"""Stores on every database that is supported: what is asked of one is asked of both."""

import pytest

from digest.store import Store
from tests.postgres import Server, find_programs
from tests.stores import SqliteFiles


@pytest.fixture(scope="session")
def postgres():
    server = Server(find_programs())
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request, tmp_path):
    """Where databases come from: `async with databases.database() as url`."""
    if request.param == "sqlite":
        return SqliteFiles(tmp_path)
    return request.getfixturevalue("postgres")


@pytest.fixture
async def url(databases):
    async with databases.database() as url:
        yield url


@pytest.fixture
async def empty_url(databases):
    async with databases.database(migrated=False) as url:
        yield url


@pytest.fixture
async def store(databases):
    async with databases.emptied() as url, await Store.open(url) as store:
        yield store

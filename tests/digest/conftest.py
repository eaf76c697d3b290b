"""Stores on every database that is supported: what is asked of one is asked of both."""

import pytest

from digest.store import Store


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

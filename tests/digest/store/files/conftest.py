"""What concerns the file: stores on SQLite alone."""

import pytest

from tests.stores import open_store


@pytest.fixture
async def store(tmp_path):
    async with await open_store(tmp_path) as store:
        yield store

"""A process that is killed loses nothing of what it was told is kept, and leaves nothing half done under a name."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from digest.store.backups import back_up_store
from tests.digest.store.rooms import write
from tests.stores import open_store, url_of

ROOT = Path(__file__).parents[4]
LARGE = 100_000
ROUNDS, SEED = 20, 8


@pytest.fixture
async def path(tmp_path):
    """A database with some rows, closed."""
    async with await open_store(tmp_path) as store:
        for number in range(3):
            await write(store, number, size=5 * LARGE)
    return tmp_path / "onrecord.db"


async def kill(what, path, *file):
    """What comes of killing those who do that, again and again."""
    command = [sys.executable, "-m", "tests.digest.store.killed", what, url_of(path), str(ROUNDS), str(SEED), *file]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    said, _ = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0
    return json.loads(said)


async def test_a_database_whose_writers_are_killed_20_times_holds_all_that_they_were_told_is_kept(tmp_path):
    store = await open_store(tmp_path)
    await store.close()
    result = await kill("writing", tmp_path / "onrecord.db")
    assert result["missing"] == []
    assert len(result["told"]) == ROUNDS
    assert sum(result["told"]) > ROUNDS
    with closing(sqlite3.connect(tmp_path / "onrecord.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_what_is_kept_is_on_the_disk_when_the_power_goes(store):
    async with store.writing() as db:
        assert (
            await db.execute(text("PRAGMA synchronous"))
        ).scalar_one() == 2  # FULL: the log is synced at each commit


async def test_a_backup_that_is_killed_leaves_under_its_name_a_whole_one_or_none(path, tmp_path):
    result = await kill("backups", path, str(tmp_path / "there.db"))
    assert set(result["left"]) <= {None, 6}
    assert result["partial"] > 0  # some were in the middle of it


async def test_a_restore_that_is_killed_leaves_a_whole_database_in_the_place(path, tmp_path):
    backup = tmp_path / "there.db"
    back_up_store(url_of(path), backup)
    async with await open_store(tmp_path) as store:
        await write(store, 3)
    result = await kill("restores", path, str(backup))
    assert set(result["left"]) <= {6, 8}
    assert result["partial"] > 0

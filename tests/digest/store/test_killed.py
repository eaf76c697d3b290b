"""A process that is killed loses nothing of what it was told is kept."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from tests.stores import open_store, url_of

ROOT = Path(__file__).parents[3]


async def test_a_database_whose_writers_are_killed_25_times_holds_all_that_they_were_told_is_kept(tmp_path):
    store = await open_store(tmp_path)
    await store.close()
    path = tmp_path / "onrecord.db"
    run = subprocess.run(  # noqa: ASYNC221 -- nothing else is going on here
        [sys.executable, "-m", "tests.digest.store.killed", url_of(path), "25", "8"],
        capture_output=True, encoding="utf-8", cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=120,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    result = json.loads(run.stdout)
    assert result["missing"] == []
    assert len(result["told"]) == 25
    assert sum(result["told"]) > 25
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_what_is_kept_is_on_the_disk_when_the_power_goes(store):
    async with store.writing() as db:
        assert (await db.execute(text("PRAGMA synchronous"))).scalar_one() == 2  # FULL: the log is synced at each commit

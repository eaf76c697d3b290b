"""`onrecord backup` and `restore`, and what a start says of a database that cannot be used: as a program."""

import ctypes
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest

from bot import cli
from tests.bot.test_cli import ROOT
from tests.digest.store.rooms import write, written
from tests.stores import open_store, url_of

RUNNING = """
import asyncio, sys
from digest.store import Store

async def run():
    async with await Store.open(sys.argv[1]):
        print("open", flush=True)
        await asyncio.Event().wait()

asyncio.run(run())
"""
TOKEN = "a.b.c"  # the database is looked at before Discord
_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 24, 1, 2


@pytest.fixture
async def path(tmp_path, monkeypatch):
    """A closed database with two rows, in a folder without a .env."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    folder.mkdir()
    async with await open_store(folder) as store:
        await write(store, 1)
    return folder / "onrecord.db"


def without_privilege():
    """Root obeys the modes of files too; for others this changes nothing."""
    for privilege in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, privilege, 0, 0, 0)


def onrecord(*arguments, url, **settings):
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments], capture_output=True, encoding="utf-8", timeout=200, check=False,
        env=os.environ | {"DISCORD_TOKEN": "", "PYTHONPATH": str(ROOT), "DATABASE_URL": url} | settings,
        preexec_fn=without_privilege,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def main(tmp_path, monkeypatch, capsys):
    """The program in this process."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, url, **settings):
        for name, value in {"DATABASE_URL": url, "DISCORD_TOKEN": "", **settings}.items():
            monkeypatch.setenv(name, value)
        status = cli.main(arguments)
        return status, *capsys.readouterr()

    return run


@contextmanager
def running(path):
    """A process that has the database open; it dies without a chance to tidy up."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUNNING, url_of(path)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    try:
        assert process.stdout.readline() == b"open\n"
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()


async def numbers_in(folder):
    async with await open_store(folder) as store:
        return await written(store)


async def test_a_backup_is_made_while_the_bot_runs_and_restored_when_it_does_not(path, tmp_path):
    url = url_of(path)
    with running(path):
        status, said, complaint = onrecord("backup", "monday_*.db", url=url)
        assert (status, complaint) == (0, "")
        assert re.match(r"The database is in monday_\*\.db, 0\.\d MB", said)
        status, said, complaint = onrecord("restore", "monday_*.db", url=url)
        assert (status, said) == (1, "")
        assert complaint == f"The database at {path} is in use. First stop the bot, and whatever else has it open.\n"
    async with await open_store(path.parent) as store:
        await write(store, 2)
    status, said, complaint = onrecord("restore", "monday_*.db", url=url)
    assert (status, complaint) == (0, "")
    kept = said.split("kept as ")[1].strip().removesuffix(".")
    assert await numbers_in(path.parent) == {1}
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM sources").fetchone() == (4,)
    assert {one.name for one in tmp_path.iterdir()} == {"data", "monday_*.db"}


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_for_postgresql_the_commands_of_its_own_tools_are_told_without_the_password(main, command):
    status, said, complaint = main(command, "b.db", url="postgresql+psycopg://bot:secret@news.example/on record")
    assert (status, said) == (1, "")
    assert "pg_dump --format=custom --file=onrecord.dump 'postgresql://bot@news.example/on record'" in complaint
    assert "pg_restore --clean" in complaint
    assert "secret" not in complaint


def spoil(path):
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 100_000)


def age(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def close_file(path):
    path.chmod(0o400)


def close_folder(path):
    path.parent.chmod(0o500)


def check_advice(result, says, advises):
    status, said, complaint = result
    assert (status, said) == (1, "")
    assert complaint.startswith("The database at DATABASE_URL cannot be used: ")
    assert says in complaint
    assert advises in complaint
    assert complaint.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "says", "advises"),
    [
        (spoil, "the database is damaged", "onrecord restore FILE"),
        (age, "of a newer version of On Record (revision 9999)", "install that version again"),
    ],
    ids=["damaged", "newer"],
)
def test_a_start_with_a_database_that_cannot_be_used_ends_with_one_sentence_of_advice(
    path, main, *, change, says, advises
):
    change(path)
    check_advice(main("run", url=url_of(path), DISCORD_TOKEN=TOKEN), says, advises)


@pytest.mark.parametrize("change", [close_file, close_folder], ids=["file", "folder"])
def test_a_start_with_a_database_that_may_not_be_written_to_ends_with_a_sentence(path, *, change):
    change(path)
    result = onrecord("run", url=url_of(path), DISCORD_TOKEN=TOKEN)
    path.parent.chmod(0o700)
    check_advice(result, "read-only", "let the bot's user write to the file and its folder")


def test_a_backup_to_a_folder_that_may_not_be_entered_is_answered_with_a_sentence(path, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    status, said, complaint = onrecord("backup", str(closed / "b.db"), url=url_of(path))
    assert (status, said) == (1, "")
    assert complaint.startswith(f"Nothing can be written at {closed}/b.db.")


def test_a_backup_that_is_interrupted_leaves_nothing(path, tmp_path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE sources SET name = printf('%.*c', 40000000, 'x')")
        connection.commit()
    command = [sys.executable, "-m", "bot", "backup", "b.db"]
    settings = {"PYTHONPATH": str(ROOT), "DATABASE_URL": url_of(path)}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ | settings)
    while not [*tmp_path.glob(".b.db.*.partial")]:
        assert process.poll() is None
    process.terminate()
    _, complaint = process.communicate(timeout=200)
    assert (process.returncode, complaint) == (130, b"Stopped.\n")
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def test_a_file_is_required(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["backup"])
    assert stopped.value.code == 2
    assert "FILE" in capsys.readouterr().err

"""`onrecord migrate`, as somebody who moves house runs it."""

import pytest

from bot.cli import main, parser
from bot.cli_migrate import run_migrate_command
from digest.store import Store
from tests.digest.store.shelves import follow
from tests.stores import open_store, url_of


@pytest.fixture
async def source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with await open_store(tmp_path) as store:
        await follow(store)
    monkeypatch.setenv("DATABASE_URL", url_of(tmp_path / "onrecord.db"))
    return tmp_path / "onrecord.db"


async def test_it_says_what_was_moved_and_what_to_do_next(source, postgres, capsys):
    async with postgres.emptied() as url:
        assert await run_migrate_command(parser().parse_args(["migrate", "--to", url])) == 0
        said = capsys.readouterr()
        assert "2 rows of" in said.out
        assert "set DATABASE_URL to the new address" in said.out
        assert f"{source} holds what it held" in said.out
        assert "copying sources: 1\n" in said.err
        assert "comparing sources: 1\n" in said.err
        async with await Store.open(url) as store, store.reading() as db:
            assert (await db.exec_driver_sql("SELECT count(*) FROM sources")).scalar() == 1


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("sqlite+aiosqlite:///other.db", "Name a PostgreSQL to move to"),
        ("nonsense", "That is no address of a database"),
        ("postgresql+psycopg://bot:hunter2@host:port/news", "That is no address of a database"),
        ("postgresql+psycopg://bot@127.0.0.1:1/news?password=hunter2", "no connection to the server"),
        ("postgresql+psycopg://bot:hunter2@127.0.0.1:1/news", "no connection to the server"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_without_a_password(source, to, said, capsys):  # noqa: ARG001 -- it is there
    assert main(["migrate", "--to", to]) == 1
    complaint = capsys.readouterr().err
    assert said in complaint
    assert "hunter2" not in complaint
    assert "Traceback" not in complaint

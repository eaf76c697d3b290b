"""`onrecord source`: over real servers on loopback and a real database, and as a program with settings of its own."""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot import cli
from bot.cli_sources import act
from bot.errors import InputError
from bot.texts import sources as words
from digest import Service
from digest.errors import AlreadyExistsError, InvalidFeedError
from digest.sources.opml import Outline, parse_opml, render_opml
from tests.bot.test_cli import ROOT, onrecord
from tests.digest.sources.servers import fetcher, html, serve
from tests.stores import open_store, url_of

RSS = """<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>"""
ITEM = "<item><title>Story {n}</title><link>https://gazette.example/{n}</link><guid>{n}</guid></item>"
SECRET = "s3cret"
HERE = 7


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Somewhere without a .env."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def think(function, *args, timeout=None):  # noqa: ARG001, ASYNC109 -- the pool's signature
    return function(*args)


def feed(title, entries=5):
    text = RSS.format(title=title, items="".join(ITEM.format(n=n) for n in range(entries)))
    return lambda _: web.Response(text=text, content_type="application/rss+xml")


def page_of_feeds(_):
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{name}.xml">' for name in ("news", "sport")
    )
    return html(f"<html><head>{links}</head><body><p>Welcome</p></body></html>")


ANSWERS = {
    "/": page_of_feeds,
    "/news.xml": feed("News *of* the day&#x202e;[31m"),
    "/sport.xml": feed("Sport"),
    f"/{SECRET}.xml": feed(""),
    "/plain": lambda _: html("<p>Nothing</p>"),
}


class Answers(dict):
    def __missing__(self, path):
        return lambda _: web.Response(status=404)


class Desk:
    """The command line over a service: what it is told, what it prints; every question gets `reply`."""

    def __init__(self, service, url, capsys):
        self.service, self.url, self.capsys = service, url, capsys

    async def __call__(self, *arguments, reply=None):
        def ask(question):
            print(question)  # noqa: T201 -- as input() does
            if reply is None:
                raise EOFError
            return reply

        options = cli.parser().parse_args(["source", *arguments])
        assert await act(self.service, options, ask) == 0
        return self.capsys.readouterr().out

    async def followed(self, guild_id=0):
        return [one.source.url.removeprefix(self.url) for one in await self.service.list_sources(guild_id)]


@pytest.fixture
async def desk(tmp_path, capsys):
    async with (
        serve(Answers(ANSWERS)) as (url, _),
        fetcher() as fetching,
        await open_store(tmp_path) as store,
    ):
        yield Desk(Service(store, fetching, think), url, capsys)


@pytest.mark.parametrize(
    ("reply", "followed"),
    [("y", True), (" YES ", True), ("1", True), ("n", False), ("", False), ("2", False), ("²", False), (None, False)],
)
async def test_one_feed_is_shown_with_three_entries_and_followed_on_yes(desk, *, reply, followed):
    said = await desk("add", f"{desk.url}/sport.xml", reply=reply)
    assert "Sport · feed · lists 5 entries" in said
    assert said.count("• Story") == 3
    assert words.CLI_ASK_ONE in said
    assert said.splitlines()[-1].startswith("Following Sport now." if followed else words.OFFER_LEFT)
    assert await desk.followed() == ["/sport.xml"] * followed


@pytest.mark.parametrize(
    ("reply", "followed"),
    [("1", ["/news.xml"]), ("2", ["/sport.xml"]), ("3", []), ("0", []), ("y", []), ("", []), ("9" * 5000, [])],
)
async def test_of_several_feeds_the_number_says_which(desk, *, reply, followed):
    said = await desk("add", desk.url, reply=reply)
    assert "[1-2, nothing for none]" in said
    assert await desk.followed() == followed


async def test_with_yes_the_first_is_followed_without_a_question(desk):
    said = await desk("add", desk.url, "--yes")
    assert "Follow which" not in said
    assert "Following News *of* the day[31m now." in said
    assert "`onrecord source health`" not in said
    assert "onrecord source health" in said
    assert await desk.followed() == ["/news.xml"]


async def test_what_is_followed_is_listed_found_healthy_and_removed(desk):
    await desk("add", f"{desk.url}/sport.xml", "--yes")
    assert "Sport · 127.0.0.1" in await desk("list")
    assert "Nothing is wrong: 1 source followed." in await desk("health")
    assert "Sport is not followed any more" in await desk("remove", "sport")
    assert await desk.followed() == []
    with pytest.raises(InputError):
        await desk("remove", "sport")


async def test_without_sources_the_shells_command_is_named(desk):
    said = [await desk(command) for command in ("list", "health")]
    assert all("Add one with onrecord source add:" in one for one in said)


async def test_no_more_of_an_address_than_its_host_is_printed(desk):
    address = f"{desk.url}/{SECRET}.xml?key={SECRET}"
    said = [
        await desk("add", address, "--yes"),
        await desk("list"),
        await desk("health"),
        await desk("remove", "127.0.0.1"),
    ]
    assert "127.0.0.1" in "".join(said)
    assert SECRET not in "".join(said)
    with pytest.raises(InvalidFeedError) as caught:
        await desk("add", f"{desk.url}/plain?key={SECRET}#{SECRET}", "--yes")
    assert SECRET not in f"{caught.value} {caught.value!r}"


async def test_the_server_is_the_only_one_or_the_one_that_is_named(desk):
    await desk("add", f"{desk.url}/news.xml", "--yes", "--server", str(HERE))
    await desk("add", f"{desk.url}/sport.xml", "--yes")
    assert await desk.followed(HERE) == ["/news.xml", "/sport.xml"]
    await desk("add", f"{desk.url}/sport.xml", "--yes", "--server", "8")
    with pytest.raises(InputError) as caught:
        await desk("list")
    assert str(caught.value).endswith("--server: 7, 8.")
    assert "News" not in await desk("list", "--server", "8")


async def test_what_is_followed_already_is_an_error(desk):
    await desk("add", f"{desk.url}/sport.xml", "--yes")
    with pytest.raises(AlreadyExistsError):
        await desk("add", f"{desk.url}/sport.xml", "--yes")


async def test_a_list_is_imported_and_what_an_export_wrote_is_read_back(desk, tmp_path):
    path = tmp_path / "feeds.opml"
    feeds = [Outline(f"{desk.url}/{name}.xml", title) for name, title in (("news", "N"), ("sport", ""), (SECRET, ""))]
    missing = Outline(f"{desk.url}/gone?key={SECRET}", f"{desk.url}/gone?key={SECRET}&title=1")
    path.write_bytes(render_opml([*feeds, missing], title="mine"))
    said = await desk("import", str(path))
    assert said.splitlines() == [
        "Following 3 sources from the list.",
        "1 could not be added:",
        "• 127.0.0.1: is not there (HTTP 404)",
    ]
    written = tmp_path / "out.opml"
    assert "3 sources" in await desk("export", "--output", str(written))
    assert {one.url for one in parse_opml(written.read_bytes())} == {one.url for one in feeds}
    assert (await desk("export")).encode() == written.read_bytes()
    assert "3 were followed already." in await desk("import", str(written))


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "no file that can be read"), (b"no list", "no list of feeds"), (b" " * 2_000_001, "larger than 2 MB")],
    ids=["missing", "none", "large"],
)
async def test_a_file_that_is_no_list_is_refused(desk, tmp_path, *, content, said):
    path = tmp_path / "feeds.opml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        await desk("import", str(path))
    assert said in str(caught.value)


async def test_an_export_that_cannot_be_written_is_an_error(desk, tmp_path):
    with pytest.raises(InputError) as caught:
        await desk("export", "--output", str(tmp_path / "none" / "out.opml"))
    assert "No file can be written at" in str(caught.value)


# --- as a program ---


def source(folder, *arguments, **settings):
    url = url_of(folder / "onrecord.db")
    return onrecord("source", *arguments, **({"DATABASE_URL": url, "LOG_LEVEL": "WARNING"} | settings))


def test_the_program_lists_exports_and_refuses_with_a_sentence_and_status_1(folder):
    listed = source(folder, "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "onrecord source add" in listed.stdout
    exported = source(folder, "export")
    assert (exported.returncode, parse_opml(exported.stdout.encode())) == (0, ())
    removed = source(folder, "remove", "quay.example")
    assert (removed.returncode, removed.stdout) == (1, "")
    assert removed.stderr == (
        "This server does not follow “quay.example”. onrecord source list shows what it follows, "
        "onrecord source add adds to it.\n"
    )


def test_an_address_of_a_private_network_is_not_fetched_and_not_printed(folder):
    added = source(folder, "add", f"http://127.0.0.1/feed?key={SECRET}", "--yes", LOG_LEVEL="DEBUG")
    assert added.returncode == 1
    assert "not fetched" in added.stderr
    assert SECRET not in added.stdout + added.stderr


def test_an_action_is_required(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["source"])
    assert stopped.value.code == 2
    assert "action" in capsys.readouterr().err


PROMPT = """
import asyncio
from bot import cli_sources
from bot.cli import parser
from digest import Service
from tests.bot.test_cli_sources import think
from tests.digest.sources.servers import fetcher
from tests.stores import open_store

async def run():
    async with fetcher() as fetching, await open_store({folder!r}) as store:
        await cli_sources.act(Service(store, fetching, think), parser().parse_args(["source", "add", {url!r}]))

try:
    asyncio.run(run())
except KeyboardInterrupt:
    print("stopped")
"""


@asynccontextmanager
async def at_the_prompt(folder, url):
    """A process that shows what it found and asks."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROMPT.format(folder=str(folder), url=url),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )  # fmt: skip
    try:
        shown = b""
        async with asyncio.timeout(60):
            while words.CLI_ASK_ONE.encode() not in shown:
                read = await process.stdout.read(4096)
                assert read, shown
                shown += read
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_an_answer_is_read_from_a_pipe(desk, folder):
    async with at_the_prompt(folder, f"{desk.url}/sport.xml") as process:
        said, _ = await process.communicate(b"y\n")
    assert said.decode().startswith("Following Sport now.")


async def test_one_interruption_ends_the_question(desk, folder):
    async with at_the_prompt(folder, f"{desk.url}/sport.xml") as process:
        await asyncio.sleep(2)  # between showing the question and waiting for an answer, Python hears no signal
        process.send_signal(signal.SIGINT)
        said = await asyncio.wait_for(process.stdout.read(), 60)
    assert said.decode().strip() == "stopped"

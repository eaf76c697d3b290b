"""The scaled set-up as real processes: PostgreSQL, a Discord and a web of news on loopback, and the roles beside them."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import web

from digest.store import Store
from tests.postgres import Server, find_programs
from tests.wire.server import WireDiscord

# What an operator starts is `onrecord run ...`; only where Discord is and which ports are dialled is another matter.
_START = """
import sys, discord.http
discord.http.Route.BASE = sys.argv[1]
from digest.sources import web
web.WebFetcher.__init__.__kwdefaults__["ports"] = range(1, 65536)
from bot.cli import main
sys.exit(main(sys.argv[2:]))
"""
_PROJECT = Path(__file__).parents[1]

_PLACES = ("harbour", "market", "station", "library", "theatre", "hospital", "museum", "school", "ferry", "bridge")
_THINGS = (
    "ten trams",
    "a new pier",
    "free water",
    "two lifts",
    "a night bus",
    "solar roofs",
    "a public bath",
    "oak trees",
)


def machine_time() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)  # noqa: TID251 -- the world outside has a clock of its own


@dataclass(slots=True)
class News:
    """Outlets that bring an article now and then, each with an address of loopback of its own, so that none waits."""

    outlets: int
    every: float
    port: int = 0
    listed: dict[int, list[tuple[str, datetime]]] = field(default_factory=dict)
    """Of each outlet the addresses of its articles, and when each came."""
    is_silent: bool = False
    asked: list[tuple[str, float]] = field(default_factory=list)

    def feed_url(self, outlet: int) -> str:
        """Return where the outlet's feed is."""
        return f"http://127.0.1.{outlet + 1}:{self.port}/feed"

    async def bring(self) -> None:
        """Let each outlet bring an article, again and again, until it is cancelled or silent."""
        while True:
            for outlet in range(self.outlets):
                if not self.is_silent:
                    listed = self.listed.setdefault(outlet, [])
                    listed.append((f"http://127.0.1.{outlet + 1}:{self.port}/{len(listed)}", machine_time()))
                await asyncio.sleep(self.every / self.outlets)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer as a web server does."""
        host, path = request.host.partition(":")[0], request.path.strip("/")
        self.asked.append((host, asyncio.get_running_loop().time()))
        outlet = int(host.rpartition(".")[2]) - 1
        if path == "feed":
            return web.Response(text=self._feed(outlet), content_type="application/rss+xml")
        if path.isdigit() and int(path) < len(self.listed.get(outlet, ())):
            return web.Response(text=_page(outlet, int(path)), content_type="text/html")
        return web.Response(status=404)

    def _feed(self, outlet: int) -> str:
        items = "".join(
            f"<item><title>{_title(outlet, number)}</title><link>{url}</link><guid>{url}</guid>"
            f"<pubDate>{format_datetime(at)}</pubDate></item>"
            for number, (url, at) in list(enumerate(self.listed.get(outlet, ())))[::-1][:50]
        )
        return f'<rss version="2.0"><channel><title>Outlet {outlet}</title>{items}</channel></rss>'


def _title(outlet: int, number: int) -> str:
    place, thing = _PLACES[(outlet + number) % len(_PLACES)], _THINGS[(outlet * 3 + number) % len(_THINGS)]
    return f"Ward {outlet * 1000 + number} of the {place} is promised {thing}"


def _page(outlet: int, number: int) -> str:
    place, thing = _PLACES[(outlet + number) % len(_PLACES)], _THINGS[(outlet * 3 + number) % len(_THINGS)]
    ward = outlet * 1000 + number
    sentences = (
        f"The council promised ward {ward} {thing} by June 2027.",
        f"“We will build {thing} at the {place} of ward {ward},” said Ada Quill{ward}, mayor of ward {ward}.",
        f"The plan for the {place} in ward {ward} was read out on Monday before a full hall of neighbours.",
        f"Number {ward} on the list of wishes had waited for eleven years and four mayors.",
        f"Nobody in the {place} of ward {ward} spoke against it, and the vote took less than a minute.",
    )
    body = "".join(f"<p>{sentence} {_filler(ward, place)}</p>" for sentence in sentences)
    return f"<html><head><title>{_title(outlet, number)}</title></head><body><article><h1>{_title(outlet, number)}</h1>{body}</article></body></html>"


def _filler(ward: int, place: str) -> str:
    return (
        f"Papers of ward {ward} on the {place} lie open in room {ward % 97} of the town hall until the end of the week."
    )


@dataclass(slots=True)
class Process:
    """A role that runs: what it was started with, and where its log is."""

    name: str
    arguments: Sequence[str]
    log: Path
    running: asyncio.subprocess.Process | None = None

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal, if it runs."""
        if self.running and self.running.returncode is None:
            self.running.send_signal(number)


class ScaledSet:
    """What runs, and how to start and end parts of it."""

    def __init__(self, folder: Path, server: Server, url: str, wire: WireDiscord, news: News) -> None:
        self.folder = folder
        self.server = server
        self.url = url
        self.wire = wire
        self.news = news
        self.processes: dict[str, Process] = {}

    async def start(self, name: str, *arguments: str, **settings: str) -> Process:
        """Start a role under a name; its log goes on in the same file."""
        process = self.processes.setdefault(name, Process(name, arguments, self.folder / f"{name}.log"))
        with process.log.open("ab") as log:
            process.running = await asyncio.create_subprocess_exec(
                *(
                    sys.executable,
                    "-c",
                    _START,
                    f"http://127.0.0.1:{self.wire._port}/api/v10",
                    "run",
                    *process.arguments,
                ),
                cwd=self.folder,
                env=self._environment(settings),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return process

    async def stop(self, seconds: float = 30.0) -> dict[str, int | None]:
        """Ask all to stop and return their exit statuses; what does not stop in time is killed, and has None."""
        statuses: dict[str, int | None] = {}
        for process in self.processes.values():
            process.kill(signal.SIGTERM)
        for name, process in self.processes.items():
            if process.running is None:
                continue
            try:
                async with asyncio.timeout(seconds):
                    statuses[name] = await process.running.wait()
            except TimeoutError:
                process.kill()
                await process.running.wait()
                statuses[name] = None
        return statuses

    def _environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(_PROJECT),
            "DATABASE_URL": self.url,
            "DISCORD_TOKEN": self.wire.world.token,
            "ALLOW_PRIVATE_NETWORKS": "true",
            "LOG_FORMAT": "json",
            "STATUS_ADDRESS": "",
            **settings,
        }


@asynccontextmanager
async def scaled_set(*, outlets: int = 12, every: float = 20.0) -> AsyncIterator[ScaledSet]:
    """Open all that the roles need; each outlet brings an article every so many seconds. No role runs yet."""
    news = News(outlets, every)
    server = Server(find_programs())
    try:
        with TemporaryDirectory(prefix="onrecord-set-") as folder:
            async with WireDiscord().serve() as wire, server.database(migrated=False) as url, _listening(news):
                bringing = asyncio.create_task(news.bring())
                made = ScaledSet(Path(folder), server, url, wire, news)
                try:
                    yield made
                finally:
                    bringing.cancel()
                    for process in made.processes.values():
                        process.kill()
                        if process.running:
                            await process.running.wait()
    finally:
        server.stop()


@asynccontextmanager
async def _listening(news: News) -> AsyncIterator[None]:
    runner = web.ServerRunner(web.Server(news.answer))  # type: ignore[arg-type] # a Request is a BaseRequest
    await runner.setup()
    first = web.TCPSite(runner, "127.0.1.1", 0)
    await first.start()
    news.port = runner.addresses[0][1]
    for outlet in range(1, news.outlets):
        await web.TCPSite(runner, f"127.0.1.{outlet + 1}", news.port).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def hurry(store: Store, every: timedelta) -> None:
    """Let no source wait longer than `every` to be asked again: in minutes no feed would be asked twice."""
    soon = machine_time() + every
    async with store.writing() as db:
        await db.exec_driver_sql(
            "UPDATE sources SET next_refresh_at = %(soon)s WHERE next_refresh_at > %(soon)s", {"soon": soon}
        )


def read_log(process: Process) -> list[dict[str, Any]]:
    """Return the lines of its log, the parts of JSON; what is no JSON is there as {"event": line}."""
    import json  # noqa: PLC0415 -- here only

    lines = []
    for line in process.log.read_text(errors="replace").splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            lines.append({"event": line, "level": "?"})
    return lines

"""The scaled set on loopback: PostgreSQL, a Discord, outlets, and gateway, clocks and workers as real processes."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time as wall_time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import update

from bench._news_server import NewsServer, Outlet
from bench._proxy import Proxy
from digest import Service, Store, Subscription, WebFetcher, next_run_at
from digest.model import Follow, FollowKind
from digest.service.composing import MOST_BRIEFS
from digest.store import subscriptions
from digest.store.schema import sources
from tests.postgres import Server, find_programs
from tests.wire.server import WireDiscord

ROLES = {
    "gateway": ("gateway",),
    "clock-1": ("clock",),
    "clock-2": ("clock",),
    "worker-1": ("worker",),
    "worker-2": ("worker",),
}
FOLLOWED = "letters about it"
"""A phrase of every article."""

_PROJECT = Path(__file__).parents[1]
_GUILDS = 2
_CHANNELS = 3  # a guild
_SOURCES = 3  # a channel
_MOST_STORIES = MOST_BRIEFS
"""None is left out, however many slots were missed: each article must be seen in its channels."""
_USER = 7
_A_MINUTE = timedelta(minutes=1)
# A server that crashes must have kept what it said that it did.
_POSTGRES = ("max_connections=200", "synchronous_commit=on", "autovacuum=on")


def now() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)  # noqa: TID251 -- the world's own clock


@dataclass
class Role:
    """A process, started again and again; all that its lives log goes to one file."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    folder: Path
    process: asyncio.subprocess.Process | None = None
    began_at: float = 0.0
    past: list[int] = field(default_factory=list)
    """The processes that are gone: each was the first of a session."""
    statuses: list[int] = field(default_factory=list)
    """With which status each life ended that was not killed."""

    @property
    def log(self) -> Path:
        """Where it logs."""
        return self.folder / f"{self.name}.log"

    @property
    def age(self) -> float:
        """Seconds since its start; 0 where it does not run."""
        return asyncio.get_running_loop().time() - self.began_at if self.is_alive else 0.0

    @property
    def is_alive(self) -> bool:
        """Return whether it runs."""
        return self.process is not None and self.process.returncode is None

    async def start(self) -> None:
        """Begin another life."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.command,
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.began_at = asyncio.get_running_loop().time()

    async def kill(self) -> None:
        """End it at once, as by kill -9: only itself, not what it started."""
        if self.process is None or self.process.returncode is not None:
            return
        self.process.kill()
        await self.process.wait()
        self.past.append(self.process.pid)

    def send(self, sign: signal.Signals) -> None:
        """Send it a signal."""
        if self.process is not None:
            self.process.send_signal(sign)

    async def stop(self, seconds: float = 30.0) -> float:
        """End it in order; return how many seconds it took."""
        if self.process is None or self.process.returncode is not None:
            return 0.0
        clock = asyncio.get_running_loop().time
        began_at = clock()
        self.process.terminate()
        try:
            async with asyncio.timeout(seconds):
                self.statuses.append(await self.process.wait())
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
            self.statuses.append(-signal.SIGKILL)
        self.past.append(self.process.pid)
        return clock() - began_at

    def count_orphans(self) -> int:
        """Return how many processes that it started outlived it."""
        return sum(session in self.past for session in _sessions())


def _sessions() -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if state != "Z":
            yield int(session)


@dataclass
class ScaledSet:
    """All of it. Processes reach the database through `proxy`; the bench itself goes to it directly."""

    postgres: Any
    url: str
    proxy: Proxy
    wire: Any
    news: NewsServer
    roles: dict[str, Role]
    began_at: datetime
    slot_every: timedelta = _A_MINUTE
    """Between the slots of a channel; others have theirs in the minutes between."""
    channels: list[Any] = field(default_factory=list)
    alert_channels: list[Any] = field(default_factory=list)

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """Open the database."""
        async with await Store.open(self.url) as store:
            yield store

    async def start(self, *names: str) -> None:
        """Start these roles, or all."""
        for name in names or self.roles:
            await self.roles[name].start()

    async def print_on(self, seconds: float) -> None:
        """Let each outlet in turn bring an article, one in so many seconds, for ever."""
        while True:
            for outlet in self.news.outlets:
                outlet.print_one()
                await asyncio.sleep(seconds)

    def read_logs(self) -> str:
        """Return what all have logged."""
        return "".join(role.log.read_text(errors="replace") for role in self.roles.values() if role.log.exists())


@asynccontextmanager
async def open_set(
    folder: Path | None = None, *, outlets: int = 6, slot_every: timedelta = _A_MINUTE
) -> AsyncIterator[ScaledSet]:
    """Set it all up, with subscriptions and follows; no role is started. All is gone at the end but the logs."""
    with _postgres() as postgres, TemporaryDirectory(prefix="onrecord-set-") as temporary:
        folder = folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        async with postgres.connection() as owner:
            await owner.execute("CREATE ROLE trusted SUPERUSER LOGIN")
            await owner.execute("CREATE DATABASE news ENCODING 'UTF8' TEMPLATE template0")
        async with (
            WireDiscord().serve() as wire,
            NewsServer().serve(outlets) as news,
            Proxy(postgres.port).serve() as proxy,
        ):
            url = f"postgresql+psycopg://trusted@127.0.0.1:{proxy.port}/news"
            roles = {name: _role(name, arguments, url, wire, folder) for name, arguments in ROLES.items()}
            whole = ScaledSet(postgres, postgres.url_of("news"), proxy, wire, news, roles, now(), slot_every)
            await _settle(whole)
            try:
                yield whole
            finally:
                for role in roles.values():
                    await role.kill()


@contextmanager
def _postgres() -> Iterator[Any]:
    server = Server(find_programs(), *_POSTGRES)
    try:
        yield server
    finally:
        server.stop()


def _role(name: str, arguments: tuple[str, ...], url: str, wire: Any, folder: Path) -> Role:
    environment = {
        **os.environ,
        "PYTHONPATH": str(_PROJECT),
        "DATABASE_URL": url,
        "DISCORD_TOKEN": wire.world.token,
        "ALLOW_PRIVATE_NETWORKS": "true",
        "STATUS_ADDRESS": "off",
    }
    return Role(name, (sys.executable, "-m", "bench._role", *wire.addresses, *arguments), environment, folder)


async def _settle(whole: ScaledSet) -> None:
    for outlet in whole.news.outlets:
        outlet.print_one()
    async with (
        whole.store() as store,
        WebFetcher(allow_private=True, ports=range(65536), spacing=0.0) as fetcher,
    ):
        service = Service(store, fetcher, _think)
        for number in range(_GUILDS):
            await _settle_guild(whole, service, store, number)
        async with store.writing() as db:
            await db.execute(update(sources).values(next_refresh_at=now()))


async def _settle_guild(whole: ScaledSet, service: Service, store: Store, number: int) -> None:
    world = whole.wire.world
    guild = world.add_guild(f"Harbour {number}")
    ids_of = [(await service.add_source(guild.id, one.feed_url, now=now())).id for one in whole.news.outlets]
    since = whole.began_at - timedelta(minutes=1)
    for place in range(_CHANNELS):
        channel = world.add_channel(guild, f"news-{place}")
        ids = tuple(ids_of[(place + one) % len(ids_of)] for one in range(_SOURCES))
        times = _times(place, whole.slot_every // _A_MINUTE)
        ordered = Subscription(guild.id, channel.id, times, "UTC", source_ids=ids, max_stories=_MOST_STORIES)
        async with store.writing() as db:  # more often a day than a guild may have it
            await subscriptions.add_subscription(
                db, ordered, created_at=now(), since=since, next_run_at=next_run_at(ordered, now())
            )
        whole.channels.append(channel)
    told = world.add_channel(guild, "alerts")
    await service.add_follow(
        Follow(guild.id, _USER, FollowKind.PHRASE, FOLLOWED, told.id, "UTC", is_direct=False), now=since
    )
    whole.alert_channels.append(told)


def _times(place: int, minutes: int) -> tuple[wall_time, ...]:
    return tuple(wall_time(*divmod(minute, 60)) for minute in range(place % minutes, 24 * 60, minutes))


async def _think(function: Callable[..., Any], *args: Any, timeout: float | None = None) -> Any:  # noqa: ARG001, ASYNC109
    return await asyncio.to_thread(function, *args)


def subscribed(whole: ScaledSet, place: int) -> list[Outlet]:
    """Return the outlets that a channel's subscription reads."""
    outlets = whole.news.outlets
    return [outlets[(place % _CHANNELS + one) % len(outlets)] for one in range(_SOURCES)]


@asynccontextmanager
async def printing(whole: ScaledSet, *, every: float) -> AsyncIterator[None]:
    """Let the outlets print an article every so many seconds, until the end."""
    task = asyncio.create_task(whole.print_on(every))
    try:
        yield
    finally:
        task.cancel()

"""Watching over a process: its metrics, whether it is well and ready, and the server that says so."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from math import nan

import structlog

from bot.clock import Now, read_clock
from bot.glances import Glance
from bot.metrics import CONTENT_TYPE, Metrics
from bot.settings import Settings, split_address
from bot.status import serve_status
from bot.texts import probes
from digest import Fetcher, Service, kind_of
from digest.errors import FetchError, NoArticleError, StoreError, UnwritableStoreError
from digest.model import Health, Page, QueueHealth, Validators

_log = structlog.stdlib.get_logger(__name__)

WRITES_EVERY, LOOKS_EVERY = 5.0, 15.0
WITHIN = 5.0
"""Seconds: a probe waits no longer for the database."""

_LAG_EVERY = 0.5
_A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class _Sight:
    writing: Glance[None]
    looking: Glance[Health]
    queues: Glance[Sequence[QueueHealth]]


class Watching:
    """What is known of a process with this role. Before a service is looked at it is well, and not ready."""

    def __init__(self, role: str, *, now: Now = read_clock, is_stopping: Callable[[], bool] = lambda: False) -> None:
        self.metrics = Metrics(role)
        self._now = now
        self._is_stopping = is_stopping
        self._sight: _Sight | None = None
        self._required: dict[str, Callable[[], bool]] = {}
        self._told: tuple[str, ...] = ()

    def require(self, trouble: str, is_well: Callable[[], bool]) -> None:
        """Be ready only while `is_well`; `trouble` is what is said otherwise."""
        self._required[trouble] = is_well

    def waive(self, trouble: str) -> None:
        """Be ready from now on whatever becomes of what was required under this name."""
        self._required.pop(trouble, None)

    def follow_gateway(self, is_ready: Callable[[], bool], latency: Callable[[], float]) -> None:
        """Be ready only while the gateway is, and measure it; `latency` is in seconds."""
        self.require(probes.GATEWAY, is_ready)
        self.metrics.set_by("onrecord_gateway_ready", is_ready)
        self.metrics.set_by("onrecord_gateway_latency_seconds", latency)

    def counted(self, fetcher: Fetcher) -> Fetcher:
        """Return the fetcher with each of its answers counted."""
        return _CountedFetcher(fetcher, self.metrics.fetched)

    @asynccontextmanager
    async def looking_at(
        self, service: Service, queues: Callable[[], Awaitable[Sequence[QueueHealth]]] | None = None
    ) -> AsyncIterator[None]:
        """Look at the service's database and deliveries, and at `queues`, whenever somebody asks, until the end."""
        writing = Glance(service.check_writable, every=WRITES_EVERY, within=WITHIN)
        looking = Glance(lambda: service.get_health(now=self._now()), every=LOOKS_EVERY, within=WITHIN)
        counting = Glance(queues or _no_queues, every=LOOKS_EVERY, within=WITHIN)
        self._sight = _Sight(writing, looking, counting)
        try:
            yield
        finally:
            self._sight = None
            for glance in (writing, looking, counting):
                await glance.close()

    async def health(self) -> tuple[str, ...]:
        """Return what keeps the process from its work, nothing while it starts; a change is logged."""
        if self._is_stopping():
            return (probes.STOPPING,)
        troubles = await self._database_troubles()
        if troubles != self._told:
            self._told = troubles
            _log.warning("not healthy" if troubles else "healthy again", troubles=troubles)
        return troubles

    async def readiness(self) -> tuple[str, ...]:
        """Return what keeps the process from being ready."""
        troubles = list(await self.health())
        if troubles:
            return tuple(troubles)
        if self._sight is None:
            return (probes.STARTING,)
        troubles += [trouble for trouble, is_well in self._required.items() if not is_well()]
        health = await self._look()
        if health and health.overdue:
            troubles.append(probes.LATE)
        return tuple(troubles)

    async def exposition(self) -> bytes:
        """Return the metrics, as of now or a few seconds ago."""
        self.metrics.set("onrecord_ready", not await self.readiness())
        health = None if self._is_stopping() else await self._look()
        due_at = health.oldest_due_at if health else None
        self.metrics.found(health, (self._now() - due_at) / _A_SECOND if due_at else 0.0)
        self.metrics.queued(await self._count())
        return self.metrics.text()

    async def _database_troubles(self) -> tuple[str, ...]:
        if self._sight is None:
            self.metrics.set("onrecord_database_writable", nan)
            return ()
        trouble = await _trouble_of(self._sight.writing)
        self.metrics.set("onrecord_database_writable", not trouble)
        return (trouble,) if trouble else ()

    async def _look(self) -> Health | None:
        if self._sight is None:
            return None
        with suppress(StoreError, TimeoutError):
            return await self._sight.looking()
        return None

    async def _count(self) -> Sequence[QueueHealth]:
        if self._sight is None:
            return ()
        with suppress(StoreError, TimeoutError):
            return await self._sight.queues()
        return ()


async def _no_queues() -> Sequence[QueueHealth]:
    return ()


async def _trouble_of(writing: Glance[None]) -> str:
    try:
        await writing()
    except TimeoutError:
        return probes.DATABASE_SLOW
    except UnwritableStoreError:
        return probes.DATABASE_CLOSED
    except StoreError as error:
        _log.debug("the database takes no writes", why=str(error))
        return probes.DATABASE_WRONG
    return ""


@asynccontextmanager
async def watch_over(settings: Settings, role: str, *, stop: asyncio.Event) -> AsyncIterator[Watching]:
    """Watch over this process until the end, and answer at STATUS_ADDRESS; one that is taken is only warned of.

    From when `stop` is set all probes say so.
    """
    watching = Watching(role, is_stopping=stop.is_set)
    address = split_address(settings.status_address)
    lag = asyncio.create_task(_feel_lag(watching.metrics.lagged))
    async with AsyncExitStack() as stack:
        if address:
            try:
                await stack.enter_async_context(serve_status(watching, *address, content_type=CONTENT_TYPE))
            except OSError as error:
                _log.warning("no status is served", why=str(error), remedy=probes.TAKEN)
        try:
            yield watching
        finally:
            lag.cancel()
            await asyncio.gather(lag, return_exceptions=True)


async def _feel_lag(lagged: Callable[[float], object]) -> None:
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + _LAG_EVERY
        await asyncio.sleep(_LAG_EVERY)
        lagged(max(0.0, clock() - due))


class _CountedFetcher:
    def __init__(self, fetcher: Fetcher, count: Callable[[str], object]) -> None:
        self._fetcher = fetcher
        self._count = count

    async def fetch(self, url: str, *, validators: Validators | None = None, max_bytes: int | None = None) -> Page:
        try:
            page = await self._fetcher.fetch(url, validators=validators, max_bytes=max_bytes)
        except (FetchError, NoArticleError) as error:
            self._count(kind_of(error).value)
            raise
        self._count("unchanged" if page.is_unchanged else "ok")
        return page

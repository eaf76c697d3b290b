"""When a request may start, one host's turn after another's, and how long it may take."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol

AT_ONCE = 2
SPACING = 1.0
MAX_SPACING = 30.0
PATIENCE = 60.0


class NoTurnError(Exception):
    """This request's turn at a host did not come; the text says why."""

    def __init__(self, why: str = "too many requests to one host") -> None:
        super().__init__(why)


class Turns(Protocol):
    """Turns at hosts that several processes share, of which each keeps its own in order by a HostGate."""

    async def take(self, host: str, *, gap: float, longest: float, patience: float) -> str:
        """Wait until a request may start, `gap` seconds after any other's start, and return the place that it holds.

        At most two places of a host are held at once. It is free again when it is given back, or a little after
        `longest` seconds. NoTurnError where it would take longer than `patience` seconds; where nobody can tell, an
        error that says why.
        """
        ...

    async def end(self, host: str, place: str) -> None:
        """Give a place back; never fails."""
        ...


class HostGate:
    """Lets at most two requests of a host run at once, started at least `spacing` seconds apart, first come first.

    Who waits longer than `patience` seconds gets NoTurnError. A host is forgotten as soon as nothing waits for it. With
    `turns` all that holds for the requests of all processes that share them, each of `longest` seconds at most.
    """

    def __init__(
        self, *, spacing: float = SPACING, patience: float = PATIENCE, longest: float = 0.0, turns: Turns | None = None
    ) -> None:
        self._spacing = spacing
        self._patience = patience
        self._longest = longest
        self.turns = turns
        self._hosts: dict[str, _Host] = {}

    def __len__(self) -> int:
        return len(self._hosts)

    @asynccontextmanager
    async def enter(self, host: str, *, delay: float | None = None) -> AsyncIterator[None]:
        """Wait for the host's turn and hold it inside; `delay` seconds are kept from the start before, at most 30."""
        known = self._hosts.setdefault(host, _Host())
        known.guests += 1
        try:
            place = await self._wait(host, known, max(self._spacing, min(delay or 0.0, MAX_SPACING)))
            try:
                try:
                    yield
                finally:
                    await place.end()
            finally:
                known.places.release()
        finally:
            known.guests -= 1
            self._forget(host, known)

    async def _wait(self, host: str, known: "_Host", gap: float) -> "_Place":
        place, until = _Place(self.turns, host), asyncio.get_running_loop().time() + self._patience
        try:
            async with asyncio.timeout_at(until):
                await known.places.acquire()
                try:
                    await known.start(gap, lambda: place.take(gap, self._longest, until))
                except BaseException:
                    known.places.release()
                    raise
        except TimeoutError as error:
            raise NoTurnError from error
        return place

    def _forget(self, host: str, known: "_Host") -> None:
        if known.guests or self._hosts.get(host) is not known:
            return
        loop = asyncio.get_running_loop()
        if loop.time() < known.free_at:
            loop.call_at(known.free_at, self._forget, host, known)
        else:
            del self._hosts[host]


class _Place:
    """A place among the requests of all processes; without any other process there is nothing to it."""

    def __init__(self, turns: Turns | None, host: str) -> None:
        self._turns = turns
        self._host = host
        self._held = ""

    async def take(self, gap: float, longest: float, until: float) -> None:
        if self._turns is not None:
            patience = until - asyncio.get_running_loop().time()
            self._held = await self._turns.take(self._host, gap=gap, longest=longest, patience=patience)

    async def end(self) -> None:
        if self._turns is not None:
            await self._turns.end(self._host, self._held)


class _Host:
    def __init__(self) -> None:
        self.guests = 0
        self.places = asyncio.Semaphore(AT_ONCE)
        self.free_at = 0.0
        self._starting = asyncio.Lock()
        self._started_at: float | None = None

    async def start(self, gap: float, take: Callable[[], Awaitable[None]]) -> None:
        """Wait until `gap` seconds after the start before, and then for what else there is to take."""
        loop = asyncio.get_running_loop()
        async with self._starting:
            if self._started_at is not None and (left := self._started_at + gap - loop.time()) > 0:
                await asyncio.sleep(left)
            await take()
            self._started_at = loop.time()
            self.free_at = self._started_at + gap


class Clock:
    """The seconds that a fetch has left; it runs while a request does, and not while one waits for its turn."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self.spent = 0.0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let it run inside; raise TimeoutError when it has run out."""
        loop = asyncio.get_running_loop()
        started_at = loop.time()
        try:
            async with asyncio.timeout(max(self.left, 0.0)):
                yield
        finally:
            took = loop.time() - started_at
            self.left -= took
            self.spent += took

"""When a request may start, one host's turn after another's, and how long it may take."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 2
SPACING = 1.0
MAX_SPACING = 30.0
PATIENCE = 60.0


class NoTurnError(Exception):
    """A host has so many requests before it that this one's turn did not come."""


class HostGate:
    """Lets at most two requests of a host run at once, started at least `spacing` seconds apart, first come first.

    Who waits longer than `patience` seconds gets NoTurnError. A host is forgotten as soon as nothing waits for it.
    """

    def __init__(self, *, spacing: float = SPACING, patience: float = PATIENCE) -> None:
        self._spacing = spacing
        self._patience = patience
        self._hosts: dict[str, _Host] = {}

    def __len__(self) -> int:
        return len(self._hosts)

    @asynccontextmanager
    async def enter(self, host: str, *, delay: float | None = None) -> AsyncIterator[None]:
        """Wait for the host's turn and hold it inside; `delay` seconds are kept from the start before, at most 30."""
        known = self._hosts.setdefault(host, _Host())
        known.guests += 1
        try:
            await self._wait(known, max(self._spacing, min(delay or 0.0, MAX_SPACING)))
            try:
                yield
            finally:
                known.places.release()
        finally:
            known.guests -= 1
            self._forget(host, known)

    async def _wait(self, known: "_Host", gap: float) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await known.places.acquire()
                try:
                    await known.start(gap)
                except BaseException:
                    known.places.release()
                    raise
        except TimeoutError as error:
            raise NoTurnError from error

    def _forget(self, host: str, known: "_Host") -> None:
        if known.guests or self._hosts.get(host) is not known:
            return
        loop = asyncio.get_running_loop()
        if loop.time() < known.free_at:
            loop.call_at(known.free_at, self._forget, host, known)
        else:
            del self._hosts[host]


class _Host:
    def __init__(self) -> None:
        self.guests = 0
        self.places = asyncio.Semaphore(AT_ONCE)
        self.free_at = 0.0
        self._starting = asyncio.Lock()
        self._started_at: float | None = None

    async def start(self, gap: float) -> None:
        """Wait until `gap` seconds after the start before."""
        loop = asyncio.get_running_loop()
        async with self._starting:
            if self._started_at is not None and (left := self._started_at + gap - loop.time()) > 0:
                await asyncio.sleep(left)
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

"""Politeness of all processes together: turns at hosts, kept in the database that they share."""

import asyncio
import secrets
from contextlib import suppress
from dataclasses import replace
from time import monotonic

from digest.errors import StoreError
from digest.sources.hosts import AT_ONCE, NoTurnError
from digest.sources.web import Fetcher, WebFetcher
from digest.store import Store
from digest.store.host_turns import Ask, ask_for_turn, forget_hosts, leave_line

MARGIN = 0.1
"""So many seconds later than it may a request starts at most, or it asks once more; others start later by as many."""

SLACK = 10.0
"""So many seconds after the longest time of a request its place is free, if nobody gives it back."""

_LOOK_EVERY = 0.5  # both places are held by others
_GIVE_BACK_SECONDS = 2.0
_FORGET_EVERY = 600.0


class SharedTurns:
    """Turns of all processes on one PostgreSQL. Its clock decides; each request costs two short transactions.

    Where the database does not answer that is a StoreError: it says nothing of the host, which need not wait for it.
    """

    def __init__(self, store: Store, *, slack: float = SLACK) -> None:
        self._store = store
        self._slack = slack
        self._forget_at = monotonic() + _FORGET_EVERY

    async def take(self, host: str, *, gap: float, longest: float, patience: float) -> str:
        """Wait for a place and a start; see digest.sources.hosts.Turns."""
        place, until = secrets.token_hex(8), monotonic() + patience
        try:
            await self._wait(host, Ask(place, gap, longest + self._slack, MARGIN, patience, AT_ONCE), until)
        except StoreError:
            raise  # nor could the place be given back
        except BaseException:
            await self.end(host, place)
            raise
        return place

    async def end(self, host: str, place: str) -> None:
        """Give the place back; where that fails it is free when its time is over."""
        with suppress(StoreError, TimeoutError):
            async with asyncio.timeout(_GIVE_BACK_SECONDS), self._store.writing() as db:
                await leave_line(db, host, place)
            if monotonic() >= self._forget_at:
                self._forget_at = monotonic() + _FORGET_EVERY
                async with self._store.writing() as db:
                    await forget_hosts(db)

    async def _wait(self, host: str, ask: Ask, until: float) -> None:
        while True:
            ask = replace(ask, patience=until - monotonic())
            async with self._store.writing() as db:
                asked_at = monotonic()
                wait = await ask_for_turn(db, host, ask)
                answered_at = monotonic()
            if wait is None:
                await asyncio.sleep(_LOOK_EVERY)
                continue
            if wait > ask.patience:
                raise NoTurnError
            # The database looked at its clock between the two. So this is not too early ...
            await asyncio.sleep(answered_at + wait - monotonic())
            late = monotonic() - (asked_at + wait)
            if late <= ask.margin:
                return
            # ... and where it may be too late, whoever is next may start at once: so not this one.
            ask = replace(ask, margin=2 * late)


def share_turns(fetcher: Fetcher, store: Store) -> None:
    """Let a fetcher of the real web keep its turns with all processes on the store; a file has only one."""
    if isinstance(fetcher, WebFetcher):
        fetcher.share(SharedTurns(store) if store.is_shared else None)

"""Asking sources for news, each when it is due, and reading what they bring."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from digest.model import Entry, FailureKind, Refresh, Source, SourceKind, Validators
from digest.service.failures import EXPECTED, failure_of
from digest.service.reading import read_entry
from digest.service.tools import Tools
from digest.sources.feeds import parse_feed
from digest.store import Transaction, entries, sources
from digest.store.sources import Polling

REFRESH_EVERY = timedelta(minutes=30)
LONGEST_WAIT = timedelta(hours=24)
"""A source that fails is asked half as often each time, down to once in this."""

NEWEST = 100
"""Of what a source lists when it is first asked, this many are read; the rest is its archive."""

ENTRIES_A_ROUND = 20
SOURCES_AT_ONCE = 8

Id = TypeVar("Id")
Result = TypeVar("Result")


async def refresh_source(tools: Tools, source_id: int, *, now: datetime) -> Refresh:
    """Ask the source for news and keep its new entries; see Service.refresh_source."""
    async with tools.store.reading() as db:
        polling = await sources.get_polling(db, source_id)
    source = polling.source
    try:
        found, validators = await _ask(tools, polling)
    except EXPECTED as error:
        failure = failure_of(error, name=source.name, since=polling.failing_since or now)
        wait = min(REFRESH_EVERY * 2 ** min(polling.failures + 1, 10), LONGEST_WAIT)
        async with tools.store.writing() as db:
            await sources.record_failed_refresh(db, source_id, failure, next_refresh_at=now + wait)
        return Refresh(source_id, failure=failure)
    async with tools.store.writing() as db:
        return Refresh(source_id, await keep_entries(db, source, found, validators, now=now))


async def keep_entries(
    db: Transaction, source: Source, found: tuple[Entry, ...], validators: Validators, *, now: datetime
) -> int:
    """Keep what the source listed and that it answered, and return how many entries are new.

    Both in one transaction: validators that are kept without their entries would lose these for good.
    """
    archive: tuple[Entry, ...] = ()
    if not await entries.has_entries(db, source.id):
        newest_first = sorted(found, key=lambda entry: entry.published_at or now, reverse=True)
        found, archive = tuple(newest_first[:NEWEST]), tuple(newest_first[NEWEST:])
    new = await entries.add_entries(db, source.id, found, now=now, first_attempt_at=now)
    new += await entries.add_entries(db, source.id, archive, now=now, first_attempt_at=None)
    await sources.record_refresh(db, source.id, validators, now=now, next_refresh_at=now + REFRESH_EVERY)
    return new


async def refresh_due(tools: Tools, *, now: datetime) -> tuple[Refresh, ...]:
    """Refresh the sources that are due, then read the entries that are; see Service.refresh_due."""
    async with tools.store.reading() as db:
        due_sources = await sources.list_due_sources(db, now)
    refreshes = await _each(due_sources, lambda source_id: refresh_source(tools, source_id, now=now))
    async with tools.store.reading() as db:
        due_entries = await entries.list_due_entries(db, now)
    await _each(due_entries, lambda entry_ids: _read_entries(tools, entry_ids, now))
    return refreshes


async def _read_entries(tools: Tools, entry_ids: tuple[int, ...], now: datetime) -> None:
    # One after the other, because they are one server's; a server that is down is not asked twenty times.
    for entry_id in entry_ids[:ENTRIES_A_ROUND]:
        failure = await read_entry(tools, entry_id, now=now)
        if failure is not None and failure.kind is FailureKind.UNREACHABLE:
            return


async def _ask(tools: Tools, polling: Polling) -> tuple[tuple[Entry, ...], Validators]:
    source = polling.source
    if source.kind is SourceKind.PAGE:
        return (Entry(source.url, source.url),), polling.validators
    page = await tools.fetcher.fetch(source.url, validators=polling.validators)
    if page.is_unchanged:
        return (), polling.validators
    feed = await tools.think(parse_feed, page)
    return feed.entries, page.validators


async def _each(ids: Iterable[Id], step: Callable[[Id], Awaitable[Result]]) -> tuple[Result, ...]:
    # What no step expects must not stop the others either, and must not be lost: it is raised when all are done.
    limit = asyncio.Semaphore(SOURCES_AT_ONCE)

    async def limited(each: Id) -> Result:
        async with limit:
            return await step(each)

    results = await asyncio.gather(*(limited(each) for each in ids), return_exceptions=True)
    errors = [result for result in results if isinstance(result, BaseException)]
    if errors:
        raise BaseExceptionGroup("some steps failed unexpectedly", errors)
    return tuple(result for result in results if not isinstance(result, BaseException))

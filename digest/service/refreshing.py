"""Asking sources for news, each when it is due, and reading what they bring."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from digest.errors import NotFoundError
from digest.model import Entry, FailureKind, Feed, Page, Refresh, Source, SourceKind
from digest.service.failures import OF_THE_SERVER, failure_of, is_of_database, is_ours, own_up, retry_after
from digest.service.reading import read_entry
from digest.service.together import each_of
from digest.service.tools import CLAIMED, Tools
from digest.sources.feeds import parse_feed
from digest.sources.links import plain_url
from digest.sources.page_links import parse_links
from digest.sources.rhythm import MAX_WAIT, MIN_WAIT, after_failure, next_wait, silent_since
from digest.store import Transaction, entries, sources
from digest.store.sources import NEVER, Answered, Polling

PAUSED_AFTER = timedelta(hours=48)
"""A source that has failed for so long is paused: tried once in MAX_WAIT, and told of once."""

MOVED_AFTER = 3
"""So many answers in a row have to come from where a permanent redirect leads before that is its address (RFC 9110)."""

NEWEST = 100
"""Of what a source lists when it is first asked, this many are read; the rest is its archive."""

ENTRIES_A_ROUND = 20
SECONDS_A_ROUND = 60.0
"""A source whose pages take longer goes on in the next round: a slow server must not hold up the others."""

_A_BATCH = 500  # sources
_MOST_WAITING = 1000  # entries; while they are written down, other writers wait


async def refresh_source(tools: Tools, source_id: int, *, now: datetime) -> Refresh:
    """Ask the source for news and keep its new entries; see Service.refresh_source."""
    async with tools.store.reading() as db:
        polling = await sources.get_polling(db, source_id)
    return (await _refresh(tools, [polling], now))[0]


async def refresh_these(tools: Tools, source_ids: Sequence[int], *, now: datetime) -> tuple[Refresh, ...]:
    """Ask those of these sources that are due for news; see Service.refresh_these."""
    async with tools.store.reading() as db:
        due = await sources.list_due(db, now, limit=len(source_ids), among=source_ids)
    return tuple(await _refresh(tools, due, now))


async def refresh_sources(tools: Tools, *, now: datetime) -> tuple[Refresh, ...]:
    """Ask the sources that are due for news; see Service.refresh_sources."""
    refreshes: list[Refresh] = []
    asked: set[int] = set()
    while True:
        due = await _take_due(tools, now)
        batch = [polling for polling in due if polling.source.id not in asked]
        if not batch:
            break
        asked |= {polling.source.id for polling in batch}
        refreshes += await _refresh(tools, batch, now)
    return tuple(refreshes)


async def read_due(tools: Tools, *, now: datetime, seconds: float = SECONDS_A_ROUND) -> None:
    """Read the entries that are due, no further one of a source once its pages have taken so many seconds."""

    async def read(entry_ids: tuple[int, ...]) -> None:
        await _read_entries(tools, entry_ids, now, seconds)

    async with tools.store.reading() as db:
        due = await entries.list_due_entries(db, now)
    if not due or not tools.store.is_shared:
        await each_of(due, read)
        return
    until = now + CLAIMED
    async with tools.store.writing() as db:
        due = await entries.claim_due_entries(db, now, until=until)
    try:
        await each_of(due, read)
    finally:
        async with tools.store.writing() as db:
            await entries.release_entries(db, claimed_until=until, now=now)


async def read_source(tools: Tools, source_id: int, *, now: datetime, seconds: float = SECONDS_A_ROUND) -> None:
    """Read the entries of a source that are due; see Service.read_source."""
    async with tools.store.reading() as db:
        due = await entries.list_due_entries(db, now, source_id=source_id)
    for entry_ids in due:
        await _read_entries(tools, entry_ids, now, seconds)


async def _take_due(tools: Tools, now: datetime) -> tuple[Polling, ...]:
    async with tools.store.reading() as db:
        due = await sources.list_due(db, now, limit=_A_BATCH)
    if not due or not tools.store.is_shared:
        return due
    async with tools.store.writing() as db:
        return await sources.claim_due(db, now, until=now + CLAIMED, limit=_A_BATCH)


async def keep_entries(db: Transaction, polling: Polling, feed: Feed, page: Page | None, *, now: datetime) -> int:
    """Keep what the source listed and that it answered, and return how many entries are new.

    Both in one transaction: validators that are kept without their entries would lose these for good.
    """
    new, answered = await _add_entries(db, polling, feed, page, now)
    await sources.record_answers(db, [answered])
    return new


async def _add_entries(
    db: Transaction, polling: Polling, feed: Feed, page: Page | None, now: datetime
) -> tuple[int, Answered]:
    source = polling.source
    found = tuple(replace(entry, url=plain_url(entry.url)) for entry in feed.entries)
    archive: tuple[Entry, ...] = ()
    if not polling.seen and not await entries.has_entries(db, source.id):
        newest_first = sorted(found, key=lambda entry: entry.published_at or now, reverse=True)
        found, archive = tuple(newest_first[:NEWEST]), tuple(newest_first[NEWEST:])
    new = await entries.add_entries(db, source.id, found, now=now, first_attempt_at=now)
    if archive:
        new += await entries.add_entries(db, source.id, archive, now=now, first_attempt_at=None)
    seen = await entries.list_times(db, source.id, limit=NEWEST) if new else polling.seen
    polling = replace(polling, seen=seen, asked_every=feed.asked_every)
    if page is not None:
        polling = replace(polling, validators=page.validators)
    return new, _answered(polling, page, now)


async def _refresh(tools: Tools, pollings: Sequence[Polling], now: datetime) -> list[Refresh]:
    answers = _Answers(tools, now)

    async def one(polling: Polling) -> Refresh:
        try:
            page, feed = await _ask(tools, polling)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it must not come again at once
            return await _keep_failure(tools, polling, error, now)
        await answers.add(_followed(polling, page), page, feed)
        return Refresh(polling.source.id)

    try:
        refreshes = await each_of(pollings, one)
    finally:
        await answers.keep()
    return [answers.refreshes.get(refresh.source_id, refresh) for refresh in refreshes]


_Answer: TypeAlias = tuple[Polling, Page | None, Feed | None]


class _Answers:
    """Answers that are written down together: a transaction for each would cost more than the asking."""

    def __init__(self, tools: Tools, now: datetime) -> None:
        self.refreshes: dict[int, Refresh] = {}
        """What came of each source's answer, of those written down."""
        self._tools = tools
        self._now = now
        self._waiting: list[_Answer] = []
        self._entries = 0

    async def add(self, polling: Polling, page: Page | None, feed: Feed | None) -> None:
        """Let the answer wait; without a feed nothing has changed. With many entries all are written down."""
        self._waiting.append((polling, page and replace(page, body=b""), feed))
        self._entries += len(feed.entries) if feed else 0
        if self._entries >= _MOST_WAITING:
            await self.keep()

    async def keep(self) -> None:
        """Write down what waits, all together but for what cannot be kept: of that, that it failed."""
        waiting, self._waiting, self._entries = self._waiting, [], 0
        await self._keep(waiting)

    async def _keep(self, waiting: Sequence[_Answer]) -> None:
        if not waiting:
            return
        try:
            new = await self._write_down(waiting)
        except Exception as error:
            if is_of_database(error):
                raise
            if len(waiting) > 1:  # one of them stands in the way of all
                middle = len(waiting) // 2
                await self._keep(waiting[:middle])
                await self._keep(waiting[middle:])
                return
            polling = waiting[0][0]
            self.refreshes[polling.source.id] = await _keep_failure(self._tools, polling, error, self._now)
        else:
            self.refreshes |= {id_: Refresh(id_, count) for id_, count in new.items()}

    async def _write_down(self, waiting: Sequence[_Answer]) -> dict[int, int]:
        """Return how many entries each source had not listed before."""
        answered: list[Answered] = []
        counts: dict[int, int] = {}
        async with self._tools.store.writing() as db:
            for polling, page, feed in waiting:
                if feed is None:
                    answered.append(_answered(polling, page, self._now))
                else:
                    new, one = await _add_entries(db, polling, feed, page, self._now)
                    counts[polling.source.id] = new
                    answered.append(one)
            await sources.record_answers(db, answered)
            for polling, _, _ in waiting:
                if polling.moves >= MOVED_AFTER:
                    await sources.move_source(db, polling.source, polling.moved_to)
        return counts


async def _keep_failure(tools: Tools, polling: Polling, error: Exception, now: datetime) -> Refresh:
    source = polling.source
    own_up(error, to=f"source {source.id}")
    if is_ours(error):
        async with tools.store.writing() as db:
            await sources.put_off(db, source.id, until=now + MIN_WAIT)
        return Refresh(source.id)
    since = polling.failing_since or now
    failure = failure_of(error, name=source.name, since=since)
    is_gone = failure.kind is FailureKind.GONE
    is_paused = is_gone or now >= since + PAUSED_AFTER
    asked_to_wait = retry_after(error)
    wait = after_failure(polling.failures + 1, retry_after=asked_to_wait, salt=source.id)
    at = NEVER if is_gone else now + (MAX_WAIT if is_paused else wait)
    if not is_paused and asked_to_wait is None:
        at = min(at, since + PAUSED_AFTER)  # so that it is paused, or well again, on time
    async with tools.store.writing() as db:
        await sources.record_failed_refresh(db, source.id, failure, next_refresh_at=at, is_paused=is_paused)
    return Refresh(source.id, failure=failure)


def _answered(polling: Polling, page: Page | None, now: datetime) -> Answered:
    wait = next_wait(
        polling.seen,
        now=now,
        asked_every=polling.asked_every,
        fresh_for=page.fresh_for if page is not None else None,
        salt=polling.source.id,
    )
    return Answered(polling, now, now + wait, silent_since(polling.seen, now=now))


def _followed(polling: Polling, page: Page | None) -> Polling:
    moved_to = page.moved_to if page is not None else ""
    if not moved_to:
        return replace(polling, moved_to="", moves=0) if polling.moves else polling
    return replace(polling, moved_to=moved_to, moves=polling.moves + 1 if moved_to == polling.moved_to else 1)


async def _read_entries(tools: Tools, entry_ids: tuple[int, ...], now: datetime, seconds: float) -> None:
    # One after the other, because they are one server's; a server that is down is not asked twenty times.
    clock = asyncio.get_running_loop().time
    until = clock() + seconds
    for entry_id in entry_ids[:ENTRIES_A_ROUND]:
        try:
            failure = await read_entry(tools, entry_id, now=now)
        except NotFoundError:
            continue  # nobody follows its source since it was listed
        if clock() > until or (failure is not None and failure.kind in OF_THE_SERVER):
            return


async def _ask(tools: Tools, polling: Polling) -> tuple[Page | None, Feed | None]:
    """Return the answer of the source, and what it lists, unless that is unchanged."""
    source = polling.source
    if source.kind is SourceKind.PAGE:
        return None, None
    page = await tools.fetcher.fetch(source.url, validators=polling.validators)
    return page, None if page.is_unchanged else await parse_source(tools, source, page)


async def parse_source(tools: Tools, source: Source, page: Page) -> Feed:
    """Return what the source lists on its page, by its kind."""
    return await tools.think(parse_links if source.kind is SourceKind.LINKS else parse_feed, page)

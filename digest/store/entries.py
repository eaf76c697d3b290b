"""Entries: what the sources list, and whether it has been read."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby
from operator import attrgetter

from sqlalchemy import Row, RowMapping, and_, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.model import Entry, Failure, FailureKind, Job, Source, SourceKind, Step
from digest.store.dialects import Turn, dialect_of
from digest.store.due import note_due
from digest.store.schema import article_versions, entries, guild_sources, sources


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry as a source lists it: how often reading it was tried in vain, and whether it is open to be tried."""

    id: int
    entry: Entry
    source: Source
    attempts: int
    is_open: bool


async def add_entries(
    db: AsyncConnection, source_id: int, found: Iterable[Entry], *, now: datetime, first_attempt_at: datetime | None
) -> int:
    """Keep the entries that the source had not listed before; return how many these are.

    What leads to a page that it listed before, under another identity, is no new entry. They are read from the first
    attempt on; without one they are known and never read.
    """
    if not dialect_of(db).takes_one_writer:  # nobody else adds to what the source lists now
        await db.execute(select(sources.c.id).where(sources.c.id == source_id).with_for_update(key_share=True))
    first_of_url: dict[str, Entry] = {}
    for entry in found:
        first_of_url.setdefault(entry.url, entry)
    known = await _known_urls(db, source_id, list(first_of_url))
    rows = [
        {
            "source_id": source_id,
            "identity": entry.identity,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "published_at": entry.published_at,
            "first_seen_at": now,
            "attempts": 0,
            "next_attempt_at": first_attempt_at,
            "author": entry.author,
            "sections": entry.sections,
            "language": entry.language,
        }
        for entry in first_of_url.values()
        if entry.url not in known
    ]
    if not rows:
        return 0
    if first_attempt_at is not None:
        note_due(db, Job(Step.READ, (source_id,)))
    return await dialect_of(db).add_new(db, entries, rows)


async def list_entries(db: AsyncConnection, source_id: int, *, limit: int) -> tuple[Entry, ...]:
    """Return what the source listed last, newest first."""
    newest_first = func.coalesce(entries.c.published_at, entries.c.first_seen_at).desc()
    query = select(entries).where(entries.c.source_id == source_id).order_by(newest_first, entries.c.id).limit(limit)
    return tuple(_entry_of(row) for row in (await db.execute(query)).mappings())


async def list_times(db: AsyncConnection, source_id: int, *, limit: int) -> tuple[int, ...]:
    """Return when the newest entries came, in seconds since 1970: published, as far as that can be, else first seen."""
    published, first_seen = entries.c.published_at, entries.c.first_seen_at
    newest_first = func.coalesce(published, first_seen).desc()
    query = select(published, first_seen).where(entries.c.source_id == source_id).order_by(newest_first).limit(limit)
    times = ((seen if published is None else min(published, seen)) for published, seen in await db.execute(query))
    return tuple(int(at.timestamp()) for at in times)


async def map_listings(db: AsyncConnection, article_ids: Sequence[int]) -> dict[int, tuple[tuple[int, Entry], ...]]:
    """Return, for articles by their ids, the entries that brought them, each with the id of its source."""
    query = select(entries).where(entries.c.article_id.in_(article_ids)).order_by(entries.c.id)
    found: dict[int, tuple[tuple[int, Entry], ...]] = {}
    for row in (await db.execute(query)).mappings():
        found[row["article_id"]] = (*found.get(row["article_id"], ()), (row["source_id"], _entry_of(row)))
    return found


async def has_entries(db: AsyncConnection, source_id: int) -> bool:
    """Return whether the source has ever listed anything."""
    return (await db.execute(select(entries.c.id).where(entries.c.source_id == source_id).limit(1))).first() is not None


async def list_due_entries(
    db: AsyncConnection, now: datetime, *, source_id: int | None = None
) -> tuple[tuple[int, ...], ...]:
    """Return the ids of the entries that are due to be read, a tuple for each source somebody follows, newest first.

    With `source_id` of this source alone.

    Of several entries with one url there is only one: when it has been read, the others need no fetch.
    """
    is_followed = exists().where(guild_sources.c.source_id == entries.c.source_id).correlate(entries)
    newest_first = func.coalesce(entries.c.published_at, entries.c.first_seen_at).desc()
    query = (
        select(entries.c.source_id, entries.c.id, entries.c.url)
        .where(entries.c.next_attempt_at <= now, is_followed)
        .order_by(entries.c.source_id, newest_first, entries.c.id)
    )
    if source_id is not None:
        query = query.where(entries.c.source_id == source_id)
    first_of_url: dict[str, Row[int, int, str]] = {}
    for row in await db.execute(query):
        first_of_url.setdefault(row.url, row)
    by_source = groupby(first_of_url.values(), key=attrgetter("source_id"))
    return tuple(tuple(row.id for row in rows) for _, rows in by_source)


async def claim_due_entries(db: AsyncConnection, now: datetime, *, until: datetime) -> tuple[tuple[int, ...], ...]:
    """Return what list_due_entries does, and let nobody find anything due of these sources before `until`."""
    await dialect_of(db).take_turn(db, Turn.READING)  # of one source nobody gets a part
    due = await list_due_entries(db, now)
    await db.execute(update(entries).where(entries.c.next_attempt_at <= now).values(next_attempt_at=until))
    return due


async def release_entries(db: AsyncConnection, *, claimed_until: datetime, now: datetime) -> None:
    """Let what was claimed until then and not read be due again."""
    is_left = entries.c.next_attempt_at == claimed_until
    await db.execute(update(entries).where(is_left).values(next_attempt_at=now))


async def get_listing(db: AsyncConnection, entry_id: int) -> Listing:
    """Return the entry with its source."""
    query = (
        select(
            entries,
            sources.c.url.label("source_url"),
            sources.c.name,
            sources.c.kind,
            sources.c.language.label("source_language"),
        )
        .join(sources, sources.c.id == entries.c.source_id)
        .where(entries.c.id == entry_id)
    )
    row = (await db.execute(query)).mappings().first()
    if row is None:
        raise NotFoundError(f"no entry {entry_id}")
    source = Source(row["source_url"], row["name"], SourceKind(row["kind"]), row["source_language"], row["source_id"])
    return Listing(entry_id, _entry_of(row), source, row["attempts"], row["next_attempt_at"] is not None)


async def count_failed(
    db: AsyncConnection, source_ids: Collection[int], kinds: Collection[FailureKind], *, since: datetime
) -> int:
    """Return how many entries, first seen since then, gave nothing for one of these reasons."""
    query = select(func.count()).where(
        entries.c.source_id.in_(source_ids), entries.c.failure_kind.in_(kinds), entries.c.first_seen_at >= since
    )
    return int((await db.execute(query)).scalar_one())


async def count_pages(
    db: AsyncConnection, guild_id: int, source_ids: Collection[int], *, since: datetime
) -> tuple[int, int]:
    """Return how many of the entries dated since then are read and how many wait, of these of the guild's sources.

    No sources stand for all that the guild follows.
    """
    is_ours = [guild_sources.c.source_id == entries.c.source_id, guild_sources.c.guild_id == guild_id]
    if source_ids:
        is_ours.append(entries.c.source_id.in_(source_ids))
    dated_at = func.coalesce(entries.c.published_at, entries.c.first_seen_at)
    query = (
        select(func.count(entries.c.read_at), func.count(entries.c.next_attempt_at))
        .join(guild_sources, and_(*is_ours))
        .where(dated_at >= since)
    )
    read, waiting = (await db.execute(query)).one()
    return read, waiting


async def list_sections(db: AsyncConnection, guild_id: int, urls: Collection[str]) -> tuple[str, ...]:
    """Return the sections under which sources of the guild filed the articles at these urls, each once."""
    query = (
        select(entries.c.sections)
        .join(guild_sources, guild_sources.c.source_id == entries.c.source_id)
        .join(article_versions, article_versions.c.article_id == entries.c.article_id)
        .where(guild_sources.c.guild_id == guild_id, article_versions.c.url.in_(urls))
        .order_by(entries.c.id)
    )
    return tuple(dict.fromkeys(chain.from_iterable((await db.execute(query)).scalars())))


async def record_read(db: AsyncConnection, source_id: int, identity: str, article_id: int, *, now: datetime) -> None:
    """Put on record that the source's entry was read, and which article it is."""
    await db.execute(
        update(entries)
        .where(entries.c.source_id == source_id, entries.c.identity == identity)
        .values(read_at=now, article_id=article_id, next_attempt_at=None, failure_kind=None, failure_status=None)
    )


async def record_unread(
    db: AsyncConnection, entry_id: int, failure: Failure, *, next_attempt_at: datetime | None
) -> None:
    """Put on record that reading an open entry failed; without a next attempt it is given up."""
    await db.execute(
        update(entries)
        .where(entries.c.id == entry_id, entries.c.next_attempt_at.is_not(None))  # who was slow is not the only one
        .values(
            attempts=entries.c.attempts + 1,
            next_attempt_at=next_attempt_at,
            failure_kind=failure.kind.value,
            failure_status=failure.status,
        )
    )


async def put_off(db: AsyncConnection, source_id: int, *, until: datetime, claimed_until: datetime) -> None:
    """Let nothing that the source lists be read before then, what is claimed neither; what is due later stays."""
    is_due = (entries.c.next_attempt_at < until) | (entries.c.next_attempt_at == claimed_until)
    await db.execute(update(entries).where(entries.c.source_id == source_id, is_due).values(next_attempt_at=until))


async def _known_urls(db: AsyncConnection, source_id: int, urls: Sequence[str]) -> set[str]:
    query = select(entries.c.url).where(entries.c.source_id == source_id, entries.c.url.in_(urls))
    return set((await db.execute(query)).scalars())


def _entry_of(row: RowMapping) -> Entry:
    return Entry(
        row["identity"],
        row["url"],
        row["title"],
        row["summary"],
        row["published_at"],
        row["author"],
        tuple(row["sections"]),
        row["language"],
    )

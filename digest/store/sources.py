"""Sources, who follows them, and how asking them for news went."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.model import Failure, FailureKind, Source, SourceKind, SourceStatus, Validators
from digest.store.dialects import dialect_of
from digest.store.schema import guild_sources, sources


@dataclass(frozen=True, slots=True)
class Polling:
    """What is needed to ask a source again: its validators, and how often in a row it has failed since when."""

    source: Source
    validators: Validators
    failures: int
    failing_since: datetime | None


async def add_source(db: AsyncConnection, source: Source, *, next_refresh_at: datetime) -> Source:
    """Keep a source and return it with its id; one with the same url is returned as it stands."""
    row = {"url": source.url, "name": source.name, "kind": source.kind.value, "language": source.language}
    await db.execute(dialect_of(db).insert_new(sources), row | {"next_refresh_at": next_refresh_at, "failures": 0})
    found = await find_source(db, source.url)
    if found is None:
        raise NotFoundError(f"no source at {source.url}")
    return found


async def find_source(db: AsyncConnection, url: str) -> Source | None:
    """Return the source with this url, if any guild has ever followed it."""
    row = (await db.execute(select(sources).where(sources.c.url == url))).mappings().first()
    return None if row is None else _source_of(row)


async def get_polling(db: AsyncConnection, source_id: int) -> Polling:
    """Return the source with what is known of asking it."""
    row = (await db.execute(select(sources).where(sources.c.id == source_id))).mappings().first()
    if row is None:
        raise NotFoundError(f"no source {source_id}")
    validators = Validators(row["etag"], row["last_modified"])
    return Polling(_source_of(row), validators, row["failures"], row["failing_since"])


async def follow_source(db: AsyncConnection, guild_id: int, source_id: int, *, since: datetime) -> bool:
    """Let the guild follow the source; False where it does already. Editions take what is dated from `since` on."""
    row = {"guild_id": guild_id, "source_id": source_id, "since": since}
    result = await db.execute(dialect_of(db).insert_new(guild_sources), row)
    return result.rowcount == 1


async def unfollow_source(db: AsyncConnection, guild_id: int, source_id: int) -> None:
    """Let the guild follow the source no more; NotFoundError where it does not."""
    result = await db.execute(
        delete(guild_sources).where(guild_sources.c.guild_id == guild_id, guild_sources.c.source_id == source_id)
    )
    if result.rowcount == 0:
        raise NotFoundError(f"guild {guild_id} follows no source {source_id}")


async def is_following(db: AsyncConnection, guild_id: int, source_id: int) -> bool:
    """Return whether the guild follows the source."""
    query = select(guild_sources.c.source_id).where(
        guild_sources.c.guild_id == guild_id, guild_sources.c.source_id == source_id
    )
    return (await db.execute(query)).first() is not None


async def list_statuses(db: AsyncConnection, guild_id: int) -> tuple[SourceStatus, ...]:
    """Return what the guild follows and how it is, by name."""
    query = (
        select(sources)
        .join(guild_sources, guild_sources.c.source_id == sources.c.id)
        .where(guild_sources.c.guild_id == guild_id)
        .order_by(sources.c.name, sources.c.id)
    )
    return tuple(_status_of(row) for row in (await db.execute(query)).mappings())


async def list_due_sources(db: AsyncConnection, now: datetime) -> tuple[int, ...]:
    """Return the ids of the sources that somebody follows and that are due to be asked, longest due first."""
    is_followed = exists().where(guild_sources.c.source_id == sources.c.id).correlate(sources)
    query = (
        select(sources.c.id)
        .where(sources.c.next_refresh_at <= now, is_followed)
        .order_by(sources.c.next_refresh_at, sources.c.id)
    )
    return tuple((await db.execute(query)).scalars())


async def record_refresh(
    db: AsyncConnection, source_id: int, validators: Validators, *, now: datetime, next_refresh_at: datetime
) -> None:
    """Put on record that the source answered; what was wrong with it is forgotten."""
    await db.execute(
        update(sources)
        .where(sources.c.id == source_id)
        .values(
            etag=validators.etag,
            last_modified=validators.last_modified,
            read_at=now,
            next_refresh_at=next_refresh_at,
            failures=0,
            failure_kind=None,
            failure_status=None,
            failing_since=None,
        )
    )


async def record_failed_refresh(
    db: AsyncConnection, source_id: int, failure: Failure, *, next_refresh_at: datetime
) -> None:
    """Put on record that the source gave nothing, and why; its validators stay."""
    await db.execute(
        update(sources)
        .where(sources.c.id == source_id)
        .values(
            next_refresh_at=next_refresh_at,
            failures=sources.c.failures + 1,
            failure_kind=failure.kind.value,
            failure_status=failure.status,
            failing_since=failure.since,
        )
    )


def _source_of(row: RowMapping) -> Source:
    return Source(row["url"], row["name"], SourceKind(row["kind"]), row["language"], row["id"])


def _status_of(row: RowMapping) -> SourceStatus:
    kind = row["failure_kind"]
    failure = kind and Failure(row["name"], FailureKind(kind), row["failure_status"], row["failing_since"])
    return SourceStatus(_source_of(row), row["read_at"], failure)

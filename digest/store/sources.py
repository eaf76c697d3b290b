"""Sources, who follows them, and how asking them for news went."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.model import Failure, FailureKind, Filters, Source, SourceKind, SourceStatus, Validators
from digest.store.dialects import dialect_of
from digest.store.guilds import is_left
from digest.store.schema import guild_sources, sources, subscriptions

_ASKED_ALIKE = frozenset({SourceKind.FEED, SourceKind.SITEMAP})

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When a source is asked again that is gone for good."""


@dataclass(frozen=True, slots=True)
class Polling:
    """What is needed to ask a source again, and to say when: its validators, its rhythm, and how asking it went.

    `seen` is when its newest entries came, in seconds since 1970; `failures` is how often in a row it has failed, since
    `failing_since`; `moves` is how often in a row a permanent redirect led to `moved_to`.
    """

    source: Source
    validators: Validators
    failures: int = 0
    failing_since: datetime | None = None
    seen: tuple[int, ...] = ()
    asked_every: timedelta | None = None
    is_paused: bool = False
    moved_to: str = ""
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """That a source answered, with what is to be remembered until it is asked again."""

    polling: Polling
    read_at: datetime
    next_refresh_at: datetime
    silent_since: datetime | None = None


async def add_source(db: AsyncConnection, source: Source, *, next_refresh_at: datetime) -> Source:
    """Keep a source and return it with its id; one that find_source finds is returned as it stands."""
    found = await find_source(db, source.url, source.kind)
    if found is None:
        row = {"url": source.url, "name": source.name, "kind": source.kind.value, "language": source.language}
        await db.execute(dialect_of(db).insert_new(sources), row | {"next_refresh_at": next_refresh_at, "failures": 0})
        found = await find_source(db, source.url, source.kind)
    if found is None:
        raise NotFoundError(f"no source at {source.url}")
    return found


async def find_source(db: AsyncConnection, url: str, kind: SourceKind) -> Source | None:
    """Return the source with this url and kind, if any guild has ever followed it; a sitemap counts as a feed."""
    kinds = [one.value for one in (_ASKED_ALIKE if kind in _ASKED_ALIKE else (kind,))]
    query = select(sources).where(sources.c.url == url, sources.c.kind.in_(kinds)).order_by(sources.c.id)
    row = (await db.execute(query)).mappings().first()
    return None if row is None else _source_of(row)


async def get_polling(db: AsyncConnection, source_id: int) -> Polling:
    """Return the source with what is known of asking it."""
    row = (await db.execute(select(sources).where(sources.c.id == source_id))).mappings().first()
    if row is None:
        raise NotFoundError(f"no source {source_id}")
    return _polling_of(row)


async def list_due(
    db: AsyncConnection, now: datetime, *, limit: int, among: Sequence[int] | None = None
) -> tuple[Polling, ...]:
    """Return the sources, of all or of some, that somebody follows and that are due to be asked, longest due first."""
    query = _due(now, limit)
    if among is not None:
        query = query.where(sources.c.id.in_(among))
    return tuple(_polling_of(row) for row in (await db.execute(query)).mappings())


async def claim_due(db: AsyncConnection, now: datetime, *, until: datetime, limit: int) -> tuple[Polling, ...]:
    """Return what list_due does but what somebody else is claiming, and let nobody find these due before `until`."""
    query = _due(now, limit).with_for_update(skip_locked=True, key_share=True, of=sources)
    claimed = tuple(_polling_of(row) for row in (await db.execute(query)).mappings())
    ids = [polling.source.id for polling in claimed]
    if ids:
        await db.execute(update(sources).where(sources.c.id.in_(ids)).values(next_refresh_at=until))
    return claimed


async def follow_source(db: AsyncConnection, guild_id: int, source_id: int, *, since: datetime) -> bool:
    """Let the guild follow the source; False where it does already. Editions take what is dated from `since` on."""
    row = {"guild_id": guild_id, "source_id": source_id, "since": since, "filters": {}}
    return await dialect_of(db).add_new(db, guild_sources, [row]) == 1


async def count_followed(db: AsyncConnection, guild_id: int) -> int:
    """Return how many sources the guild follows."""
    query = select(func.count()).where(guild_sources.c.guild_id == guild_id)
    return int((await db.execute(query)).scalar_one())


async def unfollow_source(db: AsyncConnection, guild_id: int, source_id: int) -> None:
    """Let the guild follow the source no more; NotFoundError where it does not."""
    result = await db.execute(delete(guild_sources).where(*_is_followed_by(guild_id, source_id)))
    if result.rowcount == 0:
        raise NotFoundError(f"guild {guild_id} follows no source {source_id}")


async def is_following(db: AsyncConnection, guild_id: int, source_id: int) -> bool:
    """Return whether the guild follows the source."""
    query = select(guild_sources.c.source_id).where(*_is_followed_by(guild_id, source_id))
    return (await db.execute(query)).first() is not None


async def list_guilds(db: AsyncConnection) -> tuple[int, ...]:
    """Return the guilds that follow anything, by id."""
    return tuple((await db.execute(select(guild_sources.c.guild_id).distinct().order_by("guild_id"))).scalars())


async def set_filters(db: AsyncConnection, guild_id: int, source_id: int, filters: Filters) -> None:
    """Keep what the guild lets through of the source; NotFoundError where it does not follow it."""
    result = await db.execute(
        update(guild_sources).where(*_is_followed_by(guild_id, source_id)).values(filters=asdict(filters))
    )
    if result.rowcount == 0:
        raise NotFoundError(f"guild {guild_id} follows no source {source_id}")


async def list_statuses(db: AsyncConnection, guild_id: int) -> tuple[SourceStatus, ...]:
    """Return what the guild follows and how it is, by name."""
    query = (
        select(sources, guild_sources.c.filters)
        .join(guild_sources, guild_sources.c.source_id == sources.c.id)
        .where(guild_sources.c.guild_id == guild_id)
        .order_by(sources.c.name, sources.c.id)
    )
    return tuple(_status_of(row) for row in (await db.execute(query)).mappings())


async def get_status(db: AsyncConnection, guild_id: int, source_id: int) -> SourceStatus:
    """Return one source that the guild follows and how it is."""
    found = [status for status in await list_statuses(db, guild_id) if status.source.id == source_id]
    if not found:
        raise NotFoundError(f"guild {guild_id} follows no source {source_id}")
    return found[0]


async def record_answers(db: AsyncConnection, answers: Sequence[Answered]) -> None:
    """Put on record that these sources answered; what was wrong with them is forgotten."""
    if not answers:
        return
    names = ("etag", "last_modified", "read_at", "next_refresh_at", "seen", "asked_every", "silent_since")
    kept: dict[str, Any] = {name: bindparam(f"new_{name}") for name in (*names, "moved_to", "moves")}
    cleared = {"failures": 0, "failure_kind": None, "failure_status": None, "failing_since": None, "is_paused": False}
    statement = update(sources).where(sources.c.id == bindparam("source_id")).values(kept | cleared)
    await db.execute(statement, [_row_of(answer) for answer in answers])
    revived = [answer.polling.source.id for answer in answers if answer.polling.is_paused]
    if revived:
        forget = update(guild_sources).where(guild_sources.c.source_id.in_(revived)).values(noticed_at=None)
        await db.execute(forget)


async def record_failed_refresh(
    db: AsyncConnection, source_id: int, failure: Failure, *, next_refresh_at: datetime, is_paused: bool = False
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
            is_paused=is_paused,
        )
    )


async def put_off(db: AsyncConnection, source_id: int, *, until: datetime) -> None:
    """Let the source be asked then, whatever was known of it before."""
    await db.execute(update(sources).where(sources.c.id == source_id).values(next_refresh_at=until))


async def move_source(db: AsyncConnection, source: Source, url: str) -> bool:
    """Let the source be asked at another address from now on; False where that is another source's."""
    if await find_source(db, url, source.kind) is not None:
        return False
    await db.execute(update(sources).where(sources.c.id == source.id).values(url=url, moved_to=None, moves=0))
    return True


async def list_unnoticed(db: AsyncConnection, guild_id: int | None = None) -> tuple[tuple[int, SourceStatus], ...]:
    """Return the paused sources with each guild that follows one and was not told yet, by guild; or those of one guild.

    Guilds to whom nothing is posted are left out.
    """
    is_running = exists().where(
        subscriptions.c.guild_id == guild_sources.c.guild_id, subscriptions.c.paused_because == ""
    )
    query = (
        select(sources, guild_sources.c.filters, guild_sources.c.guild_id)
        .join(guild_sources, guild_sources.c.source_id == sources.c.id)
        .where(sources.c.is_paused, guild_sources.c.noticed_at.is_(None), is_running.correlate(guild_sources))
        .where(~is_left(guild_sources.c.guild_id))
        .order_by(guild_sources.c.guild_id, sources.c.id)
    )
    if guild_id is not None:
        query = query.where(guild_sources.c.guild_id == guild_id)
    return tuple((row["guild_id"], _status_of(row)) for row in (await db.execute(query)).mappings())


async def record_notice(db: AsyncConnection, guild_id: int, source_ids: Collection[int], *, now: datetime) -> bool:
    """Put on record that the guild is told of these paused sources; False, and nothing, where it was told of one."""
    unnoticed = (
        guild_sources.c.guild_id == guild_id,
        guild_sources.c.source_id.in_(source_ids),
        guild_sources.c.noticed_at.is_(None),
    )
    query = select(guild_sources.c.source_id).where(*unnoticed).order_by(guild_sources.c.source_id).with_for_update()
    if len((await db.execute(query)).all()) != len(source_ids):
        return False
    await db.execute(update(guild_sources).where(*unnoticed).values(noticed_at=now))
    return True


def _due(now: datetime, limit: int) -> Select[Any]:
    is_followed = exists().where(guild_sources.c.source_id == sources.c.id).correlate(sources)
    return (
        select(sources)
        .where(sources.c.next_refresh_at <= now, is_followed)
        .order_by(sources.c.next_refresh_at, sources.c.id)
        .limit(limit)
    )


def _is_followed_by(guild_id: int, source_id: int) -> tuple[Any, Any]:
    return guild_sources.c.guild_id == guild_id, guild_sources.c.source_id == source_id


def _row_of(answer: Answered) -> dict[str, Any]:
    polling = answer.polling
    return {
        "source_id": polling.source.id,
        "new_etag": polling.validators.etag,
        "new_last_modified": polling.validators.last_modified,
        "new_read_at": answer.read_at,
        "new_next_refresh_at": answer.next_refresh_at,
        "new_seen": polling.seen,
        "new_asked_every": polling.asked_every and int(polling.asked_every.total_seconds()),
        "new_silent_since": answer.silent_since,
        "new_moved_to": polling.moved_to or None,
        "new_moves": polling.moves,
    }


def _source_of(row: RowMapping) -> Source:
    return Source(row["url"], row["name"], SourceKind(row["kind"]), row["language"], row["id"])


def _polling_of(row: RowMapping) -> Polling:
    return Polling(
        _source_of(row),
        Validators(row["etag"], row["last_modified"]),
        row["failures"],
        row["failing_since"],
        tuple(row["seen"]),
        None if row["asked_every"] is None else timedelta(seconds=row["asked_every"]),
        row["is_paused"],
        row["moved_to"] or "",
        row["moves"],
    )


def _status_of(row: RowMapping) -> SourceStatus:
    kind = row["failure_kind"]
    failure = kind and Failure(row["name"], FailureKind(kind), row["failure_status"], row["failing_since"])
    filters = Filters(**{name: tuple(words) for name, words in row["filters"].items()})
    return SourceStatus(
        _source_of(row), row["read_at"], failure, row["is_paused"], None if failure else row["silent_since"], filters
    )

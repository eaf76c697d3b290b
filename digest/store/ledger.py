"""Commitments over time: look-ups by words, kind and day, and people's marks, only what the guild's sources brought."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, RowMapping, Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.hidden import Curtain
from digest.editions.ledger import due_on, is_open, with_changes
from digest.errors import NotFoundError
from digest.model import CommitmentKind, LedgerEntry, Mark, Standing, Statement, StatementKind, Telling
from digest.store.hidden import get_curtain, get_hidden
from digest.store.schema import article_versions, articles, commitments, ledger_marks
from digest.store.scope import is_brought_to
from digest.store.tellings import NEWEST_FIRST, TELLING, select_tellings, telling_of
from digest.store.ways import Order, find_ways, stream

_BESIDE = ("actors", "sentence", "condition", "reported_by", "title")
_SAID = (
    *(commitments.c[name] for name in ("what", "actors", "sentence", "condition", "reported_by")),
    *(article_versions.c[name] for name in ("article_id", "title")),
)
_AT_ONCE = 50  # entries that are loaded to see whether they are open


async def list_entries(
    db: AsyncConnection,
    guild_id: int,
    query: str,
    *,
    kind: CommitmentKind | None = None,
    limit: int,
    offset: int = 0,
    is_typed: bool = False,
) -> tuple[LedgerEntry, ...]:
    """Return entries of which one telling holds every word of the query in actors or evidence, newest telling first.

    With `is_typed` the last word may be the beginning of one. Tellings that the guild hides are none.
    """
    ids = await list_entry_ids(db, guild_id, query, kind=kind, limit=offset + limit, is_typed=is_typed)
    return await get_entries(db, guild_id, ids[offset:])


async def list_entry_ids(
    db: AsyncConnection,
    guild_id: int,
    query: str,
    *,
    kind: CommitmentKind | None = None,
    limit: int,
    is_typed: bool = False,
) -> list[int]:
    """Return the ids of what list_entries gives."""
    curtain = await get_curtain(db, guild_id)
    columns: tuple[ColumnElement[Any], ...] = (
        commitments.c.told_at,
        commitments.c.version_id,
        commitments.c.position,
        commitments.c.entry_id,
    )
    columns += _SAID if curtain else ()
    ids: dict[int, None] = {}

    def take(_: Order, row: Row[Any]) -> bool:
        if not (curtain and is_hidden_telling(curtain, row._asdict())):
            ids.setdefault(row.entry_id)
        return len(ids) < limit

    for way in await find_ways(db, guild_id, commitments, query, is_typed=is_typed):
        fitting = way.apply(select_tellings(*columns, outer=way.outer), *NEWEST_FIRST)
        if kind is not None:
            fitting = fitting.where(commitments.c.kind == kind.value)
        await stream(db, fitting, take)
    return list(ids)


async def list_due(
    db: AsyncConnection,
    guild_id: int,
    *,
    first: date,
    last: date,
    source_ids: Sequence[int] = (),
    limit: int,
    offset: int = 0,
) -> tuple[LedgerEntry, ...]:
    """Return open entries whose last possible day lies between two days, both included, soonest first.

    With `source_ids` those of which one of these sources told that day.
    """
    due: dict[int, LedgerEntry] = {}
    async with db.stream(_due_days(guild_id, source_ids, first, last)) as rows:  # as far as it takes
        async for some in rows.partitions(_AT_ONCE):
            ids = list({id_: None for id_, _ in some if id_ not in due})
            entries = {entry.id: entry for entry in await get_entries(db, guild_id, ids)}
            due |= {id_: entries[id_] for id_, day in some if id_ in entries and is_due(entries[id_], day)}
            if len(due) >= offset + limit:
                break
    return tuple(due.values())[offset : offset + limit]


async def list_taken_back(db: AsyncConnection, guild_id: int, *, since: datetime, limit: int) -> tuple[int, ...]:
    """Return the ids of entries of which a telling since then takes something back, the newest first."""
    query = select_tellings(commitments.c.entry_id).where(
        is_brought_to(guild_id), commitments.c.is_withdrawal, commitments.c.told_at >= since
    )
    return tuple(dict.fromkeys((await db.execute(query.order_by(*NEWEST_FIRST).limit(limit))).scalars()))


def is_due(entry: LedgerEntry, day: date) -> bool:
    """Return whether this is the last possible day of an open entry; days that it was moved from are not."""
    days = due_on(entry)
    return days is not None and days[1] == day and is_open(entry)


async def get_entry(db: AsyncConnection, guild_id: int, entry_id: int) -> LedgerEntry:
    """Return an entry of which a source of the guild brought a telling."""
    found = await get_entries(db, guild_id, [entry_id])
    if not found:
        raise NotFoundError(f"guild {guild_id} has no commitment {entry_id}")
    return found[0]


async def get_entries(db: AsyncConnection, guild_id: int, ids: Sequence[int]) -> tuple[LedgerEntry, ...]:
    """Return these entries in this order, each as far as the guild sees it; what it does not see is left out.

    Tellings that it hides are not there, and change nothing.
    """
    if not ids:
        return ()
    curtain = await get_curtain(db, guild_id)
    tellings = await tellings_of(db, select_tellings(*TELLING).where(is_brought_to(guild_id)), ids, curtain)
    marks = await _marks_of(db, guild_id, ids)
    return tuple(
        LedgerEntry(id_, with_changes(tellings[id_]), tuple(marks.get(id_, ()))) for id_ in ids if id_ in tellings
    )


async def tellings_of(
    db: AsyncConnection, tellings: Select[Any], ids: Sequence[int], curtain: Curtain | None = None
) -> Mapping[int, list[Telling]]:
    """Return the tellings of these entries among those that are selected, but what is hidden, oldest first."""
    chosen = tellings.where(commitments.c.entry_id.in_(ids))
    found = await db.execute(chosen.order_by(commitments.c.told_at, commitments.c.version_id))
    by_entry: dict[int, list[Telling]] = {}
    for row in found.mappings():
        if not (curtain and is_hidden_telling(curtain, row)):
            by_entry.setdefault(row["entry_id"], []).append(telling_of(row))
    return by_entry


async def list_statements(
    db: AsyncConnection, guild_id: int, entry_id: int
) -> tuple[tuple[Statement, Telling, bool], ...]:
    """Return the tellings of an entry, oldest first, and whether the guild retracted them; NotFoundError: none."""
    tellings = select_tellings(*TELLING).where(is_brought_to(guild_id), commitments.c.entry_id == entry_id)
    rows = (await db.execute(tellings.order_by(commitments.c.told_at, commitments.c.version_id))).mappings().all()
    if not rows:
        raise NotFoundError(f"guild {guild_id} has no commitment {entry_id}")
    hidden = (await get_hidden(db, guild_id)).statements
    told = [(Statement(row["article_id"], StatementKind.COMMITMENT, row["what"]), telling_of(row)) for row in rows]
    return tuple((statement, telling, statement in hidden) for statement, telling in told)


def is_hidden_telling(curtain: Curtain, row: Mapping[str, Any]) -> bool:
    """Return whether a telling is hidden: its row has the columns of `TELLING`."""
    statement = Statement(row["article_id"], StatementKind.COMMITMENT, row["what"])
    return curtain.hides(statement, *(row[name] for name in _BESIDE))


async def add_mark(db: AsyncConnection, guild_id: int, entry_id: int, mark: Mark) -> LedgerEntry:
    """Add what somebody of the guild says became of the entry, and return it as it stands then."""
    await get_entry(db, guild_id, entry_id)
    row = {
        "guild_id": guild_id,
        "entry_id": entry_id,
        "standing": mark.standing.value,
        "by_id": mark.by_id,
        "by_name": mark.by_name,
        "note": mark.note,
        "marked_at": mark.marked_at,
    }
    await db.execute(insert(ledger_marks), row)
    return await get_entry(db, guild_id, entry_id)


def _due_days(guild_id: int, source_ids: Sequence[int], first: date, last: date) -> Select[Any]:
    return (
        select_tellings(commitments.c.entry_id, commitments.c.latest)
        .where(is_brought_to(guild_id, source_ids), articles.c.trouble.is_(None))
        .where(commitments.c.latest.between(first, last))
        .order_by(commitments.c.latest, *NEWEST_FIRST)
    )


async def _marks_of(db: AsyncConnection, guild_id: int, ids: Sequence[int]) -> Mapping[int, list[Mark]]:
    query = select(ledger_marks).where(ledger_marks.c.guild_id == guild_id, ledger_marks.c.entry_id.in_(ids))
    marks: dict[int, list[Mark]] = defaultdict(list)
    for row in (await db.execute(query.order_by(ledger_marks.c.id))).mappings():
        marks[row["entry_id"]].append(_mark_of(row))
    return marks


def _mark_of(row: RowMapping) -> Mark:
    return Mark(Standing(row["standing"]), row["by_id"], row["by_name"], row["marked_at"], row["note"])

"""Moving a SQLite installation to PostgreSQL: every row, and then every row compared."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Table, func, insert, literal_column, make_url, select, text, tuple_
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import MoveError, MoveFault, StoreError
from digest.store.database import Store
from digest.store.schema import metadata

Told: TypeAlias = Callable[[str, str, int, int], None]
"""Hears what is being done ("copy" or "compare"), to which table, and how many of how many rows it has come to."""

_AT_ONCE = 200  # rows: texts of articles are large, and both sides of a lot are in memory
_MOST_NAMED = 5  # differences that are named


@dataclass(frozen=True, slots=True)
class Moved:
    """A table that was moved, and how many rows it has."""

    table: str
    rows: int


async def move_store(url: str, target: str, *, told: Told = lambda *_: None) -> tuple[Moved, ...]:
    """Copy the SQLite database at `url` into the empty PostgreSQL at `target`, and compare both, value by value.

    The tables of both are brought up to date first, as a start does. All is one transaction of the target's, in which
    nobody else writes there: whatever fails, and whenever it is stopped, nothing stays but empty tables. No row of the
    source is changed, and nobody else may have it open meanwhile. Ids, nonces and how far each message has come are
    kept.

    Raises MoveError where the two cannot be, or do not hold the same afterwards, BackupError where the source is in
    use, and StoreError where it fails.
    """
    _check(url, target)
    async with await Store.open(url, is_alone=True) as old, old.reading() as source:
        try:
            async with await Store.open(target) as new, new.writing() as goal:
                return await _move(source, goal, target, told)
        except MoveError:
            raise
        except StoreError as error:
            raise MoveError(MoveFault.NO_TARGET, _shown(target), str(error)) from error


async def _move(source: AsyncConnection, goal: AsyncConnection, target: str, told: Told) -> tuple[Moved, ...]:
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    await goal.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))  # of two moves one finds what the other brought
    await _expect_empty(goal, target)
    moved = [await _copy(source, goal, table, told) for table in metadata.sorted_tables]
    await _set_sequences_on(goal)
    for table in metadata.sorted_tables:
        await _compare(source, goal, table, told)
    await goal.execute(text("ANALYZE"))  # the first look-ups are planned by what is there
    return tuple(moved)


def _check(url: str, target: str) -> None:
    try:
        old, new = make_url(url), make_url(target)
    except (ArgumentError, ValueError):  # what they say may repeat a password
        raise MoveError(MoveFault.NO_ADDRESS, "") from None
    if "@" in (new.host or ""):  # half of a password that has one
        raise MoveError(MoveFault.NO_ADDRESS, "")
    if old.get_backend_name() != "sqlite":
        raise MoveError(MoveFault.NOT_FROM_SQLITE, "")
    if not Path(old.database or "").is_file():  # a start would make one
        raise MoveError(MoveFault.NO_SOURCE, old.database or "")
    if new.drivername != "postgresql+psycopg":
        raise MoveError(MoveFault.NOT_TO_POSTGRES, "")


def _shown(url: str) -> str:
    address = make_url(url)  # without the query, in which a password may be too
    return f"{address.database} on {address.host or 'this machine'}"


async def _expect_empty(goal: AsyncConnection, target: str) -> None:
    for table in metadata.sorted_tables:
        if (await goal.execute(select(literal_column("1")).select_from(table).limit(1))).first() is not None:
            raise MoveError(MoveFault.NOT_EMPTY, _shown(target), table.name)


async def _copy(source: AsyncConnection, goal: AsyncConnection, table: Table, told: Told) -> Moved:
    total, done = await _count(source, table), 0
    async for rows in _lots(source, table):
        await goal.execute(insert(table), rows)
        done += len(rows)
        told("copy", table.name, done, total)
    return Moved(table.name, done)


async def _compare(source: AsyncConnection, goal: AsyncConnection, table: Table, told: Told) -> None:
    key = tuple(table.primary_key.columns)
    total, done = await _count(source, table), 0
    if await _count(goal, table) != total:
        raise MoveError(MoveFault.DIFFERS, table.name, "the number of rows")
    async for rows in _lots(source, table):
        wanted = [tuple(row[column.name] for column in key) for row in rows]
        found = await goal.execute(select(table).where(tuple_(*key).in_(wanted)))
        by_key = {tuple(row[column.name] for column in key): dict(row) for row in found.mappings()}
        found_out = (_difference(row, by_key.get(of), of) for row, of in zip(rows, wanted, strict=True))
        if different := [one for one in found_out if one]:
            raise MoveError(MoveFault.DIFFERS, table.name, "; ".join(different[:_MOST_NAMED]))
        done += len(rows)
        told("compare", table.name, done, total)


def _difference(row: Mapping[str, Any], other: Mapping[str, Any] | None, key: Sequence[Any]) -> str:
    """Return what is different, by its place and not by its words: they may be somebody's."""
    if other is None:
        return f"row {key} is not there"
    columns = [name for name, value in row.items() if other[name] != value]
    return f"row {key}: {', '.join(columns)}" if columns else ""


async def _lots(db: AsyncConnection, table: Table) -> AsyncIterator[list[dict[str, Any]]]:
    """Give all rows, some at once, in the order in which they were added: a row may point to one before it."""
    result = await db.stream(select(table).order_by(literal_column("rowid")).execution_options(yield_per=_AT_ONCE))
    async for rows in result.mappings().partitions(_AT_ONCE):
        yield [dict(row) for row in rows]


async def _count(db: AsyncConnection, table: Table) -> int:
    return (await db.execute(select(func.count()).select_from(table))).scalar_one()


async def _set_sequences_on(goal: AsyncConnection) -> None:
    for table in metadata.sorted_tables:
        if "id" not in table.c:
            continue
        highest = (await goal.execute(select(func.max(table.c.id)))).scalar()
        if highest is not None:
            setting = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)")
            await goal.execute(setting, {"name": table.name, "highest": highest})

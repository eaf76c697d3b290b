"""Moving a SQLite installation to PostgreSQL: every row, and then every row compared."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import (
    Integer,
    Select,
    Table,
    TypeDecorator,
    func,
    insert,
    literal_column,
    make_url,
    select,
    text,
    tuple_,
)
from sqlalchemy.exc import ArgumentError, InternalError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import MoveError, MoveFault, StoreError
from digest.store.database import Store, part_of
from digest.store.schema import metadata

Told: TypeAlias = Callable[[str, str, int, int], None]
"""Hears what is being done ("copy" or "compare"), to which table, and how many of how many rows it has come to."""

_AT_ONCE = 200  # rows: texts of articles are large, and both sides of a lot are in memory
_MOST_NAMED = 5  # differences that are named

_Row: TypeAlias = dict[str, Any]
_PLACE = literal_column("rowid", Integer).label("rowid")  # SQLite's own number of a row, by which any can be named

_OF_A_VALUE = (ValueError, TypeError, AttributeError)  # no text, no JSON, no date: what the types of columns raise
_UNDECODABLE = "Could not decode"  # so the driver says it of text that is none in UTF-8
_UNREADABLE = "a value in it cannot be read"
_UNFIT = {
    "23503": "it points to a row that is not there",
    "23505": "there is another one like it",
    "22001": "a text in it is too long",
    "22003": "a number in it is too large",
}
"""Why a row is not taken, by the codes of PostgreSQL's manual, appendix A. Its own words may be somebody's."""
_OTHERWISE_UNFIT = "a value in it is none that its column takes"


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
    async with await Store.open(url, is_alone=True) as source:
        try:
            async with await Store.open(target) as new, new.writing() as goal:
                return await _move(source, goal, target, told)
        except MoveError:
            raise
        except StoreError as error:
            raise MoveError(MoveFault.NO_TARGET, _shown(target), str(error)) from error


async def _move(source: Store, goal: AsyncConnection, target: str, told: Told) -> tuple[Moved, ...]:
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


async def _copy(source: Store, goal: AsyncConnection, table: Table, told: Told) -> Moved:
    total, done = await _count_in(source, table), 0
    async for rows in _lots(source, table):
        try:
            async with part_of(goal):
                await goal.execute(insert(table), rows)
        except Exception:
            await _add_one_by_one(goal, table, rows)
            raise
        done += len(rows)
        told("copy", table.name, done, total)
    return Moved(table.name, done)


async def _add_one_by_one(goal: AsyncConnection, table: Table, rows: Sequence[_Row]) -> None:
    """Raise MoveError for the first of these rows that is not taken."""
    for row in rows:
        try:
            async with part_of(goal):
                await goal.execute(insert(table), row)
        except (OperationalError, InternalError):
            raise  # of the server, and not of the row
        except Exception as error:
            code = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
            raise _not_fitting(table, row, _UNFIT.get(code, _OTHERWISE_UNFIT)) from error


def _not_fitting(table: Table, row: Mapping[str, Any], why: str) -> MoveError:
    key = ", ".join(
        f"{name} = {value!r}" for name, value in row.items() if name not in table.c or table.c[name].primary_key
    )
    return MoveError(MoveFault.NOT_FITTING, table.name, f"the row with {key}: {why}")


async def _compare(source: Store, goal: AsyncConnection, table: Table, told: Told) -> None:
    key = tuple(table.primary_key.columns)
    total, done = await _count_in(source, table), 0
    if await _count(goal, table) != total:
        raise MoveError(MoveFault.DIFFERS, table.name, "the number of rows")
    async for lot in _lots(source, table):
        rows = [_as_kept(goal, table, row) for row in lot]
        wanted = [tuple(row[column.name] for column in key) for row in rows]
        found = await goal.execute(select(table).where(tuple_(*key).in_(wanted)))
        by_key = {tuple(row[column.name] for column in key): dict(row) for row in found.mappings()}
        found_out = (_difference(row, by_key.get(of), of) for row, of in zip(rows, wanted, strict=True))
        if different := [one for one in found_out if one]:
            raise MoveError(MoveFault.DIFFERS, table.name, "; ".join(different[:_MOST_NAMED]))
        done += len(rows)
        told("compare", table.name, done, total)


def _as_kept(goal: AsyncConnection, table: Table, row: _Row) -> _Row:
    """Return the row with what our types of columns make of its values: of NUL in words another sign."""
    bound = {
        column.name: column.type.process_bind_param(row[column.name], goal.dialect)
        for column in table.c
        if isinstance(column.type, TypeDecorator)
    }
    return row | bound


def _difference(row: Mapping[str, Any], other: Mapping[str, Any] | None, key: Sequence[Any]) -> str:
    """Return what is different, by its place and not by its words: they may be somebody's."""
    if other is None:
        return f"row {key} is not there"
    columns = [name for name, value in row.items() if other[name] != value]
    return f"row {key}: {', '.join(columns)}" if columns else ""


async def _lots(source: Store, table: Table) -> AsyncIterator[list[_Row]]:
    """Give all rows, some at once, in the order in which they were added: a row may point to one before it."""
    lot = select(table, _PLACE).order_by(_PLACE).limit(_AT_ONCE)
    rows = await _read_lot(source, table, lot)
    while rows:
        yield [{column.name: row[column.name] for column in table.c} for row in rows]
        rows = await _read_lot(source, table, lot.where(_PLACE.op(">")(rows[-1][_PLACE.name])))


async def _read_lot(source: Store, table: Table, query: Select[Any]) -> list[_Row]:
    try:
        return await _read(source, query)
    except _OF_A_VALUE as error:
        for row in await _read(source, query.with_only_columns(_PLACE, maintain_column_froms=True)):
            try:
                await _read(source, select(table).where(_PLACE.in_(row.values())))
            except _OF_A_VALUE:
                raise _not_fitting(table, row, _UNREADABLE) from error
        raise


async def _read(source: Store, query: Select[Any]) -> list[_Row]:
    """Return the rows, in a transaction of their own: what is wrong with the source is told as its own trouble."""
    try:
        async with source.reading() as db:
            return [dict(row) for row in (await db.execute(query)).mappings()]
    except StoreError as error:
        if _UNDECODABLE in str(error):
            raise ValueError(_UNREADABLE) from error
        raise MoveError(MoveFault.NOT_READABLE, make_url(source.url).database or "", str(error)) from error


async def _count_in(source: Store, table: Table) -> int:
    (row,) = await _read(source, select(func.count().label("rows")).select_from(table))
    return int(row["rows"])


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

"""How a look-up comes by its rows, newest first, without sorting all that it could find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, Table, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.store.dialects import dialect_of
from digest.store.schema import article_versions, articles
from digest.store.scope import all_brought_to, is_brought_to

FEW, MANY = 500, 5000
"""Of a guild with so few articles each is tried, where more rows than so many fit: the newest may have none of theirs.

To try a row takes SQLite about twice as long as to look at one that fits.
"""

_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2242, 1, 1, tzinfo=UTC)  # told apart by the second

Order: TypeAlias = tuple[datetime, int, int]
Outer: TypeAlias = Callable[[ColumnElement[Any]], ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Way:
    """What a row has to fulfil; in which order such rows come by themselves, newest first to the second, if they do.

    `outer` is for the columns that lead from the table to begin with to the next.
    """

    conditions: tuple[ColumnElement[bool], ...]
    place: ColumnElement[Any] | None = None
    outer: Outer = lambda column: column

    def apply(self, query: Select[Any], *newest_first: ColumnElement[Any]) -> Select[Any]:
        """Return the query for what is on this way, in the order given, or that of the way."""
        order = newest_first if self.place is None else (self.place,)
        return query.where(*self.conditions).order_by(*order)


async def find_ways(
    db: AsyncConnection,
    guild_id: int,
    target: Table,
    query: str,
    *,
    is_typed: bool = False,
    others: Sequence[ColumnElement[bool]] = (),
) -> tuple[Way, ...]:
    """Return the ways to the rows of the guild's articles that hold every word of the query, or fulfil another one.

    An empty query has all. Which ways there are changes how long it takes, and never what is found on all together.
    """
    dialect, scope = dialect_of(db), is_brought_to(guild_id)
    words = query.strip()
    newest = dialect.newest(target, query, is_typed=is_typed)
    if words and newest is None:
        return (Way((scope, or_(dialect.matches(target, query, is_typed=is_typed), *others))),)
    is_quiet = not await _has_more(db, all_brought_to(guild_id), FEW)
    if is_quiet and words and newest:
        is_quiet = await _has_more(db, select(target.c.id).where(newest.holds), MANY)
    if is_quiet:
        tried = (or_(dialect.tries(target, query, is_typed=is_typed), *others),) if words else ()
        return (Way((articles.c.id.in_(all_brought_to(guild_id)), *tried)),)
    if not words or newest is None:
        return (Way((scope,), outer=dialect.outer),)
    scope = is_brought_to(guild_id, article_id=article_versions.c.article_id)  # known one table earlier
    return (Way((newest.holds, scope), newest.place), *(Way((one, scope), dialect.place_of(target)) for one in others))


async def _has_more(db: AsyncConnection, rows: Select[Any], number: int) -> bool:
    counted = select(func.count()).select_from(rows.limit(number + 1).subquery())
    return bool((await db.execute(counted)).scalar_one() > number)


async def stream(db: AsyncConnection, query: Select[Any], take: Callable[[Order, Row[Any]], bool]) -> None:
    """Hand over rows of a way, each with what it is ordered by, exactly newest first, until `take` wants no more.

    The columns begin with a time, an id, which count from the last, and a position, which counts from the first. What
    is of one second is sorted here.
    """
    some: list[tuple[Order, Row[Any]]] = []
    second = None
    async with db.stream(query) as rows:
        async for row in rows:
            at, id_, position = row[:3]
            this = min(max(at, _FIRST), _LAST).replace(microsecond=0)
            if this != second:
                if not _hand_over(some, take):
                    return
                some, second = [], this
            some.append(((at, id_, -position), row))
    _hand_over(some, take)


def _hand_over(some: Sequence[tuple[Order, Row[Any]]], take: Callable[[Order, Row[Any]], bool]) -> bool:
    return all(take(order, row) for order, row in sorted(some, key=itemgetter(0), reverse=True))

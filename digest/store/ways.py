"""How a look-up comes by its rows, newest first: gathered by what is rare in it and sorted, or tried in their order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.store.dialects import MANY, dialect_of, has_more
from digest.store.schema import articles
from digest.store.scope import all_brought_to, is_brought_to

FEW = 500
"""Articles of a guild up to which all of them are tried and sorted: the newest of all may have none of theirs."""


@dataclass(frozen=True, slots=True)
class Way:
    """What a row has to fulfil, and what to do with the columns that lead from the table to begin with to the next."""

    conditions: tuple[ColumnElement[bool], ...]
    outer: Callable[[ColumnElement[Any]], ColumnElement[Any]] = lambda column: column


async def find_way(
    db: AsyncConnection,
    guild_id: int,
    target: Table,
    query: str,
    *,
    is_typed: bool = False,
    also: ColumnElement[bool] | None = None,
) -> Way:
    """Return the way to the rows of the guild's articles that hold every word of the query, or fulfil `also`.

    An empty query has all. Rare words are gathered. Common ones are tried on the newest rows first, until there are
    enough, unless the guild has few articles. Which it is changes how long it takes, and never what is found.
    """
    dialect, scope = dialect_of(db), is_brought_to(guild_id)
    others = () if also is None else (also,)
    tried: tuple[ColumnElement[bool], ...] = ()
    if query.strip():
        is_common = await dialect.is_common(db, target, query, is_typed=is_typed)
        if not is_common and (also is None or not await has_more(db, select(target.c.id).where(also), MANY)):
            return Way((scope, or_(dialect.matches(target, query, is_typed=is_typed), *others)))
        tried = (or_(dialect.tries(target, query, is_typed=is_typed), *others),)
    brought = all_brought_to(guild_id)
    if await has_more(db, brought, FEW):
        return Way((scope, *tried), dialect.outer)
    return Way((articles.c.id.in_(brought), *tried))

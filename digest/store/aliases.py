"""Who is who across articles: what speakers have been called, and which of it means one speaker only."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from sqlalchemy import ColumnElement, FromClause, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.reading.names.aliases import Alias, key_of
from digest.store.dialects import dialect_of
from digest.store.lots import in_lots
from digest.store.schema import aliases


async def learn_aliases(db: AsyncConnection, learnt: Sequence[Alias]) -> None:
    """Keep what speakers are called; what was printed once stays so."""
    known = await _known(db, {one.key for one in learnt})
    # Most of it is known. The rest in one order for all, so that two who learn the same never wait for each other.
    new = sorted((one for one in learnt if _is_new(one, known)), key=attrgetter("key", "full"))
    if not new:
        return
    rows = [{"key": one.key, "full": one.full, "is_printed": one.is_printed} for one in new]
    await db.execute(dialect_of(db).insert_new(aliases), rows)
    printed = [{"a_key": one.key, "whose": one.full} for one in new if one.is_printed]
    same = (aliases.c.key == bindparam("a_key"), aliases.c.full == bindparam("whose"), ~aliases.c.is_printed)
    if printed:
        await db.execute(update(aliases).where(*same).values(is_printed=True), printed)


async def list_keys(db: AsyncConnection, name: str) -> tuple[str, ...]:
    """Return the keys of all that the speaker is called whom `name` means, whatever an article calls them.

    None where the name is not known, or could mean two: a surname that two people bear joins nothing.
    """
    asked, other = aliases.alias("asked"), aliases.alias("other")
    meant = select(asked.c.full).where(asked.c.key == key_of(name), _means_one(asked))
    query = select(other.c.key).where(other.c.full.in_(meant), _means_one(other))
    return tuple((await db.execute(query.order_by(other.c.key))).scalars())


async def map_names(db: AsyncConnection, keys: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return, for keys by which articles name somebody, all keys that mean the same one, the key itself among them.

    What list_keys does for one name, the other way round: whom a name means that nobody else bears.
    """
    meant: dict[str, set[str]] = {key: {key} for key in keys}
    asked, other = aliases.alias("asked"), aliases.alias("other")
    query = (
        select(asked.c.key, other.c.key)
        .join_from(asked, other, other.c.full == asked.c.full)
        .where(_means_one(asked), _means_one(other))
    )
    for some in in_lots(sorted(meant)):
        for key, name in await db.execute(query.where(asked.c.key.in_(some))):
            meant[key].add(name)
    return {key: frozenset(names) for key, names in meant.items()}


async def _known(db: AsyncConnection, keys: Iterable[str]) -> dict[tuple[str, str], bool]:
    """Return which of these keys are on record for whom, and whether they were printed."""
    known: dict[tuple[str, str], bool] = {}
    for some in in_lots(sorted(keys)):
        query = select(aliases.c.key, aliases.c.full, aliases.c.is_printed).where(aliases.c.key.in_(some))
        known |= {(key, full): is_printed for key, full, is_printed in await db.execute(query)}
    return known


def _is_new(alias: Alias, known: Mapping[tuple[str, str], bool]) -> bool:
    was_printed = known.get((alias.key, alias.full))
    return was_printed is None or (alias.is_printed and not was_printed)


def _means_one(row: FromClause) -> ColumnElement[bool]:
    rival = aliases.alias()
    is_shared = exists().where(rival.c.key == row.c.key, rival.c.full != row.c.full)
    return row.c.is_printed & or_(row.c.key == row.c.full, ~is_shared)

"""What a guild's members may mean who type: its newest titles, stories, commitments, and who was quoted in them.

Each function hands over values in pieces, in the order in which they are to be offered, each after the words by which
it is known: whoever keeps them can let others go on in between.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.hidden import show_hit
from digest.editions.suggestions import fold_words
from digest.model import ArticleHit, LedgerEntry, Outcome, StoryHit
from digest.reading.names.aliases import key_of
from digest.store.evidence import list_considered
from digest.store.hidden import get_curtain
from digest.store.ledger import get_entries, list_entry_ids
from digest.store.schema import article_versions, articles, commitments, editions, quotes, told_stories
from digest.store.search import NEWEST_FIRST, PRINTED, is_current
from digest.store.ways import find_ways

MOST = 1000
"""How many articles, stories and commitments are offered, and in how many articles those who are offered spoke."""

EDITIONS_BACK = 20
"""So many of the last editions of a guild are offered to be asked about."""

_MOST_SPEAKERS = 5000
_SHORTEST_NAME, _LONGEST_NAME = 3, 60
_AT_ONCE = 50

Keep: TypeAlias = Callable[[Sequence[tuple[str, Any]]], Awaitable[None]]


async def recent_articles(db: AsyncConnection, guild_id: int, keep: Keep, *, most: int = MOST) -> None:
    """Hand over articles by title and outlet, the newest `most` of them, the newest first."""
    curtain = await get_curtain(db, guild_id)
    query = await _newest(db, guild_id, most, articles.c.id, *PRINTED, article_versions.c.lead)
    async with db.stream(query) as rows:
        async for some in rows.mappings().partitions(_AT_ONCE):
            hits = filter(None, (show_hit(curtain, ArticleHit(**row)) for row in some))
            await keep([(f"{hit.title} {hit.site}", hit) for hit in hits])


async def recent_speakers(db: AsyncConnection, guild_id: int, keep: Keep, *, most: int = MOST) -> None:
    """Hand over names of speakers, the most quoted first, each speaker once: by the name that is printed most.

    They spoke in the newest `most` articles.
    """
    curtain = await get_curtain(db, guild_id)
    versions = await _newest(db, guild_id, most, article_versions.c.id)
    count = func.count()
    query = (
        select(quotes.c.speaker_key, quotes.c.speaker, count)
        .where(quotes.c.version_id.in_(versions), quotes.c.speaker_key.is_not(None))
        .group_by(quotes.c.speaker_key, quotes.c.speaker)
        .order_by(count.desc(), func.length(quotes.c.speaker).desc(), quotes.c.speaker)
        .limit(_MOST_SPEAKERS)
    )
    named: dict[str, str] = {}
    quoted: Counter[str] = Counter()
    for key, name, often in await db.execute(query):
        if key_of(name) == key:  # else an office told them from others: the bare surname would mean those too
            named.setdefault(key, name)
            quoted[key] += often
    names = list(dict.fromkeys(named[key] for key, _ in quoted.most_common() if not curtain.has_name(named[key])))
    for start in range(0, len(names), _AT_ONCE):
        await keep([(name, name) for name in names[start : start + _AT_ONCE]])


async def recent_names(db: AsyncConnection, guild_id: int, keep: Keep) -> None:
    """Hand over who spoke or committed to something, the most named first, each with whether they spoke."""
    curtain = await get_curtain(db, guild_id)
    versions = await _newest(db, guild_id, MOST, article_versions.c.id)
    spoke: Counter[str] = Counter()
    acted: Counter[str] = Counter()
    for column, of, counts in ((quotes.c.speaker, quotes, spoke), (commitments.c.actors, commitments, acted)):
        count = func.count()
        query = select(column, count).where(of.c.version_id.in_(versions), column.is_not(None)).group_by(column)
        for names, often in await db.execute(query.order_by(count.desc(), column).limit(_MOST_SPEAKERS)):
            counts.update({name: often for name in names.split("\n") if _is_name(name)})
    found = spoke + acted
    ranked = [name for name in sorted(found, key=lambda name: (-found[name], name)) if not curtain.has_name(name)]
    for start in range(0, len(ranked), _AT_ONCE):
        await keep([(name, (name, name in spoke)) for name in ranked[start : start + _AT_ONCE]])


def _is_name(name: str) -> bool:
    return _SHORTEST_NAME <= len(name) <= _LONGEST_NAME and name[:1].isupper()


async def recent_stories(db: AsyncConnection, guild_id: int, keep: Keep) -> None:
    """Hand over stories that the guild was told, the newest first, each headline once."""
    query = (
        select(told_stories.c.id, told_stories.c.headline, editions.c.composed_at.label("told_at"))
        .join(editions, editions.c.id == told_stories.c.edition_id)
        .where(editions.c.guild_id == guild_id, told_stories.c.outcome == Outcome.SHOWN.value)
        .order_by(told_stories.c.id.desc())
        .limit(MOST)
    )
    curtain = await get_curtain(db, guild_id)
    known: dict[tuple[str, ...], StoryHit] = {}
    async with db.stream(query) as rows:
        async for some in rows.mappings().partitions(_AT_ONCE):
            before = len(known)
            for row in some:
                if curtain.has_name(row["headline"]):
                    continue
                known.setdefault(fold_words(row["headline"]), StoryHit(**row))
            await keep([(hit.headline, hit) for hit in tuple(known.values())[before:]])


async def considered_stories(db: AsyncConnection, guild_id: int, keep: Keep) -> None:
    """Hand over what the guild's last editions could have told, shown or not, the newest first."""
    found = await list_considered(db, guild_id, editions_back=EDITIONS_BACK)
    for start in range(0, len(found), _AT_ONCE):
        await keep([(one.headline, one) for one in found[start : start + _AT_ONCE]])


async def recent_commitments(db: AsyncConnection, guild_id: int, keep: Keep) -> None:
    """Hand over commitments by their number, and what their newest telling says, the newest told first."""
    known: list[int] = []
    for limit in (_AT_ONCE, MOST):  # the first ones soon
        ids = await list_entry_ids(db, guild_id, "", limit=limit)
        for start in range(len(known), len(ids), _AT_ONCE):
            found = await get_entries(db, guild_id, ids[start : start + _AT_ONCE])
            await keep([(_said(entry), entry) for entry in found])
        if len(ids) < limit:
            return
        known = ids


def _said(entry: LedgerEntry) -> str:
    return " ".join((str(entry.id), *entry.newest.actors, entry.newest.sentence))


async def _newest(db: AsyncConnection, guild_id: int, most: int, *columns: Any) -> Select[Any]:
    (way,) = await find_ways(db, guild_id, article_versions, "")
    query = select(*columns).join_from(articles, article_versions, is_current(way))
    return way.apply(query, *NEWEST_FIRST).limit(most)

"""What a guild hides: names, and statements that it retracted; and what of briefs and quotes is left to be seen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.hidden import Curtain, fold_name, leave_visible
from digest.errors import AlreadyExistsError, NotFoundError
from digest.model import Brief, Hidden, QuoteHit, Statement, StatementKind
from digest.store.dialects import dialect_of
from digest.store.lots import in_lots
from digest.store.schema import article_versions, cases, hidden_names, quotes


async def map_hidden(db: AsyncConnection, guild_ids: Iterable[int]) -> dict[int, Hidden]:
    """Return what each of these guilds hides."""
    wanted = sorted(set(guild_ids))
    names: dict[int, list[str]] = {guild_id: [] for guild_id in wanted}
    statements: dict[int, set[Statement]] = {guild_id: set() for guild_id in wanted}
    named = select(hidden_names.c.guild_id, hidden_names.c.name).order_by(hidden_names.c.key)
    retracted = select(cases.c.guild_id, cases.c.article_id, cases.c.kind, cases.c.words)
    for some in in_lots(wanted):
        for guild_id, name in await db.execute(named.where(hidden_names.c.guild_id.in_(some))):
            names[guild_id].append(name)
        are_theirs = (cases.c.guild_id.in_(some), cases.c.retracted_at.is_not(None))
        for guild_id, article_id, kind, words in await db.execute(retracted.where(*are_theirs)):
            statements[guild_id].add(Statement(article_id, StatementKind(kind), words))
    return {guild_id: Hidden(tuple(names[guild_id]), frozenset(statements[guild_id])) for guild_id in wanted}


async def get_hidden(db: AsyncConnection, guild_id: int) -> Hidden:
    """Return what the guild hides."""
    return (await map_hidden(db, [guild_id]))[guild_id]


async def get_curtain(db: AsyncConnection, guild_id: int) -> Curtain:
    """Return what the guild hides, ready to be asked about words."""
    return Curtain(await get_hidden(db, guild_id))


async def leave_visible_briefs(db: AsyncConnection, guild_id: int, found: Mapping[int, Brief]) -> dict[int, Brief]:
    """Return of briefs, by the ids of their articles, what the guild may see; none where the headline is hidden."""
    curtain = await get_curtain(db, guild_id)
    return {
        article_id: leave_visible(curtain, article_id, brief)
        for article_id, brief in found.items()
        if not curtain.has_name(brief.article.title)
    }


async def leave_visible_quotes(db: AsyncConnection, guild_id: int, hits: Sequence[QuoteHit]) -> tuple[QuoteHit, ...]:
    """Return those of the quotes that the guild may see, in their order."""
    curtain = await get_curtain(db, guild_id)
    if not curtain or not hits:
        return tuple(hits)
    query = (
        select(quotes.c.id, article_versions.c.article_id)
        .join(article_versions, article_versions.c.id == quotes.c.version_id)
        .where(quotes.c.id.in_([hit.id for hit in hits]))
    )
    ids = {quote_id: article_id for quote_id, article_id in await db.execute(query)}  # noqa: C416 -- rows are no pairs to mypy
    return tuple(hit for hit in hits if hit.id in ids and not is_hidden_quote(curtain, ids[hit.id], hit))


def is_hidden_quote(curtain: Curtain, article_id: int, hit: QuoteHit) -> bool:
    """Return whether the quote is hidden, by itself or by who said it, or the headline that stands below it."""
    statement = Statement(article_id, StatementKind.QUOTE, "\n".join(hit.words))
    return curtain.hides(statement, hit.speaker, hit.role, hit.title)


async def list_names(db: AsyncConnection, guild_id: int) -> tuple[str, ...]:
    """Return the names that the guild hides, as they were given, by name."""
    query = select(hidden_names.c.name).where(hidden_names.c.guild_id == guild_id).order_by(hidden_names.c.key)
    return tuple((await db.execute(query)).scalars())


async def count_names(db: AsyncConnection, guild_id: int) -> int:
    """Return how many names the guild hides."""
    query = select(func.count()).select_from(hidden_names).where(hidden_names.c.guild_id == guild_id)
    return int((await db.execute(query)).scalar_one())


async def add_name(db: AsyncConnection, guild_id: int, name: str, *, now: datetime) -> None:
    """Hide a name; AlreadyExistsError where it is hidden already, however it was written then."""
    row = {"guild_id": guild_id, "key": fold_name(name), "name": name, "hidden_at": now}
    if not await dialect_of(db).add_new(db, hidden_names, [row]):
        raise AlreadyExistsError(f"guild {guild_id} hides this name already")


async def remove_name(db: AsyncConnection, guild_id: int, name: str) -> None:
    """Hide a name no more; NotFoundError where it is not hidden."""
    is_it = (hidden_names.c.guild_id == guild_id, hidden_names.c.key == fold_name(name))
    if (await db.execute(delete(hidden_names).where(*is_it))).rowcount == 0:
        raise NotFoundError(f"guild {guild_id} hides no such name")

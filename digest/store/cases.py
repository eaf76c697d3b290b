"""Cases: what people of a guild reported as wrong, and of that what is retracted there."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.model import Case, Statement, StatementKind
from digest.store.schema import article_versions, articles, cases, claims, commitments, editions, quotes
from digest.store.scope import is_brought_to


async def add_case(db: AsyncConnection, guild_id: int, case: Case) -> Case:
    """Keep a case, and return it with its id."""
    row = {
        "guild_id": guild_id,
        "article_id": case.statement.article_id,
        "kind": case.statement.kind.value,
        "words": case.statement.words,
        "by_id": case.by_id,
        "by_name": case.by_name,
        "note": case.note,
        "reported_at": case.reported_at,
        "retracted_at": case.retracted_at,
    }
    return replace(case, id=(await db.execute(insert(cases).returning(cases.c.id), row)).scalar_one())


async def get_case(db: AsyncConnection, guild_id: int, case_id: int) -> Case:
    """Return a case of the guild."""
    row = (await db.execute(_cases_of(guild_id).where(cases.c.id == case_id))).mappings().first()
    if row is None:
        raise NotFoundError(f"guild {guild_id} has no case {case_id}")
    return await _case_of(db, row)


async def list_cases(
    db: AsyncConnection, guild_id: int, *, is_open: bool | None = None, limit: int | None = None, offset: int = 0
) -> tuple[Case, ...]:
    """Return the guild's cases, oldest first: those that nobody decided, those that are retracted, or all."""
    query = _cases_of(guild_id).order_by(cases.c.id).limit(limit).offset(offset)
    if is_open is not None:
        query = query.where(cases.c.retracted_at.is_(None) if is_open else cases.c.retracted_at.is_not(None))
    rows = (await db.execute(query)).mappings().all()
    return tuple([await _case_of(db, row) for row in rows])


async def list_retracted(db: AsyncConnection, guild_id: int, article_ids: Collection[int]) -> tuple[Statement, ...]:
    """Return what the guild retracted of these articles, each once."""
    is_retracted = (cases.c.article_id.in_(article_ids), cases.c.retracted_at.is_not(None))
    rows = (await db.execute(_cases_of(guild_id).where(*is_retracted).order_by(cases.c.id))).mappings()
    return tuple(dict.fromkeys(_statement_of(row) for row in rows))


async def count_open(db: AsyncConnection, guild_id: int, *, by_id: int | None = None) -> int:
    """Return how many of the guild's cases nobody decided, or of those that one member reported."""
    query = select(func.count()).where(cases.c.guild_id == guild_id, cases.c.retracted_at.is_(None))
    if by_id is not None:
        query = query.where(cases.c.by_id == by_id)
    return int((await db.execute(query)).scalar_one())


async def retract(db: AsyncConnection, guild_id: int, case: Case, *, now: datetime) -> None:
    """Let the statement count as retracted: all cases about it that are open, or where there are none this new one."""
    is_open = (*_is_about(guild_id, case.statement), cases.c.retracted_at.is_(None))
    changed = await db.execute(update(cases).where(*is_open).values(retracted_at=now))
    if changed.rowcount == 0:
        await add_case(db, guild_id, replace(case, retracted_at=now))


async def drop_cases(db: AsyncConnection, guild_id: int, statement: Statement) -> None:
    """Forget all cases about the statement, so that it is shown again; NotFoundError where there are none."""
    if (await db.execute(delete(cases).where(*_is_about(guild_id, statement)))).rowcount == 0:
        raise NotFoundError(f"guild {guild_id} has no case about this statement")


async def dismiss_case(db: AsyncConnection, guild_id: int, case_id: int) -> None:
    """Forget one case; NotFoundError where the guild has none that is open with this id."""
    is_open = (cases.c.guild_id == guild_id, cases.c.id == case_id, cases.c.retracted_at.is_(None))
    if (await db.execute(delete(cases).where(*is_open))).rowcount == 0:
        raise NotFoundError(f"guild {guild_id} has no open case {case_id}")


async def check_article(db: AsyncConnection, guild_id: int, article_id: int) -> None:
    """Raise NotFoundError unless a source of the guild brought the article, or an edition of the guild told of it."""
    is_told = exists().where(
        claims.c.article_id == articles.c.id, editions.c.id == claims.c.edition_id, editions.c.guild_id == guild_id
    )
    query = select(articles.c.id).where(articles.c.id == article_id, is_brought_to(guild_id) | is_told)
    if (await db.execute(query)).first() is None:
        raise NotFoundError(f"guild {guild_id} has no article {article_id}")


def _cases_of(guild_id: int) -> Select[Any]:
    return select(cases).where(cases.c.guild_id == guild_id)


def _is_about(guild_id: int, statement: Statement) -> tuple[Any, ...]:
    return (
        cases.c.guild_id == guild_id,
        cases.c.article_id == statement.article_id,
        cases.c.kind == statement.kind.value,
        cases.c.words == statement.words,
    )


async def _case_of(db: AsyncConnection, row: RowMapping) -> Case:
    statement = _statement_of(row)
    newest = select(article_versions).where(article_versions.c.article_id == statement.article_id)
    version = (await db.execute(newest.order_by(article_versions.c.number.desc()).limit(1))).mappings().first()
    found = await _find_words(db, statement)
    return Case(
        statement,
        row["by_id"],
        row["by_name"],
        row["reported_at"],
        row["note"],
        row["retracted_at"],
        row["id"],
        url=(version["canonical_url"] or version["url"]) if version else "",
        outlet=version["site"] if version else "",
        read_at=found[0] if found else version["read_at"] if version else None,
        method=found[1] if found else "",
    )


async def _find_words(db: AsyncConnection, statement: Statement) -> tuple[datetime, str] | None:
    """Return when the newest version was read that has a quote or commitment of these words, and by which rule."""
    if statement.kind is StatementKind.SENTENCE:
        return None
    table, words = (
        (quotes, quotes.c.words) if statement.kind is StatementKind.QUOTE else (commitments, commitments.c.what)
    )
    query = (
        select(article_versions.c.read_at, table.c.method)
        .join(article_versions, article_versions.c.id == table.c.version_id)
        .where(article_versions.c.article_id == statement.article_id, words == statement.words)
        .order_by(article_versions.c.number.desc())
        .limit(1)
    )
    row = (await db.execute(query)).first()
    return None if row is None else (row[0], row[1])


def _statement_of(row: RowMapping) -> Statement:
    return Statement(row["article_id"], StatementKind(row["kind"]), row["words"])

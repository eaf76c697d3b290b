"""What holds for a whole guild: its settings, who changed what there, and whether the bot was removed from it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import AuditEntry, GuildSettings
from digest.store.dialects import dialect_of
from digest.store.schema import (
    alerts,
    audit_entries,
    cases,
    drafts,
    follows,
    guild_settings,
    guild_sources,
    hidden_names,
    ledger_marks,
    subscriptions,
)

# Who was known by a case alone, or by who changed what, would never be forgotten.
_KNOWN_BY = (
    *(guild_settings, guild_sources, subscriptions, hidden_names, follows),
    *(alerts, audit_entries, cases, drafts, ledger_marks),
)


def is_left(guild_id: Column[Any]) -> ColumnElement[bool]:
    """Return the condition that the bot was removed from the guild that this column names."""
    return (
        exists()
        .where(guild_settings.c.guild_id == guild_id, guild_settings.c.left_at.is_not(None))
        .correlate(guild_id.table)
    )


async def get_settings(db: AsyncConnection, guild_id: int) -> GuildSettings:
    """Return what holds for the guild; the defaults where nobody chose anything."""
    query = select(guild_settings.c.zone, guild_settings.c.marker_role_id).where(guild_settings.c.guild_id == guild_id)
    row = (await db.execute(query)).first()
    return GuildSettings(*row) if row else GuildSettings()


async def set_zone(db: AsyncConnection, guild_id: int, zone: str) -> None:
    """Keep the guild's zone."""
    await _change(db, guild_id, zone=zone)


async def set_marker_role(db: AsyncConnection, guild_id: int, role_id: int | None) -> None:
    """Keep which role may mark."""
    await _change(db, guild_id, marker_role_id=role_id)


async def note_left(db: AsyncConnection, guild_id: int, *, now: datetime) -> None:
    """Put on record that the bot was removed from the guild; since when stays."""
    await _add(db, guild_id)
    is_it = (guild_settings.c.guild_id == guild_id, guild_settings.c.left_at.is_(None))
    await db.execute(update(guild_settings).where(*is_it).values(left_at=now))


async def note_joined(db: AsyncConnection, guild_ids: Collection[int]) -> None:
    """Put on record that the bot is in these guilds."""
    is_back = (guild_settings.c.guild_id.in_(guild_ids), guild_settings.c.left_at.is_not(None))
    await db.execute(update(guild_settings).where(*is_back).values(left_at=None))


async def list_known(db: AsyncConnection, *, among: Collection[int] | None = None) -> frozenset[int]:
    """Return the guilds, all or those among these, of which anything is kept; no guild of Discord's has the id 0."""
    queries = [select(one.c.guild_id).where(one.c.guild_id > 0).distinct() for one in _KNOWN_BY]
    if among is not None:
        queries = [query.where(query.selected_columns.guild_id.in_(among)) for query in queries]
    found = [(await db.execute(query)).scalars() for query in queries]
    return frozenset(guild_id for ids in found for guild_id in ids)


async def set_name(db: AsyncConnection, guild_id: int, name: str) -> None:
    """Keep what the guild is called."""
    await _change(db, guild_id, name=name)


async def map_names(db: AsyncConnection, guild_ids: Collection[int]) -> Mapping[int, str]:
    """Return what those of these guilds are called of which that is kept."""
    query = select(guild_settings.c.guild_id, guild_settings.c.name)
    query = query.where(guild_settings.c.guild_id.in_(guild_ids), guild_settings.c.name.is_not(None))
    return {row.guild_id: row.name for row in await db.execute(query)}


async def list_left(db: AsyncConnection, *, before: datetime) -> tuple[int, ...]:
    """Return the guilds that the bot was removed from before then, longest left first."""
    query = select(guild_settings.c.guild_id).where(guild_settings.c.left_at <= before)
    return tuple((await db.execute(query.order_by(guild_settings.c.left_at))).scalars())


async def add_audit(db: AsyncConnection, guild_id: int, entry: AuditEntry) -> None:
    """Put on record who changed what."""
    row = {"by_id": entry.by_id, "by_name": entry.by_name, "action": entry.action, "subject": entry.subject}
    await db.execute(insert(audit_entries), row | {"guild_id": guild_id, "at": entry.at})


async def trim_audit(db: AsyncConnection, guild_id: int, *, before: datetime, most: int) -> None:
    """Let go what the guild's record has from before then, and of the rest all but the newest `most`."""
    of_guild = audit_entries.c.guild_id == guild_id
    await db.execute(delete(audit_entries).where(of_guild, audit_entries.c.at < before))
    beyond = select(audit_entries.c.id).where(of_guild).order_by(audit_entries.c.id.desc()).offset(most).limit(1)
    oldest = (await db.execute(beyond)).scalar()
    if oldest is not None:
        await db.execute(delete(audit_entries).where(of_guild, audit_entries.c.id <= oldest))


async def expire_audit(db: AsyncConnection, *, before: datetime) -> None:
    """Let go what all guilds' records have from before then."""
    await db.execute(delete(audit_entries).where(audit_entries.c.at < before))


async def list_audit(db: AsyncConnection, guild_id: int, *, limit: int, offset: int) -> tuple[AuditEntry, ...]:
    """Return who changed what in the guild, newest first."""
    names = ("by_id", "by_name", "action", "subject", "at")
    query = select(*(audit_entries.c[name] for name in names)).where(audit_entries.c.guild_id == guild_id)
    query = query.order_by(audit_entries.c.id.desc()).limit(limit).offset(offset)
    return tuple(AuditEntry(*row) for row in await db.execute(query))


async def count_audit(db: AsyncConnection, guild_id: int) -> int:
    """Return how many changes are on the guild's record."""
    query = select(func.count()).select_from(audit_entries).where(audit_entries.c.guild_id == guild_id)
    return int((await db.execute(query)).scalar_one())


async def _change(db: AsyncConnection, guild_id: int, **values: Any) -> None:
    await _add(db, guild_id)
    await db.execute(update(guild_settings).where(guild_settings.c.guild_id == guild_id).values(values))


async def _add(db: AsyncConnection, guild_id: int) -> None:
    await db.execute(dialect_of(db).insert_new(guild_settings), {"guild_id": guild_id, "zone": ""})

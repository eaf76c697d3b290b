"""Everything that belongs to one guild: counted, given out, and deleted, table by table."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.store.schema import (
    alerted,
    alerts,
    audit_entries,
    cases,
    claims,
    deliveries,
    drafts,
    editions,
    follows,
    guild_settings,
    guild_sources,
    hidden_names,
    ledger_marks,
    reminders,
    shown_commitments,
    sources,
    subscriptions,
    told_stories,
)

OF_MEMBERS = (alerted, alerts, follows)
"""What members keep for themselves: of these a guild is given the numbers only."""

_UNTOLD = frozenset({"nonce", "leased_until"})


def _owned(guild_id: int) -> dict[Table, ColumnElement[bool]]:
    """Return the tables with rows of guilds, and which are this one's, in the order in which they can be deleted."""
    ordered = select(subscriptions.c.id).where(subscriptions.c.guild_id == guild_id)
    issued = select(editions.c.id).where(editions.c.subscription_id.in_(ordered))
    posted = select(deliveries.c.id).where(deliveries.c.edition_id.in_(issued))
    followed = select(follows.c.id).where(follows.c.guild_id == guild_id)
    hanging = {
        reminders: reminders.c.subscription_id.in_(ordered),
        shown_commitments: shown_commitments.c.delivery_id.in_(posted),
        claims: claims.c.subscription_id.in_(ordered),
        told_stories: told_stories.c.edition_id.in_(issued),
        deliveries: deliveries.c.edition_id.in_(issued),
        editions: editions.c.subscription_id.in_(ordered),
        alerted: alerted.c.follow_id.in_(followed),
    }
    named = (subscriptions, guild_sources, ledger_marks, cases, hidden_names, audit_entries, drafts, alerts, follows)
    return hanging | {table: table.c.guild_id == guild_id for table in (*named, guild_settings)}


async def count_owned(db: AsyncConnection, guild_id: int) -> dict[str, int]:
    """Return how many rows each table has of the guild, by its name."""
    counts = {}
    for table, is_theirs in _owned(guild_id).items():
        query = select(func.count()).select_from(table).where(is_theirs)
        counts[table.name] = int((await db.execute(query)).scalar_one())
    return counts


async def map_owned(
    db: AsyncConnection, guild_id: int, *, without: Sequence[str] = ()
) -> Mapping[str, list[dict[str, Any]]]:
    """Return all rows of the guild but those that its members keep for themselves, by table; columns may be left out.

    What is kept of its sources themselves stands beside: their addresses and names.
    """
    left_out = _UNTOLD | set(without)
    found: dict[str, list[dict[str, Any]]] = {}
    for table, is_theirs in _owned(guild_id).items():
        if table in OF_MEMBERS:
            continue
        columns = [column for column in table.c if column.name not in left_out]
        query = select(*columns).where(is_theirs).order_by(*table.primary_key.columns)
        found[table.name] = [dict(row) for row in (await db.execute(query)).mappings()]
    query = select(sources.c.id, sources.c.url, sources.c.name, sources.c.kind).join(
        guild_sources, guild_sources.c.source_id == sources.c.id
    )
    followed = await db.execute(query.where(guild_sources.c.guild_id == guild_id).order_by(sources.c.id))
    return found | {"sources": [dict(row) for row in followed.mappings()]}


async def erase_guild(db: AsyncConnection, guild_id: int) -> dict[str, int]:
    """Delete all that belongs to the guild, and return how many rows that were, by table.

    Articles stay: they are everybody's, and other guilds may follow who brought them.
    """
    counts = await count_owned(db, guild_id)
    owned = _owned(guild_id)
    unlinked = update(deliveries).where(owned[deliveries]).values(answers=None, edits=None)
    await db.execute(unlinked)
    for table, is_theirs in owned.items():
        await db.execute(delete(table).where(is_theirs))
    return counts

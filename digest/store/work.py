"""What is due in the tables, whoever does it: the steps and their ids, the longest due first."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, Table, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import Step
from digest.store.guilds import is_left
from digest.store.leases import OPEN
from digest.store.rereads import list_due_rereads
from digest.store.schema import alerts, arrivals, deliveries, entries, guild_sources, sources, subscriptions
from digest.store.subscriptions import is_due


async def map_due(db: AsyncConnection, now: datetime) -> Mapping[Step, tuple[int, ...]]:
    """Return the ids of what each step is due for; of channels only those that nobody has leased.

    A step that is not due is not there. ALERT is, without ids, where anything arrived.
    """
    is_followed = select(guild_sources.c.source_id)
    due: dict[Step, tuple[int, ...]] = {
        Step.REFRESH: await _list(
            db,
            select(sources.c.id)
            .where(sources.c.next_refresh_at <= now, sources.c.id.in_(is_followed))
            .order_by(sources.c.next_refresh_at, sources.c.id),
        ),
        Step.READ: await _list(
            db,
            select(entries.c.source_id)
            .where(entries.c.next_attempt_at <= now, entries.c.source_id.in_(is_followed))
            .group_by(entries.c.source_id)
            .order_by(func.min(entries.c.next_attempt_at)),
        ),
        Step.REREAD: tuple(group[0].source_id for group in await list_due_rereads(db, now)),
        Step.ISSUE: await _list(
            db,
            select(subscriptions.c.id).where(is_due(now)).order_by(subscriptions.c.next_run_at, subscriptions.c.id),
        ),
        Step.DELIVER: await _list(db, _channels(deliveries, now)),
        Step.TELL: await _list(db, _channels(alerts, now)),
    }
    found = {step: ids for step, ids in due.items() if ids}
    if (await db.execute(select(arrivals.c.id).limit(1))).first() is not None:
        found[Step.ALERT] = ()
    return found


def _channels(table: Table, now: datetime) -> Select[int]:
    return (
        select(table.c.channel_id)
        .where(table.c.state.in_(OPEN), table.c.due_at <= now, ~is_left(table.c.guild_id))
        .group_by(table.c.channel_id)
        .having(or_(func.max(table.c.leased_until).is_(None), func.max(table.c.leased_until) <= now))
        .order_by(func.min(table.c.due_at))
    )


async def _list(db: AsyncConnection, query: Select[int]) -> tuple[int, ...]:
    return tuple((await db.execute(query)).scalars())

"""Telling guilds, once, that a source is not read any more: paused after long failing, or gone."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from digest.model import Edition, EditionKind, Period, SourceStatus, Subscription
from digest.service.tools import RenderNotice, Tools
from digest.store import editions, sources, subscriptions


async def notice_paused(tools: Tools, *, now: datetime, render: RenderNotice) -> tuple[Edition, ...]:
    """Make a notice for each guild that was not told yet; see Service.notice_paused."""
    async with tools.store.reading() as db:
        unnoticed = await sources.list_unnoticed(db)
    made = []
    for guild_id, rows in groupby(unnoticed, key=itemgetter(0)):
        edition = await _notice(tools, guild_id, [status for _, status in rows], now, render)
        if edition is not None:
            made.append(edition)
    return tuple(made)


async def _notice(
    tools: Tools, guild_id: int, statuses: Sequence[SourceStatus], now: datetime, render: RenderNotice
) -> Edition | None:
    ids = {status.source.id for status in statuses}
    async with tools.store.writing() as db:
        running = [order.subscription for order in await subscriptions.list_orders(db, guild_id)]
        running = [subscription for subscription in running if not subscription.paused_because]
        if not running or not await sources.record_notice(db, guild_id, ids, now=now):
            return None  # where nothing is posted, `/source health` tells
        return await editions.add_edition(
            db,
            next((one for one in running if _takes_any(one, ids)), running[0]),
            None,
            Period(now, now),
            composed_at=now,
            payloads=[render(tuple(statuses))],
            kind=EditionKind.NOTICE,
        )


def _takes_any(subscription: Subscription, ids: set[int]) -> bool:
    return not subscription.source_ids or bool(ids & set(subscription.source_ids))

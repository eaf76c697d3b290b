"""Telling guilds, once, that a source is not read any more: paused after long failing, or gone."""

from datetime import datetime

from digest.model import Edition, EditionKind, Period, Subscription
from digest.service.tools import RenderNotice, Tools
from digest.store import editions, sources, subscriptions


async def notice_paused(tools: Tools, *, now: datetime, render: RenderNotice) -> tuple[Edition, ...]:
    """Make a notice for each guild that was not told yet; see Service.notice_paused."""
    async with tools.store.reading() as db:
        guild_ids = dict.fromkeys(guild_id for guild_id, _ in await sources.list_unnoticed(db))
    made, errors = [], []
    for guild_id in guild_ids:
        try:
            made.append(await _notice(tools, guild_id, now, render))
        except Exception as error:  # noqa: BLE001 -- raised below; one notice that cannot be made must not stop the rest
            errors.append(error)
    if errors:
        raise ExceptionGroup("some notices could not be made", errors)
    return tuple(edition for edition in made if edition is not None)


async def _notice(tools: Tools, guild_id: int, now: datetime, render: RenderNotice) -> Edition | None:
    async with tools.store.writing() as db:
        # Looked at once more: since the first look somebody else may have told of some, or a source may answer again.
        statuses = tuple(status for _, status in await sources.list_unnoticed(db, guild_id))
        running = [order.subscription for order in await subscriptions.list_orders(db, guild_id)]
        running = [subscription for subscription in running if not subscription.paused_because]
        if not statuses or not running:
            return None  # where nothing is posted, `/source health` tells
        ids = {status.source.id for status in statuses}
        if not await sources.record_notice(db, guild_id, ids, now=now):
            return None  # another process is just telling of them
        return await editions.add_edition(
            db,
            next((one for one in running if _takes_any(one, ids)), running[0]),
            None,
            Period(now, now),
            composed_at=now,
            payloads=[render(statuses)],
            kind=EditionKind.NOTICE,
        )


def _takes_any(subscription: Subscription, ids: set[int]) -> bool:
    return not subscription.source_ids or bool(ids & set(subscription.source_ids))

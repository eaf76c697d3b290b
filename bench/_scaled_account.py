"""What stands in the channels and tables of the scaled set against what should."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bench._role_set import ScaledSet, subscribed
from digest.store.schema import (
    alerted,
    alerts,
    arrivals,
    articles,
    claims,
    deliveries,
    editions,
    entries,
    follows,
    subscriptions,
)

_MINUTE = timedelta(minutes=1)
_OPEN = ("pending", "sending")


async def settle(whole: ScaledSet, seconds: float) -> float:
    """Wait until all that is out is read, told and posted, or so long; return how long it took."""
    clock = asyncio.get_running_loop().time
    began_at = clock()
    while clock() - began_at < seconds:
        async with whole.store() as store, store.reading() as db:
            if await _is_settled(db, whole):
                break
        await asyncio.sleep(2)
    return clock() - began_at


async def _is_settled(db: AsyncConnection, whole: ScaledSet) -> bool:
    out = sum(len(one.printed) for one in whole.news.outlets)
    read = await _count(db, select(func.count()).select_from(entries).where(entries.c.article_id.is_not(None)))
    waiting = await _count(db, select(func.count()).select_from(arrivals))
    unsent = 0
    for table in (deliveries, alerts):
        unsent += await _count(db, select(func.count()).where(table.c.state.in_(_OPEN)))
    claimed = await _count(db, select(func.count()).select_from(claims))
    wanted = sum(len(one.printed) for place, _ in enumerate(whole.channels) for one in subscribed(whole, place))
    return read >= out and not waiting and not unsent and claimed >= wanted


async def _count(db: AsyncConnection, query: Any) -> int:
    return int((await db.execute(query)).scalar_one())


async def take_account(whole: ScaledSet) -> dict[str, int]:
    """Return what there is, and what is doubled, missed, lost or out of order."""
    async with whole.store() as store, store.reading() as db:
        return {
            **await _account_of_articles(db, whole),
            **await _account_of_editions(db),
            **await _account_of_parts(db, whole),
            **await _account_of_alerts(db, whole),
        }


async def _account_of_articles(db: AsyncConnection, whole: ScaledSet) -> dict[str, int]:
    wanted = {one.page_url(number) for one in whole.news.outlets for number, _ in enumerate(one.printed)}
    listed = Counter((await db.execute(select(entries.c.url))).scalars())
    kept = Counter((await db.execute(select(articles.c.identity))).scalars())
    read = set((await db.execute(select(entries.c.url).where(entries.c.article_id.is_not(None)))).scalars())
    asked = sum(one.asked.total() for one in whole.news.outlets)
    return {
        "articles": len(wanted),
        "articles lost": len(wanted - read) + len(wanted - kept.keys()),
        "articles stored twice": _extra(listed) + _extra(kept),
        "pages asked again": asked - len(wanted),
    }


async def _account_of_editions(db: AsyncConnection) -> dict[str, int]:
    query = select(editions.c.subscription_id, editions.c.local_date, editions.c.local_time, editions.c.kind)
    slots: dict[int, Counter[datetime]] = defaultdict(Counter)
    skipped = 0
    for subscription_id, day, hour, kind in await db.execute(query.where(editions.c.local_date.is_not(None))):
        slots[subscription_id][datetime.combine(day, hour)] += 1
        skipped += kind == "skipped"
    next_runs = dict((await db.execute(select(subscriptions.c.id, subscriptions.c.next_run_at))).tuples().all())
    paused = await _count(db, select(func.count()).where(subscriptions.c.paused_because != ""))
    missed = sum(
        (next_runs[id_].replace(tzinfo=None) - min(seen)) // _MINUTE - len(seen) for id_, seen in slots.items()
    )
    return {
        "slots": sum(len(seen) for seen in slots.values()),
        "slots skipped, on record": skipped,
        "slots doubled": sum(_extra(seen) for seen in slots.values()),
        "slots missed": missed + len(next_runs) - len(slots),
        "subscriptions paused": paused,
    }


async def _account_of_parts(db: AsyncConnection, whole: ScaledSet) -> dict[str, int]:
    rows = (await db.execute(select(deliveries).order_by(deliveries.c.edition_id, deliveries.c.part))).mappings().all()
    doubled_articles, unshown = 0, 0
    for place, channel in enumerate(whole.channels):
        titles = Counter(
            one["title"] for message in channel.messages.values() for one in message.embeds if "title" in one
        )
        wanted = {one.title_of(number) for one in subscribed(whole, place) for number, _ in enumerate(one.printed)}
        doubled_articles += sum(titles[one] - 1 for one in wanted if one in titles)
        unshown += len(wanted - titles.keys())
    claimed = await _count(db, select(func.count()).select_from(claims))
    wanted_claims = sum(len(one.printed) for place, _ in enumerate(whole.channels) for one in subscribed(whole, place))
    return {
        **_account_of_messages("parts", rows, whole.channels),
        "articles twice in a channel": doubled_articles,
        "articles in no edition of a channel": wanted_claims - claimed,
        "articles whose title no message shows": unshown,
    }


async def _account_of_alerts(db: AsyncConnection, whole: ScaledSet) -> dict[str, int]:
    rows = (await db.execute(select(alerts).order_by(alerts.c.id))).mappings().all()
    told = await _count(db, select(func.count()).select_from(alerted))
    number = await _count(db, select(func.count()).select_from(follows))
    wanted = number * sum(len(one.printed) for one in whole.news.outlets)
    return {
        **_account_of_messages("alerts", rows, whole.alert_channels),
        "articles not told to followers": wanted - told,
    }


def _account_of_messages(name: str, rows: Sequence[Any], channels: Sequence[Any]) -> dict[str, int]:
    """Return how the rows, in their order, stand in the channels: each is known there by its nonce."""
    places = {row["nonce"]: place for place, row in enumerate(rows)}
    seen = Counter[str]()
    turned, strange, wrong = 0, 0, 0
    for channel in channels:
        order = []
        for id_, message in sorted(channel.messages.items()):
            place = places.get(message.nonce)
            if place is None:
                strange += 1
                continue
            seen[message.nonce] += 1
            order.append(place)
            wrong += rows[place]["message_id"] != id_
        turned += sum(earlier > later for earlier, later in pairwise(order))
    return {
        name: len(rows),
        f"{name} doubled": _extra(seen) + strange,
        f"{name} missed": sum(not seen[nonce] for nonce in places),
        f"{name} out of order": turned,
        f"{name} not on record": wrong,
    }


def _extra(counted: Counter[Any]) -> int:
    return sum(count - 1 for count in counted.values())

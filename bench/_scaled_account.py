"""What stands in the channels and tables of the scaled set against what should."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bench._role_set import ScaledSet, subscribed
from bench._waiting import seconds_until
from digest.model import Outcome
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
    told_stories,
)

_PATIENCE = 900.0  # seconds
_OPEN = ("pending", "sending")

# What can become of an article in a channel; the last must not.
_SHOWN, _WITH_ANOTHER, _LOST = "shown", "told with another", "neither shown nor left out for a reason"
_FATES = (_SHOWN, _WITH_ANOTHER, *(f"left out: {one.value}" for one in Outcome if one is not Outcome.SHOWN), _LOST)

_CLAIMED = (
    select(
        subscriptions.c.channel_id,
        articles.c.identity,
        claims.c.edition_id,
        told_stories.c.headline,
        told_stories.c.outcome,
    )
    .join_from(claims, subscriptions, subscriptions.c.id == claims.c.subscription_id)
    .join(articles, articles.c.id == claims.c.article_id)
    .outerjoin(told_stories, told_stories.c.id == claims.c.story_id)
)


async def settle(whole: ScaledSet) -> float | None:
    """Wait until all that is out is read, told and posted; return how many seconds that took, or None: too long.

    What is new waits for the next slot of its channel, and a page that was read in vain is tried again after ten
    minutes.
    """

    async def is_settled() -> bool:
        async with whole.store() as store, store.reading() as db:
            return await _is_settled(db, whole)

    return await seconds_until(is_settled, every=2.0, patience=_PATIENCE)


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
            **await _account_of_editions(db, whole),
            **await _account_of_parts(db, whole),
            **await _account_of_told(db, whole),
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


async def _account_of_editions(db: AsyncConnection, whole: ScaledSet) -> dict[str, int]:
    query = select(editions.c.subscription_id, editions.c.local_date, editions.c.local_time, editions.c.kind)
    slots: dict[int, Counter[datetime]] = defaultdict(Counter)
    skipped = 0
    for subscription_id, day, hour, kind in await db.execute(query.where(editions.c.local_date.is_not(None))):
        slots[subscription_id][datetime.combine(day, hour)] += 1
        skipped += kind == "skipped"
    found = await db.execute(select(subscriptions.c.id, subscriptions.c.created_at, subscriptions.c.next_run_at))
    came = {row["id"]: (row["next_run_at"] - row["created_at"]) // whole.slot_every for row in found.mappings()}
    paused = await _count(db, select(func.count()).where(subscriptions.c.paused_because != ""))
    all_slots = sum(len(seen) for seen in slots.values())
    return {
        "slots": all_slots,
        "slots with an edition": all_slots - skipped,
        "slots skipped, on record": skipped,
        "slots doubled": sum(_extra(seen) for seen in slots.values()),
        "slots missed": sum(number - len(slots[id_]) for id_, number in came.items()),
        "subscriptions paused": paused,
    }


async def _account_of_parts(db: AsyncConnection, whole: ScaledSet) -> dict[str, int]:
    rows = (await db.execute(select(deliveries).order_by(deliveries.c.edition_id, deliveries.c.part))).mappings().all()
    return _account_of_messages("parts", rows, whole.channels)


async def _account_of_told(db: AsyncConnection, whole: ScaledSet) -> dict[str, int]:
    """Return what became of each article in each channel that reads its outlet; the fates add up to all of them."""
    titles = {
        (channel.id, one.page_url(number)): one.title_of(number)
        for place, channel in enumerate(whole.channels)
        for one in subscribed(whole, place)
        for number, _ in enumerate(one.printed)
    }
    shown = await _list_shown(db, whole)
    claimed = {}
    for row in (await db.execute(_CLAIMED)).mappings():
        channel_id, url = row["channel_id"], row["identity"]
        claimed[channel_id, url] = _fate_of(row, titles.get((channel_id, url), ""), shown)
    fates = Counter(claimed.get(one, _LOST) for one in titles)
    seen = Counter((channel_id, title) for channel_id, _, title in shown.elements())
    return {
        "articles for channels": len(titles),
        **{f"articles {fate}": fates[fate] for fate in _FATES},
        "articles in no edition of a channel": len(titles.keys() - claimed.keys()),
        "articles of others in a channel": len(claimed.keys() - titles.keys()),
        "articles twice in a channel": sum(max(seen[id_, title] - 1, 0) for (id_, _), title in titles.items()),
    }


async def _list_shown(db: AsyncConnection, whole: ScaledSet) -> Counter[tuple[int, int | None, str]]:
    """Return how often each title stands in a channel, as told by which edition."""
    found = await db.execute(select(deliveries.c.nonce, deliveries.c.edition_id))
    edition_ids = {row["nonce"]: row["edition_id"] for row in found.mappings()}
    return Counter(
        (channel.id, edition_ids.get(message.nonce), embed["title"])
        for channel in whole.channels
        for message in channel.messages.values()
        for embed in message.embeds
        if "title" in embed
    )


def _fate_of(row: Mapping[Any, Any], title: str, shown: Counter[tuple[int, int | None, str]]) -> str:
    if row["outcome"] not in (None, Outcome.SHOWN):
        return f"left out: {row['outcome']}"
    titles = {_SHOWN: title, _WITH_ANOTHER: row["headline"]}
    told_by = row["channel_id"], row["edition_id"]
    return next((fate for fate, one in titles.items() if (*told_by, one) in shown), _LOST)


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

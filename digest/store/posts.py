"""The messages that told of an article, as they stand in their channels, and what takes their place."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import RowMapping, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import Brief, DeliveryState, Edition, EditionKind, Outcome, Period, Post
from digest.store.articles import get_briefs
from digest.store.editions import add_edition
from digest.store.lots import in_lots
from digest.store.schema import article_versions, claims, deliveries, editions, subscriptions, told_stories
from digest.store.subscriptions import get_order

_OPEN = (DeliveryState.PENDING.value, DeliveryState.SENDING.value)


@dataclass(frozen=True, slots=True)
class Posted:
    """A part of an edition that told of an article; `is_open` while it is not known to stand in its channel."""

    delivery_id: int
    edition_id: int
    subscription_id: int
    story_id: int
    guild_id: int
    channel_id: int
    is_open: bool
    post: Post


async def list_posted(db: AsyncConnection, article_id: int, *, since: datetime) -> tuple[Posted, ...]:
    """Return the parts of the editions that told of the article, on their way or posted since then, in posting order.

    Their payload is that which took their place last, whether it stands there yet or not. A message that was deleted is
    none.
    """
    rows = await _list_parts(db, article_id, since)
    edits = await map_edits(db, [row["id"] for row in rows])
    urls = await _map_urls(db, {row["story_id"] for row in rows})
    return tuple(
        _posted_of(row, payload, urls.get(row["story_id"], ()))
        for row in rows
        if (payload := payload_of(row, edits.get(row["id"], ()))) is not None
    )


async def map_payloads(db: AsyncConnection, rows: Sequence[RowMapping]) -> dict[int, str]:
    """Return the payloads that these rows of `deliveries` have now, by their ids: those that took their place last.

    A message that was deleted has none. What could not be edited away in its channel is gone here all the same.
    """
    edits = await map_edits(db, [row["id"] for row in rows])
    found = {row["id"]: payload_of(row, edits.get(row["id"], ()), with_failed=True) for row in rows}
    return {id_: payload for id_, payload in found.items() if payload is not None}


async def list_subscription_ids(db: AsyncConnection, article_id: int) -> tuple[int, ...]:
    """Return the subscriptions that took the article, in the order in which their turns are taken."""
    query = select(claims.c.subscription_id).where(claims.c.article_id == article_id)
    return tuple((await db.execute(query.order_by(claims.c.subscription_id))).scalars())


async def get_others(db: AsyncConnection, story_id: int, article_id: int) -> tuple[Brief, ...]:
    """Return what was last read of the other articles that tell the story."""
    query = select(claims.c.article_id).where(claims.c.story_id == story_id, claims.c.article_id != article_id)
    return await get_briefs(db, list((await db.execute(query.order_by(claims.c.place))).scalars()))


async def add_corrections(
    db: AsyncConnection, payloads: Mapping[Posted, str], *, now: datetime, is_asked_for: bool = False
) -> tuple[Edition, ...]:
    """Keep what is to take the place of these parts, pending, an edition for each of theirs.

    What somebody asked for is due at once, in quiet hours too.
    """
    by_edition: dict[int, list[Posted]] = defaultdict(list)
    for posted in payloads:
        by_edition[posted.edition_id].append(posted)
    made = []
    for parts in by_edition.values():
        order = await get_order(db, parts[0].subscription_id, guild_id=parts[0].guild_id)
        # The digest may go to another channel by now; its older messages stand where they stand.
        subscription = replace(order.subscription, channel_id=parts[0].channel_id)
        made.append(
            await add_edition(
                db,
                subscription,
                None,
                Period(now, now),
                composed_at=now,
                payloads=[payloads[part] for part in parts],
                edits=[part.delivery_id for part in parts],
                kind=EditionKind.CORRECTION,
                is_asked_for=is_asked_for,
            )
        )
    return tuple(made)


async def _list_parts(db: AsyncConnection, article_id: int, since: datetime) -> Sequence[RowMapping]:
    is_open = deliveries.c.state.in_(_OPEN)
    stands = (deliveries.c.message_id > 0) & (deliveries.c.settled_at >= since)
    query = (
        select(deliveries, editions.c.subscription_id, subscriptions.c.zone, claims.c.story_id)
        .join_from(claims, told_stories, told_stories.c.id == claims.c.story_id)
        .join(editions, editions.c.id == told_stories.c.edition_id)
        .join(subscriptions, subscriptions.c.id == editions.c.subscription_id)
        .join(deliveries, deliveries.c.edition_id == editions.c.id)
        .where(claims.c.article_id == article_id, told_stories.c.outcome == Outcome.SHOWN.value, or_(is_open, stands))
        .order_by(deliveries.c.edition_id, deliveries.c.part)
    )
    return (await db.execute(query)).mappings().all()


async def map_edits(db: AsyncConnection, delivery_ids: Sequence[int]) -> dict[int, list[RowMapping]]:
    """Return the rows of the parts that are to take the place of these, oldest first."""
    query = select(deliveries).order_by(deliveries.c.id)
    found: dict[int, list[RowMapping]] = defaultdict(list)
    for ids in in_lots(delivery_ids):
        for row in (await db.execute(query.where(deliveries.c.edits.in_(ids)))).mappings():
            found[row["edits"]].append(row)
    return found


def payload_of(row: RowMapping, edits: Sequence[RowMapping], *, with_failed: bool = False) -> str | None:
    """Return what took the place of a part last, whether it stands there yet or not; None: its message was deleted.

    `with_failed` also what was to take its place and could not.
    """
    if any(edit["message_id"] == 0 for edit in edits):
        return None
    payloads = [edit["payload"] for edit in edits if with_failed or edit["state"] != DeliveryState.FAILED.value]
    return str([row["payload"], *payloads][-1])


async def _map_urls(db: AsyncConnection, story_ids: set[int]) -> dict[int, tuple[str, ...]]:
    """Return the addresses of the article that each story shows first, in all its versions."""
    query = (
        select(claims.c.story_id, article_versions.c.canonical_url, article_versions.c.url)
        .join(article_versions, article_versions.c.article_id == claims.c.article_id)
        .where(claims.c.story_id.in_(story_ids), claims.c.place == 0)
        .order_by(claims.c.story_id, article_versions.c.number)
    )
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for story_id, *addresses in await db.execute(query):
        found[story_id] |= dict.fromkeys(filter(None, addresses))
    return {story_id: tuple(addresses) for story_id, addresses in found.items()}


def _posted_of(row: RowMapping, payload: str, urls: tuple[str, ...]) -> Posted:
    return Posted(
        delivery_id=row["id"],
        edition_id=row["edition_id"],
        subscription_id=row["subscription_id"],
        story_id=row["story_id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        is_open=row["state"] in _OPEN,
        post=Post(payload, row["zone"], urls),
    )

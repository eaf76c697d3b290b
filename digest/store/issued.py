"""Digests that a guild was sent, day by day, with their messages as they stand."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, RowMapping, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import NotFoundError
from digest.model import DeliveryState, EditionKind, IssuedDigest
from digest.store.hidden import get_curtain
from digest.store.posts import map_payloads
from digest.store.schema import deliveries, editions, subscriptions
from digest.store.subscriptions import get_order

_A_DAY = timedelta(days=1)
_NEAR = 20  # editions that are looked at for the nearest day with one

# What could not be posted, or was deleted by somebody, is nothing that a channel was told.
_STANDS = and_(
    deliveries.c.state != DeliveryState.FAILED.value,
    or_(deliveries.c.message_id.is_(None), deliveries.c.message_id > 0),
)


async def list_issued_on(db: AsyncConnection, guild_id: int, day: date) -> tuple[IssuedDigest, ...]:
    """Return the digests of a local day, each in the zone of its subscription, in the order in which they were made."""
    rows = await _rows(db, _issued(guild_id).where(_is_near(day)).order_by(editions.c.id))
    return await _digests_of(db, guild_id, [row for row in rows if _day_of(row) == day])


async def get_issued(db: AsyncConnection, guild_id: int, edition_id: int) -> IssuedDigest:
    """Return a digest of the guild; NotFoundError also where none of its messages is left."""
    found = await _digests_of(db, guild_id, await _rows(db, _issued(guild_id).where(editions.c.id == edition_id)))
    if not found:
        raise NotFoundError(f"guild {guild_id} has no digest {edition_id}")
    return found[0]


async def find_nearest_days(db: AsyncConnection, guild_id: int, day: date) -> tuple[date | None, date | None]:
    """Return the nearest local days before and after this one that have a digest; None where there is none."""
    begin, end = _bounds(day)
    before = _issued(guild_id).where(editions.c.composed_at < end).order_by(editions.c.composed_at.desc())
    after = _issued(guild_id).where(editions.c.composed_at >= begin).order_by(editions.c.composed_at)
    earlier = [found for row in await _rows(db, before.limit(_NEAR)) if (found := _day_of(row)) < day]
    later = [found for row in await _rows(db, after.limit(_NEAR)) if (found := _day_of(row)) > day]
    return max(earlier, default=None), min(later, default=None)


def _issued(guild_id: int) -> Select[tuple[int, int, date | None, datetime, str]]:
    has_parts = exists().where(deliveries.c.edition_id == editions.c.id, _STANDS).correlate(editions)
    return (
        select(
            editions.c.id,
            editions.c.subscription_id,
            editions.c.local_date,
            editions.c.composed_at,
            subscriptions.c.zone,
        )
        .join(subscriptions, subscriptions.c.id == editions.c.subscription_id)
        .where(editions.c.guild_id == guild_id, editions.c.kind == EditionKind.DIGEST.value, has_parts)
    )


def _is_near(day: date) -> ColumnElement[bool]:
    begin, end = _bounds(day)
    is_extra = and_(editions.c.local_date.is_(None), editions.c.composed_at.between(begin, end))
    return or_(editions.c.local_date == day, is_extra)


def _bounds(day: date) -> tuple[datetime, datetime]:
    """Return between which instants the day lies in any zone."""
    try:
        begin = datetime.combine(day - _A_DAY, time(), ZoneInfo("UTC"))
        return begin, begin + 3 * _A_DAY
    except OverflowError:  # at the ends of the calendar
        whole = datetime.combine(day, time(), ZoneInfo("UTC"))
        return whole, whole


def _day_of(row: RowMapping) -> date:
    local: date | None = row["local_date"]
    composed_at: datetime = row["composed_at"]
    return local or composed_at.astimezone(ZoneInfo(row["zone"])).date()


async def _rows(
    db: AsyncConnection, query: Select[tuple[int, int, date | None, datetime, str]]
) -> Sequence[RowMapping]:
    return (await db.execute(query)).mappings().all()


async def _digests_of(db: AsyncConnection, guild_id: int, rows: Sequence[RowMapping]) -> tuple[IssuedDigest, ...]:
    query = select(deliveries).where(deliveries.c.edition_id.in_([row["id"] for row in rows]), _STANDS)
    parts: dict[int, list[RowMapping]] = defaultdict(list)
    for part in (await db.execute(query.order_by(deliveries.c.part))).mappings():
        parts[part["edition_id"]].append(part)
    curtain = await get_curtain(db, guild_id)
    found = []
    for row in rows:
        order = await get_order(db, row["subscription_id"], guild_id=guild_id)
        payloads = await map_payloads(db, parts[row["id"]])
        # Messages older than what is edited when a name is hidden still have it: here they are left out whole.
        standing = [
            part
            for part in parts[row["id"]]
            if part["id"] in payloads and not curtain.has_name_in_message(payloads[part["id"]])
        ]
        if standing:
            found.append(
                IssuedDigest(
                    edition_id=row["id"],
                    subscription=order.subscription,
                    day=_day_of(row),
                    composed_at=row["composed_at"],
                    channel_id=standing[0]["channel_id"],
                    payloads=tuple(payloads[part["id"]] for part in standing),
                    message_id=next((part["message_id"] for part in standing if part["message_id"]), None),
                )
            )
    return tuple(sorted(found, key=attrgetter("edition_id")))

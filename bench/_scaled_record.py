"""A hundred thousand guilds on PostgreSQL: what they follow, what they ordered and when, and a day of news."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, func, insert, select, text

from bench._newsroom import Outlet, World
from digest import Service, Store, Subscription
from digest.store.schema import (
    article_sources,
    article_versions,
    articles,
    entries,
    guild_sources,
    sources,
    subscriptions,
)

NOW = datetime(2026, 11, 23, 23, tzinfo=UTC)
_DAY = date(2026, 11, 24)
_BATCH = 5000
_FOLLOWED = 5  # sources a guild

# Assumed, nobody publishes it: where servers are, and when they want their digest. Half of all want it on the hour of
# a morning; the rest any half hour.
_ZONES = {
    "America/New_York": 0.24,
    "America/Chicago": 0.10,
    "America/Los_Angeles": 0.14,
    "Europe/London": 0.12,
    "Europe/Berlin": 0.20,
    "Asia/Kolkata": 0.08,
    "Asia/Tokyo": 0.07,
    "America/Sao_Paulo": 0.05,
}
_TIMES = {time(8): 0.25, time(9): 0.15, time(7): 0.12, time(18): 0.08}


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is."""

    guilds: int = 100_000
    orders: int = 150_000
    sources: int = 20_000
    sample: int = 1_000
    """Of what is due at the peak, so much is issued and posted to say what one takes."""


async def fill_in(store: Store, size: Size) -> Counter[datetime]:
    """Fill an empty database, and return how many subscriptions are due in each minute of the day."""
    lot = Random(10)  # noqa: S311 -- the same day each time
    models = await _models(store)
    await _add(store, sources, (_source(models, number) for number in range(2, size.sources + 1)))
    await _add(store, guild_sources, _followed(size))
    for table, rows in _articles(models, size).items():
        await _add(store, table, rows)
    due: Counter[datetime] = Counter()
    await _add(store, subscriptions, _orders(models, size, lot, due))
    async with store.writing() as db:
        for table in (sources, articles, article_versions, entries, subscriptions):
            highest = select(func.max(table.c.id)).scalar_subquery()
            await db.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest)))
        await db.execute(text("ANALYZE"))
    return due


async def _models(store: Store) -> dict[Table, dict[str, Any]]:
    """Make one of each by the service, and return their rows: the others are like them."""
    outlet = Outlet("outlet-1.example", [("https://outlet-1.example/1", NOW)])
    world = World([outlet], listed=20)
    service = Service(store, world, world.think)
    await service.add_source(1, outlet.feed_url, now=NOW)
    await service.refresh_due(now=NOW)
    await service.save_subscription(Subscription(1, 1, (time(8),), "UTC"), now=NOW)
    found = {}
    async with store.reading() as db:
        for table in (sources, articles, article_versions, entries, subscriptions):
            found[table] = dict((await db.execute(select(table))).mappings().one())
    return found


def _source(models: dict[Table, dict[str, Any]], number: int) -> dict[str, Any]:
    url, later = f"https://outlet-{number}.example/feed.xml", timedelta(seconds=number % 3600)
    return {
        **models[sources],
        "id": number,
        "url": url,
        "name": url,
        "next_refresh_at": NOW + timedelta(hours=1) + later,
    }


def _followed(size: Size) -> Iterator[dict[str, Any]]:
    for guild_id in range(2, size.guilds + 1):
        for source_id in {1 + (guild_id * 31 + step * 7919) % size.sources for step in range(_FOLLOWED)}:
            yield {
                "guild_id": guild_id,
                "source_id": source_id,
                "since": NOW - timedelta(days=30),
                "filters": {},
                "noticed_at": None,
            }


def _articles(models: dict[Table, dict[str, Any]], size: Size) -> dict[Table, Iterator[dict[str, Any]]]:
    def rows(table: Table, change: Callable[[int], dict[str, Any]]) -> Iterator[dict[str, Any]]:
        return ({**models.get(table, {}), **change(number)} for number in range(2, size.sources + 1))

    def url(number: int) -> str:
        return f"https://outlet-{number}.example/1"

    return {
        articles: rows(articles, lambda n: {"id": n, "identity": url(n), "reread_at": None}),
        article_versions: rows(article_versions, lambda n: {"id": n, "article_id": n, "url": url(n), "title": url(n)}),
        article_sources: rows(article_sources, lambda n: {"article_id": n, "source_id": n}),
        entries: rows(entries, lambda n: {"id": n, "source_id": n, "identity": url(n), "url": url(n), "article_id": n}),
    }


def _orders(
    models: dict[Table, dict[str, Any]], size: Size, lot: Random, due: Counter[datetime]
) -> Iterator[dict[str, Any]]:
    zones = {name: ZoneInfo(name) for name in _ZONES}
    for number in range(2, size.orders + 1):
        zone = lot.choices(list(_ZONES), list(_ZONES.values()))[0]
        at = lot.choices([*_TIMES, None], [*_TIMES.values(), 1 - sum(_TIMES.values())])[0]
        at = at or time(lot.randrange(24), lot.choice((0, 30)))
        instant = datetime.combine(_DAY, at, tzinfo=zones[zone]).astimezone(UTC)
        due[instant] += 1
        yield {
            **models[subscriptions],
            "id": number,
            "guild_id": 1 + number % size.guilds,
            "channel_id": number,
            "zone": zone,
            "times": [at.isoformat()],
            "next_run_at": instant,
            "since": NOW - timedelta(days=1),
        }


async def _add(store: Store, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    lot: list[dict[str, Any]] = []
    for row in rows:
        lot.append(row)
        if len(lot) == _BATCH:
            async with store.writing() as db:
                await db.execute(insert(table), lot)
            lot = []
    if lot:
        async with store.writing() as db:
            await db.execute(insert(table), lot)

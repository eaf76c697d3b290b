"""A day of 100,000 guilds on one PostgreSQL: what the clock and the claims cost, and how late the last post is."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, func, insert, select, text

from bench._newsroom import Outlet, World, print_urls
from digest import Queue, Service, Step, Store, Subscription
from digest.model import Delivery
from digest.store.schema import (
    article_sources,
    article_versions,
    articles,
    entries,
    guild_sources,
    sources,
    subscriptions,
)

_DAY = date(2026, 11, 24)
_NOW = datetime(2026, 11, 23, 23, tzinfo=UTC)
_POSTS_A_SECOND = 50
_PARTS = 1.2
"""A digest has one message mostly, sometimes two."""
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


SMALL = Size(400, 600, 80, 40)


async def measure_day(url: str, size: Size) -> dict[str, Any]:
    """Return milliseconds of each part, medians, and the lateness of posts over the day at 50 a second.

    Drafts are cheap (nothing is read or composed); all SQL is real. Lateness is counted minute by minute from what is
    due then.
    """
    async with await Store.open(url) as store, await Queue.open(store) as queue:
        began = perf_counter()
        due = await _fill(store, size)
        figures: dict[str, Any] = {
            "guilds": size.guilds,
            "subscriptions": size.orders,
            "sources": size.sources,
            "filled in, s": round(perf_counter() - began),
        }
        peak = max(due, key=lambda minute: due[minute])
        world = World([Outlet(f"outlet-{number}.example") for number in range(size.sources)], listed=20)
        service = Service(store, world, world.think)
        figures |= await _idle(service, queue)
        figures |= {"due at the peak minute": due[peak], "peak minute, UTC": f"{peak:%H:%M}"}
        figures |= await _share_out(service, queue, peak)
        figures |= await _issue(service, peak, size.sample)
        figures |= await _post(service, peak, size.sample)
        figures |= await _ask(service, size.sample)
        figures |= await _run_jobs(queue, size.sample)
        figures |= lateness(due)
        figures["megabytes of tables"] = await _megabytes(store)
    return figures


def lateness(due: Counter[datetime]) -> dict[str, Any]:
    """Return the longest time from when a post was due to when it was made, at 50 a second and nothing else to send."""
    minutes = [
        min(due) + timedelta(minutes=number) for number in range(1 + int((max(due) - min(due)).total_seconds() / 60))
    ]
    waiting, longest, busiest = 0.0, 0.0, 0.0
    for minute in minutes:
        waiting += due[minute] * _PARTS
        longest = max(longest, waiting / _POSTS_A_SECOND)
        busiest = max(busiest, due[minute] * _PARTS)
        waiting = max(0.0, waiting - 60 * _POSTS_A_SECOND)
    return {
        "posts in the day": round(sum(due.values()) * _PARTS),
        "posts of the peak minute": round(busiest),
        "longest lateness at 50/s, min": round(longest / 60, 1),
        "posts that 50/s allows in a day": 86_400 * _POSTS_A_SECOND,
    }


# --- the record ---


async def _fill(store: Store, size: Size) -> Counter[datetime]:
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
    outlet = Outlet("outlet-1.example", [("https://outlet-1.example/1", _NOW)])
    world = World([outlet], listed=20)
    service = Service(store, world, world.think)
    await service.add_source(1, outlet.feed_url, now=_NOW)
    await service.refresh_due(now=_NOW)
    await service.save_subscription(Subscription(1, 1, (time(8),), "UTC"), now=_NOW)
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
        "next_refresh_at": _NOW + timedelta(hours=1) + later,
    }


def _followed(size: Size) -> Iterator[dict[str, Any]]:
    for guild_id in range(2, size.guilds + 1):
        for source_id in {1 + (guild_id * 31 + step * 7919) % size.sources for step in range(_FOLLOWED)}:
            yield {
                "guild_id": guild_id,
                "source_id": source_id,
                "since": _NOW - timedelta(days=30),
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
            "since": _NOW - timedelta(days=1),
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


# --- what is measured ---


async def _timed(name: str, step: Callable[[], Awaitable[object]], rounds: int = 5) -> dict[str, float]:
    took = []
    for _ in range(rounds):
        began = perf_counter()
        await step()
        took.append(perf_counter() - began)
    return {f"{name}, ms": round(1000 * median(took), 1)}


async def _idle(service: Service, queue: Queue) -> dict[str, Any]:
    async def tick() -> None:
        await queue.fill(await service.map_due(now=_NOW))

    return {
        **await _timed("clock, nothing due", tick),
        **await _timed("sweep", queue.sweep),
        **await _timed("health", lambda: service.get_health(now=_NOW)),
    }


async def _share_out(service: Service, queue: Queue, peak: datetime) -> dict[str, Any]:
    due = {Step.ISSUE: (await service.map_due(now=peak))[Step.ISSUE]}
    look = await _timed("clock at the peak, what is due", lambda: service.map_due(now=peak))
    began = perf_counter()
    jobs = await queue.fill(due)
    filling = perf_counter() - began
    return {
        **look,
        "clock at the peak, jobs added": jobs,
        "clock at the peak, adding them, ms": round(1000 * filling, 1),
        **await _timed("clock at the peak, all there already", lambda: queue.fill(due)),
    }


async def _issue(service: Service, peak: datetime, sample: int) -> dict[str, Any]:
    due = (await service.map_due(now=peak))[Step.ISSUE][:sample]
    chunks = [due[first : first + 10] for first in range(0, len(due), 10)]
    began = perf_counter()
    made = await _each(chunks, lambda ids: service.issue_due(now=peak, render=print_urls, among=ids), at_once=4)
    took = perf_counter() - began
    return {
        "issuing, 4 at once, ms a subscription": round(1000 * took / len(due), 1),
        "issued": sum(len(one) for one in made),
    }


async def _post(service: Service, peak: datetime, sample: int) -> dict[str, Any]:
    channels = (await service.map_due(now=peak))[Step.DELIVER][:sample]
    steps: dict[str, list[float]] = {"lease": [], "begin": [], "finish": []}

    async def timed(name: str, step: Awaitable[Any]) -> Any:
        began = perf_counter()
        given = await step
        steps[name].append(perf_counter() - began)
        return given

    async def post(channel_id: int) -> None:
        parts: tuple[Delivery, ...] = await timed("lease", service.open_deliveries(now=peak, channel_id=channel_id))
        for part in parts:
            await timed("begin", service.begin_delivery(part.id, now=peak))
            await timed("finish", service.finish_delivery(part.id, part.id, now=peak))

    began = perf_counter()
    await _each(channels, post, at_once=4)
    took = perf_counter() - began
    return {
        "claims of posts, 4 at once, ms a channel": round(1000 * took / max(len(channels), 1), 1),
        **{f"{name}, ms": round(1000 * median(times), 1) for name, times in steps.items() if times},
    }


async def _ask(service: Service, sample: int) -> dict[str, Any]:
    later = _NOW + timedelta(hours=3)
    due = (await service.map_due(now=later))[Step.REFRESH][:sample]
    chunks = [due[first : first + 25] for first in range(0, len(due), 25)]
    began = perf_counter()
    await _each(chunks, lambda ids: service.refresh_these(ids, now=later), at_once=2)
    return {"asking (SQL alone), 2 at once, ms a source": round(1000 * (perf_counter() - began) / max(len(due), 1), 2)}


async def _run_jobs(queue: Queue, sample: int) -> dict[str, Any]:
    done = 0

    async def count(_: Sequence[int]) -> None:
        nonlocal done
        done += 1

    queue.register(dict.fromkeys(Step, count))
    await queue.fill({Step.READ: range(1, sample + 1)})
    began = perf_counter()
    working = asyncio.create_task(queue.work({"read": 8}))
    while done < sample:  # noqa: ASYNC110 -- jobs are counted, they do not signal
        await asyncio.sleep(0.05)
    took = perf_counter() - began
    queue.stop()
    await working
    return {"empty jobs a second, 8 at once in one process": round(sample / took)}


async def _each(given: Sequence[Any], step: Callable[[Any], Awaitable[Any]], *, at_once: int) -> list[Any]:
    limit = asyncio.Semaphore(at_once)

    async def limited(one: Any) -> Any:
        async with limit:
            return await step(one)

    return await asyncio.gather(*(limited(one) for one in given))


async def _megabytes(store: Store) -> dict[str, int]:
    query = text(
        "SELECT relname, pg_total_relation_size(relid) / 1000000 FROM pg_statio_user_tables ORDER BY 2 DESC LIMIT 8"
    )
    async with store.reading() as db:
        return {name: int(size) for name, size in await db.execute(query) if size}

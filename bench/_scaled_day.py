"""A day of 100,000 guilds on one PostgreSQL: what the clock and the claims cost, and how late the last post is."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import text

from bench._newsroom import Outlet, World, print_urls
from bench._scaled_record import NOW, Size, fill_in
from digest import Queue, Service, Step, Store
from digest.model import Delivery

_POSTS_A_SECOND = 50
_PARTS = 1.2
"""A digest has one message mostly, sometimes two."""

SMALL = Size(400, 600, 80, 40)


async def measure_day(url: str, size: Size) -> dict[str, Any]:
    """Return milliseconds of each part, medians, and the lateness of posts over the day at 50 a second.

    Drafts are cheap (nothing is read or composed); all SQL is real. Lateness is counted minute by minute from what is
    due then.
    """
    async with await Store.open(url) as store, await Queue.open(store) as queue:
        began = perf_counter()
        due = await fill_in(store, size)
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


async def _timed(name: str, step: Callable[[], Awaitable[object]], rounds: int = 5) -> dict[str, float]:
    took = []
    for _ in range(rounds):
        began = perf_counter()
        await step()
        took.append(perf_counter() - began)
    return {f"{name}, ms": round(1000 * median(took), 1)}


async def _idle(service: Service, queue: Queue) -> dict[str, Any]:
    async def tick() -> None:
        await queue.fill(await service.map_due(now=NOW))

    return {
        **await _timed("clock, nothing due", tick),
        **await _timed("sweep", queue.sweep),
        **await _timed("health", lambda: service.get_health(now=NOW)),
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
    later = NOW + timedelta(hours=3)
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

"""What a table of a hundred thousand subscriptions costs: a tick with nothing due, and a thousand that are."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, time as time_of_day, timedelta
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert, select, update

from digest import Page, Service, Store, Subscription
from digest.errors import UnreachableError
from digest.model import Part, Validators
from digest.service.issuing import AT_ONCE, take_due
from digest.store import subscriptions
from digest.store.schema import subscriptions as table

_NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
_ROUNDS = 5
_DAY = timedelta(days=1)
_BATCH = 5000


def measure_claiming(orders: int = 100_000, due: int = 1000, *, ticks: int = 300) -> dict[str, Any]:
    """Return milliseconds on SQLite: of ticks with nothing due, and of what the schedule does for those that are due.

    Claiming is what issuing does but for making the editions: the due are read with what becomes of their slots, held,
    and moved on, as many in a transaction as issuing takes. Each figure is the median; CPU is this process's, to tell
    how busy the machine was. Every second subscription wants answers on due days.
    """
    return asyncio.run(_measure(orders, due, ticks))


async def _measure(orders: int, due: int, ticks: int) -> dict[str, Any]:
    with TemporaryDirectory(prefix="onrecord-") as folder:
        async with await Store.open(f"sqlite+aiosqlite:///{folder}/onrecord.sqlite3") as store:
            service = Service(store, _NoWeb(), _think)
            await _fill(store, service, orders)
            figures: dict[str, float] = {"subscriptions": orders, "due": due}
            figures |= await _timed("idle tick", ticks, lambda: service.issue_due(now=_NOW, render=_render))
            figures |= await _timed("idle tick with reminders, notices and outbox", ticks, lambda: _tick(service))
            figures |= await _timed("claiming", _ROUNDS, lambda: _claim(store), lambda: _let_come(store, due))
            issue = lambda: service.issue_due(now=_NOW, render=_render)  # noqa: E731 -- one of four alike
            return figures | await _timed("issuing, nothing new", 1, issue, lambda: _let_come(store, due))


async def _timed(
    name: str, rounds: int, step: Callable[[], Awaitable[object]], before: Callable[[], Awaitable[object]] | None = None
) -> dict[str, float]:
    took, cpu = [], []
    for _ in range(rounds):
        if before:
            await before()
        began, began_cpu = time.perf_counter(), time.process_time()
        await step()
        took.append(time.perf_counter() - began)
        cpu.append(time.process_time() - began_cpu)
    return {
        f"{name}, ms": round(1000 * statistics.median(took), 2),
        f"{name}, fastest ms": round(1000 * min(took), 2),
        f"{name}, cpu ms": round(1000 * statistics.median(cpu), 2),
    }


async def _fill(store: Store, service: Service, orders: int) -> None:
    zones = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "Australia/Sydney")
    wanted = Subscription(1, 1, (time_of_day(8), time_of_day(18, 30)), "UTC")
    await service.save_subscription(wanted, now=_NOW)
    async with store.writing() as db:
        (model,) = (await db.execute(select(table))).mappings()
        for first in range(2, orders + 1, _BATCH):
            rows = [
                {**model, "id": id_, "guild_id": id_ // 4, "channel_id": id_, "zone": zones[id_ % len(zones)]}
                | {"answers_due": id_ % 2 == 0, "next_run_at": _NOW + timedelta(seconds=1 + id_ % 86_400)}
                for id_ in range(first, min(first + _BATCH, orders + 1))
            ]
            await db.execute(insert(table), rows)


async def _let_come(store: Store, due: int) -> None:
    async with store.writing() as db:
        await db.execute(update(table).where(table.c.id <= due).values(next_run_at=_NOW - timedelta(minutes=90)))


async def _claim(store: Store) -> None:
    last = None
    while True:
        async with store.reading() as db:
            runs = await take_due(db, _NOW, after=last)
        async with store.writing() as db:
            held = await subscriptions.hold_due(db, [order for order, _ in runs])
            moved = [replace(order, next_run_at=run.next_run_at) for order, run in runs]
            await subscriptions.advance(db, [order for order in moved if order.subscription.id in held])
        if len(runs) < AT_ONCE:
            return
        last = runs[-1][0]


async def _tick(service: Service) -> None:
    await service.issue_due(now=_NOW, render=_render)
    await service.remind_due(now=_NOW, render=lambda _entries, _zone: "")
    await service.notice_paused(now=_NOW, render=lambda _statuses: "")
    await service.open_deliveries(now=_NOW)


def _render(_digest: object) -> tuple[Part, ...]:
    return ()


async def _think(function: Callable[..., Any], *args: Any, timeout: float | None = None) -> Any:  # noqa: ARG001, ASYNC109 -- the pool's signature
    return function(*args)


class _NoWeb:
    async def fetch(self, url: str, *, validators: Validators | None = None, max_bytes: int | None = None) -> Page:  # noqa: ARG002 -- the form of a Fetcher
        raise UnreachableError(url, "there is no web here")

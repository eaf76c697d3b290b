"""Workers that die or stop in the middle of their work: in how many seconds another one does that very work."""

import asyncio
import signal
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import text

from bench._role_set import ScaledSet, open_set, printing
from bench._scaled_account import settle, take_account
from bench._waiting import seconds_until
from digest import Queue, Store
from tests.wire.faults import Slow

_QUEUES = ("fetch", "read", "deliver")
_WORKERS = ("worker-1", "worker-2")
_PRINT_EVERY = 2.5
_SLOW_SECONDS = 0.7  # so long the web and Discord take: work that takes no time cannot be interrupted
_STOPPED_SECONDS = 60.0
_PATIENCE = 120.0

_DOING = (
    "SELECT id, worker_id, args FROM onrecord_queue.procrastinate_jobs WHERE status = 'doing' AND queue_name = :name"
)
_STILL = "SELECT count(*) FROM onrecord_queue.procrastinate_jobs WHERE id = :id AND worker_id = :worker"
_IS_TODO = "SELECT count(*) FROM onrecord_queue.procrastinate_jobs WHERE id = :id AND status = 'todo'"
_OPEN = (
    "SELECT count(*) FROM deliveries WHERE channel_id = :channel AND state IN ('pending', 'sending') AND due_at <= :at"
)
_TOLD = "SELECT count(*) FROM alerts WHERE channel_id = :channel AND state IN ('pending', 'sending') AND due_at <= :at"
_IDS = "SELECT id FROM onrecord_queue.procrastinate_workers"


class _SlowDiscord:
    """What the wire asks for the fault that a request meets: each message takes a while."""

    def take(self, method: str, path: str) -> Any:
        """Return what becomes of a request."""
        return Slow(_SLOW_SECONDS) if method == "POST" and path.endswith("/messages") else None

    def unused(self) -> list[str]:
        """Return nothing: there is no script."""
        return []


@dataclass(frozen=True, slots=True)
class _Work:
    """A job that a worker was doing when something became of that."""

    id: int
    worker: int
    queue: str
    ids: tuple[int, ...]


def measure_takeover(runs: int = 20, *, logs: Path | None = None) -> dict[str, Any]:
    """Return the seconds, by queue, until what a worker did is done again: killed, stopped for a minute, both killed.

    Work of `fetch` and `read` is done again when another has begun it, of `deliver` when nothing of it is open.
    """
    return asyncio.run(_measure(runs, logs))


async def _measure(runs: int, logs: Path | None) -> dict[str, Any]:
    began_at = perf_counter()
    async with open_set(logs) as whole, whole.store() as store, await Queue.open(store):
        whole.wire.rest.faults = _SlowDiscord()
        whole.news.seconds = _SLOW_SECONDS
        await whole.start("gateway", "clock-1")
        scene = _Scene(whole, store)
        for name in _WORKERS:
            await scene.start(name)
        async with printing(whole, every=_PRINT_EVERY):
            killed = {queue: [await scene.kill_at(queue) for _ in range(runs)] for queue in _QUEUES}
            both = {queue: [await scene.kill_at(queue, both=True)] for queue in _QUEUES}
            stopped = {queue: [await scene.stop_at(queue)] for queue in _QUEUES}
        settled = await settle(whole)
        return {
            **{f"{queue}: one killed": _spread(took) for queue, took in killed.items()},
            **{f"{queue}: both killed, from the start of one": took[0] for queue, took in both.items()},
            **{f"{queue}: one stopped for 60 s": took[0] for queue, took in stopped.items()},
            **await take_account(whole),
            "seconds until all was settled": settled,
            "seconds": round(perf_counter() - began_at),
        }


def _spread(took: list[float]) -> dict[str, float]:
    return {"runs": len(took), "median": sorted(took)[len(took) // 2], "most": max(took)}


class _Scene:
    def __init__(self, whole: ScaledSet, store: Store) -> None:
        self._whole = whole
        self._store = store
        self._ids: dict[str, set[int]] = {}

    async def start(self, name: str) -> None:
        """Start a worker, and learn by which numbers the queue knows it."""
        before = await self._list(_IDS)
        await self._whole.roles[name].start()
        async with asyncio.timeout(_PATIENCE):
            while len(new := await self._list(_IDS) - before) < len(_QUEUES):  # noqa: ASYNC110 -- its rows
                await asyncio.sleep(0.1)
        self._ids[name] = new

    async def kill_at(self, queue: str, *, both: bool = False) -> float:
        """Kill the worker that does something of a queue, or both and start one; return seconds until it is redone."""
        work, name = await self._catch(queue)
        victims = _WORKERS if both else (name,)
        for one in victims:
            await self._whole.roles[one].kill()
        if both:
            await self.start(victims[0])
        took = await self._time(work)
        for one in victims[1:] if both else victims:
            await self.start(one)
        return took

    async def stop_at(self, queue: str) -> float:
        """Stop the worker that does something of a queue for a minute; return seconds until another does it."""
        work, name = await self._catch(queue)
        role = self._whole.roles[name]
        role.send(signal.SIGSTOP)
        began_at = perf_counter()
        took = await self._time(work)
        await asyncio.sleep(max(0.0, _STOPPED_SECONDS - (perf_counter() - began_at)))
        role.send(signal.SIGCONT)
        await asyncio.sleep(5)
        await role.kill()
        await self.start(name)
        return took

    async def _catch(self, queue: str) -> tuple[_Work, str]:
        async with asyncio.timeout(_PATIENCE):
            while True:
                async with self._store.reading() as db:
                    rows = (await db.execute(text(_DOING), {"name": queue})).all()
                for id_, worker, args in rows:
                    if name := next((name for name, ids in self._ids.items() if worker in ids), None):
                        return _Work(id_, worker, queue, tuple(args["ids"])), name
                await asyncio.sleep(0.02)

    async def _time(self, work: _Work) -> float:
        at = self._now()
        took = await seconds_until(lambda: self._is_redone(work, at), every=0.1, patience=_PATIENCE)
        if took is None:
            raise TimeoutError
        return took

    async def _is_redone(self, work: _Work, at: Any) -> bool:
        if await self._count(_STILL, id=work.id, worker=work.worker) or await self._count(_IS_TODO, id=work.id):
            return False
        if work.queue != "deliver":
            return True
        return not any([await self._count(one, channel=work.ids[0], at=at) for one in (_OPEN, _TOLD)])

    def _now(self) -> Any:
        return self._whole.wire.world.now()

    async def _list(self, query: str) -> set[int]:
        async with self._store.reading() as db:
            return set((await db.execute(text(query))).scalars())

    async def _count(self, query: str, **given: Any) -> int:
        async with self._store.reading() as db:
            return int((await db.execute(text(query), given)).scalar_one())

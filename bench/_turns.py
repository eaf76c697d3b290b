"""What it costs a request that all processes take turns at hosts, in a real PostgreSQL."""

import asyncio
import time
from statistics import median, quantiles
from typing import Any

from digest import Store
from digest.service.taking_turns import SharedTurns
from tests.postgres import Server, find_programs

_TURNS = 960
_AT_ONCE = (1, 8, 32)


def measure_turns() -> dict[str, Any]:
    """Return how many milliseconds it takes to reserve a start and to give the place back, each, by how many at once.

    Each asks hosts of its own, which are asked by nobody else: what is measured is the database, not a wait.
    """
    server = Server(find_programs())
    try:
        return asyncio.run(_measure(server))
    finally:
        server.stop()


async def _measure(server: Server) -> dict[str, Any]:
    async with server.database() as url, await Store.open(url) as store:
        turns = SharedTurns(store)
        await _take_turns(turns, "warm", 50)
        return {f"{count} at once": await _measure_at_once(turns, count) for count in _AT_ONCE}


async def _measure_at_once(turns: SharedTurns, count: int) -> dict[str, float]:
    began = time.perf_counter()
    spent = await asyncio.gather(*(_take_turns(turns, f"{count}-{one}", _TURNS // count) for one in range(count)))
    seconds = time.perf_counter() - began
    figures: dict[str, float] = {"requests a second": round(_TURNS / seconds)}
    for name, place in (("taken", 0), ("given back", 1)):
        took = [1000 * one[place] for each in spent for one in each]
        figures |= {
            f"{name}: median ms": round(median(took), 2),
            f"{name}: p95 ms": round(quantiles(took, n=20)[-1], 2),
        }
    return figures


async def _take_turns(turns: SharedTurns, name: str, count: int) -> list[tuple[float, float]]:
    spent = []
    for number in range(count):
        began = time.perf_counter()
        place = await turns.take(f"{name}-{number}.example", gap=1.0, longest=20.0, patience=60.0)
        had = time.perf_counter()
        await turns.end(f"{name}-{number}.example", place)
        spent.append((had - began, time.perf_counter() - had))
    return spent

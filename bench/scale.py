"""Beyond one machine: how reading scales, what jobs cost, what a day of 100,000 guilds costs, and what deaths cost."""

import argparse
import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from time import gmtime, strftime
from typing import Any

from bench._scaled_day import SMALL, measure_day
from bench._scaled_record import Size
from bench._throughput import measure_distributed, measure_embedded, measure_overhead
from digest.store import Store
from tests.postgres import AS_INSTALLED, Server, find_programs

_ROUNDS = 5


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return the figures of each part, or of the one that is asked for; what each means, its own function says."""
    parser = argparse.ArgumentParser(prog="python -m bench scale")
    parser.add_argument("--part", choices=_PARTS, help="one part only")
    parser.add_argument("--small", action="store_true", help="in seconds, to see that it works")
    options = parser.parse_args(arguments)
    wanted = [options.part] if options.part else list(_PARTS)
    return {
        "bench": "scale",
        "at": strftime("%Y-%m-%dT%H:%MZ", gmtime()),
        "cores": os.cpu_count(),
        "load before": round(os.getloadavg()[0], 2),
        **{part: asyncio.run(_PARTS[part](is_small=options.small)) for part in wanted},
    }


async def _throughput(*, is_small: bool) -> dict[str, Any]:
    number, rounds = (30, 1) if is_small else (160, _ROUNDS)
    return {
        "embedded": await measure_embedded(number, rounds),
        "distributed": await _on_postgres(lambda url: measure_distributed(url, number, rounds)),
    }


async def _overhead(*, is_small: bool) -> dict[str, Any]:
    return await _on_postgres(lambda url: measure_overhead(url, 1 if is_small else _ROUNDS))


async def _day(*, is_small: bool) -> dict[str, Any]:
    return await _on_postgres(lambda url: measure_day(url, SMALL if is_small else Size()))


async def _on_postgres(step: Callable[[str], Coroutine[Any, Any, dict[str, Any]]]) -> dict[str, Any]:
    """Do it on a PostgreSQL of its own, with On Record's tables."""
    server = Server(find_programs(), options=AS_INSTALLED)
    try:
        async with server.database(migrated=False) as url:
            await (await Store.open(url)).close()
            return await step(url)
    finally:
        server.stop()


_PARTS: dict[str, Callable[..., Coroutine[Any, Any, dict[str, Any]]]] = {
    "throughput": _throughput,
    "overhead": _overhead,
    "day": _day,
}

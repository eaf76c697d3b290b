"""Beyond one machine: how reading scales, what jobs cost, what a day of 100,000 guilds costs, and what deaths cost."""

import argparse
import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from bench._killing import measure_killing
from bench._outages import measure_outages
from bench._scaled_day import SMALL, measure_day
from bench._scaled_record import Size
from bench._takeover import measure_takeover
from bench._throughput import measure_distributed, measure_embedded, measure_overhead
from digest.store import Store
from tests.postgres import AS_INSTALLED, Server, find_programs

_ARTICLES, _ROUNDS = (30, 150), (1, 5)  # in small, and at large; each source has three
_KILLS, _RUNS, _CUT_SECONDS = (5, 200), (2, 20), (5.0, 60.0)


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return the figures of each part, or of those that are asked for; what each means, its own function says."""
    parser = argparse.ArgumentParser(prog="python -m bench scale")
    parts: dict[str, Callable[[bool, Path | None], dict[str, Any]]] = {
        "throughput": lambda at_large, _: _measure_throughput(at_large=at_large),
        "overhead": lambda at_large, _: _on_postgres(lambda url: measure_overhead(url, _ROUNDS[at_large])),
        "day": lambda at_large, _: _on_postgres(lambda url: measure_day(url, Size() if at_large else SMALL)),
        "kill": lambda at_large, logs: measure_killing(_KILLS[at_large], logs=logs),
        "worker": lambda at_large, logs: measure_takeover(_RUNS[at_large], logs=logs),
        "database": lambda at_large, logs: measure_outages(_CUT_SECONDS[at_large], logs=logs),
    }
    parser.add_argument("--part", choices=parts, action="append", help="all, where none is named")
    parser.add_argument("--small", action="store_true", help="as much as a test takes")
    parser.add_argument("--logs", type=Path, help="a folder for what the roles log")
    options = parser.parse_args(arguments)
    load = round(os.getloadavg()[0], 2)
    figures = {part: parts[part](not options.small, options.logs) for part in options.part or parts}
    return {"bench": "scale", "cores": os.cpu_count(), "load before": load, **figures}


def _measure_throughput(*, at_large: bool) -> dict[str, Any]:
    number, rounds = _ARTICLES[at_large], _ROUNDS[at_large]
    return {
        "embedded": asyncio.run(measure_embedded(number, rounds)),
        "distributed": _on_postgres(lambda url: measure_distributed(url, number, rounds)),
    }


def _on_postgres(step: Callable[[str], Coroutine[Any, Any, dict[str, Any]]]) -> dict[str, Any]:
    """Do it on a PostgreSQL of its own, with On Record's tables."""

    async def measured(server: Server) -> dict[str, Any]:
        async with server.database(migrated=False) as url:
            await (await Store.open(url)).close()
            return await step(url)

    server = Server(find_programs(), *AS_INSTALLED)
    try:
        return asyncio.run(measured(server))
    finally:
        server.stop()

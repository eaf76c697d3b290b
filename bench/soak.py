"""A long day of the whole bot under faults, its memory, its start, and how it stops."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench._memory import measure_memory
from bench._soaking import Day, measure_soak
from bench._starting import measure_start
from bench._stopping import measure_stop

_ALL = "all"


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return the figures of each part, or of the one that is asked for; what each means, its own function says."""
    parts: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
        "soak": lambda given: measure_soak(
            Day(2, 10, 1, given.log) if given.small else Day(given.hours, given.an_hour, log=given.log)
        ),
        "memory": lambda given: measure_memory(20 if given.small else given.articles),
        "start": lambda given: measure_start(given.record, rounds=1 if given.small else given.starts),
        "stop": lambda given: measure_stop(1, calm=30) if given.small else measure_stop(given.stops),
    }
    parser = argparse.ArgumentParser(prog="python -m bench soak")
    parser.add_argument("--part", choices=(*parts, _ALL), default=_ALL, help="one part only")
    parser.add_argument("--small", action="store_true", help="as little as shows that it works")
    parser.add_argument("--hours", type=int, default=24, help="simulated, under faults")
    parser.add_argument("--an-hour", type=float, default=40, help="so many articles are published")
    parser.add_argument("--log", type=Path, help="where the log of the soaked bot is kept; else it is not")
    parser.add_argument("--articles", type=int, default=500, help="that are read while memory is looked at")
    parser.add_argument("--record", type=Path, help="a SQLite file to start with, which is copied")
    parser.add_argument("--starts", type=int, default=5, help="so many of each kind")
    parser.add_argument("--stops", type=int, default=20, help="so many bots are stopped")
    options = parser.parse_args(arguments)
    wanted = list(parts) if options.part == _ALL else [options.part]
    return {"bench": "soak", **{part: parts[part](options) for part in wanted}}

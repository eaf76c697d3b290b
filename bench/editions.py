"""How editions come: on time in every zone, from a large table, and each article once over weeks of changes."""

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from bench._claiming import measure_claiming
from bench._days import measure_days
from bench._delivering import measure_delivery, measure_lag
from bench._slots import measure_slots

_ALL = "all"


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return the figures of each part, or of the one that is asked for; what each means, its own function says."""
    parts: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
        "schedule": lambda _: measure_slots(),
        "claims": lambda given: measure_claiming(given.subscriptions),
        "days": lambda given: measure_days(given.days, seed=given.seed),
        "delivery": lambda _: measure_delivery(),
        "lag": lambda _: measure_lag(),
    }
    parser = argparse.ArgumentParser(prog="python -m bench editions")
    parser.add_argument("--part", choices=(*parts, _ALL), default=_ALL, help="one part only")
    parser.add_argument("--subscriptions", type=int, default=100_000, help="how many stand in the table of claims")
    parser.add_argument("--days", type=int, default=30, help="how many days are simulated")
    parser.add_argument("--seed", type=int, default=8, help="of the simulated days")
    options = parser.parse_args(arguments)
    wanted = list(parts) if options.part == _ALL else [options.part]
    return {"bench": "editions", **{part: parts[part](options) for part in wanted}}

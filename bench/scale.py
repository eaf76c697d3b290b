"""The scaled set: what is lost when its parts are killed, and when its database is."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench._killing import measure_killing
from bench._outages import measure_outages
from bench._takeover import measure_takeover

_KILLS, _FEW_KILLS = 200, 5
_CUT_SECONDS, _SHORT_CUT = 60.0, 5.0
_RUNS, _FEW_RUNS = 20, 2
_PARTS = ("kill", "worker", "database")


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return the figures of the parts that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench scale")
    parser.add_argument("--part", choices=_PARTS, action="append", help="all, where none is named")
    parser.add_argument("--small", action="store_true", help="as much as a test takes")
    parser.add_argument("--logs", type=Path, help="a folder for what the roles log")
    options = parser.parse_args(arguments)
    figures: dict[str, Any] = {"bench": "scale"}
    for part in options.part or _PARTS:
        figures[part] = _measure_part(part, options.logs, is_small=options.small)
    return figures


def _measure_part(part: str, logs: Path | None, *, is_small: bool) -> dict[str, Any]:
    match part:
        case "kill":
            return measure_killing(_FEW_KILLS if is_small else _KILLS, logs=logs)
        case "worker":
            return measure_takeover(_FEW_RUNS if is_small else _RUNS, logs=logs)
        case _:
            return measure_outages(_SHORT_CUT if is_small else _CUT_SECONDS, logs=logs)

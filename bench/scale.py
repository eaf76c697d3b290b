"""The scaled set: what is lost when its parts are killed, and when its database is."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench._killing import measure_killing

_KILLS, _FEW_KILLS = 200, 5


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return the figures of the parts that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench scale")
    parser.add_argument("--part", choices=("kill",), action="append")
    parser.add_argument("--small", action="store_true", help="as much as a test takes")
    parser.add_argument("--logs", type=Path, help="a folder for what the roles log")
    options = parser.parse_args(arguments)
    kills = _FEW_KILLS if options.small else _KILLS
    return {"bench": "scale", "kill": measure_killing(kills, logs=options.logs)}

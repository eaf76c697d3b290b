"""What Discord's members get: how fast, within which limits, and whether anything of others' words acts."""

import argparse
import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from bench._crawling import measure_controls
from bench._lookups import measure_lookups
from bench._payloads import measure_attacks, measure_payloads
from bench._responses import measure_responses

_ALL = "all"


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return the figures of each part, or of the one that is asked for; what each means, its own function says."""
    parts: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
        "payloads": lambda given: measure_payloads(given.digests),
        "attacks": lambda _: measure_attacks(),
        "controls": lambda _: measure_controls(),
        "lookups": lambda given: asyncio.run(measure_lookups(given.folder, given.articles, given.rounds)),
        "responses": lambda given: asyncio.run(measure_responses(given.folder, given.articles, given.seconds)),
    }
    parser = argparse.ArgumentParser(prog="python -m bench discord")
    parser.add_argument("--part", choices=(*parts, _ALL), default=_ALL, help="one part only")
    parser.add_argument("--digests", type=int, default=5000, help="of anything, whose payloads are looked at")
    parser.add_argument("--articles", type=int, default=100_000, help="on record, each with ten quotes")
    parser.add_argument("--rounds", type=int, default=200, help="look-ups of each kind")
    parser.add_argument("--seconds", type=float, default=60, help="of members who type and ask, idle and loaded each")
    folder = Path(gettempdir()) / "onrecord-bench"
    parser.add_argument("--folder", type=Path, default=folder, help="where the record is made once, and stays")
    options = parser.parse_args(arguments)
    wanted = list(parts) if options.part == _ALL else [options.part]
    return {"bench": "discord", **{part: parts[part](options) for part in wanted}}

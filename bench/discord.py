"""How fast Discord's members are answered: look-ups over a large record, and first responses while all cores read."""

import argparse
import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from bench._lookups import measure_lookups
from bench._responses import measure_responses

_ALL = "all"


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return the figures of each part, or of the one that is asked for; what each means, its own function says."""
    parts: dict[str, Callable[[argparse.Namespace], Coroutine[Any, Any, dict[str, Any]]]] = {
        "lookups": lambda given: measure_lookups(given.folder, given.articles, given.rounds),
        "responses": lambda given: measure_responses(given.folder, given.articles, given.seconds),
    }
    parser = argparse.ArgumentParser(prog="python -m bench discord")
    parser.add_argument("--part", choices=(*parts, _ALL), default=_ALL, help="one part only")
    parser.add_argument("--articles", type=int, default=100_000, help="on record, each with ten quotes")
    parser.add_argument("--rounds", type=int, default=200, help="look-ups of each kind")
    parser.add_argument("--seconds", type=float, default=60, help="of members who type and ask, idle and loaded each")
    folder = Path(gettempdir()) / "onrecord-bench"
    parser.add_argument("--folder", type=Path, default=folder, help="where the record is made once, and stays")
    options = parser.parse_args(arguments)
    wanted = list(parts) if options.part == _ALL else [options.part]
    return {"bench": "discord", **{part: asyncio.run(parts[part](options)) for part in wanted}}

"""How sources are followed: feeds parsed, many asked in a round, addresses kept out, bombs borne, entries in time."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench._addresses import measure_addresses
from bench._bombs import measure_bombs
from bench._feeds_corpus import measure_corpus
from bench._polling import measure_polling
from bench._rhythms import measure_rhythms
from bench._turns import measure_turns

_FEEDS = 10_000


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return the figures of each part, or of the one that is asked for; what each means, its own function says."""
    parser = argparse.ArgumentParser(prog="python -m bench sources")
    parser.add_argument("--corpora", type=Path, help="the folder of the git directories, owner+name/repo")
    parser.add_argument("--feeds", type=int, default=_FEEDS, help="how many are asked in the round")
    parts: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
        "corpus": lambda given: _corpus(given.corpora),
        "poll": lambda given: measure_polling(given.feeds),
        "addresses": lambda _: measure_addresses(),
        "bombs": lambda _: measure_bombs(),
        "rhythms": lambda _: measure_rhythms(),
        "turns": lambda _: measure_turns(),
    }
    parser.add_argument("--part", choices=parts, help="one part only")
    options = parser.parse_args(arguments)
    wanted = [options.part] if options.part else list(parts)
    return {"bench": "sources", **{part: parts[part](options) for part in wanted}}


def _corpus(corpora: Path | None) -> dict[str, Any]:
    if corpora is None:
        print("feedparser's files are not measured: --corpora says where they are", file=sys.stderr)
        return {"not measured": "no --corpora"}
    return measure_corpus(corpora)

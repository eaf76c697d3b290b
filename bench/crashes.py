"""Nothing doubled, missed or out of order, whenever the bot is killed: at random instants and at every named point."""

import argparse
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import product
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench._crashing import GAPS, LONGEST_LIFE, Doom, run
from bench._mortal_bot import POINTS

_POINTS = 500
_SEED = 8


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return what stands in the channels after so many deaths.

    Each named point kills once for every length of time between a death and the next life. Doubled, missed and out of
    order are counted at the Discord on loopback: parts by the mark that each bears, articles by their addresses.
    """
    parser = argparse.ArgumentParser(prog="python -m bench crashes")
    parser.add_argument("--points", type=int, default=_POINTS, help="how many random instants kill")
    parser.add_argument("--processes", type=int, choices=(1, 2), default=1, help="so many bots on one database")
    parser.add_argument("--database", default="", help="an empty one, by its address; `postgres` starts one")
    parser.add_argument("--seed", type=int, default=_SEED)
    options = parser.parse_args(arguments)
    with _database(options.database) as database:
        return {
            "bench": "crashes",
            "processes": options.processes,
            "database": database.partition(":")[0],
            **measure_crashes(database, _dooms(options.points, options.seed), options.processes, options.seed),
        }


def measure_crashes(database: str, dooms: Sequence[Doom], processes: int = 1, seed: int = _SEED) -> dict[str, Any]:
    """Return the figures of one run through these deaths, with the seconds that it took."""
    began_at = perf_counter()
    outcome = run(database, dooms, processes=processes, seed=seed)
    return {
        "killed": outcome.deaths.total(),
        "at random instants": outcome.deaths["at random"],
        "at named points": {point: outcome.deaths[point] for point in POINTS},
        "lives that began with a part in doubt": outcome.began_in_doubt,
        "faults of the wire": outcome.faults,
        "editions": outcome.editions,
        "requests to post": outcome.posts,
        "requests to look": outcome.looks,
        **{name.replace("_", " "): count for name, count in asdict(outcome.account).items()},
        "errors that the bot logged": dict(outcome.errors),
        "refused by the wire": len(outcome.complaints),
        "seconds": round(perf_counter() - began_at, 1),
    }


def _dooms(points: int, seed: int) -> list[Doom]:
    chance = random.Random(seed)  # noqa: S311 -- no secret
    dooms = [Doom(chance.choice(GAPS), seconds=chance.uniform(0, LONGEST_LIFE)) for _ in range(points)]
    dooms += (Doom(gap, point=point, times=chance.randint(1, 4)) for point, gap in product(POINTS, sorted(set(GAPS))))
    chance.shuffle(dooms)
    return dooms


@contextmanager
def _database(wanted: str) -> Iterator[str]:
    if wanted == "postgres":
        from tests.postgres import Server, find_programs  # noqa: PLC0415 -- who measures SQLite needs no PostgreSQL

        server = Server(find_programs())
        try:
            yield server.url_of("postgres")
        finally:
            server.stop()
        return
    with TemporaryDirectory(prefix="onrecord-") as folder:
        yield wanted or f"sqlite+aiosqlite:///{folder}/onrecord.sqlite3"

"""Which shards of all a process serves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shards:
    """The ids of shards, and how many there are in all."""

    ids: tuple[int, ...]
    count: int


def parse_shards(given: str) -> Shards:
    """Return the shards of `0-3/16` or `5/16`; ValueError with a sentence for anything else."""
    ids, _, count = given.partition("/")
    first, _, last = ids.partition("-")
    found = Shards(tuple(range(int(first), int(last or first) + 1)), int(count))
    if not found.ids or found.ids[-1] >= found.count:
        raise ValueError(f"no shards: {given}")
    return found

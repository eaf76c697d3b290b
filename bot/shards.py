"""Shards: the parts in which Discord's gateway deals out servers, and which of them a process listens to."""

import re
from dataclasses import dataclass

from bot import texts

_FORM = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})", re.ASCII)
_TIME_BITS = 22


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of one process: some numbers, in order, below how many there are in all."""

    ids: tuple[int, ...]
    count: int

    def hold(self, guild_id: int) -> bool:
        """Return whether Discord tells of this server on one of these, by the formula of its documentation."""
        return (guild_id >> _TIME_BITS) % self.count in self.ids

    @property
    def are_first(self) -> bool:
        """Return whether shard 0 is among them, which is in one process only."""
        return 0 in self.ids


def parse_shards(words: str) -> Shards:
    """Return what "0-3/16" or "5/16" says: the first to the last, of so many; ValueError, a sentence, otherwise."""
    found = _FORM.fullmatch(words.strip())
    if found is None:
        raise ValueError(texts.SHARDS_FORM)
    first, count = int(found[1]), int(found[3])
    last = int(found[2] or first)
    if not first <= last < count:
        raise ValueError(texts.SHARDS_RANGE.format(count=count, last=max(count - 1, 0)))
    return Shards(tuple(range(first, last + 1)), count)

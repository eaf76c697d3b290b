"""Pairs of tellings as outlets word them, labelled: is it one commitment, and how does the second change it?"""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

from digest import Change, CommitmentKind, LedgerEntry, Telling
from digest.editions.ledger import change_of, find_entry
from tests.gold.tally import tally

PAIRS = Path(__file__).with_name("pairs.toml")
UNREAD = Path(__file__).with_name("unread_pairs.toml")
"""For measuring only: whoever makes rules does not read them, and prints no pair of them."""


@dataclass(frozen=True)
class Pair:
    """Two tellings. `change` is what the second changes, where they are the same; `why` they are not, else."""

    first: Telling
    second: Telling
    is_same: bool
    change: Change | None
    why: str

    @property
    def is_joined(self):
        """Whether the second is taken for the first told again."""
        return find_entry(self.second, [LedgerEntry(1, (self.first,))]) is not None


@cache
def load(path=PAIRS):
    """All pairs of the file, in its order."""
    return tuple(_pair(row) for row in tomllib.loads(path.read_text("utf-8"))["pair"])


def score_joins(pairs):
    """How many joined pairs are the same, and how many of the same are joined."""
    joined = [pair for pair in pairs if pair.is_joined]
    right = sum(pair.is_same for pair in joined)
    return tally(right, len(joined), sum(pair.is_same for pair in pairs))


def score_changes(pairs):
    """The share of the same pairs whose change is as labelled."""
    same = [pair for pair in pairs if pair.is_same]
    return sum(change_of([pair.first], pair.second) is pair.change for pair in same) / len(same)


def _pair(row):
    change = Change(row["change"]) if row["same"] else None
    return Pair(_telling(row["first"]), _telling(row["second"]), row["same"], change, row["why"])


def _telling(row):
    return Telling(
        actors=tuple(row["actors"]),
        kind=CommitmentKind(row["kind"]),
        what=row["what"],
        sentence=row["sentence"],
        condition=row["condition"] or None,
        deadline=row["deadline"] or None,
        earliest=row["earliest"] or None,
        latest=row["latest"] or None,
        site=row["site"],
        is_withdrawal=row.get("is_withdrawal", False),
        told_at=datetime.combine(row["day"], time(12), tzinfo=UTC),
    )

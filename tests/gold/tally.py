"""Counts of right and wrong, and the precision, recall and F1 that follow from them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """`right` of what is `shown`, and `found` of what is `wanted`; tallies add up."""

    right: float = 0
    shown: float = 0
    found: float = 0
    wanted: float = 0

    def __add__(self, other):
        return Tally(
            self.right + other.right,
            self.shown + other.shown,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self):
        """The share of what is shown that is right; 1 where nothing is shown."""
        return self.right / self.shown if self.shown else 1.0

    @property
    def recall(self):
        """The share of what is wanted that is found; 1 where nothing is wanted."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self):
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def figures(self):
        """The three by name."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


def tally(hits, shown, wanted):
    """The tally of things that are either hit or not, as most are."""
    return Tally(hits, shown, hits, wanted)

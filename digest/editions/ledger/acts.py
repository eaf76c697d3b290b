"""A telling with its words taken apart: what is done, on what condition, by whom."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from digest.editions.ledger.wordings import LIGHT, Wording, is_heavy, wording_of
from digest.model import CommitmentKind, Telling

_KEPT = 4096
_LEAST_AMOUNT = 20
_ABOUT = re.compile(r"\b(?:over|after|amid|following|because|despite)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Act:
    """What a telling tells. `actors` are the words of its actors' names: they prove nothing wherever they stand."""

    telling: Telling
    what: Wording
    condition: Wording
    actors: frozenset[str]

    @property
    def said(self) -> Wording:
        """The words of the whole sentence."""
        return wording_of(self.telling.sentence, begins=True)  # kept there, and seldom asked for

    @property
    def is_refusal(self) -> bool:
        """Whether the actor says that it will not, or no more."""
        return self.telling.kind is CommitmentKind.REFUSAL or self.telling.is_withdrawal

    @property
    def told(self) -> float:
        """When it was told, in seconds."""
        return self.telling.told_at.timestamp() if self.telling.told_at else 0.0

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day that its deadline can mean."""
        latest = self.telling.latest
        return (self.telling.earliest or latest, latest) if latest else None

    @property
    def amounts(self) -> set[float]:
        """The figures that are not shared by chance."""
        return {figure.value for figure in self.what.figures if figure.value >= _LEAST_AMOUNT and figure.unit != "year"}

    def weights_beside(self, other: "Act") -> dict[str, float]:
        """Return what the words of `what` weigh, without those of the names of either's actors."""
        actors = self.actors | other.actors
        return {word: weight for word, weight in self.what.weights.items() if word not in actors}


@lru_cache(_KEPT)
def act_of(telling: Telling) -> Act:
    """Return the telling with its words taken apart."""
    what = telling.what
    for part in filter(None, (telling.deadline, telling.condition)):
        what = what.replace(part, " ")
    return Act(
        telling,
        _done(what, begins=telling.sentence.startswith(telling.what)),
        wording_of(telling.condition or ""),
        frozenset(word for name in telling.actors for word in wording_of(name).weights),
    )


def share_told(part: Mapping[str, float], whole: Collection[str]) -> float:
    """Return which share of the weights is told in the whole. A figure that is not sets nothing apart: it changed."""
    counted = {word: weight for word, weight in part.items() if word in whole or not word[0].isdigit()}
    total = sum(counted.values())
    return sum(weight for word, weight in counted.items() if word in whole) / total if total else 0.0


def _done(what: str, *, begins: bool) -> Wording:
    # Two who "apologise over the collapse" and "resign over the collapse" do not do the same.
    whole = wording_of(what, begins=begins)
    about = _ABOUT.search(what)
    if about is None:
        return whole
    done = wording_of(what[: about.start()], begins=begins)
    if not any(map(is_heavy, done.weights.values())):
        return whole
    return replace(whole, weights={word: done.weights.get(word, LIGHT) for word in whole.weights})

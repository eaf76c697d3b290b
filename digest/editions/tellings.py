"""Whether two tellings tell one commitment: what they share proves it, what sets them apart forbids it."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache

from digest.editions.actors import is_bound_by_both, is_told_by_the_other
from digest.editions.wordings import FIGURE, Wording, is_heavy, wording_of
from digest.model import CommitmentKind, Telling

_KEPT = 4096
_SECONDS_NEAR = 36 * 3600  # this evening's news and tomorrow's
_ONE_BOUND = timedelta(days=2)  # "by the end of June", "from 1 July"
_ALMOST_ALL, _MOST, _HALF, _SOME = 0.9, 0.6, 0.5, 0.3
_ALSO = re.compile(
    r"\b(?:also|too|as well|in addition|separately|similar(?:ly)?|another|a (?:second|third|further))\b", re.IGNORECASE
)
_PUT_OFF = re.compile(
    r"\b(?:delay|postpon|put (?:back|off)|push(?:ed|es)? back|slip|later than|overdue|miss|extend)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Heard:
    """A telling with its words taken apart. `actors` are what its actors' names say, wherever it stands."""

    telling: Telling
    what: Wording
    said: Wording
    condition: Wording
    actors: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Common:
    """What two tellings share. `least` and `most` are the parts of each `what` that the other's sentence has too."""

    mass: float
    has_heavy: bool
    least: float
    most: float
    is_one_actor: bool
    is_one_day: bool
    is_one_condition: bool
    is_one_report: bool
    is_one_side: bool
    is_bare: bool

    @property
    def likeness(self) -> float:
        return self.least + self.most + min(self.mass, 3) / 3 + self.is_one_day + self.is_one_condition


def likeness(one: Telling, other: Telling) -> float:
    """Return how surely two tellings tell one commitment: 0 where they don't surely, else more the more they share."""
    earlier, later = sorted((one, other), key=_told)
    is_one_actor = is_bound_by_both(earlier, later)
    if not is_one_actor and not is_told_by_the_other(earlier, later):
        return 0.0
    first, second = _heard(earlier), _heard(later)
    common = _common(first, second, is_one_actor=is_one_actor)
    if not any(is_proof(common) for is_proof in _PROOFS):
        return 0.0
    return 0.0 if any(is_apart(first, second) for is_apart in _DIFFERENCES) else common.likeness


def _told(telling: Telling) -> float:
    return telling.told_at.timestamp() if telling.told_at else 0.0


@lru_cache(_KEPT)
def _heard(telling: Telling) -> _Heard:
    what = telling.what
    for part in filter(None, (telling.deadline, telling.condition)):
        what = what.replace(part, " ")
    return _Heard(
        telling,
        wording_of(what, begins=telling.sentence.startswith(telling.what)),
        wording_of(telling.sentence, begins=True),
        wording_of(telling.condition or ""),
        frozenset(word for name in telling.actors for word in wording_of(name).weights),
    )


def _common(one: _Heard, other: _Heard, *, is_one_actor: bool) -> _Common:
    mine, yours = _acts(one, other)
    shared = mine.keys() & yours.keys()
    least, most = sorted((_covered(mine, other.said.weights), _covered(yours, one.said.weights)))
    return _Common(
        mass=sum(min(mine[word], yours[word]) for word in shared),
        has_heavy=any(is_heavy(mine[word]) and not word[0].isdigit() for word in shared),
        least=least,
        most=most,
        is_one_actor=is_one_actor,
        is_one_day=_is_one_day(one.telling, other.telling),
        is_one_condition=_is_one_condition(one.condition, other.condition),
        is_one_report=abs(_told(one.telling) - _told(other.telling)) <= _SECONDS_NEAR
        and one.telling.kind is other.telling.kind,
        is_one_side=_is_refusal(one.telling) == _is_refusal(other.telling),
        is_bare=not all(any(map(is_heavy, weights.values())) for weights in (mine, yours)),
    )


def _acts(one: _Heard, other: _Heard) -> Iterator[dict[str, float]]:
    actors = one.actors | other.actors
    for heard in (one, other):
        yield {word: weight for word, weight in heard.what.weights.items() if word not in actors}


def _covered(part: Mapping[str, float], whole: Collection[str]) -> float:
    total = sum(part.values())
    return sum(weight for word, weight in part.items() if word in whole) / total if total else 0.0


def _is_one_condition(one: Wording, other: Wording) -> bool:
    shared = one.weights.keys() & other.weights.keys()
    is_half = len(shared) >= _HALF * min(len(one.weights), len(other.weights))
    return is_half and any(is_heavy(one.weights[word]) for word in shared)


def _is_refusal(telling: Telling) -> bool:
    return telling.kind is CommitmentKind.REFUSAL or telling.is_withdrawal


def _days(telling: Telling) -> tuple[date, date] | None:
    return (telling.earliest or telling.latest, telling.latest) if telling.latest else None


def _is_one_day(one: Telling, other: Telling) -> bool:
    mine, yours = _days(one), _days(other)
    return mine is not None and yours is not None and abs(mine[1] - yours[1]) <= _ONE_BOUND


def _by_words(common: _Common) -> bool:
    return common.has_heavy and common.least >= _SOME and common.most >= _MOST


def _by_day(common: _Common) -> bool:
    return (
        common.is_one_day and common.is_one_side and common.is_one_actor and common.has_heavy and common.most >= _SOME
    )


def _by_part(common: _Common) -> bool:
    # The headline leaves out what the article names.
    return common.is_one_actor and common.mass >= 1 and common.most >= _ALMOST_ALL and common.least >= _HALF


def _by_report(common: _Common) -> bool:
    return common.is_one_report and common.mass > 0 and common.least >= _ALMOST_ALL


def _by_condition(common: _Common) -> bool:
    if not common.is_one_condition or not common.is_one_actor:
        return False
    return (common.is_bare and common.most >= _HALF) or (common.is_one_day and common.is_one_report)


_PROOFS: tuple[Callable[[_Common], bool], ...] = (_by_words, _by_day, _by_part, _by_report, _by_condition)


def _names_others(one: _Heard, other: _Heard) -> bool:
    """Each names what the other does not: another plant, another player."""
    actors = one.actors | other.actors
    mine = one.what.names - other.what.weights.keys() - actors
    yours = other.what.names - one.what.weights.keys() - actors
    is_known = mine <= other.said.weights.keys() and yours <= one.said.weights.keys()
    return bool(mine and yours) and not is_known


def _is_next_round(one: _Heard, other: _Heard) -> bool:
    """The later tells of "ten more", or of another day when the first has passed."""
    if other.what.rounds and not one.what.rounds:
        return True
    mine, yours, told = _days(one.telling), _days(other.telling), other.telling.told_at
    if mine is None or yours is None or told is None:
        return False
    return mine[1] < min(yours[0], told.date()) and not _PUT_OFF.search(other.telling.sentence)


def _is_beside(one: _Heard, other: _Heard) -> bool:
    """The later is "also to" do what has little in common with the earlier."""
    before = other.telling.sentence.partition(other.telling.what)[0]
    if not _ALSO.search(f"{before} {other.telling.what}") or _ALSO.search(one.telling.sentence):
        return False
    mine, yours = _acts(one, other)
    return min(_covered(mine, yours), _covered(yours, mine)) < _MOST


def _fills_otherwise(one: _Heard, other: _Heard) -> bool:
    """Both are the same words but for what stands in one place: "close its brewery", "close its depot"."""
    mine, yours = one.what, other.what
    same, filled, rest = 0, False, 0
    for kind, start, end, begin, stop in SequenceMatcher(
        None, mine.sequence, yours.sequence, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            same += end - start
        elif kind == "replace" and _is_slot(mine, start, end) and _is_slot(yours, begin, stop):
            filled = True
        elif kind != "replace" or start or begin:  # the verb may be another
            rest += max(end - start, stop - begin)
    return filled and same > 1 and rest * 4 <= same


def _is_slot(wording: Wording, start: int, end: int) -> bool:
    words = wording.sequence[max(start, 1) : end]  # the first is the verb
    return any(is_heavy(wording.weights.get(word, 0.0)) for word in words if word != FIGURE)


_DIFFERENCES: tuple[Callable[[_Heard, _Heard], bool], ...] = (
    _names_others,
    _is_next_round,
    _is_beside,
    _fills_otherwise,
)

"""What sets two tellings apart however much they share: other names, another round, another thing in one place."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from difflib import SequenceMatcher

from digest.editions.ledger.acts import Act, share_told
from digest.editions.ledger.wordings import Wording, is_heavy, wording_of

_MONTH = timedelta(days=31)
_SECONDS_WEEK = 5 * 24 * 3600
_MOST, _HALF = 0.6, 0.5
_SEVERAL = 2
_ALSO = re.compile(r"\b(?:also|too|as well|in addition|separately|similar(?:ly)?|another)\b", re.IGNORECASE)
_PUT_OFF = re.compile(
    r"\b(?:delay|postpon|put (?:back|off)|push(?:ed|es)? back|slip|later than|overdue|miss|extend|reschedul|now\b)",
    re.IGNORECASE,
)
_OF = frozenset({"of", "to", "for", "on", "in", "from"})


def are_apart(earlier: Act, later: Act) -> bool:
    """Return whether the later names others, another round or day, or tells what is "also" done."""
    return any(is_so(earlier, later) for is_so in _DIFFERENCES)


def _name_others(one: Act, other: Act) -> bool:
    # Another plant, another player.
    actors = one.actors | other.actors
    mine = one.what.names - other.what.weights.keys() - actors
    yours = other.what.names - one.what.weights.keys() - actors
    is_known = mine <= other.said.weights.keys() and yours <= one.said.weights.keys()
    return bool(mine and yours) and not is_known


def _name_other_years(one: Act, other: Act) -> bool:
    # The championship of 2031 and that of 2032.
    mine, yours = ({figure.value for figure in act.what.figures if figure.unit == "year"} for act in (one, other))
    return bool(mine and yours) and mine.isdisjoint(yours)


def _go_on_otherwise(one: Act, other: Act) -> bool:
    # "Introduce a bill to lower the voting age", "introduce a bill to let foreigners vote".
    mine, yours = one.weights_beside(other), other.weights_beside(one)
    if next(iter(mine), "") != next(iter(yours), None) or not one.amounts.isdisjoint(other.amounts):
        return False
    is_much_untold = min(_untold(mine, other), _untold(yours, one)) >= _SEVERAL
    return is_much_untold and min(share_told(mine, other.said.weights), share_told(yours, one.said.weights)) < _HALF


def _untold(weights: Mapping[str, float], other: Act) -> int:
    return sum(is_heavy(weight) and word not in other.said.weights for word, weight in weights.items())


def _are_two_rounds(one: Act, other: Act) -> bool:
    return bool(other.what.rounds) and not one.what.rounds and "new" not in one.what.sequence


def _are_two_days(one: Act, other: Act) -> bool:
    # The first has passed, or the other is told within days already and is months away.
    told = other.telling.told_at
    if one.days is None or other.days is None or told is None:
        return False
    is_over = one.days[1] < min(other.days[0], told.date())
    is_apart = one.days[1] < other.days[0] or other.days[1] < one.days[0]
    is_far = is_apart and abs(one.days[1] - other.days[1]) > _MONTH
    is_sudden = is_far and other.told - one.told <= _SECONDS_WEEK
    return (is_over or is_sudden) and not _PUT_OFF.search(other.telling.sentence)


def _is_beside(one: Act, other: Act) -> bool:
    # "It is also to shut a depot", "it offered its teachers, too, a pay rise".
    before = _before(other)
    if not _ALSO.search(f"{before} {other.telling.what}") or _ALSO.search(one.telling.sentence):
        return False
    mine, yours = one.weights_beside(other), other.weights_beside(one)
    if min(share_told(mine, yours), share_told(yours, mine)) < _MOST:
        return True
    actors = one.actors | other.actors
    here, there = (_heavy(wording_of(words, begins=True)) - actors for words in (_before(one), before))
    return bool(here - there and there - here)


def _before(act: Act) -> str:
    sentence, what = act.telling.sentence, act.telling.what
    return sentence.partition(what)[0] if what else ""


def _heavy(wording: Wording) -> set[str]:
    return {word for word, weight in wording.weights.items() if is_heavy(weight)}


def are_filled_otherwise(one: Act, other: Act) -> bool:
    """Return whether the two are the same words but for what stands in one place.

    "Close its brewery" and "close its depot"; or before the others, "vote against an amendment to the bill". The verb,
    which comes first, may be another.
    """
    mine, yours = one.what.sequence, other.what.sequence
    same, slots, rest = 0, 0, 0
    for kind, start, end, begin, stop in SequenceMatcher(None, mine, yours, autojunk=False).get_opcodes():
        left = _filling(one.what, start, end, other.what)
        right = _filling(other.what, begin, stop, one.what)
        if kind == "equal":
            same += end - start
        elif (left and right) or any(words and words[-1] in _OF for words in (left, right)):
            slots += 1
        elif kind != "replace" or start or begin:
            rest += max(end - start, stop - begin)
    return 0 < slots * 2 < same and rest <= 1


def _filling(wording: Wording, start: int, end: int, other: Wording) -> tuple[str, ...]:
    words = wording.sequence[max(start, 1) : end]
    own = wording.weights.keys() - other.weights.keys()  # what only stands elsewhere is said too
    return words if any(word in own and is_heavy(wording.weights[word]) for word in words) else ()


_DIFFERENCES: tuple[Callable[[Act, Act], bool], ...] = (
    _name_others,
    _name_other_years,
    _go_on_otherwise,
    _are_two_rounds,
    _are_two_days,
    _is_beside,
)

"""How a telling of a commitment changes what was on record of it."""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache

from digest.editions.ledger.figures import figures_of
from digest.editions.ledger.wordings import meaning_of, wording_of
from digest.model import Change, CommitmentKind, Strength, Telling
from digest.reading.lexicon import load_cues

_NO_DIFFERENCE = timedelta(days=2)
_FAR = timedelta(days=60)
_ONE_REPORT = timedelta(days=1)  # what outlets tell so close together is one statement of the actor
_NEGATIVE = re.compile(
    r"^\W*(?:not|never|no|nobody|none|nothing|neither)\b|\b(?:turned down|rejected|refused)\b", re.IGNORECASE
)
_LASTING = re.compile(r"\W*(?:only )?(?:until|till|through)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:again|once more|repeat|reiterat|reaffirm|renew|anew|confirm|still)", re.IGNORECASE)


def change_of(earlier: Sequence[Telling], later: Telling) -> Change:
    """Return how a telling changes what the earlier ones, oldest first and at least one, put on record."""
    before = earlier[-1]
    if takes_back(before, later):
        return Change.WITHDRAWN
    if _is_refusal(before) and not _is_refusal(later) and not _NEGATIVE.search(later.what):
        return Change.CONTRADICTED
    if _is_refusal(before) == _is_refusal(later) and _says_the_opposite(before.what, later.what):
        return Change.CONTRADICTED
    for rule in _RULES:
        found = rule(earlier, later)
        if found is not None:
            return found
    return Change.REPEATED if _is_one_report(before, later) else Change.RESTATED


def takes_back(before: Telling, later: Telling) -> bool:
    """Return whether the later telling says that what the earlier one told is not to be."""
    is_refused = _is_refusal(later) and not _is_refusal(before) and not _NEGATIVE.search(before.what)
    return later.is_withdrawal or is_refused


def _is_refusal(telling: Telling) -> bool:
    return telling.kind is CommitmentKind.REFUSAL


def _says_the_opposite(before: str, later: str) -> bool:
    was, now = set(wording_of(before).sequence), set(wording_of(later).sequence)
    return any(
        here in was - now and there in now - was for pair in _opposed() for here, there in (pair, reversed(pair))
    )


@cache
def _opposed() -> tuple[tuple[str, str], ...]:
    return tuple((meaning_of(one), meaning_of(other)) for one, other in load_cues("ledger")["opposed"])


def _condition(earlier: Sequence[Telling], later: Telling) -> Change | None:
    is_new = later.condition is not None and all(one.condition is None for one in earlier)
    return Change.CONDITIONED if is_new and not _is_one_report(earlier[-1], later) else None


def _strength(earlier: Sequence[Telling], later: Telling) -> Change | None:
    if earlier[-1].strength is later.strength:
        return None
    return Change.SHARPENED if later.strength is Strength.FIRM else Change.SOFTENED


def _days(earlier: Sequence[Telling], later: Telling) -> Change | None:
    if later.latest is None:
        return None
    before = next((one for one in reversed(earlier) if one.latest), None)
    if before is None or before.latest is None:
        return Change.SHARPENED
    if before.latest == later.latest or _is_one_bound(before, later):
        return None
    is_more = (later.latest > before.latest) == bool(_LASTING.match(later.deadline or ""))
    return Change.SHARPENED if is_more else Change.SOFTENED


def _is_one_bound(one: Telling, other: Telling) -> bool:
    # "By the end of June" and "from 1 July" are one day, and so are 15 and 16 March in three years; not of this week.
    if one.latest is None or other.latest is None or abs(one.latest - other.latest) > _NO_DIFFERENCE:
        return False
    is_far = other.told_at is not None and other.latest - other.told_at.date() > _FAR
    return is_far or one.latest.month != other.latest.month


def _amount(earlier: Sequence[Telling], later: Telling) -> Change | None:
    was, now = ({figure.unit: figure.value for figure in figures_of(one.what)} for one in (earlier[-1], later))
    for unit in sorted(was.keys() & now.keys()):
        if was[unit] != now[unit]:
            return Change.SHARPENED if now[unit] > was[unit] else Change.SOFTENED
    return None


_RULES: tuple[Callable[[Sequence[Telling], Telling], Change | None], ...] = (_condition, _strength, _days, _amount)


def _is_one_report(before: Telling, later: Telling) -> bool:
    if before.told_at is None or later.told_at is None:
        return True
    return later.told_at - before.told_at <= _ONE_REPORT and not _AGAIN.search(later.sentence.replace(later.what, ""))

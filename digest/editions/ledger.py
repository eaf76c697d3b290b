"""Is this commitment that one, what has it changed, and when does it fall due. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from digest.model import Change, CommitmentKind, LedgerEntry, Standing, Telling
from digest.reading.names.aliases import key_of

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_STEM = 5
_LIGHT = frozenset(
    ["a", "an", "and", "at", "by", "for", "her", "his", "in", "its", "of", "on", "or", "our", "the", "to"]
)
_ALIKE = 0.5
_NO_CHANCE = 2  # words that two commitments share
_FALLEN = (Standing.KEPT, Standing.BROKEN)


def find_entry(telling: Telling, candidates: Sequence[LedgerEntry]) -> LedgerEntry | None:
    """Return the entry that this telling belongs to, if surely any: one of the same actor, alike in what it says."""
    rated = [(_likeness(telling, entry), number) for number, entry in enumerate(candidates)]
    best, number = max(rated, key=lambda pair: (pair[0], -pair[1]), default=(0.0, 0))
    return candidates[number] if best >= _ALIKE else None


def change_of(earlier: Sequence[Telling], later: Telling) -> Change:
    """Return what a telling changes of those before it, which are oldest first and at least one."""
    before = earlier[-1]
    if later.is_withdrawal:
        return Change.WITHDRAWN
    if (before.kind is CommitmentKind.REFUSAL) != (later.kind is CommitmentKind.REFUSAL):
        return Change.CONTRADICTED
    if later.condition and not before.condition:
        return Change.CONDITIONED
    if later.latest and before.latest and later.latest != before.latest:
        return Change.SOFTENED if later.latest > before.latest else Change.SHARPENED
    if later.latest and not before.latest:
        return Change.SHARPENED
    return Change.REPEATED if _stems(later.what) == _stems(before.what) else Change.RESTATED


def with_changes(tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    """Return the tellings, oldest first, each but the first with what it changed of those before it."""
    return tuple(
        replace(telling, change=change_of(tellings[:number], telling) if number else None)
        for number, telling in enumerate(tellings)
    )


def due_on(entry: LedgerEntry) -> tuple[date, date] | None:
    """Return the first and the last day on which it falls due; None for what was withdrawn or has no such day."""
    counting = [telling for telling in entry.tellings if telling.trouble is None]
    if not counting or counting[-1].is_withdrawal:
        return None
    days = ((told.earliest or told.latest, told.latest) for told in reversed(counting) if told.latest)
    return next(days, None)


def is_open(entry: LedgerEntry) -> bool:
    """Return whether it still binds: something that counts tells it, nothing took it back, nobody marked its end."""
    counting = [telling for telling in entry.tellings if telling.trouble is None]
    is_ended = entry.mark is not None and entry.mark.standing in _FALLEN
    return bool(counting) and not counting[-1].is_withdrawal and not is_ended


def _likeness(telling: Telling, entry: LedgerEntry) -> float:
    return max((_share(telling, other) for other in entry.tellings), default=0.0)


def _share(one: Telling, other: Telling) -> float:
    is_other_way = (one.kind is CommitmentKind.REFUSAL) != (other.kind is CommitmentKind.REFUSAL)
    if is_other_way or not _share_actor(one, other):
        return 0.0
    words, others = _stems(one.what), _stems(other.what)
    is_one_day = one.latest is not None and one.latest == other.latest
    if is_one_day and words & others:
        return 1.0
    is_chance = len(words & others) < _NO_CHANCE and words != others
    return 0.0 if is_chance else len(words & others) / (max(len(words), len(others)) or 1)


def _share_actor(one: Telling, other: Telling) -> bool:
    return any(_is_same_actor(name, another) for name in one.actors for another in other.actors)


def _is_same_actor(one: str, other: str) -> bool:
    key, another = key_of(one), key_of(other)
    if not key or not another:
        return not key and not another and _stems(one) == _stems(other)
    # "Brandel" is "Tomas Brandel", "Castellan" the "Castellan Line".
    short, long = sorted((key, another), key=len)
    return short == long or short in (long.split()[0], long.split()[-1])


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(words.lower()) if word not in _LIGHT)

"""The entry that a telling is of, and what its tellings together say: changes, days, whether it is open."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from digest.editions.ledger.changes import change_of, takes_back
from digest.editions.ledger.likeness import likeness
from digest.model import LedgerEntry, Standing, Telling

_COMPARED = 2  # of an entry that is told a hundred times, beside its first telling the newest


def find_entry(telling: Telling, candidates: Sequence[LedgerEntry]) -> LedgerEntry | None:
    """Return the entry that this telling is surely of, None where none is: a wrong join is worse than a missed one.

    Of several that could be, the likest; of those that are alike, the first.
    """
    best, most = None, 0.0
    for entry in candidates:
        found = max((likeness(told, telling) for told in _compared(entry)), default=0.0)
        if found > most:
            best, most = entry, found
    return best


def with_changes(tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    """Return the tellings, oldest first as they come, each with its change of those before it that count."""
    changed: list[Telling] = []
    for telling in tellings:
        before = [one for one in changed if one.trouble is None]
        changed.append(replace(telling, change=change_of(before, telling) if before else None))
    return tuple(changed)


def due_on(entry: LedgerEntry) -> tuple[date, date] | None:
    """Return the first and the last day on which it falls due; None for what was withdrawn or names no day.

    A day that was named before it was taken back holds no more when it is promised anew.
    """
    counting = _counting(entry)
    for telling in reversed(counting):
        if takes_back(counting[0], telling):
            return None
        if telling.latest is not None:
            return (telling.earliest or telling.latest, telling.latest)
    return None


def is_open(entry: LedgerEntry) -> bool:
    """Return whether it still holds: a telling counts, the newest withdraws nothing, nobody says kept or broken."""
    is_settled = entry.mark is not None and entry.mark.standing is not Standing.MOVED
    return bool(_counting(entry)) and not is_settled and not is_withdrawn(entry)


def is_withdrawn(entry: LedgerEntry) -> bool:
    """Return whether the newest telling that counts takes it back, or refuses what was promised first."""
    counting = _counting(entry)
    return bool(counting) and takes_back(counting[0], counting[-1])


def _compared(entry: LedgerEntry) -> Iterator[Telling]:
    yield from dict.fromkeys((entry.tellings[0], *entry.tellings[-_COMPARED:]))


def _counting(entry: LedgerEntry) -> list[Telling]:
    return [telling for telling in entry.tellings if telling.trouble is None]

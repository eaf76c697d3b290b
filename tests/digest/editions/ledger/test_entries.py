from dataclasses import replace
from datetime import date

import pytest

from digest.editions.ledger import due_on, find_entry, is_open, is_withdrawn, with_changes
from digest.model import Change, CommitmentKind, Mark, Standing, Trouble
from tests.digest.editions.ledger.tellings import FIRST_TOLD, entry, telling

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)


def mark(standing):
    return Mark(standing, by_id=1, by_name="Ann", marked_at=FIRST_TOLD)


def test_a_telling_is_of_the_entry_that_tells_the_same():
    brewery, depot = entry(telling()), entry(telling("sell its depot in Carrow"), number=2)
    assert find_entry(telling("shut the Sedge Hill brewery", day=1), [depot, brewery]) is brewery


def test_a_telling_of_something_else_is_of_no_entry():
    assert find_entry(telling("hire 40 drivers", day=1), [entry(telling())]) is None
    assert find_entry(telling(), []) is None


def test_of_several_entries_the_likest_is_taken_and_of_like_ones_the_first():
    loose = entry(telling("close a brewery"))
    close, again = entry(telling(), number=2), entry(telling(), number=3)
    assert find_entry(telling(day=1), [loose, close, again]) is close


def test_an_entry_is_known_by_its_first_telling_and_by_its_newest_ones():
    others = [telling(f"paint wall number {count} of the Carrow office", day=count) for count in range(1, 9)]
    assert find_entry(telling(day=9), [entry(telling(), *others)]) is not None
    assert find_entry(telling(day=9), [entry(*others, telling(day=8))]) is not None


def test_tellings_get_their_changes_of_those_before_that_count():
    first = telling(latest=JUNE)
    corrected = telling(day=3, latest=JULY, trouble=Trouble.CORRECTED)
    second = telling(day=5, latest=JUNE)
    changes = [one.change for one in with_changes([first, corrected, second])]
    assert changes == [None, Change.SOFTENED, Change.RESTATED]


def test_the_first_telling_that_counts_changes_nothing():
    gone = telling(trouble=Trouble.REMOVED)
    assert [one.change for one in with_changes([gone, telling(day=3)])] == [None, None]
    assert with_changes([]) == ()


def test_it_falls_due_on_the_days_of_the_newest_telling_that_names_any():
    first = telling(earliest=date(2026, 6, 1), latest=JUNE)
    moved = telling(day=2, latest=JULY)
    silent = telling(day=4)
    assert due_on(entry(first)) == (date(2026, 6, 1), JUNE)
    assert due_on(entry(first, moved, silent)) == (JULY, JULY)
    assert due_on(entry(first, replace(moved, trouble=Trouble.RETRACTED))) == (date(2026, 6, 1), JUNE)
    assert due_on(entry(silent)) is None


@pytest.mark.parametrize("change", [{"is_withdrawal": True}, {"kind": CommitmentKind.REFUSAL}])
def test_what_was_taken_back_falls_due_no_more_and_is_open_no_more(change):
    first, second = telling(latest=JUNE), telling(day=9, latest=JUNE, **change)
    assert due_on(entry(first, second)) is None
    assert not is_open(entry(first, second))
    assert is_withdrawn(entry(first, second))
    corrected = entry(first, replace(second, trouble=Trouble.CORRECTED))
    assert is_open(corrected)
    assert not is_withdrawn(corrected)


@pytest.mark.parametrize("change", [{"is_withdrawal": True}, {"kind": CommitmentKind.REFUSAL}])
def test_what_is_promised_anew_is_open_but_due_on_no_day_from_before_it_was_taken_back(change):
    first, second = telling(latest=JUNE), telling(day=9, latest=JUNE, **change)
    assert is_open(entry(first, second, telling(day=20)))
    assert due_on(entry(first, second, telling(day=20))) is None
    assert due_on(entry(first, second, telling(day=20, latest=JULY), telling(day=21))) == (JULY, JULY)


def test_who_promised_not_to_do_it_and_now_refuses_to_takes_nothing_back():
    first = telling("not raise the rent", latest=JUNE)
    again = telling("raise the rent", day=9, kind=CommitmentKind.REFUSAL)
    assert is_open(entry(first, again))
    assert due_on(entry(first, again)) == (JUNE, JUNE)
    assert not is_withdrawn(entry(first, again))


def test_a_refusal_from_the_start_is_open():
    refusal = telling(kind=CommitmentKind.REFUSAL, latest=JUNE)
    assert is_open(entry(refusal, replace(refusal, told_at=None)))
    assert due_on(entry(refusal)) == (JUNE, JUNE)


@pytest.mark.parametrize(("standing", "is_so"), [("kept", False), ("broken", False), ("moved", True)])
def test_what_people_mark_as_kept_or_broken_is_open_no_more(standing, is_so):
    assert is_open(entry(telling(), marks=(mark(Standing(standing)),))) is is_so


def test_the_newest_mark_decides():
    assert is_open(entry(telling(), marks=(mark(Standing.BROKEN), mark(Standing.MOVED))))


def test_an_entry_without_a_telling_that_counts_is_not_open():
    gone = telling(latest=JUNE, trouble=Trouble.REMOVED)
    assert not is_open(entry(gone))
    assert not is_withdrawn(entry(gone))
    assert due_on(entry(gone)) is None

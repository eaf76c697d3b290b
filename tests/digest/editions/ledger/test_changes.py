from datetime import date

import pytest

from digest.editions.ledger import change_of
from digest.model import Change, CommitmentKind, Strength
from tests.digest.editions.ledger.tellings import telling

REFUSAL = CommitmentKind.REFUSAL
MAY, JUNE, JULY = date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)


def test_what_outlets_tell_within_a_day_is_repeated_and_later_restated():
    assert change_of([telling()], telling(day=1)) is Change.REPEATED
    assert change_of([telling()], telling(day=2)) is Change.RESTATED
    assert change_of([telling()], telling(told_at=None)) is Change.REPEATED
    assert change_of([telling(told_at=None)], telling()) is Change.REPEATED


def test_what_the_actor_says_again_is_restated_on_the_same_day():
    again = telling(sentence="Marlow Brewing said again that it would close its brewery in Sedge Hill.")
    assert change_of([telling()], again) is Change.RESTATED
    assert change_of([telling("meet again")], telling("meet again", day=1)) is Change.REPEATED


def test_a_withdrawal_and_a_refusal_of_what_was_pledged_withdraw_it():
    assert change_of([telling()], telling(day=1, is_withdrawal=True)) is Change.WITHDRAWN
    assert change_of([telling()], telling(day=1, kind=REFUSAL)) is Change.WITHDRAWN


def test_a_promise_not_to_do_it_is_no_withdrawal_when_it_is_refused_again():
    first = telling("not raise the rent")
    assert change_of([first], telling("raise the rent", day=1, kind=REFUSAL)) is Change.REPEATED
    sold = telling("sell Akandi", kind=REFUSAL)
    assert change_of([sold], telling("every bid for Akandi will be turned down", day=1)) is Change.REPEATED


def test_a_pledge_of_what_was_refused_contradicts_it():
    assert change_of([telling(kind=REFUSAL)], telling(day=9)) is Change.CONTRADICTED


@pytest.mark.parametrize(("one", "other"), [("stay at Alban", "leave Alban"), ("sign the bill", "veto the bill")])
def test_the_opposite_of_what_was_told_contradicts_it(one, other):
    assert change_of([telling(one)], telling(other, day=9)) is Change.CONTRADICTED
    assert change_of([telling(other)], telling(one, day=9)) is Change.CONTRADICTED


def test_a_condition_that_was_not_there_conditions_it():
    later = telling(day=9, condition="if the council agrees")
    assert change_of([telling()], later) is Change.CONDITIONED
    assert change_of([telling(condition="if it is sold"), telling(day=1)], later) is Change.RESTATED


def test_the_same_report_only_tells_a_condition_that_another_left_out():
    assert change_of([telling()], telling(day=1, condition="if the council agrees")) is Change.REPEATED


def test_a_firm_word_sharpens_and_a_hedged_one_softens():
    hedged = telling(strength=Strength.HEDGED)
    assert change_of([hedged], telling(day=1)) is Change.SHARPENED
    assert change_of([telling()], telling(day=1, strength=Strength.HEDGED)) is Change.SOFTENED


def test_a_nearer_or_a_new_day_sharpens_and_a_later_one_softens():
    assert change_of([telling(latest=JULY)], telling(day=1, latest=JUNE)) is Change.SHARPENED
    assert change_of([telling()], telling(day=1, latest=JUNE)) is Change.SHARPENED
    assert change_of([telling(latest=JUNE)], telling(day=1, latest=JULY)) is Change.SOFTENED
    assert change_of([telling(latest=JUNE), telling(day=1)], telling(day=2, latest=JULY)) is Change.SOFTENED


def test_what_lasts_until_a_later_day_is_more():
    one = telling("keep the price", latest=JUNE, deadline="until the end of June")
    assert change_of([one], telling("keep the price", day=1, latest=JULY, deadline="until July")) is Change.SHARPENED
    assert change_of([one], telling("keep the price", day=1, latest=MAY, deadline="until May")) is Change.SOFTENED


@pytest.mark.parametrize(
    ("one", "other", "change"),
    [
        (JUNE, date(2026, 7, 1), Change.REPEATED),  # by the end of June, from July
        (date(2026, 3, 10), date(2026, 3, 11), Change.SOFTENED),
        (date(2029, 3, 15), date(2029, 3, 16), Change.REPEATED),  # in three years a day is none
        (JUNE, date(2026, 7, 4), Change.SOFTENED),
    ],
)
def test_one_day_may_have_two_names(one, other, change):
    assert change_of([telling(latest=one)], telling(day=1, latest=other)) is change


def test_more_of_it_sharpens_and_less_softens():
    assert change_of([telling("build 50 homes")], telling("build 80 homes", day=1)) is Change.SHARPENED
    assert change_of([telling("build 80 homes")], telling("build 50 homes", day=1)) is Change.SOFTENED
    assert change_of([telling("build 80 homes")], telling("build 80 homes", day=1)) is Change.REPEATED
    assert change_of([telling("build 80 homes")], telling("hire 50 masons", day=1)) is Change.REPEATED

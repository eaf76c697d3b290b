"""Figures of a text: the same amount written in two ways, and what is no amount."""

import pytest
from hypothesis import given, strategies as st

from digest.editions.ledger.figures import figures_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$2.4bn", "2,400 million dollars"),
        ("thirty nurses", "30 nurses"),
        ("5 %", "five per cent"),
    ],
)
def test_an_amount_is_one_however_it_is_written(one, other):
    assert figures_of(one) == figures_of(other) != frozenset()


def test_a_raised_digit_is_no_number():
    assert figures_of("² and ½") == frozenset()


@given(st.text())
def test_any_text_has_its_figures_or_none(text):
    assert all(figure.value >= 0 for figure in figures_of(text))

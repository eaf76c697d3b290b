"""What sort of thing a noun names."""

import pytest

from digest.reading.commitments.sorts import is_amount, is_body, is_person, is_time
from digest.reading.names import find_names
from tests.digest.reading.quotes.heard import parsed


def token_of(text, word):
    read = parsed(text)
    find_names(read)
    return next(token for token in read.doc if token.text == word)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("It will close on Friday.", "Friday", True),
        ("It will close after the weekend.", "weekend", True),
        ("It will close after two years.", "years", True),
        ("It will close at the end of 2029.", "end", True),
        ("It will close at the end of the week.", "end", True),
        ("It will close at the end of the strike.", "end", False),
        ("It will close at the end.", "end", False),
        ("It will last from 2027 on.", "2027", True),
        ("It will sell 26 of them.", "26", False),
        ("It will close after the strike.", "strike", False),
    ],
)
def test_a_time_is_a_calendar_word_or_the_edge_of_one(text, word, expected):
    assert is_time(token_of(text, word)) is expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("It will pay $40m.", "40", True),
        ("It will pay 300 euros.", "euros", True),
        ("It will pay five percent.", "percent", True),
        ("It will sell 26 tugs.", "tugs", False),
    ],
)
def test_an_amount_has_a_unit_of_money_or_a_share(text, word, expected):
    assert is_amount(token_of(text, word)) is expected


@pytest.mark.parametrize(
    ("text", "word", "person", "body"),
    [
        ("Mayor Ida Rook left.", "Rook", True, False),
        ("Dahlys Orvane left.", "Orvane", True, False),
        ("Norland left.", "Norland", False, True),
        ("The Harbour Bank left.", "Bank", False, True),
        ("The pier closed.", "pier", False, False),
    ],
)
def test_a_name_is_a_persons_or_a_bodys(text, word, person, body):
    assert (is_person(token_of(text, word)), is_body(token_of(text, word))) == (person, body)

"""When two quotes are one: by their words and by who says them."""

import pytest

from digest.reading.quotes.wording import surname_of, telling_of, wording_of


@pytest.mark.parametrize(
    "pieces",
    [
        ["We won’t sell it. Ever."],
        ["we won't sell it —", "“ever”"],
        ["WE WON’T SELL IT", "EVER!"],
        ["We won\nt sell it ever"],
    ],
)
def test_the_wording_is_the_words_whatever_marks_and_pieces_they_are_printed_in(pieces):
    assert wording_of(pieces) == " we won t sell it ever "


def test_one_wording_holds_another_only_from_word_to_word():
    assert wording_of(["the sea"]) in wording_of(["See the sea!"])
    assert wording_of(["the sea"]) not in wording_of(["See the season."])
    assert wording_of([]) == " "


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Ilse Brandt", "brandt"),
        ("Brandt", "brandt"),
        ("Director Brandt", "brandt"),
        ("Sir Tomás Brandel", "brandel"),
        ("the director", ""),
        ("", ""),
    ],
)
def test_speakers_are_told_apart_by_their_surnames(name, surname):
    assert surname_of(name) == surname


def test_tellings_are_the_same_where_words_and_surname_are():
    assert telling_of(["We won’t sell"], "Ilse Brandt") == telling_of(["we won't", "sell."], "Director Brandt")
    assert telling_of(["We won’t sell"], "Brandt") != telling_of(["We won’t sell"], "Varga")
    assert telling_of(["We won’t sell"], "Brandt") != telling_of(["We won’t sell it"], "Brandt")
    assert telling_of(["We won’t sell"], "") == telling_of(["we won’t sell!"], "an official")

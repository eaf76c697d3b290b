"""Where a printed name begins and ends: headings, datelines, hyphens and apostrophes, initials, offices."""

import pytest

from digest.reading.names import find_names
from tests.digest.reading.quotes.heard import fullest, parsed, role


def printed(text):
    """The names of the text, each with the title before it."""
    read = parsed(text)
    names = find_names(read)
    found = dict.fromkeys(names.printed_at(place) for place in range(len(read.doc)))
    return [
        (read.doc[name.title : name.first].text, read.doc[name.first : name.last + 1].text) for name in found if name
    ]


def told(*names):
    return [("", name) for name in names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Harbour Divers Praise Tom Ashby Ida Rook Duel\n\nRain fell.", told("Tom Ashby", "Ida Rook", "Rain")),
        # four long words are a heading, and "U.S." is one of them
        ("U.S. Crowds Greet Tom Ashby\n\nRain fell.", told("Tom Ashby", "Rain")),
        ("IDA ROOK\n\nTom Ashby left.", told("IDA ROOK", "Tom Ashby")),
        ("SPORT\n\nIda Rook left.", told("SPORT", "Ida Rook")),
    ],
)
def test_a_line_of_its_own_is_a_heading_where_it_has_four_long_words(text, names):
    assert printed(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SARN, IDA ROOK (AP) — Mayor Tom Ashby left.", [("Mayor", "Tom Ashby")]),
        ("SARN — Ida Rook left.", told("Ida Rook")),
        ("IDA — she lost — left Sarn.", told("IDA", "Sarn")),
    ],
)
def test_a_dateline_begins_in_capitals_and_ends_with_a_dash(text, names):
    assert printed(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Founders & Partners left.", told("Founders & Partners")),
        ("Ida Rook: In Sarn it rained.", told("Ida Rook", "Sarn")),
        ("Tom A. Ashby spoke.", told("Tom A. Ashby")),
        ("Former Engineer Vardis Holm left.", [("Former Engineer", "Vardis Holm")]),
        ("Author of Sarn Tales left.", told("Sarn Tales")),
        ("They met Ida-", told("Ida-")),
        ("They met Ida-Rook", told("Ida-Rook")),
        ("The letter was the Coastal Dockers’", told("Coastal Dockers")),
        ("The letter came from the Coastal Dockers’ Union", told("Coastal Dockers’ Union")),
        ("The letter named Ida Rook and Dockers’ Union leaders for it.", told("Ida Rook", "Dockers’ Union")),
    ],
)
def test_a_name_is_a_run_of_capitalised_words_that_are_no_others(text, names):
    assert printed(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The President of United Ostland left.", told("President of United Ostland")),
        ("The Chief of Police Operations left.", told("Chief of Police Operations")),
        ("The Secretary of State of Ostland left.", told("Secretary of State of Ostland")),
        ("Chief of Police Operations Ida Rook left.", [("Chief of Police Operations", "Ida Rook")]),
    ],
)
def test_an_office_is_a_title_only_where_a_name_is_left(text, names):
    assert printed(text) == names


def test_a_former_office_is_former_in_the_role_too():
    assert role("Former Engineer Vardis Holm left.", "Holm") == "Former Engineer"


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Pilots Ida Rook & Tom Ashby Leave Harbour Council Again\n\nRain fell.", "Pilots", "Ida Rook & Tom Ashby"),
        (
            "The pilots Ida Rook and Tom Ashby and Vera Holm left.",
            "pilots",
            "Ida Rook and Tom Ashby and Vera Holm",
        ),
        ("Vera Ashby spoke. Pilots Ida Rook and Ashby left.", "Pilots", "Ida Rook"),
        ("Pilots Ida Rook and Ostland Rail left.", "Pilots", "Ida Rook"),
        ("They met pilots Ida Rook and Tom Ashby", "pilots", "Ida Rook and Tom Ashby"),
    ],
)
def test_several_are_told_together_only_where_each_is_printed_in_full(text, word, name):
    assert fullest(text, word) == name
    assert fullest("Ida Rook spoke. Then Rook and Tom Ashby left.", "Rook", 1) == "Ida Rook"


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("He met the pilot,", "pilot", "the pilot"),
        ("He met the pilot, Rook", "pilot", "Rook"),
        ("KC, who lost, left.", "KC", "KC"),
        ("Ida, who lost, thanked the sir", "Ida", "Ida"),
    ],
)
def test_at_the_ends_of_a_text_names_are_read_as_elsewhere(text, word, name):
    assert fullest(text, word) == name


def test_a_pair_of_names_that_stand_alone_too_is_nobodys():
    read = parsed("The US left the talks. A US-Ostland deal, Ostland said, was near.")
    names = find_names(read)
    places = [token.i for token in read.doc if token.text in {"US", "Ostland"}]
    assert [names.printed_at(place) is not None for place in places] == [True, False, False, True]

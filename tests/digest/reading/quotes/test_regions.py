"""The surroundings of marked words: the sentences and paragraphs on either side, up to the next marks."""

import pytest

from digest.reading.names import find_names
from digest.reading.quotes.regions import lay_out
from digest.reading.quotes.statements import starts_sentence
from tests.digest.reading.quotes.heard import parsed


def laid_out(text):
    read = parsed(text)
    return lay_out(read, find_names(read))


def joined(tokens):
    return " ".join(token.text for token in tokens)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Ida Rook left. “It is late.”", ["Ida Rook left ."]),
        ("Rain. “It is late.”", ["Rain ."]),
        ("Ida Rook left.\n\n“It is late.”", ["Ida Rook left ."]),
        ("Tom Ashby wept. Ida Rook left. “It is late.”", ["Ida Rook left ."]),
        ("“It is late.”", [""]),
        ("“Stay.” Ida Rook left. “Go.”", ["", "Ida Rook left ."]),
        ("Rain\n\n“It is late.”", ["Rain"]),
    ],
)
def test_the_sentence_before_ends_where_that_of_the_marks_begins(text, before):
    layout = laid_out(text)
    assert [joined(layout.sentence_before(region)) for region in layout.regions] == before


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("“It is late.” Ida Rook left. Tom Ashby wept.", ["Ida Rook left ."]),
        ("“It is late.”\n\nIda Rook left.", [""]),
        ("“It is late.”", [""]),
        ("“Stay.” “Go.” Ida Rook left.", ["", "Ida Rook left ."]),
        ("“Stay.” Ida Rook said “go” and left.", ["Ida Rook said", ""]),
    ],
)
def test_the_sentence_after_stays_in_the_paragraph_and_ends_before_the_next_marks(text, after):
    layout = laid_out(text)
    assert [joined(layout.words(layout.sentence_after(region))) for region in layout.regions] == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("“It is late.”\n\nIda Rook left. Tom Ashby wept.", ["Ida Rook left ."]),
        ("“It is late.” It rained.\n\nIda Rook said “go” and left.", ["Ida Rook said", ""]),
        ("“It is late.” It rained.", [""]),
        ("“It is late.”\n\n“Go.”", ["", ""]),
    ],
)
def test_the_next_paragraph_is_known_by_its_first_sentence_up_to_marks(text, after):
    layout = laid_out(text)
    assert [joined(layout.paragraph_after(region)) for region in layout.regions] == after


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Ida Rook said: “Go.”", ["Ida Rook said :"]),
        ("Ida Rook said:\n\n“Go.”", ["Ida Rook said :"]),
        ("It rained. Ida Rook said:\n\n“Go.”", ["Ida Rook said :"]),
        ("Ida Rook left.\n\n“Go.”", [""]),
        ("“Go.”", [""]),
        ("Ida Rook said “stay” and “go”.", ["Ida Rook said", "and"]),
        ("Ida Rook said “stay” and:\n\n“Go.”", ["Ida Rook said", "Ida Rook said and :"]),
        ("“He said:\n\n“Go.”", ["", ""]),
    ],
)
def test_the_words_before_marks_are_those_of_their_sentence_or_of_a_paragraph_that_ends_with_a_colon(text, before):
    layout = laid_out(text)
    assert [joined(layout.words_before(region)) for region in layout.regions] == before


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Ida Rook said no. 'Go,' Tom Ashby said.", [("", "Tom Ashby said .")]),
        ("“Go,” Ida Rook said. Tom Ashby left.", [("", "Ida Rook said .")]),
        ("“Go?” asked Ida Rook. Tom Ashby left.", [("", "asked Ida Rook .")]),
        ("“It is late.”\n\nby Ida Rook", [("", "")]),
        ("“Stay” – “No” – “I said so”, Ida Rook replied.", [("", "–"), ("–", "–"), ("–", ", Ida Rook replied .")]),
    ],
)
def test_the_words_on_either_side_end_with_their_sentence_their_paragraph_or_the_next_marks(text, sides):
    layout = laid_out(text)
    assert [(joined(layout.words(one.left)), joined(layout.words(one.right))) for one in layout.regions] == sides


@pytest.mark.parametrize(
    ("text", "runs_on"),
    [
        ("It was “Type X” from then on, he said.", True),
        ("It was “late”, he said.", False),
        ("It was “late,” he said.", False),
        ("“It is late” – so he said.", True),
        ("“It is late” he said.", True),
    ],
)
def test_a_sentence_runs_on_behind_marks_without_a_stop(text, runs_on):
    layout = laid_out(text)
    assert layout.runs_on(layout.regions[0]) is runs_on


@pytest.mark.parametrize(
    ("text", "marks", "ends"),
    [
        ("“Why?” he said.", "?", True),
        ("“Why,” he said.", ",", True),
        ("“Why”, he said.", ",", True),
        ("“Why” he said.", ",?", False),
        ("“Why” he, it said.", ",", False),
        ("“Why, no” he said.", ",", False),
        ("“It is 1.5” he said.", ".", False),
        ("(“Why”), he said.", ",", False),
    ],
)
def test_marked_words_end_with_the_mark_on_either_side_of_the_closing_one(text, marks, ends):
    layout = laid_out(text)
    assert layout.ends_with(layout.regions[0], marks) is ends


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("“Go,” he said.", [True]),
        ("— “Go,” he said.", [True]),
        ("It rained.\n\n“Go,” he said.", [True]),
        ("He said “go”.", [False]),
        ("“Stay,” he said, “or go.”", [True, False]),
    ],
)
def test_marks_start_a_sentence_if_no_word_of_it_stands_before(text, starts):
    layout = laid_out(text)
    assert [starts_sentence(layout.parsed.doc, region) for region in layout.regions] == starts


def test_regions_count_their_paragraphs_and_hold_their_marks():
    layout = laid_out("Ida Rook said “no”.\n\nIt rained.\n\n“Go.” “Stay.”")
    assert [region.index for region in layout.regions] == [0, 1, 2]
    assert [region.paragraph for region in layout.regions] == [0, 2, 2]
    assert [joined(layout.parsed.doc[region.first : region.last + 1]) for region in layout.regions] == [
        "“ no ”",
        "“ Go . ”",
        "“ Stay . ”",
    ]
    assert len(layout.quoted) == 11


def test_two_spaces_begin_no_paragraph():
    assert [region.paragraph for region in laid_out("“Stay,” she said.  “Go.”").regions] == [0, 0]


def test_a_nickname_within_a_name_is_no_region():
    assert [region.index for region in laid_out("Walter “Dutch” Rook said “no”.").regions] == [0]
    assert len(laid_out("Walter Rook said “No”.").regions) == 1

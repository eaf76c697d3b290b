"""Reports without marks: what was said, by whom; and what is no report."""

import pytest

from tests.digest.reading.quotes.heard import told


@pytest.mark.parametrize(
    ("text", "words", "speaker", "cue"),
    [
        ("Ida Rook said that the pier was closed.", "the pier was closed", "Ida Rook", "said"),
        ("Ida Rook told the council the pier was closed.", "the pier was closed", "Ida Rook", "told"),
        ("The pier was closed, Ida Rook said.", "The pier was closed", "Ida Rook", "said"),
        ("According to Ida Rook, the pier was closed.", "the pier was closed", "Ida Rook", "According to"),
        ("The pier was shut in May, according to Ida Rook.", "The pier was shut in May", "Ida Rook", "according to"),
        ("Ida Rook defended the plan, adding that the pier was closed.", "the pier was closed", "Ida Rook", "adding"),
        ("Ida Rook claims to have closed the pier.", "to have closed the pier", "Ida Rook", "claims"),
        ("Ida Rook accused Tom Ashby of closing the pier.", "Tom Ashby of closing the pier", "Ida Rook", "accused"),
        ("The audit found that the pier was unsafe.", "the pier was unsafe", "The audit", "found"),
        ("Ida Rook is reported to have said that it was shut.", "it was shut", "Ida Rook", "reported to have said"),
    ],
)
def test_a_reported_clause_is_a_quote_without_its_cue_and_that(text, words, speaker, cue):
    assert told(text) == [("indirect", words, speaker, cue)]


def test_a_report_around_its_cue_has_a_span_on_either_side():
    text = "The new pier, harbour officials say, will not open before May."
    assert told(text) == [("indirect", "The new pier / will not open before May", "harbour officials", "say")]


def test_what_is_said_about_the_saying_is_no_part_of_it():
    text = "The pier may be shut if it rots, an official said, speaking on condition of anonymity."
    assert told(text) == [("indirect", "The pier may be shut if it rots", "an official", "said")]


def test_of_nested_reports_only_the_outermost_counts():
    text = "Ida Rook said that Tom Ashby had claimed that the pier was closed."
    assert told(text) == [("indirect", "Tom Ashby had claimed that the pier was closed", "Ida Rook", "said")]


def test_a_report_that_holds_marked_words_is_told_by_them():
    assert [kind for kind, *_ in told("Ida Rook said the pier was “rotten at the base”.")] == ["mixed"]


@pytest.mark.parametrize(
    "text",
    [
        "Ida Rook did not say that the pier was closed.",
        "Ida Rook asked whether the pier was closed.",
        "Ida Rook thinks the pier is closed.",
        "Ida Rook hopes that the pier will open.",
        "Ida Rook urged the council to close the pier.",
        "Ida Rook promised to close the pier.",
        "Ida Rook denied involvement.",
        "Ida Rook said nothing.",
        "I say that the pier is closed.",
        "Ida Rook could say that the pier was closed.",
        "Ida Rook declined to say that the pier was closed.",
        "Ida Rook showed that she could swim.",
    ],
)
def test_thoughts_questions_appeals_promises_and_what_was_not_said_are_no_reports(text):
    assert told(text) == []

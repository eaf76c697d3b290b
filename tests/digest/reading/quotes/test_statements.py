"""What marked words are by their own form: a statement, a fragment of one, or the name of something."""

import pytest

from tests.digest.reading.quotes.heard import told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ida Rook said “there is no pier”.", "there is no pier"),
        ("Ida Rook said “to close it is wrong”.", "to close it is wrong"),
        ("Ida Rook said the pier was “rotten, and it will fall”.", "rotten, and it will fall"),
        ("Ida Rook said “Hold the rope”.", "Hold the rope"),
        ("Ida Rook shouted “Hold”.", "Hold"),
        ("Ida Rook said “Not now,” and left.", "Not now"),
        ("“Please close the pier,” Ida Rook said.", "Please close the pier"),
        ("Ida Rook said:\n\n“Hold the rope”", "Hold the rope"),
        ("“Not now\n\n“It was unsafe,” Ida Rook said.", "Not now / It was unsafe"),
        ("Ida Rook shouted “Harbour Police!” and ran.", "Harbour Police!"),
        ("Ida Rook asked “Harbour Police?” and ran.", "Harbour Police?"),
    ],
)
def test_a_clause_a_command_or_an_utterance_of_its_own_is_direct(text, words):
    assert [(kind, said, speaker) for kind, said, speaker, _ in told(text)] == [("direct", words, "Ida Rook")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ida Rook said the pier “is rotten”.", "is rotten"),
        ("Ida Rook said he was a man “who lies to all”.", "who lies to all"),
        ("Ida Rook said it was a pier “which is rotten”.", "which is rotten"),
        ("Ida Rook spoke of “what is left of the pier”.", "what is left of the pier"),
        ("Ida Rook warned of “a pier that will fall” and left.", "a pier that will fall"),
        ("Ida Rook said that “closing the pier” was wrong.", "closing the pier"),
        ("Ida Rook told him to “close the pier”.", "close the pier"),
        ("Ida Rook said “no, thank you” and left.", "no, thank you"),
        ("Ida Rook said it was “a shame.” She left.", "a shame"),
        ("Ida Rook called it a “joke”.", "joke"),
        ("Ida Rook called it “A very long way” and left.", "A very long way"),
        ("Ida Rook called it “A very long way”, and left.", "A very long way"),
        ("Ida Rook called it “A very long way to X” and left.", "A very long way to X"),
        ("Ida Rook called it “Nearly half of 1.5” and left.", "Nearly half of 1.5"),
    ],
)
def test_words_that_need_the_reporting_sentence_are_a_fragment(text, words):
    assert [(kind, said, speaker) for kind, said, speaker, _ in told(text)] == [("mixed", words, "Ida Rook")]


@pytest.mark.parametrize(
    "text",
    [
        "The pier was called “Rotten Row”.",
        "A pier called “the long joke” fell.",
        "He was called “a thief” by Ida Rook.",
        "Known as “the Duke”, Tom Ashby left.",
        "Nicknamed “Old Tom”, the pier fell.",
        "Ida Rook said the word “pier” twice.",
        "Ida Rook said the plan, titled “A Pier for All”, was dead.",
        "Ida Rook said the pier was nicknamed the “old lady”.",
        "Ida Rook said the pier was nicknamed “the old lady of Sarn”.",
        "Ida Rook said he was nicknamed, “old salt”.",
        "Ida Rook said it was known as a “dead end”.",
        "Ida Rook said a pier called “the long joke” fell.",
        "Ida Rook said the so called “ghost pier” fell.",
        "Ida Rook read from “The Old Pier” and left.",
    ],
)
def test_what_something_is_called_is_no_quote(text):
    assert [kind for kind, *_ in told(text) if kind != "indirect"] == []

"""Clauses: who does what a verb says, whether it says no, and how far a noun's phrase goes."""

import pytest

from digest.reading.clauses import is_negated, is_passive, noun_phrase, subjects_of
from tests.digest.reading.quotes.heard import parsed


def token(text, word):
    return next(token for token in parsed(text).doc if token.text == word)


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("What Brandt promised was a ferry.", "was", "promised"),
        ("The book that her brother opened that Sunday was long.", "was", "book"),
        ("The council ordered Brandt to close the pier.", "close", "Brandt"),
        ("Brandt was urged to close the pier.", "close", "Brandt"),
        ("The council told Malta the truth to calm it.", "calm", "Malta"),
        ("Brandt promised Malta to close the pier.", "close", "Brandt"),
        ("The offer made on Monday was rejected.", "made", "offer"),
        ("Everyone living there left the town.", "living", "Everyone"),
        ("The sailor who closed the pier left.", "closed", "sailor"),
        ("The group that runs the pier said so.", "runs", "group"),
        ("The book that her brother opened that Sunday was long.", "opened", "brother"),
        ("Who closed the pier?", "closed", "Who"),
        ("Everybody praised by the council left.", "praised", "council"),
    ],
)
def test_a_verb_takes_the_subject_it_has_or_shares(text, verb, subject):
    assert [found.text for found in subjects_of(token(text, verb))] == [subject]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("A plan to close the pier was dropped.", "close"),
        ("Brandt has nobody to send the bill to.", "send"),
        ("Brandt left and was praised.", "praised"),
        ("“There are eleven towns in the queue,” Brandt told the meeting.", "are"),
    ],
)
def test_of_some_verbs_nobody_is_said_to_be_the_doer(text, verb):
    assert subjects_of(token(text, verb)) == ()


@pytest.mark.parametrize(
    ("text", "verb", "is_so"),
    [
        ("Brandt left and was praised.", "praised", True),
        ("The pier closed by the council was rebuilt.", "closed", True),
        ("Brandt closed the pier.", "closed", False),
    ],
)
def test_an_auxiliary_or_a_doer_named_with_by_makes_a_verb_passive(text, verb, is_so):
    assert is_passive(token(text, verb)) is is_so


@pytest.mark.parametrize(
    "text",
    [
        "Brandt has not said a word.",
        "Brandt never said a word.",
        "Brandt hardly said a word.",
        "Nobody said it.",
        "None of them said it.",
        "Neither of them said it.",
        "Nothing in the letter said that.",
        "Neither sailor said that.",
        "Neither Rook nor Lee has said that.",
        "No sailor said that.",
    ],
)
def test_a_clause_says_no_by_its_adverb_or_by_its_subject(text):
    assert is_negated(token(text, "said"))


@pytest.mark.parametrize("text", ["Brandt said “Never!” and left.", "Somebody said not to worry.", "Both said it."])
def test_what_was_said_does_not_deny_that_it_was_said(text):
    assert not is_negated(token(text, "said"))


@pytest.mark.parametrize(
    ("text", "noun", "phrase"),
    [
        ("The tall grey mayor of Hale, Ann Lee, said so.", "mayor", ("The", "Hale")),
        ("The head of the board of the port of Hale left.", "head", ("The", "Hale")),
        ("Rook will appeal against both the conviction and the sentence.", "conviction", ("the", "conviction")),
        ("Hale’s old mayor and her wife of forty years said so.", "wife", ("her", "years")),
        ("Hale’s old mayor and her wife of forty years said so.", "mayor", ("Hale", "mayor")),
        ("Lee spoke for the town.", "Lee", ("Lee", "Lee")),
        ("Tales from the town bored Lee.", "Tales", ("Tales", "Tales")),
    ],
)
def test_a_phrase_takes_its_of_but_nothing_beside_it(text, noun, phrase):
    first, last = noun_phrase(token(text, noun))
    assert (first.text, last.text) == phrase

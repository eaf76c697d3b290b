"""How a commitment is put into words: all of them the article's."""

from dataclasses import replace

import pytest

from bot.render.commitments import begin_at_cue, entry_of, show_commitment, show_names
from digest.model import CommitmentKind, Strength, Telling
from tests.builders import brief, commitment, span


def shown_what(text, cue, what):
    one = replace(commitment(), actors=(), cue=span(cue, text), what=span(what, text), sentence=span(text, text))
    article = replace(brief().article, text=text)
    return entry_of(replace(brief(), article=article), replace(one, deadline=None)).what


@pytest.mark.parametrize(
    ("text", "cue", "what", "shown"),
    [
        ("They will pay.", "will", "pay", "will pay"),
        ("They promised on Monday that they would pay.", "promised", "pay", "promised on Monday that they would pay"),
        ("Pay they will.", "will", "Pay", "Pay"),
        ("I'm ready to pay.", "'m ready to", "pay", "pay"),
        ("They vowed: “we pay”.", "vowed", "we pay", "we pay"),
        ("They vowed in a long, long letter to their many members to pay.", "vowed", "pay", "pay"),
    ],
)
def test_the_words_begin_at_the_cue_where_it_stands_close_before_them(text, cue, what, shown):
    assert shown_what(text, cue, what) == shown


@pytest.mark.parametrize(
    ("sentence", "cue", "what", "shown"),
    [
        ("They will pay.", "will", "pay", "will pay"),
        ("They will say that they will pay.", "will", "pay", "will pay"),
        ("They promised on Monday that they would pay.", "promised", "pay", "promised on Monday that they would pay"),
        ("Pay they will.", "will", "Pay", "Pay"),
        ("I'm ready to pay.", "'m ready to", "pay", "pay"),
        ("They vowed: “we pay”.", "vowed", "we pay", "we pay"),
        ("They pay.", "", "pay", "pay"),
        ("They will.", "will", "pay", "pay"),
        ("They will pay.", "will", "", ""),
        ("They will pay.", "will", "will pay", "will pay"),
    ],
)
def test_words_on_record_begin_at_the_cue_where_it_stands_close_before_them(sentence, cue, what, shown):
    assert begin_at_cue(Telling(("A",), CommitmentKind.PLAN, what, sentence, cue=cue)).what == shown


@pytest.mark.parametrize("kind", CommitmentKind)
def test_every_kind_has_a_sign_and_its_word_beside_it(kind):
    shown = show_commitment(Telling(("A",), kind, "pay", "A will pay."))
    assert f" {kind.value} · **A**: “pay”" in shown
    assert not shown[0].isalnum()


def test_a_hedged_one_is_not_called_firm():
    entry = Telling(("A",), CommitmentKind.PLAN, "may pay", "A may pay.", strength=Strength.HEDGED)
    assert "plan, not firm" in show_commitment(entry)


@pytest.mark.parametrize("cue", ["threatened", "warned", "an ultimatum", ""])
def test_a_threat_is_called_one_where_the_article_does(cue):
    entry = Telling(("A",), CommitmentKind.THREAT, "stop work", "x", condition="unless B pays", cue=cue)
    assert show_commitment(entry).startswith("⚠️ threat · **A**: “stop work”")


@pytest.mark.parametrize("cue", ["will", "would"])
def test_pressure_that_nobody_calls_a_threat_is_told_without_the_word(cue):
    entry = Telling(("A",), CommitmentKind.THREAT, "stop work", "x", condition="unless B pays", cue=cue)
    assert show_commitment(entry) == "📅 announced · **A**: “stop work”\n↳ condition: “unless B pays”"


def test_a_cue_is_told_where_it_stands_in_the_sentence():
    assert entry_of(brief(), commitment()).cue == "will"
    elsewhere = replace(commitment(), cue=span("signed"))
    assert entry_of(brief(), elsewhere).cue == ""


def test_what_the_words_say_already_is_not_said_twice():
    entry = Telling(
        ("A",), CommitmentKind.THREAT, "leave by May if B stays", "x", condition="if B stays", deadline="by May"
    )
    assert show_commitment(entry) == "⚠️ threat · **A**: “leave by May if B stays”"


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ((), ""),
        (("A",), "A"),
        (("A", "B"), "A and B"),
        (("A", "B", "C", "D"), "A, B, C and D"),
        (("A", "B", "C", "D", "E"), "A, B, C and 2 more"),
        (("\u200b", "B"), "B"),
    ],
)
def test_names_are_joined_as_one_says_them(names, shown):
    assert show_names(names) == shown

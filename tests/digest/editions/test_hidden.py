"""What a guild hides is left out of briefs, by name or by statement, and nothing else is."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from digest.editions.hidden import (
    Curtain,
    extracts_of,
    fold_name,
    hide_in_correction,
    leave_visible,
    show_hit,
    visible_commitments,
)
from digest.model import ArticleHit, Card, Correction, Hidden, Statement, StatementKind, Vanished
from tests.builders import NOW, brief, commitment, quote, span

QUOTE = Statement(1, StatementKind.QUOTE, "Nobody left the room happy")
LINE = Statement(1, StatementKind.SENTENCE, "Five ports signed the rule on Sunday.")
PROMISE = Statement(1, StatementKind.COMMITMENT, "inspect every ship")


def by_name(*names):
    return Curtain(Hidden(names))


def retracted(*statements):
    return Curtain(Hidden((), frozenset(statements)))


@pytest.mark.parametrize("name", ["Ilse Brandt", "ilse BRANDT", "Ïlse  Brandt", "Brandt", "Ilse\u200b Brandt"])
@pytest.mark.parametrize(
    "printed", ["Ilse Brandt", "ILSE\nBRANDT", "Ilse Brändt’s", "(Ilse Brandt)", "Il\u00adse Brandt"]
)
def test_a_name_is_found_whatever_its_case_accents_and_gaps(name, printed):
    assert by_name(name).has_name("Nothing", f"so said {printed}, who left")


@pytest.mark.parametrize("printed", ["Ilse Brandtner", "Brandenburg", "Ilse", "", None])
def test_a_part_of_a_longer_word_is_no_name(printed):
    assert not by_name("Ilse Brandt").has_name(printed)


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "..."])
def test_what_names_nobody_hides_nothing(name):
    assert leave_visible(by_name(name), 1, brief()) == brief()


def test_a_speaker_who_is_hidden_is_not_quoted():
    left = leave_visible(by_name("Ilse Brandt"), 1, brief())
    assert (left.quotes, left.card.quotes) == ((), ())
    assert (left.commitments, left.card.sentences) == (brief().commitments, (0, 2))


def test_a_name_in_a_role_an_actor_or_the_sentence_hides_too():
    assert leave_visible(by_name("port of Sarn"), 1, brief()).quotes == ()
    assert leave_visible(by_name("the ports"), 1, brief()).commitments == ()
    left = leave_visible(by_name("1 march"), 1, brief())
    assert (left.commitments, left.summary.sentences, left.card.sentences) == ((), (0,), (0,))


def test_a_retracted_statement_goes_and_no_other_article_is_touched():
    for statement, gone in ((QUOTE, "quotes"), (PROMISE, "commitments")):
        assert getattr(leave_visible(retracted(statement), 1, brief()), gone) == ()
        assert leave_visible(retracted(statement), 2, brief()) == brief()
    assert leave_visible(retracted(LINE), 1, brief()).card.sentences == (2,)
    other_kind = replace(QUOTE, kind=StatementKind.SENTENCE)
    assert leave_visible(retracted(other_kind), 1, brief()) == brief()


def test_indexes_follow_what_is_left():
    second = replace(commitment(), what=span("inspect"))
    told = replace(brief(), commitments=(commitment(), second), card=Card((), (), (1, 0)))
    assert visible_commitments(retracted(PROMISE), 1, told) == (1,)
    left = leave_visible(retracted(PROMISE), 1, told)
    assert (left.commitments, left.card.commitments) == ((second,), (0,))


def test_what_was_withdrawn_is_hidden_likewise():
    told = replace(brief(), withdrawals=(replace(commitment(), is_withdrawal=True),))
    assert visible_commitments(by_name("the ports"), 1, told) == ()
    assert leave_visible(by_name("the ports"), 1, told).withdrawals == ()


@given(st.sets(st.sampled_from(extracts_of(1, brief())).map(lambda one: one.statement)))
def test_exactly_what_is_retracted_is_gone(statements):
    left = leave_visible(retracted(*statements), 1, brief())
    assert {one.statement for one in extracts_of(1, left)} == {
        one.statement for one in extracts_of(1, brief())
    } - statements


@given(st.text())
def test_folding_twice_changes_nothing(name):
    assert fold_name(fold_name(name)) == fold_name(name)


def test_a_hit_with_a_hidden_headline_is_none_and_one_with_a_hidden_lead_has_none():
    hit = ArticleHit(1, "Brandt leaves", "https://a.example", "", NOW, LINE.words)
    assert show_hit(by_name("Brandt"), hit) is None
    assert show_hit(retracted(LINE), hit) == replace(hit, lead="")
    assert show_hit(by_name("sunday"), hit).lead == ""
    assert show_hit(retracted(QUOTE), hit) == hit


def test_a_correction_brings_nothing_hidden_into_a_post():
    gone = (Vanished(0, (span("Nobody"),), span("The ports will inspect every ship from 1 March."), 0),)
    found = Correction(brief(), brief(), gone, gone, gone, is_retitled=True)
    shut = hide_in_correction(by_name("ports"), 1, found)
    assert [one.instead for one in (*shut.sentences, *shut.quotes, *shut.commitments)] == [None, 0, None]
    assert {one.sentence for one in (*shut.sentences, *shut.quotes, *shut.commitments)} == {None}
    assert not shut.is_retitled
    assert hide_in_correction(by_name("nobody there"), 1, found) == found


def test_a_quote_counts_with_all_its_pieces():
    two = replace(quote(), spans=(span("Nobody"), span("happy")))
    told = replace(brief(), quotes=(two,))
    assert leave_visible(retracted(replace(QUOTE, words="Nobody\nhappy")), 1, told).quotes == ()
    assert leave_visible(retracted(replace(QUOTE, words="Nobody")), 1, told).quotes == (two,)

"""A card shows what an editor would keep, best first, and rather less than something weak."""

from dataclasses import replace

import pytest

from digest.model import (
    Actor,
    Commitment,
    CommitmentKind,
    Deadline,
    Quote,
    QuoteKind,
    Speaker,
    Strength,
    Summary,
)
from digest.reading.cards import choose_card
from digest.reading.commitments.trigger import Rule
from digest.reading.sentences import split_sentences
from tests.builders import span

TEXT = (
    "Ida Rook and Tom Vale spoke. The bridge must be closed before somebody drowns. A fine old thing it was. "
    "This is not what we were promised by the state. The traders will lose a whole season to this closure. "
    "We will not pay a single crown for it, whoever asks. Nobody asked. "
    "Vessmark will repair the bridge by 1 March. The state may pay half of the bill. The port will do so. "
    "The port will meet the traders on Friday."
)


SURE = "subject after the marks, then its verb"


def quote(words, speaker="Ida Rook", kind=QuoteKind.DIRECT):
    name = speaker and Speaker(name=span(speaker, TEXT))
    return Quote(kind, (span(words, TEXT),), None, name, SURE)


def commitment(what, actor="Vessmark", **changes):
    values = {
        "actors": (Actor(span(actor, TEXT)),) if actor else (),
        "kind": CommitmentKind.PLAN,
        "what": span(what, TEXT),
        "cue": span("will", TEXT),
        "sentence": span(what, TEXT),
    }
    return Commitment(**(values | changes))


def card(quotes=(), commitments=(), picked=(), title=""):
    return choose_card(TEXT, split_sentences(TEXT), Summary(picked, "test"), quotes, commitments, title=title)


CLOSE = quote("The bridge must be closed before somebody drowns")
SEASON = quote("The traders will lose a whole season to this closure", "Tom Vale")
CROWN = quote("We will not pay a single crown for it, whoever asks")


def test_full_statements_of_named_speakers_are_key_quotes():
    assert set(card([CLOSE, SEASON]).quotes) == {0, 1}


def test_a_speaker_found_by_a_rule_that_errs_too_often_is_not_shown():
    assert card([replace(CLOSE, method="subject of the sentence before")]).quotes == ()
    assert card([replace(CLOSE, method="a rule that nobody measured")]).quotes == ()


def test_a_pronoun_is_believed_only_where_its_own_paragraph_has_the_name():
    text = "Ida Rook met Tom Vale.\n“The bridge must be closed before somebody drowns,” she said."
    far = Quote(
        QuoteKind.DIRECT,
        (span("The bridge must be closed before somebody drowns", text),),
        span("said", text),
        Speaker(span("Ida Rook", text), mention=span("she", text)),
        SURE,
    )
    near_text = text.replace("\n", " ")
    sentences = split_sentences(text)
    assert choose_card(text, sentences, Summary((), "test"), [far], []).quotes == ()
    assert choose_card(near_text, sentences, Summary((), "test"), [far], []).quotes == (0,)


def test_different_speakers_are_heard_before_one_speaks_twice():
    assert card([CLOSE, CROWN, SEASON]).quotes.index(2) == 1


def test_what_is_short_leaning_or_of_an_unknown_speaker_is_no_key_quote():
    weak = [
        quote("A fine old thing"),
        quote("This is not what we were promised by the state"),
        replace(CLOSE, speaker=None),
        replace(CLOSE, kind=QuoteKind.INDIRECT),
        replace(quote("must be closed before somebody"), kind=QuoteKind.MIXED),
    ]
    assert card(weak).quotes == ()


def test_the_title_of_a_work_is_no_key_quote():
    text = "Ida Rook wrote “The Bridge That Nobody Wanted: Forty Years of Harbour Quarrels” in her youth."
    words = Quote(
        QuoteKind.DIRECT,
        (span("The Bridge That Nobody Wanted: Forty Years of Harbour Quarrels", text),),
        None,
        Speaker(span("Ida Rook", text)),
        "test",
    )
    assert choose_card(text, (), Summary((), "test"), [words], []).quotes == ()


def test_firm_commitments_go_before_hedged_ones():
    hedged = commitment("pay half of the bill", "state", strength=Strength.HEDGED)
    firm = commitment("repair the bridge", deadline=Deadline(span("by 1 March", TEXT)))
    assert card(commitments=[hedged, firm]).commitments == (1, 0)


def test_a_threat_goes_before_a_meeting():
    meeting = commitment("meet the traders on Friday", "The port")
    threat = commitment("lose a whole season to this closure", "The traders", kind=CommitmentKind.THREAT)
    assert card(commitments=[meeting, threat]).commitments == (1, 0)


def test_what_says_nothing_alone_or_binds_nobody_is_no_key_commitment():
    assert card(commitments=[commitment("do so", "The port"), commitment("repair the bridge", None)]).commitments == ()


def test_one_action_is_shown_once():
    assert (
        len(card(commitments=[commitment("repair the bridge"), commitment("repair the bridge by 1 March")]).commitments)
        == 1
    )


def test_no_more_than_three_of_each_are_shown():
    shown = card([CLOSE, SEASON, CROWN, CLOSE], picked=(0, 1, 4, 5))
    assert len(shown.quotes) == 3
    assert len(shown.sentences) <= 3


def test_a_summary_sentence_that_cannot_be_shown_stays_off_the_card():
    sentences = split_sentences(TEXT)
    short = next(sentence.index for sentence in sentences if sentence.span.of(TEXT) == "Nobody asked.")
    assert card(picked=(1, short)).sentences == (1,)


def test_a_summary_sentence_that_repeats_the_title_stays_off_the_card():
    title = "The bridge must be closed before somebody drowns"
    assert card(picked=(0, 1), title=title).sentences == (0,)


@pytest.mark.parametrize(
    ("picked", "kept"), [((1, 3), (1,)), ((2, 3), (2, 3)), ((3, 4), (3, 4)), ((0, 1, 4), (0, 1, 4))]
)
def test_a_sentence_that_leans_is_shown_first_or_straight_after_its_neighbour(picked, kept):
    assert card(picked=picked).sentences == kept


def test_a_bare_will_binds_only_who_is_named():
    text = "Jam will cover the whole loaf. The cook told Sarn that it will taste of plums. Sarn will feed its poor."
    jam, sarn = (
        Commitment(
            (Actor(span(actor, text)),),
            CommitmentKind.PLAN,
            span(what, text),
            span("will", text),
            span(what, text),
            method=Rule.STATED,
        )
        for what, actor in (("cover the whole loaf", "Jam"), ("feed its poor", "Sarn"))
    )
    assert choose_card(text, split_sentences(text), Summary((), "test"), [], [jam, sarn]).commitments == (1,)

"""Which quotes a card shows, and in which order: full statements that are understood with the name alone."""

import pytest

from digest.model import Quote, QuoteKind, Sentence, Span, Speaker, Summary
from digest.reading.cards import choose_card
from tests.builders import span

SURE = "subject after the marks, then its verb"
PLAIN = "The ferry sails at noon on most days"


def said(text, words, speaker="Ida Rook", **details):
    parts = {"mention": None, "role": None} | {key: details[key] for key in details.keys() & {"mention", "role"}}
    who = Speaker(span(speaker, text), **{key: part and span(part, text) for key, part in parts.items()})
    return Quote(details.get("kind", QuoteKind.DIRECT), (span(words, text),), None, who, SURE)


def shown(text, *quotes, title=""):
    return choose_card(text, (), Summary((), "test"), quotes, (), title=title).quotes


def is_shown(words, **details):
    text = f"“{words}” Ida Rook said."
    return shown(text, said(text, words, **details)) == (0,)


@pytest.mark.parametrize(
    "words",
    [
        "The state must pay for this",
        "The bridge is older than " + "the sea and " * 18 + "sand",
        "And the state must pay for all of it",
        "and we, the traders, must pay for all of it",
        "Bridges fall, and then it is the poor who must walk",
        "  The state must pay for all of it ",
        "Who pays for all of this, then? I",
        "Never am I to go as far as Rye",
        "There are eleven towns behind you in the queue",
        "If there was a ferry, we would all be in Rye",
        "I know that everybody here has to pay for it",
    ],
    ids=[
        "six words",
        "sixty",
        "a capital And",
        "a small and",
        "one leading name",
        "blanks",
        "a question answered",
        "one capital",
        "there are",
        "if there was",
        "what I know",
    ],
)
def test_a_full_statement_is_a_key_quote(words):
    expected = words.strip() != "and we, the traders, must pay for all of it"
    assert is_shown(words) is expected


@pytest.mark.parametrize(
    "words",
    [
        "The state must pay this",
        "The bridge is older than " + "the sea and " * 18 + "the sand",
        "which the state must pay for in full",
        "It is the state that must pay for this",
        "So this is the price we all must pay",
        "If he won’t walk, we will have to carry him",
        "The fact that this has happened is a shame for us",
        "I think that they should pay for all of it",
        "There we were, with the ferry and the boat",
        "Who is going to pay for all of this?",
        "Who is going to pay for all of this?’",
        "Forty Years of the Harbour and the Bridge",
        "The War of the Bakers and the Rest of us",
    ],
    ids=[
        "five words",
        "sixty-one",
        "a clause broken off",
        "it",
        "this after so",
        "he after if",
        "the fact that this",
        "what I think of them",
        "there, a place",
        "a question",
        "a question in marks",
        "a title with an article in it",
        "a title of two long words",
    ],
)
def test_what_is_cut_off_leans_or_asks_is_no_key_quote(words):
    assert not is_shown(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("no more than the seven working days", False), ("no more than the eight days of the week", True)],
)
def test_a_fragment_is_a_key_quote_from_eight_words_on(words, expected):
    assert is_shown(words, kind=QuoteKind.MIXED) is expected


def test_a_fragment_in_which_somebody_is_meant_who_is_not_named_is_no_key_quote():
    words = "put the whole of the harbour before his own house"
    assert is_shown(words)
    assert not is_shown(words, kind=QuoteKind.MIXED)


def test_what_has_to_do_with_the_news_goes_first():
    about, beside = "The bridge and the ferry are no longer ours", "The cook and the waiter are no longer young"
    text = f"“{beside}” and “{about}” said Ida Rook and Tom Vale.{' It rained.' * 99}"
    quotes = [said(text, beside, "Tom Vale"), said(text, about)]
    assert shown(text, *quotes) == (0, 1)
    assert shown(text, *quotes, title="Town sells bridges and ferries") == (1, 0)
    sentences = (Sentence(0, Span(0, 5)), Sentence(1, span(f"“{about}” said Ida Rook and Tom Vale.", text)))
    assert choose_card(text, sentences, Summary((1,), "test"), quotes, ()).quotes == (1, 0)


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("Ida Rook is here.\nRook spoke. “{}.” She left.", "She", True),
        ("Ida Rook is here.\n“{},” she said, and Ida Rook left.\nThat was all.", "she", True),
        ("Ida Rook is here.\n“{},” she said. So it was with Rook", "she", True),
        ("Ida Rook is here.\n“{},” she said.\nRook left.\nThat was all.", "she", False),
        ("Ida Rook is here.\nRook sat.\n“{},” she said.", "she", False),
        ("Ida Rook is here.\n“{},” the mayor said.", "the mayor", True),
    ],
    ids=["at the very start", "between", "at the very end", "in the next paragraph", "in one before", "no pronoun"],
)
def test_a_pronoun_is_believed_where_the_surname_stands_in_the_paragraph(text, mention, expected):
    text = text.format(PLAIN)
    assert shown(text, said(text, PLAIN, mention=mention)) == ((0,) if expected else ())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("I sat in the lake, and my dog sat with me", False),
        ("The day was hot, and my dog sat in the lake", True),
        ("I will not sign this paper, and my party won’t", True),
        ("I sat there all day, and I am going to stay", True),
        ("Our thoughts are with the families of the crew", False),
        ("My heart goes out to everybody who was there", False),
        ("We send our condolences to all of the families", False),
        ("Our thoughts on the bridge are for everybody to read", True),
    ],
)
def test_an_anecdote_and_condolences_are_no_key_quotes_and_a_position_is_one(words, expected):
    assert is_shown(words) is expected


@pytest.mark.parametrize(
    ("better", "other"),
    [
        (
            {"words": "We like the view, the ducks, the old boats and the sand"},
            {"words": "We like the view and the old boats"},
        ),
        ({"words": PLAIN, "role": "the mayor"}, {"words": PLAIN}),
        ({"words": PLAIN}, {"words": PLAIN, "speaker": "a baker"}),
        ({"words": PLAIN}, {"words": PLAIN, "kind": QuoteKind.MIXED}),
    ],
    ids=[
        "more words",
        "a role",
        "a name",
        "whole clauses",
    ],
)
def test_of_two_quotes_the_one_that_says_more_goes_first(better, other):
    text = f"“{other['words']}” and “{better['words']}” said Ida Rook, the mayor, and Tom Vale and a baker."
    text += " It rained." * 99  # so that it counts little which of them stands first
    quotes = [said(text, **({"speaker": "Tom Vale"} | other)), said(text, **better)]
    assert shown(text, *quotes) == (1, 0)


def test_a_pronoun_is_believed_where_the_last_of_many_names_stands():
    text = f"Ida Maria Rook is here.\nThere Rook sat. “{PLAIN},” she said."
    assert shown(text, said(text, PLAIN, "Ida Maria Rook", mention="she")) == (0,)


def test_the_words_of_a_quote_in_two_pieces_are_all_its_words():
    text = "“We sail on a lake that is deep and cold” and “We sail” and “on a lake that is deep and cold and wide,” "
    text += "said Ida Rook and Tom Vale." + " It rained." * 99
    pieces = (
        Span(text.index("We sail”"), text.index("We sail”") + len("We sail")),
        span("on a lake that is deep and cold and wide", text),
    )
    told = Quote(QuoteKind.DIRECT, pieces, None, Speaker(span("Ida Rook", text)), SURE)
    assert shown(text, said(text, "We sail on a lake that is deep and cold", "Tom Vale"), told) == (1, 0)


def test_of_two_quotes_alike_the_earlier_goes_first():
    text = f"{'Words. ' * 20}“{PLAIN}.” “{PLAIN.replace('noon', 'dawn')}.” said Ida Rook and Tom Vale."
    later, early = said(text, PLAIN.replace("noon", "dawn"), "Tom Vale"), said(text, PLAIN)
    assert shown(text, later, early) == (1, 0)
    assert shown(text, early, early) == (0, 1)


def test_a_third_statement_of_one_speaker_gives_way_to_a_weak_one_of_another():
    own = [
        "We will not pay, and the state must decide who is responsible for all of this, because we cannot wait",
        "We must never accept a war over a bridge, because only peace will feed the town and all its people",
        "We will refuse every demand that the state should make, and we shall never fail those who need us",
    ]
    weak = "no ferry on the lake before the eighth day"
    text = (
        f"{' '.join(f'“{words}.”' for words in own)} said Ida Rook, the mayor. {'Words. ' * 30}Tom Vale saw “{weak}”."
    )
    quotes = [said(text, words, role="the mayor") for words in own]
    assert set(shown(text, *quotes, said(text, weak, "Tom Vale", kind=QuoteKind.MIXED))[:2]) < {0, 1, 2}
    assert shown(text, *quotes, said(text, weak, "Tom Vale", kind=QuoteKind.MIXED))[2] == 3

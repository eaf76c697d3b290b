"""Which quotes a story shows, and who prints them."""

from dataclasses import replace

import pytest

from digest.editions.quotes import story_quotes
from digest.model import Card, Quote, QuoteKind, Sentence, Span, Speaker, Story
from tests.builders import article, brief, span

WHOLE = "We won’t sell the harbour. Not now, and not ever."


def told(site, *quotes, text="", shown=3):
    """A brief of an outlet, with quotes of its text: who, then the pieces; the first ones are on its card."""
    text = text or " ".join(f"{who} said: {' … '.join(f'“{piece}”' for piece in pieces)}." for who, *pieces in quotes)
    found = [
        Quote(
            QuoteKind.DIRECT,
            tuple(span(piece, text) for piece in pieces),
            None,
            Speaker(span(who, text)) if who else None,
            "colon",
        )
        for who, *pieces in quotes
    ]
    return replace(
        brief(),
        article=article(text, site=site),
        sentences=(Sentence(0, Span(0, len(text))),),
        quotes=tuple(found),
        commitments=(),
        card=Card((0,), tuple(range(len(found)))[:shown], ()),
    )


def shown(*briefs):
    """Of each quote that the story shows: its first words, who prints all, who some."""
    quotes = story_quotes(Story("Harbour", briefs))
    return [(one.brief.words(one.quote.spans[0])[:8], one.printed_by, one.shortened_by) for one in quotes]


@pytest.mark.parametrize(
    ("pieces", "by"),
    [
        ([WHOLE], "Ilse Brandt"),
        ([WHOLE.replace("’", "'").upper()], "Brandt"),
        (["We won’t sell the harbour,", "not now, and not ever."], "Director Brandt"),
        ([f"Listen to me. {WHOLE} That is all."], "Brandt"),
        ([WHOLE], "the director"),
        ([WHOLE], ""),
    ],
)
def test_an_outlet_prints_a_quote_that_has_all_its_words_however_they_are_written(pieces, by):
    assert shown(told("A", ("Ilse Brandt", WHOLE)), told("B", (by, *pieces))) == [("We won’t", ("A", "B"), ())]


@pytest.mark.parametrize("pieces", [["sell the harbour. Not now"], ["won’t sell the harbour", "not ever"]])
def test_an_outlet_that_prints_some_of_the_words_is_told_apart(pieces):
    assert shown(told("A", ("Ilse Brandt", WHOLE)), told("B", ("Brandt", *pieces))) == [("We won’t", ("A",), ("B",))]


@pytest.mark.parametrize(
    ("by", "piece"),
    [
        ("Brandt", "We won’t sell the ferry"),
        ("Brandt", "not ever"),
        ("Jon Varga", "won’t sell the harbour. Not now"),
    ],
)
def test_other_words_and_the_words_of_others_are_no_telling_of_it(by, piece):
    first, *_ = shown(told("A", ("Ilse Brandt", WHOLE)), told("B", (by, piece), shown=0))
    assert first == ("We won’t", ("A",), ())


def test_what_an_outlet_prints_counts_even_where_it_was_not_taken_for_a_quote():
    assert shown(told("A", ("Ilse Brandt", WHOLE)), told("B", text=f"It read: {WHOLE}")) == [
        ("We won’t", ("A", "B"), ())
    ]


def test_a_few_words_that_anybody_prints_are_no_telling_of_a_short_quote():
    lead = told("A", ("Ilse Brandt", "Not now"))
    assert shown(lead, told("B", text="They do not now go there.")) == [("Not now", ("A",), ())]
    assert shown(lead, told("B", ("Brandt", "not now!"))) == [("Not now", ("A", "B"), ())]


def test_what_others_say_comes_after_the_first_outlets_quotes_if_they_are_not_there_yet():
    lead = told("A", ("Ilse Brandt", WHOLE))
    others = told(
        "B", ("Brandt", "The ships will wait"), ("Jon Varga", "Then we will strike"), ("", "Nobody knows yet")
    )
    more = told("C", ("Captain Varga", "We strike"), ("Ada Holm", "I will pay"), ("Ola Fink", "So will I"))
    assert [words for words, _, _ in shown(lead, others, more)] == ["We won’t", "Then we ", "I will p"]


@pytest.mark.parametrize("words", [WHOLE, f"Listen. {WHOLE}", "sell the harbour. Not now"])
def test_words_that_are_there_are_not_shown_again_under_another_name(words):
    shown_quotes = shown(told("A", ("Ilse Brandt", WHOLE)), told("B", ("Jon Varga", words)))
    assert [words for words, _, _ in shown_quotes] == ["We won’t"]


def test_an_outlet_without_a_name_is_not_listed():
    assert shown(told("", ("Ilse Brandt", WHOLE)), told("B", ("Brandt", WHOLE))) == [("We won’t", ("B",), ())]


def test_a_story_without_briefs_or_quotes_shows_none():
    assert story_quotes(Story("Harbour", ())) == ()
    assert shown(told("A", text="Nobody spoke.")) == []

"""Marked words in a language that is not parsed."""

import pytest

from digest.model import QuoteKind
from digest.reading.quotes.unparsed import find_marked_quotes


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("„Wir schließen die Brücke heute“, sagte sie.", "Wir schließen die Brücke heute", QuoteKind.DIRECT),
        ("Elle a dit « nous fermerons le pont ce soir ».", "nous fermerons le pont ce soir", QuoteKind.MIXED),
        ("”Vi stänger bron i kväll”, sade hon.", "Vi stänger bron i kväll", QuoteKind.DIRECT),
        ("«Ми закриємо міст цього вечора», – сказала вона.", "Ми закриємо міст цього вечора", QuoteKind.DIRECT),
        ('"נסגור את הגשר הערב", אמרה.', "נסגור את הגשר הערב", QuoteKind.DIRECT),
    ],
)
def test_four_marked_words_are_a_quote_of_nobody(text, words, kind):
    (quote,) = find_marked_quotes(text)
    assert (quote.spans[0].of(text), quote.kind, quote.speaker, quote.cue) == (words, kind, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Die „alte Dame“ bleibt zu.",
        "Er las „Drei Männer Gegen Einen“ vor.",
        "Er sagte: „Wir schließen die Brücke heute",
        "",
    ],
    ids=["a name", "a title", "never closed", "nothing"],
)
def test_names_titles_and_open_marks_are_no_quotes(text):
    assert find_marked_quotes(text) == ()

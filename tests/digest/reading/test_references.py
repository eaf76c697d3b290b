"""Which sentences speak of what another one has named."""

import pytest

from digest.reading.language import parse
from digest.reading.names import find_names
from digest.reading.quotes.marks import find_marked
from digest.reading.references import leans_on_another
from digest.reading.sentences import split_sentences


def leans(text):
    parsed = parse(text, split_sentences(text))
    find_names(parsed)
    quoted = frozenset(token.i for marked in find_marked(text) for token in parsed.tokens_of(marked.outer))
    return [leans_on_another(parsed.tokens_of(sentence.span), quoted) for sentence in parsed.sentences][-1]


@pytest.mark.parametrize(
    "sentence",
    [
        "In March it had promised a new bridge.",
        "Within two hours he announced an appeal.",
        "The bridge will be closed until May, she said.",
        "By the end of May, he promised, the bridge will be open.",
        "Their lawyer said that the bridge will be closed.",
        "On Monday this decision was taken by the council of Vessmark.",
        "Until then the bridge of Vessmark remains closed.",
        "After that, the council of Vessmark closed the bridge.",
        "In return the council will pay for the ferries.",
        "There the council met the traders of the fish market.",
        "The 47-year-old will appeal against the sentence.",
        "Three weeks later the council closed the bridge.",
        "The ferries of Sarn were meant to give similar comfort.",
        "The council waited as this was read out by Ida Rook.",
    ],
)
def test_whoever_or_whatever_a_sentence_is_about_may_be_named_elsewhere(sentence):
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council of Vessmark said that it would close the bridge.",
        "Ida Rook said that she would close the bridge.",
        "As she left the hall, Ida Rook promised a new bridge.",
        "In his speech on Monday, the mayor, Tom Ashby, promised a new bridge.",
        "Tom Ashby closed the bridge and its tunnel, he said.",
        "It is likely that the bridge will be closed in May.",
        "This week the council of Vessmark closed the bridge.",
        "The traders say their boats will stay in the harbour.",
        "“He will not pay for it,” said Ida Rook, the mayor of Vessmark.",
        "The council, which owns that bridge, voted on Thursday to close it.",
        "Many traders, such as Tom Ashby, will leave the market.",
        "There will be no bridge in Vessmark before May.",
        "The plan is similar to that of the harbour company of Sarn.",
    ],
)
def test_what_a_sentence_names_itself_leans_on_nothing(sentence):
    assert not leans(sentence)

"""Where the phrase begins and ends that stands for whoever has no name."""

import pytest

from digest.reading.names.phrases import phrase_edges
from tests.digest.reading.quotes.heard import fullest, parsed


@pytest.mark.parametrize(
    ("text", "word", "phrase"),
    [
        ("Two people familiar with the sale left.", "people", "Two people familiar with the sale"),
        ("A pilot close to the talks left.", "pilot", "A pilot close to the talks"),
        ("A note from a schoolboy from Sarn arrived.", "note", "A note from a schoolboy from Sarn"),
        ("A former director at the port of Sarn left.", "director", "A former director at the port of Sarn"),
        ("A woman in her forties left.", "woman", "A woman in her forties"),
        ("A clerk on the board left.", "clerk", "A clerk on the board"),
        ("The official on Monday left.", "official", "The official"),
        ("A man in a statement left.", "man", "A man"),
        ("The engineer who slept left.", "engineer", "The engineer"),
        ("The pilots, old and tired, left.", "pilots", "The pilots"),
        ("Pilots and clerks left.", "Pilots", "Pilots"),
        ("Not all pilots left.", "pilots", "Not all pilots"),
        ("Half of the pilots left.", "Half", "Half of the pilots"),
        ("Some residents left.", "residents", "Some residents"),
        ("Two people closely familiar with the sale left.", "people", "Two people closely familiar with the sale"),
        ("A letter from an aide who slept in Sarn came.", "letter", "A letter from an aide"),
        ("A letter from an aide who slept in Sarn came.", "aide", "an aide who slept in Sarn"),
        ("“It is late,” said one aide who saw it.", "aide", "one aide who saw it"),
        ("A clerk in Sarn who slept said it was late.", "clerk", "A clerk in Sarn who slept"),
        ("“It is late,” said a clerk whose pier fell.", "clerk", "a clerk"),
        (
            "“It is late,” said a man who saw the pier fall into the sea at one in the night on the day of the storm.",
            "man",
            "a man",
        ),
        ("A letter before the vote named him.", "letter", "A letter"),
        ("Others left.", "Others", None),
        ("Critics left.", "Critics", None),
        ("Ida Rook said: “People left.”", "People", None),
    ],
)
def test_whoever_has_no_name_is_the_phrase_without_clauses_times_and_places_of_saying(text, word, phrase):
    assert fullest(text, word) == phrase


def test_a_phrase_keeps_the_adjective_whose_preposition_has_no_noun():
    assert fullest("A state crucial to winning left.", "state").startswith("A state crucial")


@pytest.mark.parametrize("place", [0, -1])
def test_a_mark_that_is_asked_about_is_a_phrase_of_its_own(place):
    mark = parsed("“It is late.”").doc[place]
    assert phrase_edges(mark) == (mark, mark)

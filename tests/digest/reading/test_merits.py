"""What speaks for and against showing a sentence."""

import pytest

from digest import read_text
from digest.reading.fitness import quotings_of_list
from digest.reading.language import parse
from digest.reading.merits import Findings, unnamed_subject, weigh_findings, weigh_words
from digest.reading.names import find_names
from digest.reading.sentences import split_sentences

PLAIN = "The council of Vessmark closed the old bridge and opened a ferry across the harbour."


def words_of(*sentences):
    return weigh_words(sentences, quotings_of_list(sentences))


def findings_of(text):
    brief = read_text(text, language="en")
    parsed = parse(text, split_sentences(text))
    find_names(parsed)
    return weigh_findings(parsed.sentences, Findings(parsed, brief.quotes, brief.commitments))


@pytest.mark.parametrize(
    "better",
    [
        "The council of Vessmark closed the old bridge on Thursday and opened a ferry across the harbour.",
        "The council of Vessmark will close the old bridge and open a ferry across the harbour.",
        "The council of Vessmark closed the old bridge and opened 12 ferries across the harbour.",
        "But the council of Vessmark closed the old bridge and opened a ferry across the harbour.",
    ],
    ids=["a day", "what is to come", "a figure", "a turn"],
)
def test_news_outweighs_a_plain_statement(better):
    assert words_of(better)[0] > words_of(PLAIN)[0]


@pytest.mark.parametrize(
    "worse",
    [
        "In the spring of the year 1987 the council of Vessmark closed the old bridge of the harbour.",
        "The council closed the old bridge.",
        "The council of Vessmark closed “the old bridge and opened a ferry across the harbour”.",
        PLAIN[:-1] + " and so on" * 11 + ".",
    ],
    ids=["history", "few words", "quoted words", "too many words"],
)
def test_a_plain_statement_outweighs_what_has_another_place_or_none(worse):
    without_figure = 0.06 * any(letter.isdigit() for letter in worse)
    assert words_of(worse)[0] - without_figure < words_of(PLAIN)[0]


def test_what_the_next_sentence_turns_round_weighs_less():
    assert words_of(PLAIN, "Not any more.")[0] < words_of(PLAIN, "The ferry is slow.")[0]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The council of Vessmark closes the bridge.", "The council of Vessmark closed the bridge."),
        ("The council of Vessmark closed the bridge.", "The council of Vessmark had closed the bridge."),
        (
            "The council of Vessmark closed the bridge.",
            "The talks in Vessmark were led by Ida Rook, Tom Ashby, Vera Holm, Ann Lee and Dan Moss.",
        ),
        ("The council of Vessmark promised to close the bridge.", "The council of Vessmark walked on to the bridge."),
        ("Ida Rook said that the bridge was too old.", "The bridge was too old for Ida Rook."),
        (
            "The council of Vessmark closed the bridge.",
            "With the moon behind the hills and the tide coming in, Ida Rook walked to the bridge.",
        ),
    ],
    ids=["the present", "what was before", "a list of names", "a commitment", "a report", "a scene"],
)
def test_the_parse_and_what_was_found_weigh_too(better, worse):
    assert findings_of(better)[0] > findings_of(worse)[0]


def test_only_a_lead_sets_a_scene():
    scene = "With the moon behind the hills and the tide coming in, Ida Rook walked to the bridge."
    lead, later = findings_of(f"{scene} {scene}")
    assert lead < later


@pytest.mark.parametrize(
    ("sentence", "noun"),
    [
        ("The guarantee has limits.", "guarantee"),
        ("The board’s director said that the offer stands.", "board"),
        ("The new guarantee has limits.", ""),
        ("The government will pay for the bridge.", ""),
        ("Ida Rook will pay for the bridge.", ""),
        ("Pay for the bridge.", ""),
    ],
)
def test_a_bare_subject_is_named_elsewhere(sentence, noun):
    assert unnamed_subject(parse(sentence, split_sentences(sentence)).doc[:]) == noun

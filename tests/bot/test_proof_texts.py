"""Every rule that can stand behind an attribution has plain words for it."""

import pytest

from bot.texts import proofs as words
from digest.model import Trouble
from digest.reading.commitments.trigger import Rule
from digest.reading.lexicon import load_cues
from digest.reading.quotes.speakers import NOBODY
from tests.gold import corpus


def test_every_rule_of_commitments_has_its_words():
    assert set(words.COMMITMENT_RULES) == {rule.value for rule in Rule}


@pytest.mark.parametrize("group", ["marked", "reports"])
def test_every_measured_rule_of_speakers_has_its_words(group):
    assert set(load_cues("precision")[group]) <= set(words.SPEAKER_RULES)


def test_every_rule_that_the_bundled_articles_meet_has_its_words():
    quotes = [quote for name in corpus.names() for quote in corpus.read(name).quotes]
    met = {quote.method for quote in quotes if quote.speaker}
    assert met - {NOBODY} <= set(words.SPEAKER_RULES)


def test_every_method_of_a_summary_and_every_trouble_has_its_words():
    methods = {part for name in corpus.names() for part in corpus.read(name).summary.method.split(", ")}
    assert methods <= set(words.METHODS)
    assert set(words.TROUBLES) == set(Trouble)

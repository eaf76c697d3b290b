"""What is told of a sentence is what the choice of sentences computes."""

import pytest

from digest.model import SentenceFitness, SentencePlace
from digest.reading.reasons import explain_sentence
from tests.gold import corpus

NAMES = corpus.names()[:4]


def every(name):
    brief = corpus.read(name)
    return brief, [explain_sentence(brief, brief.words(sentence.span)) for sentence in brief.sentences]


@pytest.mark.parametrize("name", NAMES)
def test_each_sentence_of_an_article_stands_where_its_brief_has_it(name):
    brief, reasons = every(name)
    # A sentence that stands twice is found where it stands first.
    for reason in reasons:
        index = reason.number - 1
        assert brief.words(brief.sentences[index].span) == reason.words
        assert (reason.place is SentencePlace.CARD) == (index in brief.card.sentences)
        assert (reason.place is SentencePlace.OUT) == (index not in brief.summary.sentences)


@pytest.mark.parametrize("name", NAMES)
def test_what_cannot_be_shown_has_no_weight_and_is_never_chosen(name):
    _, reasons = every(name)
    never = [one for one in reasons if one.fitness is SentenceFitness.NEVER]
    assert never
    assert all(one.rank is None and one.place is SentencePlace.OUT for one in never)


@pytest.mark.parametrize("name", NAMES)
def test_the_heaviest_sentence_that_stands_alone_is_in_the_summary(name):
    _, reasons = every(name)
    (first,) = {one.number: one for one in reasons if one.rank == 1}.values()
    assert first.place is not SentencePlace.OUT or first.fitness is SentenceFitness.AFTER
    assert sum(part for _, part in first.weight) == max(sum(p for _, p in one.weight) for one in reasons if one.weight)


@pytest.mark.parametrize("asked", ["", "   ", "zzz", "'; DROP TABLE", "\x00", "👩‍👩‍👧" * 50])
def test_words_that_stand_nowhere_explain_nothing(asked):
    assert explain_sentence(corpus.read(NAMES[0]), asked) is None


def test_a_sentence_is_found_by_most_of_its_telling_words():
    brief = corpus.read(NAMES[0])
    wanted = brief.words(brief.sentences[brief.summary.sentences[0]].span)
    shuffled = " ".join(reversed(wanted.split()))
    assert explain_sentence(brief, shuffled).words == wanted

"""No more of an article is shown than is fair, and than its publisher allows; whole units, or none."""

from dataclasses import replace

import pytest

from digest.model import Brief, Card, Commitment, CommitmentKind, Quote, QuoteKind, Sentence, Span, Summary, Terms
from digest.reading.brief import read_article
from digest.reading.shown import LEAST_SHOWN, MOST_SHOWN, SHARE_SHOWN, limit_shown
from tests.builders import article

LENGTH = 100  # of each unit


def unit(number, length=LENGTH):
    return Span(number * LENGTH, number * LENGTH + length)


def quote(span):
    return Quote(QuoteKind.DIRECT, (span,), None, None, "test")


def commitment(span):
    return Commitment((), CommitmentKind.PLAN, Span(span.start, span.start + 10), Span(span.start, span.start), span)


def brief(length=3000, allowed=None, withdrawals=()):
    """Three sentences, three quotes and three commitments of a hundred characters each, one after the other."""
    return Brief(
        article=article("x" * length, terms=Terms(max_snippet=allowed)),
        sentences=tuple(Sentence(number, unit(number)) for number in range(9)),
        summary=Summary((0, 2, 4), "test"),
        quotes=tuple(quote(unit(number)) for number in (1, 3, 5)),
        commitments=tuple(commitment(unit(number)) for number in (6, 7, 8)),
        withdrawals=withdrawals,
        card=Card((0, 2, 4), (2, 0, 1), (1, 0, 2)),
        read_until=length,
    )


def test_a_card_that_is_fair_stays_as_it_is():
    assert limit_shown(brief()) == brief()


def test_of_a_short_text_the_least_is_shown_sentences_first_then_the_best_quote_then_commitments():
    limited = limit_shown(brief(length=1000))
    assert LEAST_SHOWN == 600
    assert limited.card == Card((0, 2, 4), (2,), (1, 0))
    assert replace(limited, card=brief().card) == brief(length=1000)


def test_of_a_long_text_a_share_is_shown_up_to_the_most():
    long = brief(length=20_000)
    wide = tuple(quote(Span(start, start + 500)) for start in (5000, 6000, 7000))
    assert limit_shown(replace(long, quotes=wide)).card.quotes == (2,)
    assert MOST_SHOWN == 1500
    assert SHARE_SHOWN * 2400 == 840
    assert limit_shown(brief(length=2400)).card == Card((0, 2, 4), (2, 0), (1, 0, 2))


def test_words_that_stand_in_what_is_shown_cost_nothing():
    inside = replace(brief(length=1000), quotes=tuple(quote(unit(number)) for number in (0, 2, 4)))
    assert limit_shown(inside).card == Card((0, 2, 4), (2, 0, 1), (1, 0, 2))


def test_what_is_too_long_goes_whole_and_something_shorter_takes_its_place():
    short = replace(brief(length=1000), card=Card((0, 2, 4), (2, 0, 1), (1, 0)))
    short = replace(short, quotes=(quote(unit(1, 20)), quote(unit(3)), quote(Span(500, 990))))
    assert limit_shown(short).card == Card((0, 2, 4), (0,), (1, 0))


def test_a_sentence_that_follows_a_dropped_one_goes_with_it():
    following = replace(brief(allowed=250), card=Card((0, 1, 2), (), ()))
    following = replace(following, sentences=(following.sentences[0], Sentence(1, unit(1, 200)), Sentence(2, unit(3))))
    assert limit_shown(following).card.sentences == (0,)


@pytest.mark.parametrize("allowed", [1, 50, 100, 250, 420, 620, 5000])
def test_where_the_publisher_says_how_much_the_whole_brief_keeps_to_it(allowed):
    limited = limit_shown(brief(allowed=allowed, withdrawals=(commitment(unit(9)),)))
    spans = [
        *(limited.sentences[index].span for index in limited.summary.sentences),
        *(span for one in limited.quotes for span in one.spans),
        *(one.sentence for one in (*limited.commitments, *limited.withdrawals)),
    ]
    assert sum(span.end - span.start for span in spans) <= allowed
    assert len(spans) == min(allowed // LENGTH, 10)
    assert set(limited.card.quotes) == set(range(len(limited.quotes)))
    assert set(limited.card.commitments) == set(range(len(limited.commitments)))


def test_the_indexes_of_the_card_still_mean_the_same_units():
    before, after = brief(), limit_shown(brief(allowed=500))
    assert [after.quotes[index] for index in after.card.quotes] == [before.quotes[2]]
    assert [after.commitments[index] for index in after.card.commitments] == [before.commitments[1]]


def test_under_a_publishers_limit_the_same_words_count_each_time():
    inside = replace(brief(allowed=400), quotes=tuple(quote(unit(number)) for number in (0, 2, 4)))
    assert len(limit_shown(inside).commitments) == 0


def test_a_short_sentence_is_read_where_the_first_is_longer_than_the_publisher_allows():
    text = (
        "The council of Vessmark, after a debate that went on until long after midnight and that nobody enjoyed, voted "
        "to close the old bridge. The harbour bridge closes for two years in March."
    )
    limited = read_article(article(text, title="Harbour bridge to close", terms=Terms(max_snippet=60)))
    assert [limited.words(limited.sentences[index].span) for index in limited.summary.sentences] == [
        "The harbour bridge closes for two years in March."
    ]
    assert read_article(article(text, terms=Terms(max_snippet=10))).summary.sentences == ()

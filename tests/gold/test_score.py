"""The score counts what is right and what is wrong, and says of each example what became of it."""

from dataclasses import replace
from datetime import date

import pytest

from digest import CommitmentKind, QuoteKind, Span, Strength
from tests.gold.answers import Answers, answers_of_gold
from tests.gold.labels import Gold, GoldCommitment, GoldDeadline, GoldQuote, Nugget, Unfit
from tests.gold.matching import Words, overlap, pair, same_name
from tests.gold.score import Score, score_article
from tests.gold.stories import score_stories
from tests.gold.tally import Tally, tally

TEXT = (
    "The council will rebuild the pier by May. “It is time,” said Ada Quill. It was late. "
    "Nobody knows what it costs. Ben Hale said that the pier was lost. "
)


def span(words):
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


DIRECT = GoldQuote("q1", QuoteKind.DIRECT, (span("It is time"),), ("Ada Quill",), span("said Ada"), is_optional=False)
INDIRECT = GoldQuote("q2", QuoteKind.INDIRECT, (span("the pier was lost"),), ("Ben Hale",), None, is_optional=False)
PLEDGE = GoldCommitment(
    id="c1",
    kind=CommitmentKind.PLEDGE,
    actors=("council",),
    also_right=("Ada Quill",),
    sentence=span("The council will rebuild the pier by May."),
    cue=span("will"),
    what=span("rebuild the pier"),
    recipient=None,
    condition=None,
    deadline=GoldDeadline(span("by May"), None, None),
    strength=Strength.FIRM,
    reported_by=None,
    also=(span("Nobody knows what it costs."),),
    is_optional=False,
)
GOLD = Gold(
    quotes=(DIRECT, INDIRECT),
    commitments=(PLEDGE,),
    nuggets=(
        Nugget("rebuild", 2, (span("The council will rebuild the pier by May."),)),
        Nugget("cost", 1, (span("Nobody knows what it costs."),)),
    ),
    unfit=(Unfit(span("It was late."), "unresolved reference", (span("“It is time,” said Ada Quill."),)),),
    key_quotes={"q1": 2, "q2": 1},
    weak_quotes=frozenset(),
    key_commitments={"c1": 2},
)
ALL_RIGHT = answers_of_gold(GOLD)


def score(answers, gold=GOLD):
    return score_article("pier", TEXT, gold, answers)


def figures(answers, measure, gold=GOLD):
    one = score(answers, gold).tallies[measure]
    return (one.right, one.shown, one.found, one.wanted)


def test_the_gold_as_answers_is_all_right():
    scored = score(ALL_RIGHT)
    assert {measure for measure, one in scored.tallies.items() if one.f1 < 1} == set()
    assert {*scored.examples.values()} == {"right", "shown", "told"}
    assert "pier q1: It is time" in scored.examples


def test_nothing_found_is_all_missed_and_nothing_wrong():
    scored = score(Answers((), (), (), (), ()))
    assert {one.precision for one in scored.tallies.values()} == {1.0}
    assert scored.tallies["quotes marked"].recall == 0
    assert {*scored.examples.values()} == {"missed", "not shown", "not told"}


@pytest.mark.parametrize(
    ("quote", "measure", "counts", "verdict"),
    [
        (replace(DIRECT, speakers=("Ben Hale",)), "speakers marked", (0, 1, 0, 1), "speaker 'Ben Hale'"),
        (replace(DIRECT, speakers=()), "speakers marked", (0, 0, 0, 1), "no speaker"),
        (replace(DIRECT, spans=(span("It was late"),)), "quotes marked", (0, 1, 0, 1), "missed"),
        (replace(DIRECT, kind=QuoteKind.MIXED), "quote kinds", (0, 1, 0, 1), "right"),
        (replace(DIRECT, speakers=("the Ada Quill’s",)), "speakers marked", (1, 1, 1, 1), "right"),
    ],
)
def test_a_quote_counts_by_its_words_its_speaker_and_its_kind(quote, measure, counts, verdict):
    answers = replace(ALL_RIGHT, quotes=(quote, INDIRECT))
    assert figures(answers, measure) == counts
    assert score(answers).examples["pier q1: It is time"] == verdict


def test_a_quote_that_nobody_labelled_is_extra():
    answers = replace(ALL_RIGHT, quotes=(*ALL_RIGHT.quotes, replace(DIRECT, id="9", spans=(span("It was late"),))))
    assert figures(answers, "quotes marked") == (1, 2, 1, 1)
    assert score(answers).examples["pier extra marked quote: It was late"] == "extra"


def test_a_borderline_quote_is_neither_missed_nor_extra():
    gold = replace(GOLD, quotes=(replace(DIRECT, is_optional=True), INDIRECT))
    assert figures(ALL_RIGHT, "quotes marked", gold) == (0, 0, 0, 0)
    assert figures(replace(ALL_RIGHT, quotes=(INDIRECT,)), "quotes marked", gold) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("change", "measure", "counts", "verdict"),
    [
        ({"kind": CommitmentKind.THREAT}, "kind and actor", (0, 1, 0, 1), "wrong kind threat"),
        ({"actors": ("Ben Hale",)}, "kind and actor", (0, 1, 0, 1), "wrong actors Ben Hale"),
        ({"actors": ("Ada Quill",)}, "kind and actor", (1, 1, 1, 1), "right"),
        ({"actors": ("council", "Ben Hale")}, "kind and actor", (0, 1, 0, 1), "wrong actors council, Ben Hale"),
        ({"actors": ()}, "kind and actor", (0, 1, 0, 1), "wrong actors "),
        ({"strength": Strength.HEDGED}, "strength", (0, 1, 0, 1), "wrong strength hedged"),
        ({"deadline": None}, "deadline", (0, 0, 0, 1), "wrong deadline"),
        ({"condition": span("by May")}, "condition", (0, 1, 0, 0), "wrong condition"),
        ({"recipient": span("the pier")}, "recipient", (0, 1, 0, 0), "wrong recipient"),
        ({"reported_by": "Ben Hale"}, "reported by", (0, 1, 0, 0), "wrong reported by"),
        ({"what": span("by May"), "cue": span("by")}, "commitments", (0, 1, 0, 1), "missed"),
        ({"what": span("what it costs"), "sentence": span("Nobody knows")}, "commitments", (1, 1, 1, 1), "right"),
    ],
)
def test_a_commitment_counts_by_its_words_its_actor_its_kind_and_each_field(change, measure, counts, verdict):
    answers = replace(ALL_RIGHT, commitments=(replace(PLEDGE, also_right=(), **change),))
    assert figures(answers, measure) == counts
    assert score(answers).examples["pier c1: rebuild the pier"] == verdict


def test_two_actors_are_right_only_together():
    gold = replace(GOLD, commitments=(replace(PLEDGE, actors=("council", "Ben Hale"), also_right=()),))
    one = replace(ALL_RIGHT, commitments=(replace(PLEDGE, also_right=()),))
    assert figures(one, "kind and actor", gold) == (0, 1, 0, 1)


def test_a_deadline_is_right_with_the_same_days_only():
    due = GoldDeadline(span("by May"), None, None)
    wrong = replace(due, latest=date(2026, 5, 1))
    assert figures(replace(ALL_RIGHT, commitments=(replace(PLEDGE, deadline=wrong),)), "deadline") == (0, 1, 0, 1)


def test_a_card_is_fit_by_its_sentences_and_complete_by_its_nuggets():
    late, time, pier = span("It was late."), span("“It is time,” said Ada Quill."), GOLD.nuggets[0].sentences[0]
    assert figures(replace(ALL_RIGHT, sentences=(pier, late)), "card sentences") == (1, 2, 2, 3)
    assert figures(replace(ALL_RIGHT, sentences=(time, late)), "card sentences") == (2, 2, 0, 3)
    whole = Span(0, len(TEXT))
    assert figures(replace(ALL_RIGHT, sentences=(whole,)), "card sentences")[2] == 0
    assert score(replace(ALL_RIGHT, sentences=(late,))).examples["pier unfit: It was late."] == "unresolved reference"


def test_what_is_shown_as_key_counts_by_the_label_behind_it():
    assert figures(replace(ALL_RIGHT, key_quotes=("q2",)), "card quotes") == (1, 1, 0, 1)
    assert figures(replace(ALL_RIGHT, key_commitments=()), "card commitments") == (0, 0, 0, 1)
    nobody = replace(ALL_RIGHT, quotes=(replace(DIRECT, id="x", spans=(span("It was late"),)),), key_quotes=("x",))
    assert figures(nobody, "card quotes") == (0, 1, 0, 1)
    assert score(nobody).examples["pier shown quote without a label"] == "not key"
    weak = replace(GOLD, key_quotes={}, weak_quotes=frozenset({"q1"}))
    assert score(ALL_RIGHT, weak).examples["pier shown quote q1"] == "weak"


def test_scores_of_articles_add_up():
    both = Score()
    both.add(score(ALL_RIGHT))
    both.add(score_article("quay", TEXT, GOLD, ALL_RIGHT))
    assert both.tallies["commitments"].wanted == 2
    assert {name.split()[0] for name in both.examples} == {"pier", "quay"}


def test_the_best_overlap_in_all_is_taken_not_the_first():
    labels = [replace(DIRECT, id=one) for one in "ab"]
    answers = [replace(DIRECT, id=one) for one in "xy"]
    likeness = {("a", "x"): 0.9, ("a", "y"): 0.8, ("b", "x"): 0.7, ("b", "y"): None}
    pairs, judged = pair(labels, answers, lambda label, answer: likeness[label.id, answer.id])
    assert [(label.id, answer.id) for label, answer in pairs] == [("a", "y"), ("b", "x")]
    assert judged == answers


def test_overlaps_are_counted_in_words():
    words = Words(TEXT)
    assert overlap(words.of([span("rebuild the pier")]), words.of([span("the pier by May")])) == 2 / 5
    assert overlap(set(), set()) == 0


def test_names_are_the_same_but_for_article_possessive_and_apostrophe():
    assert same_name("The Dockers’ Union", "dockers' union’s")
    assert not same_name("Ada Quill", "Quill")


def test_stories_are_scored_article_by_article():
    scored = Score()
    score_stories(scored, ["a", "b", "c"], ["x", "x", "y"], [0, 1, 1])
    assert scored.tallies["stories"] == Tally(1 + 0.5 + 0.5, 3, 0.5 + 0.5 + 1, 3)
    assert scored.examples == {
        "a story": "wrong about b",
        "b story": "wrong about a, c",
        "c story": "wrong about b",
    }


def test_of_nothing_shown_everything_is_right_and_of_nothing_wanted_everything_found():
    assert tally(0, 0, 0).figures() == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert tally(0, 2, 2).figures() == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert tally(1, 2, 4).figures() == {"precision": 0.5, "recall": 0.25, "f1": pytest.approx(1 / 3)}

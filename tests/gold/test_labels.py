"""Labels are found again by their words, and what is wrong in them is said, all at once."""

import pytest

from digest import CommitmentKind, QuoteKind, Span, Strength
from tests.gold.labels import LabelError, read_labels

TEXT = (
    "“We will rebuild the pier,” said Ada Quill. The council said that it would pay by 1 May if the vote is won. "
    "It was late. “We will rebuild the pier,” the poster says."
)
QUOTE = """
[[quotes]]
id = "q1"
kind = "direct"
spans = [{ words = "We will rebuild the pier", nth = 2 }]
speaker = "Ada Quill"
also_right = ["the mayor"]
cue = "says"
"""
COMMITMENT = """
[[commitments]]
id = "c1"
sentence = "The council said that it would pay by 1 May if the vote is won."
actors = ["council"]
kind = "pledge"
cue = "said"
what = "pay"
condition = "if the vote is won"
deadline = { words = "by 1 May", earliest = 2026-05-01, latest = 2026-05-01 }
reported_by = "Ada Quill"
strength = "hedged"
also = ["It was late."]
"""
CARD = """
[card]
key_quotes = [{ quote = "q1", weight = 2 }]
weak_quotes = ["q1"]
key_commitments = [{ commitment = "c1", weight = 1 }]
[[card.nuggets]]
label = "the council pays"
weight = 2
sentences = ["The council said that it would pay by 1 May if the vote is won."]
[[card.unfit]]
sentence = "It was late."
why = "scene"
ok_after = ["The council said that it would pay by 1 May if the vote is won."]
"""


def words(span):
    return span.of(TEXT)


def problems(toml):
    with pytest.raises(LabelError) as caught:
        read_labels(toml, TEXT)
    return caught.value.problems


def test_a_quote_is_found_by_its_words_and_their_number():
    (quote,) = read_labels(QUOTE, TEXT).quotes
    assert quote.kind is QuoteKind.DIRECT
    assert quote.spans == (Span(TEXT.rindex("We will"), TEXT.rindex("We will") + 24),)
    assert quote.speakers == ("Ada Quill", "the mayor")
    assert words(quote.cue) == "says"
    assert not quote.is_optional


def test_a_cue_is_the_one_nearest_to_its_quote():
    near = QUOTE.replace('"says"', '"said"').replace(", nth = 2", ", nth = 1")
    (quote,) = read_labels(near, TEXT).quotes
    assert quote.cue.start == TEXT.index("said Ada")
    second = near.replace('cue = "said"', 'cue = { words = "said", nth = 2 }')
    assert read_labels(second, TEXT).quotes[0].cue.start == TEXT.index("said that")


def test_what_belongs_to_a_commitment_is_found_in_its_sentence():
    (found,) = read_labels(COMMITMENT, TEXT).commitments
    assert (found.kind, found.strength, found.actors) == (CommitmentKind.PLEDGE, Strength.HEDGED, ("council",))
    assert found.cue.start == TEXT.index("said that")
    assert [words(span) for span in (found.what, found.condition, found.deadline.span)] == [
        "pay",
        "if the vote is won",
        "by 1 May",
    ]
    assert found.deadline.latest.isoformat() == "2026-05-01"
    assert (found.recipient, found.reported_by) == (None, "Ada Quill")
    assert [words(span) for span in found.also] == ["It was late."]


def test_a_part_that_stands_outside_the_sentence_is_found_in_the_text():
    outside = COMMITMENT.replace('condition = "if the vote is won"', 'condition = "It was late"')
    (found,) = read_labels(outside, TEXT).commitments
    assert words(found.condition) == "It was late"


def test_the_card_names_its_labels():
    gold = read_labels(QUOTE + COMMITMENT + CARD, TEXT)
    assert (gold.key_quotes, gold.weak_quotes, gold.key_commitments) == ({"q1": 2}, {"q1"}, {"c1": 1})
    assert (gold.nuggets[0].weight, words(gold.nuggets[0].sentences[0])[:11]) == (2, "The council")
    assert (words(gold.unfit[0].span), gold.unfit[0].why) == ("It was late.", "scene")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"says"', '"sings"', "'sings' stands 0 times"),
        (", nth = 2", "", "needs nth, it stands 2 times"),
        (", nth = 2", ", nth = 3", "stands 2 times"),
        ('"Ada Quill"', '"Ada Pen"', "speaker 'Ada Pen' is not in the article"),
        ('"direct"', '"loud"', "'loud' is none of"),
        ('"pledge"', '"dream"', "'dream' is none of"),
        ('what = "pay"', 'what = "ay"', "'ay' stands 0 times"),
        ('actors = ["council"]', "actors = []", "no actors"),
        ('["council"]', '["crown"]', "actor 'crown' is not in the article"),
        ("latest = 2026-05-01", "latest = 2026-04-30", "ends before it begins"),
        ('id = "c1"', 'id = "q1"', "an id stands twice"),
        ('quote = "q1"', 'quote = "q9"', "key quotes"),
        ('weak_quotes = ["q1"]', 'weak_quotes = ["q9"]', "weak_quotes names a quote"),
        ('"scene"', '"boring"', "why is one of"),
        ("weight = 2\nsentences", "weight = 3\nsentences", "weight is 2"),
        ("[[quotes]]", "[[quotes]]\nspeeker = 'x'", "unknown field 'speeker'"),
        ("[card]", "[card]\nbest = 1", "unknown fields ['best']"),
    ],
)
def test_a_label_that_cannot_be_is_named(before, after, said):
    toml = QUOTE + COMMITMENT + CARD
    assert before in toml
    assert any(said in problem for problem in problems(toml.replace(before, after, 1)))


def test_everything_that_is_wrong_is_said_at_once():
    assert len(problems((QUOTE + COMMITMENT).replace('"says"', '"sings"').replace('what = "pay"', 'what = "fly"'))) == 2

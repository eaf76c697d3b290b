"""How far the two passes of labelling agree, each made without sight of the other: an upper bound for readers."""

from collections import Counter
from functools import cache
from pathlib import Path

from tests.gold import corpus
from tests.gold.answers import answers_of_gold
from tests.gold.score import Score, score_article

PASSES = Path(__file__).parent / "passes"


@cache
def agreement():
    """The second pass scored as answers against the first."""
    score = Score()
    first, second = (corpus.load(PASSES / one, ".toml") for one in ("first", "second"))
    for one, other in zip(first, second, strict=True):
        text = one.brief.article.text
        score.add(score_article(one.name, text, one.gold, answers_of_gold(other.gold)))
    return score


def disagreements():
    """Of the quotes and commitments of both passes, how many are alike, and how many had to be settled, by what for."""
    verdicts = (verdict for verdict in agreement().examples.values() if verdict.split()[0] in _SETTLED)
    return Counter(_SETTLED[verdict.split()[0]] for verdict in verdicts)


_SETTLED = {
    "right": "alike",
    "missed": "in one pass only",
    "extra": "in one pass only",
    "speaker": "another speaker",
    "no": "another speaker",
    "wrong": "another kind, actor or field",
}

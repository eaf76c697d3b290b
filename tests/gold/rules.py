"""How often each rule of commitments is right on the gold: kind and actors both."""

from collections import Counter

from tests.gold import corpus
from tests.gold.answers import answers_of_brief
from tests.gold.matching import Words
from tests.gold.score import is_actor, pair_commitments


def measure_rules():
    """What the product reads today: by rule, how many of its finds are right, and how many are judged."""
    judged, right = Counter(), Counter()
    for one in corpus.load():
        answers = answers_of_brief(one.brief).commitments
        pairs, counted = pair_commitments(Words(one.brief.article.text), one.gold.commitments, answers)
        for answer in counted:
            judged[_rule(one.brief, answer)] += 1
        for label, answer in pairs:
            right[_rule(one.brief, answer)] += is_actor(label, answer) and label.kind is answer.kind
    return {rule: (right[rule], count) for rule, count in judged.most_common()}


def _rule(brief, answer):
    return brief.commitments[int(answer.id)].method

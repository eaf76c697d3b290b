"""Which answer stands for which label: one to one, the best overlap in all."""

import re
from bisect import bisect_left, bisect_right
from itertools import product

import numpy as np
from scipy.optimize import linear_sum_assignment

ENOUGH = 0.5
_TOKEN = re.compile(r"\w+(?:['’.\-]\w+)*")
_ARTICLES = ("the ", "a ", "an ")
_OPENING = 12
_REQUIRED, _OPTIONAL = 1000, 1


class Words:
    """The tokens of a text, so that overlaps are counted in words and punctuation weighs nothing."""

    def __init__(self, text):
        self._text = text
        tokens = [match.span() for match in _TOKEN.finditer(text)]
        self._starts = [start for start, _ in tokens]
        self._ends = [end for _, end in tokens]

    def of(self, spans):
        """The numbers of the tokens that touch one of the spans."""
        return {
            number
            for span in spans
            for number in range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))
        }

    def opening(self, span):
        """The first words of a span."""
        words = span.of(self._text).split()
        return " ".join(words[:_OPENING]) + " ..." * (len(words) > _OPENING)


def overlap(one, other):
    """Intersection over union of two sets of tokens."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def pair(labels, answers, score):
    """Pairs (required label, answer), and the answers that are judged: all but those that borderline labels take.

    `score` of a label and an answer is None where they cannot be one. As many required labels as can be are paired
    first, then by score.
    """
    weights = np.zeros((len(labels), len(answers)))
    for (row, label), (column, answer) in product(enumerate(labels), enumerate(answers)):
        value = score(label, answer)
        if value is not None:
            weights[row, column] = value + (_OPTIONAL if label.is_optional else _REQUIRED)
    chosen = [
        (row, column) for row, column in zip(*linear_sum_assignment(-weights), strict=True) if weights[row, column]
    ]
    required = [(row, column) for row, column in chosen if not labels[row].is_optional]
    taken = {column for _, column in required}
    borderline = [row for row, label in enumerate(labels) if label.is_optional]
    judged = [
        answer for column, answer in enumerate(answers) if column in taken or not any(weights[borderline, column])
    ]
    return [(labels[row], answers[column]) for row, column in required], judged


def same_name(one, other):
    """Whether two printed names are the same but for an article, a possessive and the form of the apostrophe."""
    return _plain(one) == _plain(other)


def any_name(name, names):
    """Whether the name is one of these."""
    return any(same_name(name, one) for one in names)


def _plain(name):
    plain = name.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    for article in _ARTICLES:
        plain = plain.removeprefix(article)
    return plain

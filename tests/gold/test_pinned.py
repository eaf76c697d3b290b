"""Each labelled article is read as it was when it was pinned: no example gets better or worse unseen."""

import pytest

from tests.gold import corpus
from tests.gold.answers import answers_of_brief
from tests.gold.gate import load_pinned
from tests.gold.score import score_article

STORY = " story"  # of all articles together: the gate's


@pytest.mark.parametrize("name", corpus.names())
def test_every_example_of_an_article_is_as_pinned(name):
    brief = corpus.read(name)
    gold = corpus.labels(name)
    now = score_article(name, brief.article.text, gold, answers_of_brief(brief)).examples
    pinned = {
        example: verdict
        for example, verdict in load_pinned().examples.items()
        if example.startswith(f"{name} ") and not example.endswith(STORY)
    }
    assert now == pinned

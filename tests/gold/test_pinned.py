"""Each labelled article is read as it was when it was pinned: nothing gets better or worse unseen."""

from functools import cache

import pytest

from tests.gold import corpus
from tests.gold.gate import load_pinned
from tests.gold.readings import changed_lines, lines_of


@cache
def pinned():
    return load_pinned().readings


@pytest.mark.parametrize("name", corpus.names())
def test_an_article_is_read_as_pinned(name):
    assert changed_lines(pinned()[name], lines_of(corpus.read(name))) == []

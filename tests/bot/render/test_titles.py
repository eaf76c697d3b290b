"""A thread is called what its first message says first."""

import pytest

from bot.render.titles import thread_title


@pytest.mark.parametrize(
    ("payload", "title"),
    [
        ({"content": "📰 **World** · Mon 3 Nov — 8 stories from 5 outlets"}, "📰 World · Mon 3 Nov"),
        ({"content": "📰 **C\\*\\*K \\_x\\_** · Mon 3 Nov\nmore"}, "📰 C**K _x_ · Mon 3 Nov"),
        ({"content": "", "embeds": [{"title": "⏸️ Not read any more"}]}, "⏸️ Not read any more"),
        ({"embeds": [{"description": "x"}]}, "On Record"),
    ],
)
def test_a_thread_has_the_name_and_the_day_of_its_digest(payload, title):
    assert thread_title(payload) == title


def test_a_long_name_is_cut_at_a_word():
    title = thread_title({"content": "word " * 60})
    assert len(title) <= 100
    assert title.endswith("word…")

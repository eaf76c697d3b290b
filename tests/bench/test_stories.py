"""The bench of stories: what it makes up, the order in which articles come, and what it calls one story."""

import asyncio
from datetime import timedelta

from bench.stories import _arrivals, _by_day, _flatness, _made_up, _oldest, _slices, _speed
from digest.editions.stories import group_articles, make_article
from tests.builders import NOW


def test_made_up_articles_come_in_order_and_three_tell_one_event():
    made = _made_up(30)
    assert made == _made_up(30)
    assert made == sorted(made, key=lambda article: article.published_at)
    assert group_articles(made) == tuple(number // 3 for number in range(30))


def test_articles_are_grouped_a_day_at_a_time_and_what_has_no_time_at_last():
    made = _made_up(30)
    undated = make_article(text=made[28].text, title=made[28].title)
    articles = [undated, *made]
    labels = _by_day(articles, [article.published_at for article in articles])
    assert labels[0] == labels[29]
    assert len(set(labels)) == 10


def test_what_has_no_time_can_come_with_its_event():
    articles = [make_article(text="a"), make_article(text="b", published_at=NOW)]
    articles.append(make_article(text="c", published_at=NOW + timedelta(days=1)))
    assert _arrivals(articles, ["one", "one", "two"])[0] == NOW
    assert _arrivals(articles, ["three", "one", "two"])[0] is None


def test_a_story_that_went_on_in_another_is_that_story():
    assert [_oldest(number, {5: 3, 3: 1}) for number in (5, 3, 2, 1)] == [1, 1, 2, 1]


def test_a_slice_ends_with_a_paragraph_and_short_ends_are_no_slice():
    paragraph = "x" * 900
    assert [len(piece) for piece in _slices("\n".join([paragraph] * 4))] == [2703, 901]
    assert list(_slices("short")) == []


def test_the_times_are_of_as_many_articles_as_were_asked_for():
    assert _flatness(60)["open stories"] == 20
    figures = asyncio.run(_speed(12))
    assert figures["articles"] == 12
    assert figures["grouped a second, two"] > 0

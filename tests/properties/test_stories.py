"""Stories and digests: a partition of what came in, whatever its order."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings, strategies as st

from digest.editions.compose import compose_digest
from digest.editions.stories import group_articles, group_briefs, make_article
from digest.model import Period
from tests.builders import NOW, brief
from tests.properties.texts import texts

TOPICS = ("Five ports agree on a common rule", "Harbour bridge closed for repair", "Court halts the railway sale")


@st.composite
def briefs(draw):
    number = draw(st.integers(0, 10**6))
    made = brief(
        url=f"https://outlet.example/{number}",
        title=draw(st.sampled_from(TOPICS) | st.just("")),
        site=draw(st.sampled_from(["Gazette", "Echo", ""])),
        published_at=draw(st.none() | st.integers(0, 60).map(lambda hours: NOW - timedelta(hours=hours))),
    )
    return replace(made, sentences=draw(st.sampled_from([made.sentences, ()])))


many = st.lists(briefs(), max_size=6, unique_by=lambda made: made.article.url)


@settings(deadline=None, max_examples=40)
@given(st.lists(texts, max_size=6))
def test_there_is_a_label_for_each_article_and_labels_count_from_zero(words):
    labels = group_articles([make_article(text=text) for text in words])
    assert len(labels) == len(words)
    assert list(dict.fromkeys(labels)) == list(range(len(set(labels))))


@settings(deadline=None, max_examples=40)
@given(many)
def test_every_brief_is_in_exactly_one_story_under_a_title_of_its_own(given_briefs):
    stories = group_briefs(given_briefs)
    told = [each.article.url for story in stories for each in story.briefs]
    assert sorted(told) == sorted(each.article.url for each in given_briefs)
    assert all(story.headline in {each.article.title for each in story.briefs} for story in stories)


@settings(deadline=None, max_examples=40)
@given(many, st.integers(-1, 4), st.randoms(use_true_random=False))
def test_the_order_of_the_briefs_does_not_change_the_digest(given_briefs, cap, randomness):
    shuffled = list(given_briefs)
    randomness.shuffle(shuffled)
    settled = {"name": "News", "period": Period(NOW - timedelta(days=1), NOW), "zone": "UTC", "max_stories": cap}
    digest = compose_digest(given_briefs, **settled)
    assert digest == compose_digest(shuffled, **settled)
    assert len(digest.stories) <= max(cap, 0)
    told = len(group_briefs([each for each in given_briefs if each.sentences]))
    assert digest.coverage.stories_left_out == told - len(digest.stories)

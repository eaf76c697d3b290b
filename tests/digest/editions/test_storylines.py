"""Tellings of several editions come together as the stories that they are of, and what counts no more is left out."""

from dataclasses import replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from digest.editions.storylines import compose_recap, compose_storyline, link_stories
from digest.editions.suggestions import may_mean
from digest.model import Card, ToldArticle, ToldStory, Trouble
from tests.builders import NOW, brief

DAY = timedelta(days=1)
# Headlines that share nothing, so that nothing but what the test says links them.
TEXTS = (
    "Harbour strike ends tonight",
    "Railway sold to investors",
    "School opens after repairs",
    "Comet seen above hills",
)


def article(number, *, trouble=None, card=None, title=""):
    text = f"{TEXTS[number % len(TEXTS)]} number {number}. Nobody knows more of it."
    read = brief(url=f"https://gazette.example/{number}", title=title or TEXTS[number % len(TEXTS)])
    own = replace(read, article=replace(read.article, text=text.ljust(len(read.article.text))))
    return ToldArticle(number, replace(own, card=card or Card((0,))), trouble)


def telling(number, *articles, at=NOW, began=None, headline="A headline"):
    return ToldStory(number, headline, began or at, at, articles)


def recap_of(*told, zone=UTC):
    return compose_recap(told, since=NOW - 3 * DAY, until=NOW, editions=len(told), zone=zone)


def test_tellings_that_share_an_article_are_one_story_over_however_many_links():
    told = [telling(number, article(number), article(number + 1), at=NOW + number * DAY) for number in (0, 1, 2)]
    assert link_stories([told[2], told[0], told[1]]) == (tuple(told),)


def test_tellings_of_different_events_stay_apart():
    assert len(link_stories([telling(1, article(0)), telling(2, article(1)), telling(3)])) == 2


@given(st.lists(st.lists(st.integers(0, 3), max_size=3, unique=True), max_size=6))
def test_every_telling_with_an_article_is_in_one_story(drawn):
    told = [telling(number, *map(article, ids), at=NOW + number * DAY) for number, ids in enumerate(drawn)]
    linked = link_stories(told)
    assert sorted(one.id for event in linked for one in event) == [one.id for one in told if one.articles]
    for event in linked:
        assert [one.told_at for one in event] == sorted(one.told_at for one in event)


def test_a_recap_shows_a_story_as_it_was_told_last_and_counts_its_days():
    began = NOW - 2 * DAY
    first = telling(1, article(0), at=began, headline="Old")
    last = telling(2, article(0), article(1), at=NOW, began=began, headline=TEXTS[1])
    (one,) = recap_of(first, last).stories
    assert (one.story.headline, one.story.day, one.began_at, one.told_at, one.tellings) == (TEXTS[1], 3, began, NOW, 2)


def test_what_was_shown_before_is_not_shown_as_new():
    def of(number, card):
        return ToldArticle(number, replace(brief(url=f"https://gazette.example/{number}"), card=card))

    first = telling(1, of(0, Card((0,), (0,))), at=NOW - DAY)
    second = telling(2, of(1, Card((0, 2), (0,), (0,))), began=NOW - DAY)
    (one,) = recap_of(first, second).stories
    assert one.story.briefs[0].card == Card((2,), (), (0,))
    assert [shown.article.url[-1] for shown in one.story.briefs] == ["1", "0"]
    again = telling(2, of(1, Card((0,))), began=NOW - DAY)
    (one,) = recap_of(first, again).stories
    assert one.story.briefs[0].card == Card((0,))  # better told again than a headline alone


def test_the_days_of_a_story_are_those_of_the_zone():
    began = NOW.replace(hour=23)
    told = telling(1, article(0), at=began + timedelta(hours=2), began=began)
    assert recap_of(told).stories[0].story.day == 2
    assert recap_of(told, zone=ZoneInfo("Asia/Tokyo")).stories[0].story.day == 1


def test_the_longest_running_stories_come_first():
    told = [telling(1, article(0)), telling(2, article(1), began=NOW - DAY), telling(3, article(2), at=NOW + DAY)]
    headlines = [one.story.briefs[0].article.url[-1] for one in recap_of(*told).stories]
    assert headlines == ["1", "2", "0"]


def test_articles_that_count_no_more_are_left_out_and_counted_once():
    gone = article(0, trouble=Trouble.RETRACTED)
    recap = recap_of(telling(1, gone), telling(2, gone, article(1)))
    assert [[brief.article.url[-1] for brief in one.story.briefs] for one in recap.stories] == [["1"]]
    assert recap.articles_gone == 1
    assert recap_of() == replace(recap, editions=0, stories=(), articles_gone=0)


def test_a_headline_that_was_changed_since_is_todays():
    changed = article(0, title="Strike goes on")
    (one,) = recap_of(telling(1, changed, headline="Strike ends")).stories
    assert one.story.headline == "Strike goes on"


def test_a_storyline_has_each_article_on_the_day_on_which_it_was_told_first():
    began = NOW - 2 * DAY
    told = [
        telling(1, article(0), at=began),
        telling(2, article(1, trouble=Trouble.REMOVED), article(0), at=NOW, began=began, headline="New"),
        telling(3, article(2)),
    ]
    story = compose_storyline(told, 1, zone=UTC)
    assert [(step.article.id, step.day) for step in story.steps] == [(0, 1), (1, 3)]
    assert (story.headline, story.id, story.began_at) == ("New", 1, began)
    assert compose_storyline(told, 9, zone=UTC) is None


def test_what_is_typed_begins_words_whatever_case_and_accents():
    assert may_mean("ÅNG str", "Strasse nach Ångström")
    assert may_mean("", "anything")
    assert may_mean("  ", "anything")
    assert not may_mean("trasse", "Strasse")
    assert not may_mean("!?", "anything")

"""A story that goes on: only what a channel was not shown, and which day of it it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.editions.compose import compose_digest
from digest.model import ArticleKind, Outcome, Period, Told
from digest.reading.brief import read_text

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST = (
    "Dockers in the port of Sarn will strike from Monday, their union said on Tuesday. "
    "“The port has lied to us for a year,” union leader Ida Rook told reporters in Sarn. "
    "The port of Sarn promised to raise the wages of its dockers by May."
)
AGAIN = FIRST + " Ships wait outside the port of Sarn."
LATER = (
    "Dockers in the port of Sarn ended their strike on Wednesday after the port gave in to the union. "
    "“We have won what we came for,” union leader Ida Rook told dockers in Sarn. "
    "The port of Sarn promised to raise the wages of its dockers by May. "
    "The port of Sarn agreed to hire forty dockers before the summer."
)
OTHER = "The observatory of Holm found a comet behind the moon, astronomer Olaf Voss said on Friday."


def told(text, title, *, url, at=NOW, site="Gazette"):
    read = read_text(text, title=title, published_at=at, language="en")
    return replace(read, article=replace(read.article, url=url, site=site))


def before(*briefs, began_at=NOW - 2 * DAY):
    return Told(began_at, briefs)


def compose(*briefs, known=(), **changes):
    values = {"name": "News", "period": Period(NOW - DAY, NOW), "zone": "Europe/Berlin", "max_stories": 8}
    return compose_digest(briefs, told=known, **(values | changes))


FIRST_TOLD = told(FIRST, "Dockers of Sarn to strike", url="https://a.example/1", at=NOW - 2 * DAY)
NEXT = told(LATER, "Dockers of Sarn end strike", url="https://a.example/2")


def words_of(story, kind):
    lead = story.briefs[0]
    units = {
        "sentences": [lead.words(lead.sentences[index].span) for index in lead.card.sentences],
        "quotes": [lead.words(span) for index in lead.card.quotes for span in lead.quotes[index].spans],
        "commitments": [lead.words(lead.commitments[index].what) for index in lead.card.commitments],
    }
    return " | ".join(units[kind])


def test_a_story_goes_on_with_what_was_not_shown():
    (story,) = compose(NEXT, known=[before(FIRST_TOLD)]).stories
    assert (story.headline, story.day) == ("Dockers of Sarn end strike", 3)
    assert "ended their strike" in words_of(story, "sentences")
    assert words_of(story, "quotes") == "We have won what we came for"
    assert "raise the wages" not in words_of(story, "commitments") + words_of(story, "sentences")
    assert "hire forty dockers" in words_of(story, "commitments")


def test_without_what_was_told_all_of_it_is_new():
    (story,) = compose(NEXT).stories
    assert story.day == 1
    assert "raise the wages" in words_of(story, "commitments")


def test_a_story_that_tells_nothing_new_is_left_out_and_counted():
    digest = compose(told(AGAIN, "Dockers of Sarn to strike", url="https://b.example/1"), known=[before(FIRST_TOLD)])
    assert digest.stories == ()
    assert digest.coverage.stories_without_news == 1
    assert [choice.outcome for choice in digest.choices] == [Outcome.NOTHING_NEW]


def test_another_story_is_none_that_goes_on():
    comet = told(OTHER, "Comet found behind the moon", url="https://a.example/3")
    (story,) = compose(comet, known=[before(FIRST_TOLD)]).stories
    assert story.day == 1
    assert story.briefs == (comet,)


@pytest.mark.parametrize(
    ("began_at", "zone", "day"),
    [
        (NOW - timedelta(hours=6), "UTC", 1),
        (NOW - timedelta(hours=9), "UTC", 2),
        (NOW - timedelta(hours=9), "Asia/Tokyo", 1),
        (NOW - 6 * DAY, "UTC", 7),
    ],
)
def test_days_are_counted_in_the_zone_of_the_digest(began_at, zone, day):
    (story,) = compose(NEXT, known=[before(FIRST_TOLD, began_at=began_at)], zone=zone).stories
    assert story.day == day
    assert began_at.astimezone(ZoneInfo(zone)).date() + (day - 1) * DAY == NOW.astimezone(ZoneInfo(zone)).date()


def test_a_story_that_was_told_twice_began_when_it_was_told_first():
    second = before(replace(NEXT, article=replace(NEXT.article, url="https://c.example/2")), began_at=NOW - DAY)
    last = told("Dockers of Sarn return. " + LATER, "Dockers of Sarn back at work", url="https://a.example/4")
    digest = compose(last, known=[second, before(FIRST_TOLD)])
    assert [choice.began_at for choice in digest.choices] == [NOW - 2 * DAY]


def test_every_choice_says_why():
    comet = told(OTHER, "Comet found behind the moon", url="https://a.example/3")
    wall = replace(comet, article=replace(comet.article, kind=ArticleKind.WALLED, url="https://w.example/1"))
    digest = compose(NEXT, comet, wall, max_stories=1, keywords=("comet",))
    outcomes = {choice.headline: choice.outcome for choice in digest.choices if choice.urls[0] != wall.article.url}
    assert outcomes == {"Comet found behind the moon": "shown", "Dockers of Sarn end strike": "over_cap"}
    assert digest.choices[-1].outcome is Outcome.WALLED
    assert digest.coverage.pages_walled == 1
    shown = dict(digest.choices[0].weight)
    assert shown["keywords"] == 2.0
    assert sum(shown.values()) > sum(part for _, part in digest.choices[1].weight)


@pytest.mark.parametrize(("keyword", "is_first"), [("comet", True), ("COMET", True), ("come", False), ("", False)])
def test_a_keyword_is_a_whole_word_whatever_its_case(keyword, is_first):
    comet = told(OTHER, "Comet found behind the moon", url="https://a.example/3", at=NOW - DAY)
    digest = compose(NEXT, comet, keywords=(keyword,))
    assert (digest.stories[0].headline == "Comet found behind the moon") is is_first

"""Articles about one event come together, whoever tells it; others stay apart."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from digest.editions.stories import group_articles, group_briefs, make_article
from digest.model import Article, Card
from tests.builders import NOW, article, brief

BRIDGE = "The council of Vessmark voted on Thursday to close the old harbour bridge for two years of repair."
BRIDGE_TOO = "Vessmark's old harbour bridge will be closed for two years, its council decided in a vote on Thursday."
ALIKE = "In Vessmark a storm tore the roof from the old grain store, and the harbour was shut for a day."
TRAIN = "A court in Aldenhall halted the sale of the Norvale railway to an investment group over a missing law."


def bridge(**changes):
    return make_article(**({"text": BRIDGE, "title": "Harbour bridge to close"} | changes))


def test_two_outlets_telling_one_event_tell_one_story():
    train = make_article(text=TRAIN, title="Railway sale halted")
    other = make_article(text=BRIDGE_TOO, title="Council closes harbour bridge")
    assert group_articles([bridge(), train, other]) == (0, 1, 0)


def test_what_is_far_apart_in_time_has_to_be_more_alike():
    early, same = bridge(published_at=NOW), bridge(published_at=NOW + timedelta(days=150))
    assert group_articles([early, same]) == (0, 0)
    soon, late = (bridge(text=ALIKE, title="", published_at=NOW + timedelta(days=days)) for days in (1, 150))
    assert group_articles([early, soon]) == (0, 0)
    assert group_articles([early, late]) == (0, 1)


def test_an_article_without_a_time_goes_where_its_words_belong():
    assert group_articles([bridge(published_at=NOW), bridge()]) == (0, 0)


@pytest.mark.parametrize(
    ("texts", "labels"),
    [([], ()), ([BRIDGE], (0,)), (["", ""], (0, 1)), (["the of and", "!"], (0, 1)), ([BRIDGE, ""], (0, 1))],
)
def test_none_one_and_wordless_articles_each_stand_alone(texts, labels):
    assert group_articles([make_article(text=text) for text in texts]) == labels


def test_a_naive_time_is_taken_as_utc():
    assert make_article(text=BRIDGE, published_at=datetime(2026, 11, 23, 8)).published_at == NOW  # noqa: DTZ001 -- naive on purpose


def test_an_article_has_the_words_it_was_made_of_and_no_others():
    words = {
        "text": BRIDGE,
        "title": "Harbour bridge to close",
        "site": "Echo",
        "url": "https://echo.example/bridge",
        "published_at": NOW,
        "language": "en",
    }
    assert make_article(**words) == Article(**words)
    assert make_article(text=BRIDGE) == Article(BRIDGE)


def test_words_are_the_same_with_and_without_their_accents():
    texts = ["Élodie Garçon élue à Besançon", "Elodie Garcon elue a Besancon"]
    assert group_articles([make_article(text=text) for text in texts]) == (0, 0)


def test_a_story_is_led_by_the_brief_that_has_most_to_show():
    rich = brief(site="Rich")
    poor = replace(brief(site="Poor", url="https://a.example/"), card=Card())
    (story,) = group_briefs([poor, rich])
    assert story.briefs == (rich, poor)
    assert story.outlets == ("Rich", "Poor")


@pytest.mark.parametrize("more", [Card((0, 2), (0,), ()), Card((0, 2), (), (0,)), Card((0, 1, 2), (), ())])
def test_a_sentence_a_quote_or_a_commitment_more_leads(more):
    less = replace(brief(site="Less", url="https://a.example/"), card=Card((0, 2), (), ()))
    assert group_briefs([less, replace(brief(site="More"), card=more)])[0].outlets == ("More", "Less")


def test_of_briefs_that_show_as_much_the_one_that_was_published_first_leads():
    later = brief(site="Later", url="https://a.example/", published_at=NOW + timedelta(hours=1))
    assert group_briefs([later, brief(site="Sooner")])[0].outlets == ("Sooner", "Later")


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (
            ["Bridge", "What does the ports rule mean for you?", "Five ports agree on a common rule"],
            "Five ports agree on a common rule",
        ),
        (
            ["Brandt leaves the room unhappy", "Ports agree on common rule", "Five ports agree on a rule"],
            "Ports agree on common rule",
        ),
        (
            [
                "Ports agree on a rule, and Brandt, who runs the port of Sarn, is not happy",
                "Ports agree on a common rule",
                "Five ports sign a common rule",
            ],
            "Ports agree on a common rule",
        ),
        (["Five ports agree on a rule", "On a rule, five ports agree"], "Five ports agree on a rule"),
    ],
    ids=["no question and no label", "what the others say too", "nothing that the others do not say", "the lead's"],
)
def test_the_headline_is_the_plainest_of_the_titles(titles, expected):
    (story,) = group_briefs([brief(title=title, url=f"https://{index}.example") for index, title in enumerate(titles)])
    assert story.headline == expected


def test_a_story_without_a_title_has_no_headline():
    (story,) = group_briefs([brief(title="")])
    assert story.headline == ""


def test_labels_count_in_the_order_of_appearance():
    texts = [TRAIN, BRIDGE, TRAIN]
    assert group_articles([article(text=text, title="") for text in texts]) == (0, 1, 0)

"""Articles come day by day: they join open stories or begin new ones, and what was grouped stays."""

import json
from dataclasses import asdict
from datetime import timedelta

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from digest.editions.stories import OPEN_FOR, OpenStories, RunningStories, make_article
from digest.editions.stories.groups import MOST_PHRASES, MOST_WORDS
from digest.editions.stories.linkage import link_alike
from tests.builders import NOW

BRIDGE = "The council of Vessmark voted on Thursday to close the old harbour bridge for two years of repair."
BRIDGE_TOO = "Vessmark's old harbour bridge will be closed for two years, its council decided in a vote on Thursday."
TRAIN = "A court in Aldenhall halted the sale of the Norvale railway to an investment group over a missing law."
DAY = timedelta(days=1)

AGENCY = (
    "A ferry with ninety people on board ran aground off Quill Point early on Tuesday, and all were brought ashore "
    "before noon. The coast guard of Sarn sent three boats and a helicopter after the captain called for help at a "
    "quarter past five. Nobody was hurt, though two passengers were treated for cold in the hospital of Thornmouth. "
    "The owner of the ferry said that its rudder had failed in a strong tide, and that divers would look at the hull "
    "as soon as the wind allows. The line between Sarn and the islands is closed until further notice. "
)


def article(text, day=0, title=""):
    return make_article(text=text, title=title, published_at=NOW + day * DAY)


def add(stories, *articles, day=0):
    return stories.add(articles, now=NOW + day * DAY)


def test_an_article_joins_the_story_of_an_earlier_day_and_another_begins_one():
    stories = RunningStories()
    assert add(stories, article(BRIDGE), article(TRAIN)).numbers == (0, 1)
    assert add(stories, article(BRIDGE_TOO, 1), day=1).numbers == (0,)
    assert add(stories, article(AGENCY, 2), day=2).numbers == (2,)
    assert add(stories, day=3).numbers == ()


def test_who_goes_on_from_the_kept_values_groups_as_if_nothing_had_been():
    first = RunningStories()
    add(first, article(BRIDGE, title="Harbour bridge to close"), article(AGENCY), article(TRAIN))
    again = RunningStories(first.get_open())
    assert again.get_open() == first.get_open()
    later = [article(BRIDGE_TOO, 1), article(AGENCY[60:], 1), article("Nothing of all this was heard before.", 1)]
    assert add(again, *later, day=1) == add(first, *later, day=1)
    assert again.get_open() == first.get_open()


def test_what_is_kept_is_plain_enough_for_json():
    stories = RunningStories()
    add(stories, article(BRIDGE), article(AGENCY))
    kept = asdict(stories.get_open())
    assert [story["number"] for story in json.loads(json.dumps(kept))["stories"]] == [0, 1]


def test_a_story_that_nobody_joined_for_long_is_over():
    stories = RunningStories()
    add(stories, article(AGENCY))
    late = OPEN_FOR.days + 1
    assert add(stories, article(AGENCY, late), day=late).numbers == (1,)
    assert [story.number for story in stories.get_open().stories] == [1]


def test_a_story_that_goes_on_stays_open():
    stories = RunningStories()
    days = (0, OPEN_FOR.days - 1, 2 * OPEN_FOR.days - 2)
    assert [add(stories, article(AGENCY, day), day=day).numbers for day in days] == [(0,)] * 3


def test_an_article_without_a_time_counts_as_published_when_it_came():
    stories = RunningStories()
    stories.add([make_article(text=AGENCY)], now=NOW)
    (story,) = stories.get_open().stories
    assert story.first_at == story.last_at == NOW.timestamp()


def test_an_article_that_shows_two_stories_to_be_one_says_so_and_the_older_number_stays():
    fire = "A fire broke out in the flour mill of Ostrey at night, and forty firemen fought the flames until dawn."
    arrest = "Police arrested a locksmith from Gravenholt on Monday, who is said to have debts with two money lenders."
    both = (
        "Police say a locksmith from Gravenholt, arrested on Monday, lit the fire in the flour mill of Ostrey: he had "
        "debts with two money lenders. Forty firemen fought the flames until dawn."
    )
    stories = RunningStories()
    assert add(stories, article(fire), article(arrest), article(TRAIN)).numbers == (0, 1, 2)
    grouped = add(stories, article(both, 1), day=1)
    assert grouped.numbers == (0,)
    assert grouped.merged == ((1, 0),)
    assert [(story.number, story.voices) for story in sorted_open(stories)] == [(0, 3), (2, 1)]


def sorted_open(stories):
    return sorted(stories.get_open().stories, key=lambda story: story.number)


def test_what_is_remembered_of_a_story_has_a_bound():
    stories = RunningStories()
    for day in range(12):
        told = " ".join(f"{word}{day}x{number}" for number in range(60) for word in ("tide", "hull"))
        add(stories, article(f"{AGENCY} {told}", day, title="Ferry aground off Quill Point"), day=day)
    (story,) = stories.get_open().stories
    assert len(story.words) == MOST_WORDS
    assert len(story.phrases) <= MOST_PHRASES
    assert story.first_at == NOW.timestamp()
    assert story.last_at == (NOW + 11 * DAY).timestamp()


def test_of_very_many_articles_the_older_count_half():
    stories = RunningStories(OpenStories(seen=20_001, counts=((3, 9), (4, 1))))
    add(stories, article(BRIDGE))
    kept = stories.get_open()
    assert kept.seen == 10_001
    assert dict(kept.counts)[3] == 4
    assert 4 not in dict(kept.counts)


def test_a_copy_joins_its_original_whatever_else_was_told():
    stories = RunningStories()
    add(stories, article(AGENCY, title="Ferry aground"))
    copy = article(f"{AGENCY[:330]} Our town has no ferry.", 1, title="Tuesday's news, in brief: a look around")
    assert add(stories, copy, day=1).numbers == (0,)


def test_copies_do_not_make_words_common():
    once, thrice = RunningStories(), RunningStories()
    add(once, article(AGENCY))
    add(thrice, *[article(AGENCY)] * 3)
    assert thrice.get_open().counts == once.get_open().counts
    assert thrice.get_open().seen == once.get_open().seen == 1


@pytest.mark.parametrize("seed", range(5))
def test_groups_of_one_join_as_in_average_linkage(seed):
    likeness = made_up_likeness(seed, 40)
    tree = linkage(squareform(1 - likeness, checks=False), "average")
    for least in (0.3, 0.5, 0.7):
        assert as_sets(link_alike(likeness, np.ones(40), least)) == as_sets(fcluster(tree, 1 - least, "distance"))


@pytest.mark.parametrize("seed", range(5))
def test_a_group_of_several_counts_as_all_its_members(seed):
    likeness = made_up_likeness(seed, 30)
    first = np.arange(30) // 3
    member = np.equal.outer(np.arange(10), first).astype(float)
    ends = link_alike(member @ likeness @ member.T, np.full(10, 3), 0.5)
    rows = likeness + 10 * np.equal.outer(first, first)  # the members of a group are alike above all
    tree = linkage(squareform(11 - rows, checks=False), "average")
    assert as_sets(ends[first]) == as_sets(fcluster(tree, 11 - 0.5, "distance"))


def test_no_groups_and_one_group_are_grouped_too():
    assert link_alike(np.zeros((0, 0)), np.zeros(0), 0.5).tolist() == []
    assert link_alike(np.ones((1, 1)), np.ones(1), 0.5).tolist() == [0]


def made_up_likeness(seed, count):
    chance = np.random.default_rng(seed)
    half = chance.random((count, count))
    likeness = (half + half.T) / 2
    np.fill_diagonal(likeness, 1)
    return likeness


def as_sets(labels):
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in set(np.asarray(labels).tolist())}

"""A digest tells each event once, the weightiest first, and says what it left out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.editions.compose import compose_digest
from digest.model import (
    ArticleKind,
    Card,
    Coverage,
    Failure,
    FailureKind,
    Period,
    Strength,
)
from digest.reading.brief import read_text
from tests.builders import NOW, brief, commitment, entry_on_record, quote

DAY = Period(NOW - timedelta(days=1), NOW)
TOPICS = ("harbour bridge", "railway sale", "flood wall", "migraine trial")
TEXTS = {
    "harbour bridge": "Vessmark closed its harbour bridge to lorries after engineers found cracks in a pillar.",
    "railway sale": "Judges in Aldenhall halted the railway sale, and investors lost their deposit at noon.",
    "flood wall": "Ousel council approved the flood wall with a large majority despite protests by anglers.",
    "migraine trial": "Doctors reported that a monthly injection halved headaches among teenagers in their trial.",
}


def told(topic, site="Gazette", published_at=NOW - timedelta(hours=1)):
    read = read_text(TEXTS[topic], title=topic.title(), language="en", published_at=published_at)
    article = replace(read.article, site=site, url=f"https://{site}.example/{topic}".replace(" ", "-"))
    return replace(read, article=article)


def compose(briefs, **changes):
    values = {"name": "Morning", "period": DAY, "zone": "Europe/Berlin", "max_stories": 8}
    return compose_digest(briefs, **(values | changes))


def quoting(read):
    return replace(read, quotes=(quote(),), card=Card(quotes=(0,)))


def headlines(digest):
    return [story.headline for story in digest.stories]


def test_a_digest_without_articles_is_empty():
    digest = compose([])
    assert digest.stories == ()
    assert (digest.name, digest.period, digest.zone) == ("Morning", DAY, "Europe/Berlin")


def test_what_more_outlets_tell_comes_first():
    digest = compose([told("railway sale"), told("harbour bridge", "Echo"), told("harbour bridge", "Ledger")])
    assert headlines(digest) == ["Harbour Bridge", "Railway Sale"]
    assert digest.stories[0].outlets == ("Echo", "Ledger")
    assert digest.outlets == 3


def test_of_equals_the_newer_comes_first():
    old = told("flood wall", published_at=NOW - timedelta(hours=20))
    assert headlines(compose([old, told("railway sale")]))[0] == "Railway Sale"


def test_commitments_and_quotes_make_a_story_weigh_more():
    bare = told("flood wall", published_at=NOW)
    full = brief(published_at=NOW)
    assert compose([bare, full]).stories[0].briefs == (full,)


@pytest.mark.parametrize(("strength", "first"), [(Strength.FIRM, "Flood Wall"), (Strength.HEDGED, "Railway Sale")])
def test_a_firm_commitment_makes_a_story_weigh_more_and_a_hedged_one_does_not(strength, first):
    bound = replace(
        told("flood wall"), commitments=(replace(commitment(), strength=strength),), card=Card(commitments=(0,))
    )
    assert headlines(compose([bound, told("railway sale")]))[0] == first


@pytest.mark.parametrize(("hours", "first"), [(1, "Flood Wall"), (12, "Railway Sale")])
def test_a_quote_outweighs_an_hour_of_a_day_and_not_half_of_it(hours, first):
    newer = told("railway sale")
    older = told("flood wall", published_at=newer.article.published_at - timedelta(hours=hours))
    assert headlines(compose([quoting(older), newer]))[0] == first


@pytest.mark.parametrize(("hours", "first"), [(12, "Harbour Bridge"), (24, "Railway Sale")])
def test_a_second_outlet_outweighs_half_of_a_day_and_not_the_whole(hours, first):
    newer = told("railway sale", published_at=NOW)
    older = [told("harbour bridge", site, published_at=NOW - timedelta(hours=hours)) for site in ("Echo", "Ledger")]
    assert headlines(compose([*older, newer]))[0] == first


def test_a_page_that_dates_itself_ahead_is_as_new_as_the_newest_and_no_newer():
    ahead = told("railway sale", published_at=NOW + timedelta(days=9))
    assert headlines(compose([ahead, quoting(told("flood wall", published_at=NOW))]))[0] == "Flood Wall"


def test_a_cap_of_none_shows_none_and_counts_all():
    digest = compose([told(topic) for topic in TOPICS], max_stories=0)
    assert (digest.stories, digest.coverage.stories_left_out) == ((), len(TOPICS))


def test_stories_over_the_cap_are_left_out_and_counted():
    digest = compose([told(topic) for topic in TOPICS], max_stories=3)
    assert len(digest.stories) == 3
    assert digest.coverage.stories_left_out == 1


def test_walled_and_empty_pages_are_not_told():
    walled = brief(kind=ArticleKind.WALLED)
    assert compose([walled, read_text("")]).stories == ()


def test_what_falls_due_and_what_failed_is_handed_on():
    entry = entry_on_record()
    coverage = Coverage(sources=3, articles=1, failures=(Failure("Echo", FailureKind.REFUSED, 403),))
    digest = compose([told("flood wall")], falling_due=(entry,), coverage=coverage)
    assert digest.falling_due == (entry,)
    assert digest.coverage == coverage


def test_a_period_of_no_length_and_articles_without_a_time_are_no_trouble():
    digest = compose([told("flood wall", published_at=None)], period=Period(NOW, NOW))
    assert len(digest.stories) == 1

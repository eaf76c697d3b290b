"""The last seven days as they would have been: each slot's own news, stories that go on, rules, and odd clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st

from digest.editions.week import compose_week, week_windows
from digest.model import Card, Coverage
from tests.builders import brief, subscription

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, ten in Berlin
DAY = timedelta(days=1)
FIRST = datetime(2011, 12, 20, tzinfo=UTC)  # Apia loses 30 December, Lord Howe half an hour in April


def composed(order, dated, now=NOW):
    """The week of these briefs, each with when it is dated."""
    windows = week_windows(order, now)
    periods = [one.period for _, of_day in windows for one in of_day]
    briefs = {period: tuple(one for at, one in dated if period.start <= at < period.end) for period in periods}
    return compose_week(windows, briefs, dict.fromkeys(periods, Coverage()), order)


def at(day, hour):
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def told(number, when, **changes):
    return when, brief(url=f"https://gazette.example/{number}", published_at=when, **changes)


def news(number, when, title, text):
    """Told in one sentence that no other article has."""
    when, one = told(number, when, title=title, text=text)
    return when, replace(one, sentences=one.sentences[:1], card=Card((0,)), quotes=(), commitments=())


ZEBRA = ("Zebra born", "A zebra was born. The zoo opens its gates again on Friday.")
COMET = ("Comet passes", "A comet passes. Nobody saw it pass over the town at night.")


def heads(week):
    return [[story.headline for digest in day.digests for story in digest.stories] for day in week]


def test_today_counts_once_a_slot_of_it_has_come():
    assert week_windows(subscription(), NOW)[0][0] == date(2026, 11, 23)
    evening = week_windows(subscription(times=(time(20),)), NOW)
    assert [day for day, _ in evening] == [date(2026, 11, 22) - back * DAY for back in range(7)]


def test_each_slot_holds_what_came_since_the_one_before_it():
    order = subscription(times=(time(8), time(18)))
    week = composed(order, [news(1, at(22, 6), *ZEBRA), news(2, at(22, 12), *COMET)])
    sunday = next(day for day in week if day.day == date(2026, 11, 22))
    assert [[story.headline for story in digest.stories] for digest in sunday.digests] == [
        ["Zebra born"],
        ["Comet passes"],
    ]
    assert [digest.period.end for digest in sunday.digests] == [at(22, 7), at(22, 17)]


def test_on_a_day_without_a_slot_there_is_no_digest_and_the_next_one_has_its_news():
    order = subscription(weekdays=(0,))
    week = composed(order, [told(1, at(19, 12), title="Thursday's")])
    assert heads(week) == [["Thursday's"], [], [], [], [], [], []]
    assert [len(day.digests) for day in week] == [1, 0, 0, 0, 0, 0, 0]


def test_a_story_goes_on_from_day_to_day_and_shows_only_what_is_new():
    first = told(1, at(20, 12))
    again = told(2, at(21, 12))
    week = composed(subscription(), [first, again])
    by_day = {day.day: day.digests[0] for day in week}
    assert [story.day for story in by_day[date(2026, 11, 21)].stories] == [1]
    assert by_day[date(2026, 11, 22)].stories == ()
    assert by_day[date(2026, 11, 22)].coverage.stories_without_news == 1


def test_an_article_falls_into_exactly_one_window_whatever_the_times_and_the_zone():
    @given(
        times=st.lists(st.times(), min_size=1, max_size=6, unique=True),
        zone=st.sampled_from(["Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe"]),
        weekdays=st.sets(st.integers(0, 6), min_size=1),
        now=st.integers(0, 110 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes)),
    )
    def check(times, zone, weekdays, now):
        order = subscription(times=tuple(times), zone=zone, weekdays=tuple(weekdays))
        windows = [one for _, of_day in reversed(week_windows(order, now)) for one in of_day]
        assert all(one.period.start < one.period.end <= now for one in windows)
        assert all(one.period.end == other.period.start for one, other in pairwise(windows))

    check()


def test_the_style_cap_and_rules_of_the_subscription_hold():
    order = subscription(max_stories=1, keywords=("zebra",), less=("comet",))
    both = [news(1, at(22, 12), *COMET), news(2, at(22, 12), *ZEBRA)]
    (today, *_) = composed(order, both)
    assert [story.headline for story in today.digests[0].stories] == ["Zebra born"]
    assert today.digests[0].coverage.stories_left_out == 1
    (today, *_) = composed(replace(order, keywords=(), less=("zebra",)), both)
    assert [story.headline for story in today.digests[0].stories] == ["Comet passes"]

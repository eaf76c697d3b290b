"""The bench of rhythms counts what it says: requests, delays, and what was gone before it was seen."""

from bench._rhythms import Rhythm, ask_hourly, ask_knowingly, make_rhythms

WEEK = 49 * 24.0  # hours until the measured week begins


def test_an_hourly_poll_asks_every_hour_and_is_late_by_the_minutes_until_the_next():
    rhythm = Rhythm("blog", [WEEK + 0.25, WEEK + 5.5], [WEEK + 0.25, WEEK + 5.5], 10)
    asked = ask_hourly(rhythm, 0)
    assert asked.requests == 168
    assert asked.delays == [45.0, 30.0]


def test_what_a_short_feed_no_longer_lists_is_gone():
    times = [WEEK + 0.1, WEEK + 0.2, WEEK + 0.3]
    assert ask_hourly(Rhythm("blog", times, times, 2), 0).missed == 1


def test_the_oracle_is_never_late_but_by_the_shortest_wait():
    times = [WEEK + 0.1, WEEK + 0.2, WEEK + 40]
    asked = ask_knowingly(Rhythm("blog", times, times, 10))
    assert max(asked.delays) <= 10
    assert 3 <= asked.requests <= 6


def test_the_same_seed_makes_the_same_feeds():
    assert make_rhythms(9, 4) == make_rhythms(9, 4)
    assert make_rhythms(9, 4) != make_rhythms(9, 5)

from datetime import timedelta

import pytest

from digest.sources.hints import asked_every


@pytest.mark.parametrize(
    ("ttl", "period", "frequency", "expected"),
    [
        ("30", None, None, timedelta(minutes=30)),
        (" 60 ", None, None, timedelta(hours=1)),
        (None, "hourly", "2", timedelta(minutes=30)),
        (None, " Daily ", None, timedelta(days=1)),
        (None, "weekly", "7", timedelta(days=1)),
        ("30", "hourly", "1", timedelta(hours=1)),
        ("180", "hourly", "1", timedelta(hours=3)),
        ("1", None, None, timedelta(minutes=5)),
        (None, "hourly", "600", timedelta(minutes=5)),
        ("43200", None, None, timedelta(days=7)),
        (None, "yearly", "1", timedelta(days=7)),
    ],
)
def test_the_longer_hint_counts_within_five_minutes_and_a_week(ttl, period, frequency, expected):
    assert asked_every(ttl, period, frequency) == expected


@pytest.mark.parametrize(
    ("ttl", "period", "frequency"),
    [
        (None, None, None),
        ("", "", ""),
        ("0", None, None),
        ("-5", None, None),
        ("soon", None, None),
        ("1.5", None, None),
        ("9999999", None, None),
        ("9" * 5_000, None, None),
        ("²", None, None),
        (None, "hourly", "0"),
        (None, "fortnightly", "1"),
        (None, None, "3"),
    ],
)
def test_an_absent_or_absurd_hint_is_none(ttl, period, frequency):
    assert asked_every(ttl, period, frequency) is None

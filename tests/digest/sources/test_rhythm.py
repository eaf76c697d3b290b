"""A source is asked in its own rhythm, within bounds, and its silence is noticed."""

from datetime import UTC, datetime, timedelta

import pytest

from digest.sources import rhythm
from digest.sources.rhythm import MAX_WAIT, MIN_WAIT, after_failure

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
NOW = MONDAY + 28 * DAY  # a Monday too
AT_SIX = [
    MONDAY + day * DAY + 6 * HOUR + number * MINUTE for day in range(28) if day % 7 < 5 for number in (0, 3, 8, 12, 17)
]
ALL_DAY = [NOW - number * 7 * MINUTE for number in range(100)]


def next_wait(seen, **said):
    return rhythm.next_wait([at.timestamp() for at in seen], **said)


def silent_since(seen, *, now):
    return rhythm.silent_since([at.timestamp() for at in seen], now=now)


def asked_between(seen, start, end):
    """How often it is asked, where what was seen stays as it is."""
    at, times = start, 0
    while at < end:
        known = [one for one in seen if one <= at][-100:]
        at += next_wait(known, now=at, salt=3)
        times += 1
    return times


def later(seen, weeks):
    return [at + weeks * 7 * DAY for at in seen]


def test_a_feed_that_publishes_at_six_on_workdays_is_asked_around_six_and_rarely_at_night():
    seen = AT_SIX + later(AT_SIX, 4)
    morning = asked_between(seen, NOW + DAY + 5 * HOUR, NOW + DAY + 9 * HOUR)
    night = asked_between(seen, NOW + DAY + 20 * HOUR, NOW + 2 * DAY)
    assert morning >= 3
    assert night <= 1


def test_it_is_asked_soon_after_the_hour_at_which_it_publishes_and_not_on_a_saturday():
    tuesday, saturday = NOW + DAY, NOW + 5 * DAY
    asked_at = tuesday - 30 * MINUTE + 6 * HOUR + next_wait(AT_SIX, now=tuesday + 5 * HOUR + 30 * MINUTE)
    assert tuesday + 6 * HOUR <= asked_at <= tuesday + 7 * HOUR
    assert next_wait(AT_SIX, now=saturday + 5 * HOUR) > 2 * next_wait(AT_SIX, now=tuesday + 5 * HOUR)


def test_the_more_comes_the_sooner_it_is_asked():
    waits = [
        next_wait([NOW - number * gap for number in range(1, 101)], now=NOW)
        for gap in (MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 4 * DAY)
    ]
    assert waits == sorted(waits)
    assert waits[0] < HOUR / 2
    assert waits[1] < HOUR
    assert waits[-1] > 12 * HOUR


def test_a_feed_quiet_for_months_is_asked_about_once_a_day():
    assert 0.8 * DAY <= next_wait([at - 120 * DAY for at in AT_SIX], now=NOW) <= DAY


@pytest.mark.parametrize(
    "seen",
    [
        [],
        [NOW],
        [NOW - DAY] * 100,
        [NOW] * 100,
        [NOW + DAY] * 100,
        [NOW + number * DAY for number in range(-50, 50)],
        [NOW - 40_000 * DAY],
        ALL_DAY,
        AT_SIX,
    ],
)
def test_the_wait_is_in_its_bounds_whatever_was_seen_and_in_whatever_order(seen):
    for hour in range(0, 168, 5):
        now = NOW + hour * HOUR
        wait = next_wait(seen, now=now, salt=hour)
        assert MIN_WAIT <= wait <= MAX_WAIT
        assert wait == next_wait(seen[::-1], now=now, salt=hour)


def test_what_a_source_asks_for_is_kept_up_to_a_day():
    assert next_wait(ALL_DAY, now=NOW) < HOUR
    assert next_wait(ALL_DAY, now=NOW, asked_every=2 * HOUR) == 2 * HOUR
    assert next_wait(ALL_DAY, now=NOW, asked_every=2 * HOUR, fresh_for=3 * HOUR) == 3 * HOUR
    assert next_wait(ALL_DAY, now=NOW, fresh_for=90 * DAY) == MAX_WAIT
    assert next_wait(ALL_DAY, now=NOW, fresh_for=MINUTE) == next_wait(ALL_DAY, now=NOW)
    assert next_wait(ALL_DAY, now=NOW, asked_every=-DAY) == next_wait(ALL_DAY, now=NOW)


@pytest.mark.parametrize("seen", [ALL_DAY, [NOW - number * MINUTE for number in range(100)], [NOW - 400 * DAY]])
def test_sources_alike_do_not_march_in_step(seen):
    waits = [next_wait(seen, now=NOW, salt=salt) for salt in range(200)]
    assert len(set(waits)) > 150
    assert 1.1 < max(waits) / min(waits) <= 1.1 / 0.9 + 0.001
    assert next_wait(seen, now=NOW, salt=7) == next_wait(seen, now=NOW, salt=7)
    assert len({next_wait(seen, now=NOW + hour * HOUR, salt=7) for hour in range(5)}) > 1


def test_after_each_failure_the_wait_doubles_from_ten_minutes_to_a_day():
    waits = [after_failure(failures, retry_after=None, salt=1) / MINUTE for failures in range(1, 12)]
    assert all(0.9 * 10 * 2**number <= waits[number] <= 1.1 * 10 * 2**number or number == 0 for number in range(7))
    assert 10 <= waits[0] <= 11
    assert all(0.9 * 1440 <= wait <= 1440 for wait in waits[8:])
    assert MIN_WAIT <= after_failure(0, retry_after=None, salt=1) <= 1.1 * MIN_WAIT
    assert after_failure(10**9, retry_after=None, salt=1) > 21 * HOUR


def test_retry_after_is_kept_up_to_a_day():
    assert after_failure(1, retry_after=3 * HOUR, salt=1) == 3 * HOUR
    assert after_failure(1, retry_after=30 * DAY, salt=1) == MAX_WAIT
    assert after_failure(4, retry_after=MINUTE, salt=1) == after_failure(4, retry_after=None, salt=1)
    assert after_failure(4, retry_after=-DAY, salt=1) == after_failure(4, retry_after=None, salt=1)


def test_sources_that_failed_together_are_not_asked_together():
    assert len({after_failure(3, retry_after=None, salt=salt) for salt in range(50)}) > 40


MONTHLY = [NOW - number * 30 * DAY for number in range(10)]
DAILY = [NOW - number * 8 * HOUR for number in range(60)]
OFFICE = [at for at in AT_SIX if at < NOW - 2 * DAY]


@pytest.mark.parametrize(
    ("seen", "quiet", "loud"),
    [
        (DAILY, 4 * DAY, 5 * DAY),
        (ALL_DAY, 4 * DAY, 5 * DAY),
        (MONTHLY, 100 * DAY, 182 * DAY),
        ([at + number * MINUTE for at in MONTHLY for number in range(10)], 100 * DAY, 182 * DAY),
        (OFFICE, 5 * DAY, 8 * DAY),
    ],
    ids=["daily", "agency", "monthly", "monthly in bursts", "office"],
)
def test_silence_is_noticed_in_proportion_to_the_rhythm(seen, quiet, loud):
    last = max(seen)
    assert silent_since(seen, now=last + quiet) is None
    assert silent_since(seen, now=last + loud) == last
    assert silent_since(seen[::-1], now=last + loud) == last


def test_where_too_little_is_known_no_silence_is_noticed():
    much_later = NOW + 400 * DAY
    assert silent_since([], now=much_later) is None
    assert silent_since(DAILY[:7], now=much_later) is None
    assert silent_since([NOW] * 100, now=much_later) is None


def test_what_is_dated_in_the_future_hides_no_silence():
    assert silent_since([*DAILY, NOW + 900 * DAY], now=NOW + 6 * DAY) == NOW


def test_a_pinned_or_wrongly_dated_entry_changes_nothing_of_the_rhythm():
    hourly = [NOW - number * HOUR for number in range(24)]
    pinned = datetime(2019, 5, 1, tzinfo=UTC)
    assert next_wait([*hourly, pinned], now=NOW) < 1.5 * next_wait(hourly, now=NOW)
    assert silent_since([pinned, *DAILY], now=NOW + 20 * DAY) == NOW

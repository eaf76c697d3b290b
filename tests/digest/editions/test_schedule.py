from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings, strategies as st

from digest.editions.schedule import due_slots, instant_of, next_run_at, slot_at
from digest.model import Slot
from tests.builders import subscription


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Berlin", date(2026, 11, 23), time(8), utc(2026, 11, 23, 7)),
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), utc(2026, 3, 29, 1)),
        ("Europe/Berlin", date(2026, 3, 29), time(2, 0), utc(2026, 3, 29, 1)),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), utc(2026, 10, 25, 0, 30)),
        ("America/New_York", date(2026, 3, 8), time(2, 30), utc(2026, 3, 8, 7)),
        ("America/New_York", date(2026, 11, 1), time(1, 30), utc(2026, 11, 1, 5, 30)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), utc(2026, 10, 3, 15, 30)),
        ("Pacific/Apia", date(2011, 12, 30), time(8), utc(2011, 12, 30, 10)),
        ("Pacific/Kiritimati", date(2026, 1, 1), time(0), utc(2025, 12, 31, 10)),
    ],
    ids=[
        "an ordinary day",
        "a time in the gap",
        "the first minute of the gap",
        "a time that comes twice",
        "the gap of New York",
        "the hour New York has twice",
        "a gap of half an hour",
        "a day that is not",
        "a zone whose date is ahead of UTC",
    ],
)
def test_a_local_time_is_the_first_instant_at_which_the_wall_clock_shows_it_or_later(zone, day, at, expected):
    assert instant_of(day, at, zone) == expected


@pytest.mark.parametrize("at", [time(2, 30), time(8)], ids=["in the gap", "after it"])
def test_an_instant_is_told_in_utc(at):
    assert instant_of(date(2026, 3, 29), at, "Europe/Berlin").tzinfo is UTC


def test_a_time_that_comes_twice_counts_as_its_first_coming_whichever_was_meant():
    assert instant_of(date(2026, 10, 25), time(2, 30, fold=1), "Europe/Berlin") == utc(2026, 10, 25, 0, 30)


def test_fractions_of_a_second_do_not_count():
    assert instant_of(date(2026, 11, 23), time(8, 0, 0, 500_000), "UTC") == utc(2026, 11, 23, 8)


def test_a_midnight_that_a_zone_skips_is_the_first_instant_of_that_day():
    # Cairo goes from 23:59:59 to 01:00 on 24 April 2026.
    assert instant_of(date(2026, 4, 24), time(0), "Africa/Cairo") == utc(2026, 4, 23, 22)


def test_the_next_run_is_later_than_now_even_when_now_is_a_slot():
    daily = subscription(times=(time(8),), zone="UTC")
    assert next_run_at(daily, utc(2026, 11, 23, 8)) == utc(2026, 11, 24, 8)
    assert next_run_at(daily, utc(2026, 11, 23, 7, 59, 59)) == utc(2026, 11, 23, 8)


def test_the_next_run_waits_for_an_allowed_weekday():
    mondays = subscription(times=(time(8),), zone="UTC", weekdays=(0,))
    assert next_run_at(mondays, utc(2026, 11, 23, 8)) == utc(2026, 11, 30, 8)


def test_weekdays_are_those_of_the_zone_and_not_of_utc():
    # Monday 08:00 in Auckland is still Sunday in UTC.
    mondays = subscription(times=(time(8),), zone="Pacific/Auckland", weekdays=(0,))
    assert next_run_at(mondays, utc(2026, 11, 20)) == utc(2026, 11, 22, 19)


def test_this_evening_is_not_over_where_utc_is_a_day_ahead():
    evenings = subscription(times=(time(21),), zone="America/New_York")
    assert next_run_at(evenings, utc(2026, 11, 23, 1)) == utc(2026, 11, 23, 2)


def test_several_times_a_day_follow_each_other_whatever_their_order():
    twice = subscription(times=(time(18), time(8)), zone="UTC")
    first = next_run_at(twice, utc(2026, 11, 23, 7))
    assert (first, next_run_at(twice, first)) == (utc(2026, 11, 23, 8), utc(2026, 11, 23, 18))


@pytest.mark.parametrize("changes", [{"paused_because": "by you"}, {"times": ()}, {"weekdays": ()}])
def test_what_is_paused_or_has_no_times_never_runs(changes):
    assert next_run_at(subscription(**changes), utc(2026, 11, 23)) is None


def test_half_past_midnight_is_not_skipped_on_the_day_after_a_change_of_clocks():
    # A cron trigger loses 9 March in New York.
    nightly = subscription(times=(time(0, 30),), zone="America/New_York")
    runs, at = [], utc(2026, 3, 7)
    for _ in range(4):
        at = next_run_at(nightly, at)
        runs.append(at.astimezone(ZoneInfo("America/New_York")).date().day)
    assert runs == [7, 8, 9, 10]


def test_due_slots_are_keyed_by_local_date_oldest_first():
    sydney = subscription(id=5, times=(time(7), time(19)), zone="Australia/Sydney")
    assert due_slots(sydney, utc(2026, 11, 22, 20), utc(2026, 11, 23, 20)) == (
        Slot(5, date(2026, 11, 23), time(7)),
        Slot(5, date(2026, 11, 23), time(19)),
        Slot(5, date(2026, 11, 24), time(7)),
    )


def test_the_clock_may_tell_the_time_of_any_zone():
    # Wall clocks of one zone would say that 02:10 comes before 02:30, though it is the second 02:10.
    berlin = ZoneInfo("Europe/Berlin")
    nightly = subscription(times=(time(2, 30),), zone="Europe/Berlin")
    since, now = datetime(2026, 10, 25, 1, tzinfo=berlin), datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=berlin)
    assert due_slots(nightly, since, now) == (Slot(0, date(2026, 10, 25), time(2, 30)),)
    assert next_run_at(nightly, now) == utc(2026, 10, 26, 1, 30)


def test_a_slot_in_a_gap_keeps_its_own_local_time():
    berlin = subscription(times=(time(2, 30),), zone="Europe/Berlin")
    assert slot_at(berlin, utc(2026, 3, 29, 1)) == Slot(0, date(2026, 3, 29), time(2, 30))


def test_slots_that_a_gap_has_merged_are_both_due_and_the_later_one_names_the_instant():
    berlin = subscription(times=(time(2, 30), time(3)), zone="Europe/Berlin")
    instant = utc(2026, 3, 29, 1)
    assert [slot.local_time for slot in due_slots(berlin, instant, instant)] == [time(2, 30), time(3)]
    assert slot_at(berlin, instant).local_time == time(3)


def test_the_slot_of_a_day_that_is_not_is_due_with_the_day_after():
    apia = subscription(times=(time(8),), zone="Pacific/Apia")
    assert slot_at(apia, utc(2011, 12, 30, 10)) == Slot(0, date(2011, 12, 30), time(8))


def test_an_instant_without_a_slot_is_an_error():
    with pytest.raises(ValueError, match="no slot"):
        slot_at(subscription(), utc(2026, 11, 23, 3))


ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Cairo",
        "Africa/Casablanca",
        "America/Santiago",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "Pacific/Chatham",
        "Antarctica/Troll",
        "UTC",
    ]
)
MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
# Most changes of clocks come in these weeks; other days are drawn too.
DAYS = st.one_of(
    st.dates(date(2025, 1, 1), date(2037, 12, 31)),
    st.dates(date(2026, 3, 1), date(2026, 4, 30)),
    st.dates(date(2026, 9, 20), date(2026, 11, 10)),
    st.dates(date(2011, 12, 27), date(2012, 1, 3)),
)


def walked(day, at, zone):
    """The second formulation: walk the minutes of UTC until the wall clock shows the time or later."""
    wanted, place = datetime.combine(day, at), ZoneInfo(zone)
    instant = wanted.replace(tzinfo=UTC) - timedelta(hours=15)  # no zone is further ahead
    while instant.astimezone(place).replace(tzinfo=None) < wanted:
        instant += timedelta(minutes=1)
    return instant


@settings(deadline=None)
@given(DAYS, MINUTES, ZONES)
@example(date(2026, 3, 29), time(2, 30), "Europe/Berlin")
@example(date(2026, 10, 25), time(2, 30), "Europe/Berlin")
@example(date(2011, 12, 30), time(12), "Pacific/Apia")
def test_the_instant_of_a_slot_is_the_one_found_by_walking_the_minutes(day, at, zone):
    assert instant_of(day, at, zone) == walked(day, at, zone)


@settings(deadline=None, max_examples=15)
@given(DAYS, st.lists(MINUTES, min_size=1, max_size=3, unique=True), ZONES)
@example(date(2026, 3, 28), [time(0, 30)], "America/New_York")
@example(date(2011, 12, 28), [time(8), time(20)], "Pacific/Apia")
def test_going_from_run_to_run_meets_every_slot_of_a_week_exactly_once(day, times, zone):
    daily = subscription(times=tuple(times), zone=zone)
    dates = [day + timedelta(days=offset) for offset in range(7)]
    expected = {Slot(0, each, at): walked(each, at, zone) for each in dates for at in times}
    last, at, met = max(expected.values()), min(expected.values()) - timedelta(microseconds=1), []
    while at < last:
        at = next_run_at(daily, at)
        met.extend(due_slots(daily, at, at))
    assert [slot for slot in met if slot.local_date in dates] == sorted(expected)

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings, strategies as st

from digest.editions.schedule import FARTHEST_BACK, after_quiet, instant_of, plan_run, quiet_times
from digest.model import CatchUp, Slot
from tests.builders import subscription

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def daily(catch_up=CatchUp.MERGE, **changes):
    return subscription(**({"id": 5, "times": (time(9),), "zone": "UTC", "catch_up": catch_up} | changes))


def slot(day, at=time(9)):
    return Slot(5, date(2026, 11, day), at)


@pytest.mark.parametrize("catch_up", CatchUp)
def test_on_time_the_slot_has_its_edition_and_the_next_run_is_tomorrows(catch_up):
    run = plan_run(daily(catch_up), NINE, NINE + timedelta(seconds=20))
    assert (run.slot, run.skipped, run.missed, run.told_since) == (slot(23), (), 0, None)
    assert run.next_run_at == NINE + DAY


@pytest.mark.parametrize(("catch_up", "told_since"), [(CatchUp.MERGE, None), (CatchUp.LATEST, NINE + DAY)])
def test_after_time_away_the_newest_slot_stands_for_those_before_it(catch_up, told_since):
    run = plan_run(daily(catch_up), NINE, NINE + 2 * DAY + 5 * HOUR)
    assert (run.slot, run.skipped, run.missed) == (slot(25), (slot(23), slot(24)), 2)
    assert (run.told_since, run.next_run_at) == (told_since, NINE + 3 * DAY)


def test_slots_that_are_more_than_an_hour_late_make_no_edition_where_they_are_to_be_skipped():
    too_late = plan_run(daily(CatchUp.SKIP), NINE, NINE + DAY + HOUR + MINUTE)
    assert (too_late.slot, too_late.skipped, too_late.next_run_at) == (None, (slot(23), slot(24)), NINE + 2 * DAY)
    in_time = plan_run(daily(CatchUp.SKIP), NINE, NINE + DAY + HOUR)
    assert (in_time.slot, in_time.skipped, in_time.missed) == (slot(24), (slot(23),), 1)


def test_a_slot_that_has_its_edition_or_was_skipped_is_left_as_it_is():
    later = NINE + 2 * DAY
    assert plan_run(daily(), NINE, later, {slot(24)}).skipped == (slot(23),)
    newest_is_gone = plan_run(daily(), NINE, later, {slot(25)})
    assert (newest_is_gone.slot, newest_is_gone.skipped) == (None, (slot(23), slot(24)))
    assert newest_is_gone.next_run_at == NINE + 3 * DAY


def test_the_latest_goes_back_to_the_last_slot_that_somebody_did_not_skip():
    run = plan_run(daily(CatchUp.LATEST), NINE, NINE + 2 * DAY, {slot(24)})
    assert (run.told_since, run.missed) == (NINE, 1)
    alone = plan_run(daily(CatchUp.LATEST), NINE, NINE + 2 * DAY, {slot(23), slot(24)})
    assert (alone.told_since, alone.missed) == (None, 0)


@pytest.mark.parametrize("catch_up", [CatchUp.MERGE, CatchUp.LATEST])
def test_slots_that_a_gap_brings_at_one_instant_are_not_called_missed(catch_up):
    both = daily(catch_up, times=(time(2, 30), time(3)), zone="Europe/Berlin")
    instant = datetime(2026, 3, 29, 1, tzinfo=UTC)
    run = plan_run(both, instant, instant)
    assert (run.slot.local_time, [one.local_time for one in run.skipped]) == (time(3), [time(2, 30)])
    assert (run.missed, run.told_since) == (0, None)


def test_after_years_away_only_the_last_month_is_counted():
    run = plan_run(daily(), NINE - 2000 * DAY, NINE)
    assert run.missed == FARTHEST_BACK.days
    weekly = plan_run(daily(weekdays=(0,)), NINE - 2000 * DAY, NINE + 3 * DAY)
    assert (weekly.slot, weekly.missed) == (slot(23), 4)


def quiet(begins, ends, zone="Europe/Berlin", **changes):
    return subscription(quiet_from=begins, quiet_until=ends, zone=zone, **changes)


def berlin(*parts, fold=0):
    return datetime(*parts, fold=fold, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


NIGHT = (time(22), time(7))


@pytest.mark.parametrize(
    ("hours", "at", "end"),
    [
        (NIGHT, berlin(2026, 11, 23, 21, 59), None),
        (NIGHT, berlin(2026, 11, 23, 22), berlin(2026, 11, 24, 7)),
        (NIGHT, berlin(2026, 11, 24, 6, 59), berlin(2026, 11, 24, 7)),
        (NIGHT, berlin(2026, 11, 24, 7), None),
        ((time(12), time(14)), berlin(2026, 11, 23, 13), berlin(2026, 11, 23, 14)),
        ((time(12), time(14)), berlin(2026, 11, 23, 22), None),
        (NIGHT, berlin(2026, 3, 29, 1, 30), berlin(2026, 3, 29, 7)),
        ((time(22), time(2, 30)), berlin(2026, 3, 29, 1, 30), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ((time(22), time(2, 30)), berlin(2026, 10, 25, 2, 29), berlin(2026, 10, 25, 2, 30)),
        ((time(22), time(2, 30)), berlin(2026, 10, 25, 2, 10, fold=1), None),
        ((time(2, 30), time(6)), berlin(2026, 10, 25, 2, 10, fold=1), berlin(2026, 10, 25, 6)),
        ((time(2, 10), time(2, 50)), berlin(2026, 3, 29, 3), None),
        ((None, None), berlin(2026, 11, 23, 3), None),
    ],
    ids=[
        "before them",
        "as they begin",
        "past midnight",
        "as they end",
        "by day",
        "of another day",
        "the night of a gap",
        "an end in the gap",
        "before an end that comes twice",
        "between the two comings of their end",
        "between the two comings of their beginning",
        "hours that a gap swallows",
        "no quiet hours",
    ],
)
def test_quiet_hours_end_at_the_first_instant_at_which_the_clock_shows_their_end(hours, at, end):
    assert after_quiet(quiet(*hours), at) == (end or at)


def test_quiet_hours_over_a_day_that_a_zone_skips_end_with_the_day_after():
    at = instant_of(date(2011, 12, 29), time(23), "Pacific/Apia")
    assert after_quiet(quiet(*NIGHT, "Pacific/Apia"), at) == datetime(2011, 12, 30, 10, tzinfo=UTC)
    after_midnight = datetime(2011, 12, 30, 12, tzinfo=UTC)  # 02:00 on the 31st: those of the 30th, which was not
    assert after_quiet(quiet(*NIGHT, "Pacific/Apia"), after_midnight) == datetime(2011, 12, 30, 17, tzinfo=UTC)


ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "UTC"]
MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
INSTANTS = st.integers(0, 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE)


@settings(deadline=None)
@given(MINUTES, MINUTES, st.sampled_from(ZONES), INSTANTS)
@example(time(22), time(7), "Europe/Berlin", datetime(2026, 3, 29, 0, 59, tzinfo=UTC))
@example(time(1), time(2, 30), "Europe/Berlin", datetime(2026, 10, 25, 0, 29, tzinfo=UTC))
def test_where_quiet_hours_end_it_is_quiet_no_more_and_they_last_no_longer_than_the_clock_says(begins, ends, zone, at):
    if begins == ends:
        return
    one = quiet(begins, ends, zone)
    end = after_quiet(one, at)
    assert end >= at
    assert after_quiet(one, end) == end
    if end > at:
        assert end.astimezone(ZoneInfo(zone)).time() >= ends
        assert after_quiet(one, end - timedelta(seconds=1)) == end
        assert end - at <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("hours", "inside"),
    [
        (NIGHT, [time(6, 59), time(22)]),
        ((time(7), time(22)), [time(7), time(12)]),
        ((None, None), []),
    ],
)
def test_times_in_the_quiet_hours_are_named(hours, inside):
    times = (time(6, 59), time(7), time(12), time(22))
    assert quiet_times(quiet(*hours, times=times)) == tuple(sorted(inside))

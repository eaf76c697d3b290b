"""Which days the words of the calendar mean: holidays, quarters, decades, weekends, with their year and without."""

from datetime import date

import pytest

from digest.model import Span
from digest.reading.commitments.deadlines import find_deadline
from digest.reading.commitments.holidays import holiday_in
from digest.reading.commitments.periods import find_periods


def days(text, published_on):
    found = find_deadline(text, Span(0, len(text)), date.fromisoformat(published_on))
    return found and (str(found.earliest), str(found.latest))


@pytest.mark.parametrize(
    "day",
    [
        # The earliest and the latest there can be, the two exceptions of the rule, and some of four centuries.
        *("1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2016-03-27"),
        *("2024-03-31", "2025-04-20", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2285-03-22"),
        *("2400-04-16", "1961-04-02", "2019-04-21"),
    ],
)
def test_easter_is_the_sunday_after_the_first_full_moon_of_spring(day):
    assert str(holiday_in(int(day[:4]), "easter")) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by Christmas Eve", "2026-12-24"),
        ("by Christmas Day", "2026-12-25"),
        ("by Christmas 2027", "2027-12-25"),
        ("before Easter 2027", "2027-03-28"),
        ("by New Year", "2027-01-01"),
        ("by New Year’s Day", "2027-01-01"),
        ("by Thanksgiving 2028", "2028-11-23"),
        ("by Thanksgiving 2029", "2029-11-22"),
    ],
)
def test_a_holiday_is_one_day_of_its_year_or_the_next_one(text, day):
    assert days(text, "2026-03-10") == (day, day)


def test_what_is_today_has_not_passed():
    assert days("by Christmas", "2026-12-25") == ("2026-12-25", "2026-12-25")
    assert days("by Christmas", "2026-12-26") == ("2027-12-25", "2027-12-25")
    assert days("by 1 May", "2026-05-01") == ("2026-05-01", "2026-05-01")
    assert days("on Tuesday", "2026-03-10") == ("2026-03-10", "2026-03-10")
    assert days("in the first quarter", "2026-03-31") == ("2026-01-01", "2026-03-31")


@pytest.mark.parametrize(
    ("text", "published_on", "earliest", "latest"),
    [
        ("in the first quarter", "2026-04-01", "2027-01-01", "2027-03-31"),
        ("in the final quarter", "2026-04-01", "2026-10-01", "2026-12-31"),
        ("in Q3", "2026-04-01", "2026-07-01", "2026-09-30"),
        ("in Q1 of next year", "2026-01-10", "2027-01-01", "2027-03-31"),
        ("in the first half of this year", "2026-01-10", "2026-01-01", "2026-06-30"),
        ("in the 2nd half of 2027", "2026-01-10", "2027-07-01", "2027-12-31"),
        ("next quarter", "2026-04-15", "2026-07-01", "2026-09-30"),
        ("next quarter", "2026-11-05", "2027-01-01", "2027-03-31"),
        ("this quarter", "2026-11-05", "2026-11-05", "2026-12-31"),
        ("next decade", "2026-03-10", "2030-01-01", "2039-12-31"),
        ("this decade", "2026-03-10", "2026-03-10", "2029-12-31"),
        ("next month", "2026-12-10", "2027-01-01", "2027-01-31"),
        ("next weekend", "2026-03-10", "2026-03-21", "2026-03-22"),
        ("later this week", "2026-03-10", "2026-03-10", "2026-03-15"),
        ("later today", "2026-03-10", "2026-03-10", "2026-03-10"),
        ("later this summer", "2026-07-10", "2026-07-10", "2026-08-31"),
        ("this evening", "2026-03-10", "2026-03-10", "2026-03-10"),
        ("tomorrow morning", "2026-03-10", "2026-03-11", "2026-03-11"),
        ("next Monday", "2026-03-10", "2026-03-16", "2026-03-16"),
        ("in March", "2026-03-10", "2026-03-01", "2026-03-31"),
        ("in March", "2026-04-10", "2027-03-01", "2027-03-31"),
        ("in next March", "2026-03-10", "2027-03-01", "2027-03-31"),
        ("in March 2028", "2026-03-10", "2028-03-01", "2028-03-31"),
        ("this winter", "2026-01-10", "2025-12-01", "2026-02-28"),
        ("next winter", "2026-01-10", "2026-12-01", "2027-02-28"),
        ("this fall", "2026-01-10", "2026-09-01", "2026-11-30"),
        ("by the autumn", "2026-01-10", "2026-09-01", "2026-11-30"),
        ("in the spring", "2026-04-10", "2026-03-01", "2026-05-31"),
        ("in the spring", "2026-05-31", "2026-03-01", "2026-05-31"),
        ("next spring", "2026-03-01", "2027-03-01", "2027-05-31"),
        ("next winter", "2026-12-24", "2027-12-01", "2028-02-29"),
        ("in late-2027", "2026-12-24", "2027-09-01", "2027-12-31"),
        ("on 30 and 31 December", "2026-01-10", "2026-12-30", "2026-12-31"),
    ],
)
def test_calendar_words_mean_the_days_that_are_still_to_come(text, published_on, earliest, latest):
    assert days(f"They will do it {text}.", published_on) == (earliest, latest)


def test_on_a_sunday_this_weekend_is_that_day():
    assert days("this weekend", "2026-03-15") == ("2026-03-15", "2026-03-15")


@pytest.mark.parametrize(
    "text", ["in the third half of 2027", "by 32 May", "on 30-31 June", "in the year", "a pre-Friday deal"]
)
def test_what_no_calendar_has_is_no_deadline(text):
    assert days(text, "2026-03-10") is None


def test_after_a_day_that_does_not_exist_another_one_is_found():
    assert days("on 31 June or on 1 July", "2026-03-10") == ("2026-07-01", "2026-07-01")
    found = find_periods("31 June 2026 or 1 July 2026", 0, 27, None)
    assert (date(2026, 7, 1), date(2026, 7, 1)) in [period.days for period in found]


def test_a_season_without_a_day_of_publication_has_no_days():
    found = find_deadline("in the autumn", Span(0, 13), None)
    assert found is not None
    assert (found.earliest, found.latest) == (None, None)

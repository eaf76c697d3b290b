"""Days are read as people type them, or refused with what would do."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, strategies as st

from bot.cogs.dates import parse_day, suggest_days
from bot.errors import InputError
from bot.render.days import full_day

TODAY = date(2026, 11, 26)  # a Thursday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", TODAY),
        (" Yesterday ", date(2026, 11, 25)),
        ("monday", date(2026, 11, 23)),
        ("last Mon", date(2026, 11, 23)),
        ("thursday", TODAY),
        ("FRI", date(2026, 11, 20)),
        ("2026-11-02", date(2026, 11, 2)),
        ("26.11.", TODAY),
        ("26. 11", TODAY),
        ("27.11.", date(2025, 11, 27)),
        ("1.2.2026", date(2026, 2, 1)),
        ("29.2.", date(2024, 2, 29)),
        ("3 nov", date(2026, 11, 3)),
        ("3. November 2025", date(2025, 11, 3)),
        ("Dec 24, 2025", date(2025, 12, 24)),
        ("Monday, 23 November 2026 ", None),
    ],
)
def test_days_are_read_as_people_write_them(typed, meant):
    if meant is None:
        with pytest.raises(InputError):
            parse_day(typed, TODAY)
    else:
        assert parse_day(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31.6.",
        "0.1.",
        "1.13.",
        "2026-13-01",
        "9999999",
        "mo",
        "noon",
        "32 nov",
        "11/26",
        "٣",
        "@everyone",
        "0000-01-01",
    ],
)
def test_what_is_no_day_is_refused_by_name(typed):
    with pytest.raises(InputError, match="is no day"):
        parse_day(typed, TODAY)


def test_a_day_that_is_still_to_come_is_said_to_be():
    with pytest.raises(InputError, match="Friday, 27 November 2026 is still to come"):
        parse_day("27.11.2026", TODAY)


def test_the_first_day_of_the_calendar_has_no_yesterday():
    with pytest.raises(InputError):
        parse_day("yesterday", date.min)
    assert suggest_days("", date.min)[0][1] == date.min.isoformat()


@given(st.text(max_size=60), st.dates())
def test_any_text_is_a_day_that_has_come_or_refused(typed, today):
    with suppress(InputError):
        assert parse_day(typed, today) <= today
    assert all(parse_day(value, today) <= today for _, value in suggest_days(typed, today))


def test_the_days_of_the_last_week_are_offered():
    offered = suggest_days("", TODAY)
    assert len(offered) == 7
    assert offered[0] == (f"{full_day(TODAY)} (today)", "2026-11-26")
    assert suggest_days("yester", TODAY) == ((f"{full_day(date(2026, 11, 25))} (yesterday)", "2026-11-25"),)
    assert [value for _, value in suggest_days("tues", TODAY)] == ["2026-11-24"]

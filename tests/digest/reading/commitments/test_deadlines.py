"""Words that say by when, and the days they can mean: by own rules, from the day of publication."""

from datetime import date

import pytest

from digest.model import Span
from digest.reading.commitments.deadlines import find_deadline, find_deadlines, is_overdue

TUESDAY = date(2026, 3, 10)


def days(text, published_on=TUESDAY):
    found = find_deadline(text, Span(0, len(text)), published_on)
    return found and (found.span.of(text), found.earliest and str(found.earliest), found.latest and str(found.latest))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("by Friday", "2026-03-13", "2026-03-13"),
        ("on Tuesday", "2026-03-10", "2026-03-10"),
        ("next Thursday", "2026-03-19", "2026-03-19"),
        ("tomorrow", "2026-03-11", "2026-03-11"),
        ("until midnight on Sunday", "2026-03-15", "2026-03-15"),
        ("before the end of March", "2026-03-31", "2026-03-31"),
        ("by the end of next month", "2026-04-30", "2026-04-30"),
        ("by the end of the year", "2026-12-31", "2026-12-31"),
        ("by year-end", "2026-12-31", "2026-12-31"),
        ("before the week’s end", "2026-03-15", "2026-03-15"),
        ("by the end of the decade", "2029-12-31", "2029-12-31"),
        ("at the start of next year", "2027-01-01", "2027-01-01"),
        ("in 2027", "2027-01-01", "2027-12-31"),
        ("by 2030", "2030-01-01", "2030-12-31"),
        ("before 2030", "2029-12-31", "2029-12-31"),
        ("in late 2027", "2027-09-01", "2027-12-31"),
        ("early next year", "2027-01-01", "2027-04-30"),
        ("in mid-August", "2026-08-11", "2026-08-20"),
        ("in early April", "2026-04-01", "2026-04-10"),
        ("in late April", "2026-04-21", "2026-04-30"),
        ("in the first quarter of 2027", "2027-01-01", "2027-03-31"),
        ("in the second half of the year", "2026-07-01", "2026-12-31"),
        ("in the first half of next year", "2027-01-01", "2027-06-30"),
        ("next spring", "2027-03-01", "2027-05-31"),
        ("this summer", "2026-06-01", "2026-08-31"),
        ("by the winter of 2027", "2027-12-01", "2028-02-29"),
        ("next week", "2026-03-16", "2026-03-22"),
        ("this week", "2026-03-10", "2026-03-15"),
        ("this weekend", "2026-03-14", "2026-03-15"),
        ("later this year", "2026-03-10", "2026-12-31"),
        ("next quarter", "2026-04-01", "2026-06-30"),
        ("from 1 July", "2026-07-01", "2026-07-01"),
        ("from January", "2027-01-01", "2027-01-01"),
        ("by 1 May", "2026-05-01", "2026-05-01"),
        ("on March 3rd", "2027-03-03", "2027-03-03"),
        ("on 29 February", "2028-02-29", "2028-02-29"),
        ("by Oct. 5, 2028", "2028-10-05", "2028-10-05"),
        ("on 14-15 September", "2026-09-14", "2026-09-15"),
        ("within ten days", "2026-03-10", "2026-03-20"),
        ("within 36 hours", "2026-03-10", "2026-03-12"),
        ("within a fortnight", "2026-03-10", "2026-03-24"),
        ("in two years’ time", "2028-03-10", "2028-03-10"),
        ("over the next six months", "2026-03-10", "2026-09-10"),
        ("by Christmas", "2026-12-25", "2026-12-25"),
        ("before Easter", "2026-04-05", "2026-04-05"),
        ("by Thanksgiving", "2026-11-26", "2026-11-26"),
        ("by New Year’s Eve", "2026-12-31", "2026-12-31"),
        ("starting 2027", "2027-01-01", "2027-01-01"),
        ("beginning January", "2027-01-01", "2027-01-01"),
        ("effective July", "2026-07-01", "2026-07-01"),
        ("as of January", "2027-01-01", "2027-01-01"),
        ("by the close of 2027", "2027-12-31", "2027-12-31"),
        ("at the beginning of 2027", "2027-01-01", "2027-01-01"),
        ("by the month’s end", "2026-03-31", "2026-03-31"),
        ("early next week", "2026-03-16", "2026-03-17"),
        ("late next week", "2026-03-20", "2026-03-22"),
        ("in mid-February 2028", "2028-02-10", "2028-02-18"),
        ("in late February 2028", "2028-02-19", "2028-02-29"),
        ("in early summer", "2026-06-01", "2026-06-30"),
        ("in late spring", "2026-05-01", "2026-05-31"),
        ("in mid-winter", "2027-01-01", "2027-01-31"),
        ("in late winter", "2027-02-01", "2027-02-28"),
        ("in mid-2027", "2027-05-01", "2027-08-31"),
        ("in a decade", "2036-03-10", "2036-03-10"),
        ("over the next decade", "2026-03-10", "2036-03-10"),
        ("over next three years", "2026-03-10", "2029-03-10"),
        ("in the coming week", "2026-03-10", "2026-03-17"),
        ("during next year", "2027-01-01", "2027-12-31"),
        ("inside a week", "2026-03-10", "2026-03-17"),
        ("within an hour", "2026-03-10", "2026-03-11"),
        ("within 24 hours", "2026-03-10", "2026-03-11"),
        ("within three weeks", "2026-03-10", "2026-03-31"),
        ("within two fortnights", "2026-03-10", "2026-04-07"),
        ("over the next few months", "2026-03-10", None),
        ("in the coming weeks", "2026-03-10", None),
        ("within days", "2026-03-10", None),
        ("within a few weeks", "2026-03-10", None),
        ("in 9999 years", "2026-03-10", None),
    ],
)
def test_the_whole_phrase_is_the_deadline_and_means_these_days(text, earliest, latest):
    assert days(f"close it {text}, it said") == (text, earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "since Monday",
        "last Friday",
        "every Tuesday",
        "Friday’s talks",
        "the 2027 budget",
        "of March",
        "march on",
        "may close",
        "over three years",
        "before long",
        "in August last year",
        "in 2019",
        "on 31 June",
        "soon",
        "the end of the war",
        "a three-month delay",
        "by the week",
        "during two weeks",
    ],
)
def test_what_is_past_or_habit_or_no_date_at_all_is_no_deadline(text):
    assert days(f"keep it {text} they did") is None


def test_without_a_day_of_publication_what_is_relative_has_no_days():
    assert days("by Friday", None) == ("by Friday", None, None)
    assert days("by 1 May", None) == ("by 1 May", None, None)
    assert days("within ten days", None) == ("within ten days", None, None)
    assert days("by 1 May 2027", None) == ("by 1 May 2027", "2027-05-01", "2027-05-01")
    assert days("in 2027", None) == ("in 2027", "2027-01-01", "2027-12-31")


@pytest.mark.parametrize("edge", [date.min, date.max])
@pytest.mark.parametrize(
    "text",
    [
        "next week",
        "before this week",
        "by 1 May",
        "in two weeks",
        "next spring",
        "by Easter",
        "by the end of next month",
        "late this year",
        "by the week’s end",
        "by the month’s end",
        "in Q1",
        "next decade",
        "next Monday",
        "tomorrow",
    ],
)
def test_the_ends_of_the_calendar_are_no_trouble(text, edge):
    assert len(find_deadlines(text, Span(0, len(text)), edge)) <= 1


def test_all_deadlines_of_a_stretch_are_found_in_order_and_none_outside_it():
    text = "by Friday it opens, and in 2027 it closes"
    assert [found.span.of(text) for found in find_deadlines(text, Span(0, len(text)), TUESDAY)] == [
        "by Friday",
        "in 2027",
    ]
    assert [found.span.of(text) for found in find_deadlines(text, Span(10, 30), TUESDAY)] == []


def test_a_weekday_is_counted_from_the_day_of_publication_not_from_the_clock():
    assert days("by Friday", date(1999, 12, 31)) == ("by Friday", "1999-12-31", "1999-12-31")
    assert days("by Thursday", date(1999, 12, 31)) == ("by Thursday", "2000-01-06", "2000-01-06")


def test_nothing_behind_the_stretch_is_a_deadline():
    for text in ("close it by year-end", "close it within ten days", "close it by Friday"):
        assert find_deadlines(text, Span(0, len("close it")), TUESDAY) == ()


@pytest.mark.parametrize(
    ("text", "is_past"),
    [
        ("by May 2025", True),
        ("before 2026", True),
        ("before this year", True),
        ("no later than May 2025", True),
        ("not later than 2025", True),
        ("in 2025", False),
        ("until 2025", False),
        ("by 2026", False),
        ("by year-end", False),
        ("before next week", False),
    ],
)
def test_a_limit_that_had_passed_when_it_was_published_is_overdue(text, is_past):
    assert is_overdue(f"close it {text}, it said", Span(0, len(f"close it {text}")), TUESDAY) is is_past


def test_without_a_day_of_publication_nothing_is_overdue():
    assert not is_overdue("by May 2025", Span(0, len("by May 2025")), None)

"""Calendar words to days: "May", "next spring", "Friday", "2027" as the first and the last day they can mean."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from digest.reading.commitments.holidays import holiday_in

Days = tuple[date, date]
"""The first and the last day, both included."""

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS_A_YEAR = 12
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
    "last": 4,
}

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:19|20)\d\d"
_SEASON = r"(?:spring|summer|autumn|winter)"


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar words at `start` to `end`. `days` is None where they need a day of publication and there is none.

    `is_bare`: can stand without a preposition ("will vote Tuesday", "next month").
    `needs_part`: means a deadline only as "the end of the year".
    """

    start: int
    end: int
    days: Days | None
    is_bare: bool = False
    needs_part: bool = False


def find_periods(text: str, start: int, end: int, today: date | None) -> Iterator[Period]:
    """Yield the calendar words between two offsets, overlapping ones too, longer kinds first.

    A day or month without its year is the next one from `today`, the day of publication, today included.
    """
    for pattern, days_of, is_bare, needs_part in _KINDS:
        for match in pattern.finditer(text, start, end):
            try:
                days = days_of(match, today)
            except (ValueError, OverflowError):  # 31 June, the year 10000
                continue
            if days is not _NO_PERIOD and not _is_inside_a_word(text, match.start()):
                yield Period(match.start(), match.end(), days, is_bare, needs_part)


def year_of(year: int) -> Days:
    """Return the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def month_of(year: int, month: int) -> Days:
    """Return the first and last day of a month; months after December belong to the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last one of a shorter month."""
    first, last = month_of(day.year, day.month + months)
    return first.replace(day=min(day.day, last.day))


_NO_PERIOD: Days = (date.max, date.min)
_THIRD = re.compile(r"\b(?:early|mid|late)-$", re.IGNORECASE)


def _is_inside_a_word(text: str, start: int) -> bool:
    return text[start - 1 : start] == "-" and _THIRD.search(text, max(0, start - 7), start) is None


def _month_number(name: str) -> int:
    return _MONTH_NAMES.index(name[:3].lower()) + 1


def _dated(match: re.Match[str], today: date | None) -> Days | None:
    month, year = _month_number(match["month"]), match["year"]
    first, last = int(match["day"]), int(match["to"] or match["day"])
    if year:
        return date(int(year), month, first), date(int(year), month, last)
    if today is None:
        return None
    for ahead in range(today.year, today.year + 9):  # up to eight years to 29 February
        if last <= monthrange(ahead, month)[1] and date(ahead, month, last) >= today:
            return date(ahead, month, first), date(ahead, month, last)
    return _NO_PERIOD


def _weekday(match: re.Match[str], today: date | None) -> Days | None:
    if today is None:
        return None
    number = _DAY_NAMES.index(match["weekday"][:3].lower())
    day = today + timedelta((number - today.weekday()) % 7)
    if match["which"] == "next":
        day = today + timedelta(7 - today.weekday() + number)
    return day, day


def _near_day(match: re.Match[str], today: date | None) -> Days | None:
    if today is None:
        return None
    day = today + timedelta(1) if match[0].lower().startswith("tomorrow") else today
    return day, day


def _month(match: re.Match[str], today: date | None) -> Days | None:
    number = _month_number(match["month"])
    if match["year"]:
        return month_of(int(match["year"]), number)
    if today is None:
        return None
    is_next_year = number < today.month or (number == today.month and match["which"] == "next")
    return month_of(today.year + is_next_year, number)


def _year(match: re.Match[str], _today: date | None) -> Days | None:
    return year_of(int(match["year"]))


def _this_or_next(match: re.Match[str], today: date | None) -> Days | None:
    if today is None:
        return None
    unit, is_next = match["unit"].lower(), match["which"].lower() == "next"
    if unit in _SEASONS:
        return _season_of(unit, today, is_next=is_next)
    first, last = _UNITS[unit](today, 1 if is_next else 0)
    return max(first, today), last


def _later(match: re.Match[str], today: date | None) -> Days | None:
    if today is None:
        return None
    unit = match["unit"].lower()
    if unit == "today":
        return today, today
    days = _season_of(unit, today, is_next=False) if unit in _SEASONS else _UNITS[unit](today, 0)
    return max(days[0], today), days[1]


def _season(match: re.Match[str], today: date | None) -> Days | None:
    unit = match["unit"].lower()
    if match["year"]:
        return _season_from(int(match["year"]), unit)
    return None if today is None else _season_of(unit, today, is_next=False)


def _season_of(unit: str, today: date, *, is_next: bool) -> Days:
    for year in (today.year - 1, today.year):
        days = _season_from(year, unit)
        if days[0] > today or (not is_next and days[1] >= today):
            return days
    return _season_from(today.year + 1, unit)


def _season_from(year: int, unit: str) -> Days:
    month = _SEASONS[unit]
    return month_of(year, month)[0], month_of(year, month + 2)[1]


def _quarter_or_half(match: re.Match[str], today: date | None) -> Days | None:
    number = _ORDINALS[match["ordinal"].lower()] if match["ordinal"] else int(match["number"])
    length = 6 if match["half"] else 3
    if number * length > _MONTHS_A_YEAR:
        return _NO_PERIOD
    if match["year"]:
        return _part_of_year(int(match["year"]), number, length)
    if today is None:
        return None
    if match["which"]:
        return _part_of_year(today.year + (match["which"].lower() == "next"), number, length)
    days = _part_of_year(today.year, number, length)
    return days if days[1] >= today else _part_of_year(today.year + 1, number, length)


def _part_of_year(year: int, number: int, length: int) -> Days:
    return month_of(year, (number - 1) * length + 1)[0], month_of(year, number * length)[1]


def _holiday(match: re.Match[str], today: date | None) -> Days | None:
    name = match["name"].lower()
    if match["year"]:
        day = holiday_in(int(match["year"]), name)
    elif today is None:
        return None
    else:
        day = holiday_in(today.year, name)
        if day < today:
            day = holiday_in(today.year + 1, name)
    return day, day


def _week(today: date, ahead: int) -> Days:
    monday = today - timedelta(today.weekday()) + timedelta(7 * ahead)
    return monday, monday + timedelta(6)


def _weekend(today: date, ahead: int) -> Days:
    return _week(today, ahead)[1] - timedelta(1), _week(today, ahead)[1]


def _quarter(today: date, ahead: int) -> Days:
    first = (today.month - 1) // 3 * 3 + 1 + 3 * ahead
    return month_of(today.year, first)[0], month_of(today.year, first + 2)[1]


def _decade(today: date, ahead: int) -> Days:
    first = today.year // 10 * 10 + 10 * ahead
    return date(first, 1, 1), date(first + 9, 12, 31)


_UNITS: dict[str, Callable[[date, int], Days]] = {
    "week": _week,
    "weekend": _weekend,
    "month": lambda today, ahead: month_of(today.year, today.month + ahead),
    "quarter": _quarter,
    "year": lambda today, ahead: year_of(today.year + ahead),
    "decade": _decade,
}
_UNIT = r"(?:weekend|week|month|quarter|year|decade)"


def _kind(
    pattern: str,
    days_of: Callable[[re.Match[str], date | None], Days | None],
    *,
    bare: bool = False,
    part: bool = False,
) -> tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Days | None], bool, bool]:
    # Not inside a word, and no possessive: "Friday's talks" is no time by which something is done.
    return re.compile(rf"(?<!\w){pattern}(?![\w-]|['’]s\b| last (?:year|month|week)\b|['’](?=\s))"), days_of, bare, part


_DAYS = r"(?P<day>\d\d?)(?:st|nd|rd|th)?(?:(?:[-–]| to | and )(?P<to>\d\d?)(?:st|nd|rd|th)?)?"
_OF_YEAR = rf"(?:,? (?P<year>{_YEAR}))?"
_TIME = r"(?: (?:morning|afternoon|evening|night))?"
_KINDS = (
    _kind(rf"(?:{WEEKDAY},? )?(?:the )?{_DAYS}(?: of)? (?P<month>{MONTH}){_OF_YEAR}", _dated, bare=True),
    _kind(rf"(?:{WEEKDAY},? )?(?P<month>{MONTH}) {_DAYS}{_OF_YEAR}", _dated, bare=True),
    _kind(rf"(?:(?P<which>this|next|coming) )?(?P<weekday>{WEEKDAY}){_TIME}", _weekday, bare=True),
    _kind(rf"(?:[Tt]oday|[Tt]onight|[Tt]omorrow{_TIME}|this (?:afternoon|evening))", _near_day, bare=True),
    _kind(
        rf"(?P<which>[Tt]his|[Nn]ext|the current|this coming) (?P<unit>{_UNIT}|{_SEASON}|fall)",
        _this_or_next,
        bare=True,
    ),
    _kind(rf"[Ll]ater (?:this |in the )?(?P<unit>{_UNIT}|{_SEASON}|today)", _later, bare=True),
    _kind(rf"(?:(?P<which>this|next) )?(?P<month>{MONTH}){_OF_YEAR}", _month),
    _kind(
        r"(?:the )?(?:(?P<ordinal>first|second|third|fourth|final|1st|2nd|3rd|4th) (?:quarter|(?P<half>half))"
        rf"|Q(?P<number>[1-4]))(?: of(?: the)?)?(?: (?P<year>{_YEAR})| (?P<which>this|next) year| year)?",
        _quarter_or_half,
    ),
    _kind(rf"(?:the )?(?P<unit>{_SEASON})(?:(?: of)? (?P<year>{_YEAR}))?", _season),
    _kind(
        r"(?P<name>Christmas(?: Eve| Day)?|New Year(?:['’]s(?: Eve| Day)?)?|Easter|Thanksgiving)"
        rf"(?: (?P<year>{_YEAR}))?",
        _holiday,
    ),
    _kind(rf"(?:the (?:financial |fiscal |calendar )?year )?(?P<year>{_YEAR})", _year),
    _kind(rf"the (?P<unit>{_UNIT}|{_SEASON})", _later, part=True),
)

"""Days as people type them. Pure."""

import re
from datetime import date, timedelta

from bot import texts
from bot.errors import InputError
from bot.render.days import full_day
from bot.render.text import shorten
from bot.texts import lookups as words

_A_DAY = timedelta(days=1)
_WEEK = 7
_SHORTEST = 3  # letters of a weekday or month
_SHOWN = 60
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?(?:\s*(\d{4}))?")
_NAMED = re.compile(r"(\d{1,2})\.?\s+([a-z]{3,9})\.?(?:,?\s+(\d{4}))?")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?")
_WEEKDAY = re.compile(r"(?:last\s+)?([a-z]{3,9})")


def parse_day(text: str, today: date) -> date:
    """Return the day that somebody means today: "yesterday", "monday", "26.11.", "26 nov", "2026-11-26".

    A weekday is the last one, today if it is that; a day without a year is the last one, too. InputError for what is no
    day, or still to come.
    """
    typed = " ".join(text.casefold().replace(",", " ").split())
    try:
        day = _relative(typed, today) or _written(typed, today)
    except (ValueError, OverflowError):  # the 31st of June, the day before the calendar begins
        day = None
    if day is None:
        raise InputError(words.WRONG_DAY.format(value=shorten(text, _SHOWN)))
    if day > today:
        raise InputError(words.DAY_TO_COME.format(day=full_day(day)))
    return day


def suggest_days(typed: str, today: date) -> tuple[tuple[str, str], ...]:
    """Return the days of the last week that may be meant, as pairs of label and value."""
    days = [today - number * _A_DAY for number in range(_WEEK) if (today - date.min).days >= number]
    labels = [_label(day, today) for day in days]
    wanted = typed.strip().casefold()
    return tuple(
        (label, day.isoformat()) for label, day in zip(labels, days, strict=True) if wanted in label.casefold()
    )


def _label(day: date, today: date) -> str:
    name = {today: words.TODAY, today - _A_DAY: words.YESTERDAY}.get(day, "") if today > date.min else words.TODAY
    return f"{full_day(day)} ({name})" if name else full_day(day)


def _relative(typed: str, today: date) -> date | None:
    if typed in (words.TODAY, words.YESTERDAY):
        return today - _A_DAY * (typed == words.YESTERDAY)
    found = _WEEKDAY.fullmatch(typed)
    number = _number(found[1], texts.DAYS) if found else None
    return None if number is None else today - (today.weekday() - number) % _WEEK * _A_DAY


def _written(typed: str, today: date) -> date | None:
    if found := _ISO.fullmatch(typed):
        return date(*map(int, found.groups()))
    if found := _DOTTED.fullmatch(typed):
        return _dated(int(found[1]), int(found[2]), found[3], today)
    found, at = _NAMED.fullmatch(typed), (1, 2)
    if not found:
        found, at = _NAMED_FIRST.fullmatch(typed), (2, 1)
    month = _number(found[at[1]], texts.MONTHS) if found else None
    return _dated(int(found[at[0]]), month + 1, found[3], today) if found and month is not None else None


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return date(int(year), month, day)
    # The 29th of February may be up to eight years ago.
    years = range(today.year, max(today.year - 9, 0), -1)
    return next((one for number in years if (one := _valid(number, month, day)) and one <= today), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(name: str, names: tuple[str, ...]) -> int | None:
    return next((number for number, one in enumerate(names) if one.casefold().startswith(name)), None)

"""Instants and days as Discord timestamps, which every reader sees in their own zone and language."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import texts

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def find_zone(name: str) -> tzinfo:
    """Return the zone of this name, UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder
        return UTC


def local_day(instant: datetime, zone: tzinfo) -> date:
    """Return the day that the instant falls on in the zone."""
    try:
        return instant.astimezone(zone).date()
    except OverflowError:  # at the ends of the calendar
        return instant.date()


def in_utc(instant: datetime | None) -> datetime | None:
    """Return the instant in UTC, None for one beyond the calendar there."""
    try:
        return instant.astimezone(UTC) if instant else None
    except OverflowError:
        return None


def show_instant(instant: datetime, style: str = "f") -> str:
    """Return the instant as a timestamp of this style: D a date, f a date with time, R the distance from now."""
    return f"<t:{(instant - _EPOCH) // _SECOND}:{style}>"


def show_day(day: date, zone: tzinfo = UTC) -> str:
    """Return a day of no zone as a date, taken at noon in `zone` so that it is the same day for nearly all readers."""
    return show_instant(datetime.combine(day, time(12), zone), "D")


def short_day(day: date) -> str:
    """Return a day as the head of a digest has it, "Mon 23 Nov", whatever the locale of the machine."""
    return f"{texts.DAYS[day.weekday()][:3]} {day.day} {texts.MONTHS[day.month - 1][:3]}"


def long_day(day: date) -> str:
    """Return a day with its year, "23 November 2026"."""
    return f"{day.day} {texts.MONTHS[day.month - 1]} {day.year:04}"


def full_day(day: date) -> str:
    """Return a day with its weekday and year, "Monday, 23 November 2026"."""
    return f"{texts.DAYS[day.weekday()]}, {long_day(day)}"

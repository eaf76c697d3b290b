"""What falls due as an iCalendar file; the only module that knows icalendar."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from bot import texts
from bot.render.commitments import name_kind
from bot.render.days import long_day
from bot.render.text import clean, safe_url
from bot.texts import ledger as words
from digest import due_on
from digest.model import LedgerEntry, Telling

_OURS = UUID("5f4c1a34-7f0e-4d0b-9f5e-3d1f4be0a6b7")  # drawn once, so that our UIDs are no one else's
_A_DAY = timedelta(days=1)


def calendar_frame() -> tuple[bytes, bytes]:
    """Return what stands before and after the events of a calendar file."""
    calendar = Calendar()
    for name, value in (("prodid", words.CALENDAR_PRODUCT), ("version", "2.0"), ("x-wr-calname", words.CALENDAR_NAME)):
        calendar.add(name, value)
    head, end, rest = calendar.to_ical().partition(b"END:VCALENDAR")
    return head, end + rest


def render_event(entry: LedgerEntry, *, guild_id: int, now: datetime) -> bytes:
    """Return the event of an entry on the last day that can be meant; nothing for one that names no day.

    It takes the whole day: DTSTART is a date and DTEND the day after, which no longer belongs to it (RFC 5545, 3.6.1).
    Its UID is the same at every export for this guild, so that a calendar which takes the file again changes its events
    in place of doubling them. It blocks no time. All words are cleaned of what cannot be seen.
    """
    due = due_on(entry)
    return bytes(_event(entry, *due, guild_id=guild_id, now=now).to_ical()) if due else b""


def _event(entry: LedgerEntry, earliest: date | None, latest: date, *, guild_id: int, now: datetime) -> Event:
    newest = entry.newest
    event = Event()
    event.add("uid", str(uuid5(_OURS, f"{guild_id}/{entry.id}")))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", latest)
    if latest < date.max:  # without an end it lasts one day as well
        event.add("dtend", latest + _A_DAY)
    event.add("summary", _summary(newest))
    event.add("description", "\n".join(filter(None, _description(entry, earliest, latest))))
    event.add("categories", [name_kind(newest)])
    event.add("transp", "TRANSPARENT")
    if url := safe_url(newest.url):
        event.add("url", url)
    return event


def _summary(told: Telling) -> str:
    who = ", ".join(filter(None, map(clean, told.actors)))
    form = words.CALENDAR_SUMMARY if who else words.CALENDAR_SUMMARY_ALONE
    return form.format(kind=name_kind(told), who=who, what=clean(told.what))


def _description(entry: LedgerEntry, earliest: date | None, latest: date) -> list[str]:
    newest, mark = entry.newest, entry.mark
    is_range = earliest not in (None, latest)
    told_at = newest.told_at or newest.published_at
    return [
        _quoted(newest.sentence),
        texts.CONDITION.format(words=_quoted(newest.condition)) if newest.condition else "",
        texts.DEADLINE_WORDS.format(words=_quoted(newest.deadline)) if newest.deadline else "",
        words.CALENDAR_DAYS.format(first=long_day(earliest), last=long_day(latest)) if earliest and is_range else "",
        texts.REPORTED_BY.format(name=clean(newest.reported_by)) if newest.reported_by else "",
        ", ".join(filter(None, (clean(newest.site), long_day(told_at.date()) if told_at else "", clean(newest.title)))),
        words.CALENDAR_MARK.format(standing=mark.standing.value, name=clean(mark.by_name)) if mark else "",
        clean(mark.note) if mark else "",
    ]


def _quoted(text: str) -> str:
    return f"“{clean(text)}”" if clean(text) else ""

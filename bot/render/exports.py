"""The ledger as files: JSON for programs, CSV for spreadsheets, iCalendar for calendars."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.render.ics import calendar_frame, render_event
from digest import due_on
from digest.model import LedgerEntry, Mark, Telling

MOST_BYTES = 10 * 1024 * 1024
"""What a file may have on Discord in a server without boosts."""

VERSION = 1
"""Of the JSON form. Later versions of the bot only add to a form; whatever else changes gets a new number."""

_COLUMNS = (
    *("commitment", "telling", "told_at", "change", "trouble", "kind", "strength", "is_withdrawal", "actors", "what"),
    *("sentence", "cue", "condition", "deadline", "earliest", "latest", "reported_by", "outlet", "title", "url"),
    *("published_at", "standing", "marked_by", "marked_at", "note"),
)
_FORMULA = tuple("=+-@＝＋－＠")  # noqa: RUF001 -- spreadsheets take the wide ones too
_CONTROL = ("\t", "\r", "\n", "\0")


class ExportFormat(StrEnum):
    """The forms that there are; the value is the ending of the file's name."""

    JSON = "json"
    CSV = "csv"
    ICS = "ics"


def pick_dated(entries: Sequence[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Return the entries that name a day: those that a calendar can hold."""
    return tuple(entry for entry in entries if due_on(entry))


def write_export(
    entries: Sequence[LedgerEntry], form: ExportFormat, *, guild_id: int, now: datetime, most_bytes: int = MOST_BYTES
) -> Iterator[bytes]:
    """Yield the file in pieces: its head, then one for each entry, whole, then its tail; together at most `most_bytes`.

    What no longer fits is left out from the first such entry on. A calendar takes entries that name a day.
    """
    return fit_pieces(_PIECES[form](entries, guild_id, now), most_bytes)


def fit_pieces(pieces: Iterator[bytes], most_bytes: int = MOST_BYTES) -> Iterator[bytes]:
    """Yield head, as many of the pieces as fit, and tail, of an iterator that gives head and tail first."""
    head, tail = next(pieces), next(pieces)
    yield head
    room = most_bytes - len(head) - len(tail)
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            break
        yield piece
    yield tail


def _json_pieces(entries: Sequence[LedgerEntry], _: int, now: datetime) -> Iterator[bytes]:
    """Yield head and tail of a JSON object in UTF-8, then each entry, as docs/exports.md describes them.

    All words stand as the articles print them. Days and times are in the form of ISO 8601, ids of people are strings
    as they are on Discord, what is not known is null.
    """
    yield encode(f'{{"version": {VERSION}, "exported_at": "{now.isoformat()}", "commitments": [')
    yield b"\n]}\n"
    for number, entry in enumerate(entries):
        yield encode(("," if number else "") + "\n" + json.dumps(_entry_dict(entry), ensure_ascii=False))


def _csv_pieces(entries: Sequence[LedgerEntry], _: int, __: datetime) -> Iterator[bytes]:
    """Yield head and tail of a table in the form of RFC 4180, then the rows of each entry: one for each telling.

    It follows OWASP's advice on CSV injection (https://owasp.org/www-community/attacks/CSV_Injection): every cell is in
    quotation marks, quotation marks in it are doubled, and one that begins like a formula (=, +, -, @, also wide, or a
    tab, line break or NUL), if need be behind spaces, gets an apostrophe before it, which shows as such in other
    programs than spreadsheets. A program that wants the words as they are reads the JSON. The table begins with a byte
    order mark, without which Excel takes it for another encoding.
    """
    yield b"\xef\xbb\xbf" + encode(csv_rows([_COLUMNS]))
    yield b""
    for entry in entries:
        yield encode(csv_rows(_row(entry, telling) for telling in entry.tellings))


def _ics_pieces(entries: Sequence[LedgerEntry], guild_id: int, now: datetime) -> Iterator[bytes]:
    yield from calendar_frame()
    for entry in entries:
        yield render_event(entry, guild_id=guild_id, now=now)


_PIECES = {ExportFormat.JSON: _json_pieces, ExportFormat.CSV: _csv_pieces, ExportFormat.ICS: _ics_pieces}


def csv_rows(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of a table in which no cell is a formula to a spreadsheet."""
    table = io.StringIO(newline="")
    csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(map(_guarded, row) for row in rows)
    return table.getvalue()


def _row(entry: LedgerEntry, told: Telling) -> list[str]:
    mark = entry.mark
    fields = [
        *(entry.id, told.id, told.told_at, told.change, told.trouble, told.kind, told.strength, told.is_withdrawal),
        *("; ".join(told.actors), told.what, told.sentence, told.cue, told.condition, told.deadline),
        *(told.earliest, told.latest, told.reported_by, told.site, told.title, told.url, told.published_at),
        *((mark.standing, mark.by_name, mark.marked_at, mark.note) if mark else (None, None, None, None)),
    ]
    return [write_cell(field) for field in fields]


def write_cell(field: object) -> str:
    """Return what a cell says: nothing for None, ISO 8601 for days and times, true or false."""
    if isinstance(field, bool):
        return str(field).lower()
    if isinstance(field, date):  # also a datetime
        return field.isoformat()
    return "" if field is None else str(field)


def _guarded(cell: str) -> str:
    is_formula = cell.startswith(_CONTROL) or cell.lstrip().startswith(_FORMULA)
    return f"'{cell}" if is_formula else cell


def _entry_dict(entry: LedgerEntry) -> dict[str, Any]:
    due = due_on(entry)
    return {
        "id": entry.id,
        "due": {"earliest": iso(due[0]), "latest": iso(due[1])} if due else None,
        "tellings": [_telling_dict(telling) for telling in entry.tellings],
        "marks": [_mark_dict(mark) for mark in entry.marks],
    }


def _telling_dict(told: Telling) -> dict[str, Any]:
    return {
        "id": told.id,
        "told_at": iso(told.told_at),
        "change": told.change,
        "trouble": told.trouble,
        "kind": told.kind,
        "strength": told.strength,
        "is_withdrawal": told.is_withdrawal,
        "actors": list(told.actors),
        "what": told.what,
        "sentence": told.sentence,
        "cue": told.cue,
        "condition": told.condition,
        "deadline": told.deadline,
        "earliest": iso(told.earliest),
        "latest": iso(told.latest),
        "reported_by": told.reported_by,
        "outlet": told.site,
        "title": told.title,
        "url": told.url,
        "published_at": iso(told.published_at),
    }


def _mark_dict(mark: Mark) -> dict[str, Any]:
    return {
        "standing": mark.standing,
        "by_id": str(mark.by_id),
        "by_name": mark.by_name,
        "marked_at": iso(mark.marked_at),
        "note": mark.note,
    }


def iso(day: date | None) -> str | None:
    """Return a day or time in the form of ISO 8601."""
    return day.isoformat() if day else None


def encode(text: str) -> bytes:
    """Return the text in UTF-8."""
    # Half a surrogate pair is no character: it cannot be written, and nobody could read it.
    return text.encode("utf-8", "replace")

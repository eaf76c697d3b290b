"""Reads back the part of Discord's markdown that we write, so that pages and terminals show what Discord shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import groupby

from bot import texts
from bot.render.days import full_day, long_day
from bot.texts import posts

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TOKEN = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])"
    r"|<@&(?P<role>\d{1,20})>"
    r"|<t:(?P<seconds>-?\d{1,13})(?::(?P<style>[tTdDfFR]))?>"
    r"|\[(?P<label>(?:\\.|[^\[\]\\])+)\]\((?P<url>https?://[^\s()<>]+)\)"
    r"|\*\*(?P<bold>(?:\\.|[^\\*])+)\*\*"
    r"|`(?P<code>[^`]+)`",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that looks the same throughout."""

    text: str
    url: str = ""
    is_bold: bool = False
    is_code: bool = False
    is_time: bool = False
    is_mention: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a message: in a quotation, in small print, or neither."""

    pieces: tuple[Piece, ...]
    is_quote: bool = False
    is_small: bool = False


def read_lines(text: str, zone: tzinfo = UTC, now: datetime | None = None) -> tuple[Line, ...]:
    """Return the lines that Discord shows of this text: quotations, small print, bold, code, links, dates in `zone`."""
    return tuple(_read_line(line, zone, now) for line in text.split("\n")) if text else ()


def group_lines(lines: Sequence[Line]) -> list[tuple[bool, list[Line]]]:
    """Return the lines in runs, each with whether it is a quotation."""
    return [(is_quote, list(group)) for is_quote, group in groupby(lines, key=lambda line: line.is_quote)]


def _read_line(line: str, zone: tzinfo, now: datetime | None) -> Line:
    for opening, is_quote in (("> ", True), ("-# ", False)):
        if line.startswith(opening):
            pieces = read_pieces(line.removeprefix(opening), zone, now)
            return Line(pieces, is_quote=is_quote, is_small=not is_quote)
    return Line(read_pieces(line, zone, now))


def read_pieces(text: str, zone: tzinfo = UTC, now: datetime | None = None) -> tuple[Piece, ...]:
    """Return one line's text in pieces, as `read_lines` does; what no token explains is text as it stands."""
    pieces: list[Piece] = []
    end = 0
    for found in _TOKEN.finditer(text):
        pieces.append(Piece(text[end : found.start()]))
        pieces += _pieces_of(found, zone, now)
        end = found.end()
    pieces.append(Piece(text[end:]))
    return _joined(pieces)


def _pieces_of(found: re.Match[str], zone: tzinfo, now: datetime | None) -> list[Piece]:
    if found["escaped"]:
        return [Piece(found["escaped"])]
    if found["role"]:
        return [Piece(posts.ROLE, is_mention=True)]
    if found["seconds"]:
        return [Piece(show_time(int(found["seconds"]), found["style"] or "f", zone, now), is_time=True)]
    if found["label"]:
        return [replace(piece, url=found["url"]) for piece in read_pieces(found["label"], zone, now)]
    if found["bold"]:
        return [replace(piece, is_bold=True) for piece in read_pieces(found["bold"], zone, now)]
    return [Piece(found["code"], is_code=True)]


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and replace(joined[-1], text="") == replace(piece, text=""):
            joined[-1] = replace(piece, text=joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)


def show_time(seconds: int, style: str, zone: tzinfo, now: datetime | None = None) -> str:
    """Return a Discord timestamp in words, as a reader in `zone` sees it; relative ones need to know `now`."""
    try:
        instant = (_EPOCH + timedelta(seconds=seconds)).astimezone(zone)
    except OverflowError:
        return texts.SOME_DAY
    if style == "R" and now:
        return _distance(instant - now)
    clock = f"{instant:%H:%M:%S}" if style == "T" else f"{instant:%H:%M}"
    day = {"d": f"{instant:%d/%m/}{instant.year:04}", "F": f"{full_day(instant.date())}"}
    if style in ("t", "T"):
        return clock
    shown = day.get(style, long_day(instant.date()))
    return shown if style in ("d", "D") else texts.DAY_AND_TIME.format(day=shown, time=clock)


def _distance(distance: timedelta) -> str:
    seconds = abs(distance.total_seconds())
    unit, name = next((unit, name) for unit, name in texts.SPANS_OF_TIME if seconds >= unit or unit == 1)
    amount = texts.count(int(seconds // unit), name)
    return (texts.AHEAD if distance > timedelta(0) else texts.AGO).format(amount=amount)

"""How the markdown that we write is read back for pages and terminals."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.render.markup import Line, Piece, read_lines, read_pieces, show_time
from tests.builders import NOW


def test_bold_links_code_and_escapes_become_pieces():
    assert read_pieces("a **b \\* c** [d \\_](https://e.example/f) `g` \\<t:1:R>") == (
        Piece("a "),
        Piece("b * c", is_bold=True),
        Piece(" "),
        Piece("d _", url="https://e.example/f"),
        Piece(" "),
        Piece("g", is_code=True),
        Piece(" <t:1:R>"),
    )


def test_a_bold_link_is_both():
    assert read_pieces("**[a](https://b.example/)**") == (Piece("a", url="https://b.example/", is_bold=True),)


def test_lines_are_quotations_small_print_or_neither():
    assert read_lines("a\n> b\n-# c\n\n>d") == (
        Line((Piece("a"),)),
        Line((Piece("b"),), is_quote=True),
        Line((Piece("c"),), is_small=True),
        Line(()),
        Line((Piece(">d"),)),
    )


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("t", "09:00"),
        ("T", "09:00:00"),
        ("d", "23/11/2026"),
        ("D", "23 November 2026"),
        ("f", "23 November 2026 09:00"),
        ("F", "Monday, 23 November 2026 09:00"),
    ],
)
def test_a_timestamp_shows_as_the_reader_sees_it(style, shown):
    assert show_time(int(NOW.timestamp()), style, ZoneInfo("Europe/Berlin")) == shown


@pytest.mark.parametrize(
    ("away", "shown"),
    [
        (timedelta(minutes=-5), "5 minutes ago"),
        (timedelta(hours=1), "in 1 hour"),
        (timedelta(days=-40), "1 month ago"),
        (timedelta(0), "0 seconds ago"),
    ],
)
def test_a_relative_timestamp_shows_the_distance(away, shown):
    assert show_time(int((NOW + away).timestamp()), "R", UTC, NOW) == shown


def test_a_relative_timestamp_without_a_now_is_a_date():
    assert show_time(int(NOW.timestamp()), "R", UTC) == "23 November 2026 08:00"


def test_a_timestamp_beyond_the_calendar_is_said_to_be_one():
    assert show_time(10**12, "D", UTC) == "a day beyond the calendar"

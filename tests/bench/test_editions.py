"""The bench of editions counts what it says, and a sample of what it measures holds in every run of the tests."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bench._claiming import measure_claiming
from bench._days import measure_days
from bench._slots import History, history_of, measure_slots
from bench.editions import measure
from digest.editions.schedule import instant_of

HOUR = timedelta(hours=1)
SAMPLE = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/Santiago",
    "Antarctica/Troll",
    "Europe/Paris",
)
NIGHTLY = tuple(time(hour, minute) for hour in (0, 1, 2, 3, 23) for minute in (0, 30))


def test_every_local_date_around_a_change_of_clocks_has_exactly_one_edition():
    figures = measure_slots(SAMPLE, NIGHTLY)
    assert (figures["not exactly one"], figures["at another instant"]) == (0, 0)
    assert (figures["zones"], figures["histories"]) == (8, 7)  # Paris keeps Berlin's time
    assert figures["local dates"] == figures["changes"] * len(NIGHTLY) * 3


def test_a_history_knows_every_change_to_the_minute():
    changes = history_of("Europe/Berlin").begins[1:]
    assert len(changes) == 26
    assert changes[0] == datetime(2025, 3, 30, 1, tzinfo=UTC)
    assert history_of("UTC").begins[1:] == ()


@pytest.mark.parametrize(
    ("at", "expected"),
    [(time(2, 30), datetime(2026, 3, 29, 1, tzinfo=UTC)), (time(3, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC))],
    ids=["in the gap", "behind it"],
)
def test_the_second_formulation_needs_no_zone_file(at, expected):
    berlin = History((datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)), (HOUR, 2 * HOUR))
    assert berlin.first_at(date(2026, 3, 29), at) == expected == instant_of(date(2026, 3, 29), at, "Europe/Berlin")


def test_a_few_days_of_changing_orders_lose_and_repeat_nothing():
    figures = Counter(measure_days(2, 4))
    assert figures["wanted"] > 50
    assert (figures["lost"], figures["repeated"]) == (0, 0)
    assert figures["left out"] == figures["left out, and said"]


def test_the_cost_of_a_table_is_measured():
    figures = measure_claiming(300, 120, ticks=10)
    assert (figures["subscriptions"], figures["due"]) == (300, 120)
    assert all(value > 0 for value in figures.values())


def test_an_unknown_part_is_refused(capsys):
    with pytest.raises(SystemExit):
        measure(["--part", "everything"])
    assert "everything" in capsys.readouterr().err

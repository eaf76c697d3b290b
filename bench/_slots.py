"""Slots around every change of clocks that tzdata knows, against a second way to say when they are."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from digest.editions.schedule import next_run_at, plan_run
from digest.model import Slot, Subscription

_FIRST, _LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
HALF_HOURS = tuple(time(number // 2, number % 2 * 30) for number in range(48))


@dataclass(frozen=True, slots=True)
class History:
    """The offsets of a zone, each from an instant on; the first counts since ever."""

    begins: tuple[datetime, ...]
    offsets: tuple[timedelta, ...]

    def first_at(self, local_date: date, at: time) -> datetime:
        """Return the first instant at which the wall clock shows that time of that date, or later.

        The second formulation: under each offset in turn, the wall clock shows it or more from one instant on.
        """
        wall = datetime.combine(local_date, at, tzinfo=UTC)
        ends = (*self.begins[1:], _LAST + 9 * _DAY)
        return next(
            found
            for begin, end, offset in zip(self.begins, ends, self.offsets, strict=True)
            if (found := max(begin, wall - offset)) < end
        )

    def date_at(self, instant: datetime) -> date:
        """Return the date that the wall clock shows at an instant."""
        return (instant + self.offsets[bisect_right(self.begins, instant) - 1]).date()


def measure_slots(zones: Sequence[str] = (), times: Sequence[time] = HALF_HOURS) -> dict[str, Any]:
    """Return how many local dates around changes of clocks had not exactly one edition at each of these times.

    Of every distinct history of offsets from 2025 to 2037 (by default of all zones), three days around each change.
    The runs are met by going from run to run as the service does, and each is compared with the second formulation.
    """
    named: dict[History, str] = {}
    for zone in zones or sorted(available_timezones()):
        named.setdefault(history_of(zone), zone)
    figures = Counter(zones=len(zones) or len(available_timezones()), histories=len(named))
    for history, zone in named.items():
        for change in history.begins[1:]:
            figures["changes"] += 1
            for at in times:
                figures.update(_around(history, zone, change, at))
    return {name.replace("_", " "): figures[name] for name in (*figures, "not_exactly_one", "at_another_instant")}


def history_of(zone: str) -> History:
    """Return the offsets of a zone from 2025 to 2037, found by looking at each day and halving."""
    place = ZoneInfo(zone)

    def offset(instant: datetime) -> timedelta:
        return instant.astimezone(place).utcoffset() or timedelta()

    days = [_FIRST + number * _DAY for number in range((_LAST - _FIRST).days + 1)]
    begins, offsets = [_FIRST - 9 * _DAY], [offset(_FIRST)]
    for before, after in pairwise(days):
        if offset(before) == offset(after):
            continue
        minutes = range(int(_DAY / _MINUTE))
        changed = bisect_left(minutes, True, key=lambda minute: offset(before + minute * _MINUTE) != offset(before))  # noqa: FBT003 -- called at once
        begins.append(before + changed * _MINUTE)
        offsets.append(offset(after))
    return History(tuple(begins), tuple(offsets))


def _around(history: History, zone: str, change: datetime, at: time) -> Counter[str]:
    middle = history.date_at(change)
    dates = [middle + number * _DAY for number in (-1, 0, 1)]
    daily = Subscription(0, 0, (at,), zone)
    walked = list(_walk(daily, change - 3 * _DAY, change + 3 * _DAY))
    met = dict(walked)
    counted = Counter(slot.local_date for slot, _ in walked)
    return Counter(
        local_dates=len(dates),
        not_exactly_one=sum(counted[day] != 1 for day in dates),
        at_another_instant=sum(met.get(Slot(0, day, at)) != history.first_at(day, at) for day in dates),
    )


def _walk(daily: Subscription, begin: datetime, end: datetime) -> Iterator[tuple[Slot, datetime]]:
    instant = next_run_at(daily, begin)
    while instant is not None and instant <= end:
        run = plan_run(daily, instant, instant)
        if run.slot is not None:
            yield run.slot, instant
        instant = run.next_run_at

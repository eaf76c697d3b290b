"""How long until a source is asked again, learnt from when its entries came, and whether they stopped coming."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from statistics import median
from zlib import crc32

MIN_WAIT = timedelta(minutes=10)
MAX_WAIT = timedelta(hours=24)

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_SATURDAY = 5
_WEEK = 7
_JITTER = 0.1
_SLOTS = 48  # half hours of a day
_SLOT_HOURS = 24 / _SLOTS
_LONGEST_MEMORY = 28  # days: four of each weekday
_SAME_WEEKDAY, _SAME_KIND, _OTHER_KIND = 8.0, 4.0, 1.0  # what a past day says about one to come
_UNSEEN = 4.0  # as many days of the mean rate stand beside what was seen of a half hour
_BESIDE = ((-1, 0.25), (0, 0.5), (1, 0.25))  # nothing comes on the minute each day
_BURST = 0.5  # a burst of n entries counts as n to this power
COST = 1.0
EVEN = 0.0
RATE = 1


def next_wait(
    seen: Sequence[datetime],
    *,
    now: datetime,
    asked_every: timedelta | None = None,
    fresh_for: timedelta | None = None,
    salt: int = 0,
) -> timedelta:
    """Return how long until the source is asked again, MIN_WAIT to MAX_WAIT."""
    rates = _rates(seen, now)
    hours, waiting, waited = 0.0, 0.0, 0.0
    _ENOUGH = COST * (sum(rates) / 48) ** EVEN
    for rate in rates:
        step = _SLOT_HOURS
        if waited + waiting * step + rate * step * step / 2 >= _ENOUGH:
            hours += _solve(rate, waiting, _ENOUGH - waited)
            break
        waited += waiting * step + rate * step * step / 2
        waiting += rate * step
        hours += step
    base = min(max(hours * _HOUR, MIN_WAIT / (1 - _JITTER)), MAX_WAIT / (1 + _JITTER))
    wait = base * _jitter(salt, int(now.timestamp() // 3600))
    return max(wait, *(min(floor, MAX_WAIT) for floor in (asked_every, fresh_for, MIN_WAIT) if floor))


def _solve(rate: float, waiting: float, left: float) -> float:
    if rate <= 0:
        return left / waiting
    return ((waiting * waiting + 2 * rate * left) ** 0.5 - waiting) / rate


def _jitter(*numbers: int) -> float:
    return 1 + _JITTER * (2 * crc32(repr(numbers).encode()) / 0xFFFFFFFF - 1)


def _rates(seen: Sequence[datetime], now: datetime) -> list[float]:
    ages = [(now - at) / _HOUR for at in seen if at <= now]
    spread = max(ages, default=0.0)
    bursts = Counter(int(age / _SLOT_HOURS) for age in ages)
    weights = {burst: number**_BURST for burst, number in bursts.items()}
    mean = (sum(weights.values()) + 1) / (spread + 24)
    came = [0.0] * _SLOTS
    today = [(now + slot * _SLOT_HOURS * _HOUR).weekday() for slot in range(_SLOTS)]
    for burst, weight in weights.items():
        slot = -1 - burst
        days = -(slot // _SLOTS)
        if days <= _LONGEST_MEMORY:
            for beside, part in _BESIDE:
                there = (slot + beside) % _SLOTS
                came[there] += weight * part * _likeness(today[there], days)
    return [
        (came[slot] / _SLOT_HOURS + _UNSEEN * mean)
        / (_looked(today[slot], min(int((spread + slot * _SLOT_HOURS) / 24), _LONGEST_MEMORY)) + _UNSEEN)
        for slot in range(_SLOTS)
    ]


@cache
def _looked(weekday: int, days: int) -> float:
    return sum(_likeness(weekday, back) for back in range(1, days + 1))


def _likeness(weekday: int, days_before: int) -> float:
    if days_before % _WEEK == 0:
        return _SAME_WEEKDAY
    other = (weekday - days_before) % _WEEK
    return _SAME_KIND if (other >= _SATURDAY) == (weekday >= _SATURDAY) else _OTHER_KIND

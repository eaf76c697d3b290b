"""How long until a source is asked again, learnt from when its entries came, and whether they stopped coming."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from math import sqrt
from statistics import median_high
from zlib import crc32

MIN_WAIT = timedelta(minutes=10)
MAX_WAIT = timedelta(hours=24)

_HOUR = timedelta(hours=1)
_SATURDAY = 5
_WEEK = 7
_UNKNOWN_HOURS = 4  # of one entry a day, added to what is known
_JITTER = 0.1
_SLOTS = 48  # of a day: half hours
_SLOT_HOURS = 24 / _SLOTS
_REMEMBERED_DAYS = 28  # four of each weekday
_SAME_WEEKDAY, _SAME_KIND, _OTHER_KIND = 16.0, 4.0, 1.0  # what a past day says about one to come
_UNSEEN = 1.0  # beside what was seen of a half hour stands the mean rate, as if one such day had had it
_BESIDE = ((-1, 0.25), (0, 0.5), (1, 0.25))  # half hours: nothing comes on the minute each day
_BURST = 0.7  # a burst of n entries counts as n to this power: its readers wait for all of them at once
_ENOUGH_WAITING = 0.9  # entry-hours
_MOST_DOUBLINGS = 8  # then it is more than a day

_OUTLIERS = 10  # one of so many

_FEWEST_ENTRIES = 8
_FEWEST_TIMES = 5
_SHORTEST_SILENCE = timedelta(days=5)  # Easter has four days, and a night before and after
_NEXT_ISSUE = timedelta(hours=12)  # what comes sooner belongs to the same issue
_MANY_GAPS = 4.5
_LONGEST_GAPS = 2


def next_wait(
    seen: Sequence[float],
    *,
    now: datetime,
    asked_every: timedelta | None = None,
    fresh_for: timedelta | None = None,
    salt: int = 0,
) -> timedelta:
    """Return how long until the source is asked again, MIN_WAIT to MAX_WAIT, from when its newest entries came.

    `seen` is in seconds since 1970: it is gone through for every source each time. The source is asked when what has
    probably come by then has waited long enough in all. So the wait goes with the root of the rate, and where something
    comes each day at six, it ends soon after six. `asked_every` and `fresh_for` are what the source asks for, and are
    kept up to MAX_WAIT. The wait is a tenth longer or shorter by `salt` and the hour.
    """
    hours, coming, waited = 0.0, 0.0, 0.0
    for rate in _rates(seen, now):
        grown = coming * _SLOT_HOURS + rate * _SLOT_HOURS**2 / 2
        if waited + grown >= _ENOUGH_WAITING:
            # Where in this half hour: the root of waited + coming * t + rate * t² / 2 = _ENOUGH_WAITING.
            hours += (sqrt(coming**2 + 2 * rate * (_ENOUGH_WAITING - waited)) - coming) / rate
            break
        waited += grown
        coming += rate * _SLOT_HOURS
        hours += _SLOT_HOURS
    # Room for the jitter is left at both ends, or the busiest and the deadest would march in step.
    wait = min(max(hours * _HOUR, MIN_WAIT / (1 - _JITTER)), MAX_WAIT / (1 + _JITTER))
    wait *= _jitter(salt, int(now.timestamp() // 3600))
    return max(wait, *(min(floor, MAX_WAIT) for floor in (asked_every, fresh_for, MIN_WAIT) if floor))


def after_failure(failures: int, *, retry_after: timedelta | None, salt: int) -> timedelta:
    """Return how long to wait after that many failures in a row: MIN_WAIT, then twice as long each time, to MAX_WAIT.

    `retry_after`, which the server asks for, is kept up to MAX_WAIT. The wait is a tenth longer or shorter by `salt`.
    """
    wait = min(MIN_WAIT * 2.0 ** min(max(failures - 1, 0), _MOST_DOUBLINGS), MAX_WAIT) * _jitter(salt, failures)
    return min(max(wait, retry_after or MIN_WAIT, MIN_WAIT), MAX_WAIT)


def silent_since(seen: Sequence[float], *, now: datetime) -> datetime | None:
    """Return when the last entry came, where the silence since then is out of all proportion to the rhythm before.

    `seen` is in seconds since 1970. It is so after five days at the soonest, and only where it is longer than several
    usual gaps between issues and than twice the longest one. None otherwise, or where too little is known.
    """
    present = now.timestamp()
    came = _without_outliers(seen, present)
    if len(came) < _FEWEST_ENTRIES or present - came[-1] < _SHORTEST_SILENCE.total_seconds():
        return None
    times = sorted(set(came))
    if len(times) < _FEWEST_TIMES:
        return None
    gaps = [later - earlier for earlier, later in pairwise(times)]
    issues = [gap for gap in gaps if gap >= _NEXT_ISSUE.total_seconds()] or gaps
    proportion = max(_MANY_GAPS * median_high(issues), _LONGEST_GAPS * max(gaps))
    return datetime.fromtimestamp(times[-1], UTC) if present - times[-1] >= proportion else None


def _jitter(*numbers: int) -> float:
    share: float = crc32(repr(numbers).encode()) / 0xFFFFFFFF
    return 1 + _JITTER * (2 * share - 1)


def _rates(seen: Sequence[float], now: datetime) -> list[float]:
    """Return how many entries an hour are to be expected in each half hour of the next day.

    Each past day tells what came at that time of the day, the same weekday most, and a workday more of workdays; the
    newest entries tell nothing of the days before the oldest of them. The mean rate stands beside that.
    """
    present = now.timestamp()
    ages = [(present - at) / 3600 for at in _without_outliers(seen, present)]
    known = ages[0] if ages else 0.0
    sizes = Counter(int(age / _SLOT_HOURS) for age in ages)
    bursts = {slots_ago: size**_BURST for slots_ago, size in sizes.items()}
    mean = (sum(bursts.values()) + _UNKNOWN_HOURS / 24) / (known + _UNKNOWN_HOURS)
    today, to_midnight = now.weekday(), _SLOTS - (2 * now.hour + now.minute // 30)
    weekdays = [today if slot < to_midnight else (today + 1) % _WEEK for slot in range(_SLOTS)]
    likenesses = [_likenesses(weekday) for weekday in weekdays]
    came = [0.0] * _SLOTS
    for slots_ago, weight in bursts.items():
        days_ago, slot = slots_ago // _SLOTS + 1, -1 - slots_ago
        if days_ago <= _REMEMBERED_DAYS:
            for beside, share in _BESIDE:
                there = (slot + beside) % _SLOTS
                came[there] += weight * share * likenesses[there][days_ago]
    rates = []
    for slot, weekday in enumerate(weekdays):
        days = min(int((known + slot * _SLOT_HOURS) / 24), _REMEMBERED_DAYS)
        rates.append((came[slot] / _SLOT_HOURS + _UNSEEN * mean) / (_looked_at(weekday, days) + _UNSEEN))
    return rates


def _without_outliers(seen: Sequence[float], present: float) -> list[float]:
    """Return when the entries came, oldest first, but for the oldest tenth: some are pinned, or wrongly dated."""
    came = sorted(at for at in seen if at <= present)
    return came[len(came) // _OUTLIERS :]


@cache
def _looked_at(weekday: int, days: int) -> float:
    return sum(_likenesses(weekday)[1 : days + 1])


@cache
def _likenesses(weekday: int) -> tuple[float, ...]:
    return tuple(_likeness(weekday, days_ago) for days_ago in range(_REMEMBERED_DAYS + 1))


def _likeness(weekday: int, days_ago: int) -> float:
    """What the day that many days before a weekday says about it."""
    if days_ago % _WEEK == 0:
        return _SAME_WEEKDAY
    other = (weekday - days_ago) % _WEEK
    return _SAME_KIND if (other >= _SATURDAY) == (weekday >= _SATURDAY) else _OTHER_KIND

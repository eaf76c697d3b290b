"""A simulated week of five hundred feeds, asked by the bot's rhythm, every hour, and by somebody who knows."""

import random
import statistics
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil, exp
from typing import Any

from digest.sources.rhythm import MAX_WAIT, MIN_WAIT, next_wait

_BEGINNING = datetime(2026, 2, 2, tzinfo=UTC)  # a Monday
_DAYS = 56  # four weeks of past that the feed may list, three of learning, the one that is measured
_LEARNING = 28 * 24.0
_MEASURED = 49 * 24.0
_END = _DAYS * 24.0
_FEWEST_DELAYS = 5
_REMEMBERED = 100
_HOURS = range(24)
_AWAKE = range(5, 24)
_EVENINGS_TOO = range(8, 22)
_OFFICE_HOURS = range(9, 18)
_SATURDAY = 5

Rates = Callable[[random.Random], list[float]]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A feed over eight weeks, in hours: when its entries were published and stood in the feed, how many it lists."""

    kind: str
    published: list[float]
    appeared: list[float]
    listed: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A week's requests, the delay in minutes of each entry that was seen, and how many were gone before."""

    requests: int
    delays: list[float]
    missed: int


def _weekly(chance: random.Random, daily: Sequence[float], weekend: float) -> list[float]:
    """Return entries an hour for each hour of the week, from those of a workday."""
    shift = chance.choice((-8, -7, -5, -3, 0, 0, 1, 1, 1, 2, 3, 5, 8, 9))
    week = [rate * (1 if day < _SATURDAY else weekend) for day in range(7) for rate in daily]
    return [week[(hour + shift) % 168] for hour in range(168)]


def _agency(chance: random.Random) -> list[float]:
    a_day = chance.uniform(60, 240)
    return _weekly(chance, [a_day * (1.2 if hour in _AWAKE else 0.2) / 24 for hour in _HOURS], 0.5)


def _newspaper(chance: random.Random) -> list[float]:
    rates = [chance.uniform(0.3, 1.5) if hour in _AWAKE else 0.05 for hour in _HOURS]
    for hour, most in ((chance.choice((4, 5, 6)), 20), (12, 6), (chance.choice((17, 18)), 8)):
        rates[hour] += chance.uniform(0.3, 1) * most
    return _weekly(chance, rates, chance.uniform(0.2, 0.9))


def _blog(chance: random.Random) -> list[float]:
    a_day = chance.uniform(0.15, 2)
    return _weekly(chance, [a_day / 14 if hour in _EVENINGS_TOO else 0 for hour in _HOURS], chance.uniform(0.5, 1.5))


def _magazine(chance: random.Random) -> list[float]:
    week = [chance.uniform(0, 0.01)] * 168
    week[chance.randrange(5) * 24 + chance.randrange(6, 20)] = chance.uniform(4, 15)
    return week


def _office(chance: random.Random) -> list[float]:
    a_day = chance.uniform(0.5, 6)
    return _weekly(chance, [a_day / 9 if hour in _OFFICE_HOURS else 0 for hour in _HOURS], 0)


_RATES: dict[str, tuple[Rates, float]] = {
    "agency": (_agency, 0.08),
    "newspaper": (_newspaper, 0.2),
    "blog": (_blog, 0.25),
    "magazine": (_magazine, 0.08),
    "office": (_office, 0.14),
}
_AT_TIMES = {"daily": 0.06, "bulletin": 0.04, "irregular": 0.1, "dead": 0.05}


def make_rhythms(count: int, seed: int) -> list[Rhythm]:
    """Return that many feeds of the kinds that there are, alike for the same seed."""
    chance = random.Random(seed)  # noqa: S311 -- no secret
    shares = {kind: share for kind, (_, share) in _RATES.items()} | _AT_TIMES
    kinds = chance.choices(list(shares), list(shares.values()), k=count)
    return [_rhythm(chance, kind) for kind in kinds]


def _rhythm(chance: random.Random, kind: str) -> Rhythm:
    published = sorted(at for at in _published(chance, kind) if 0 <= at < _END)
    if kind == "dead":
        published = [at for at in published if at < _LEARNING]
    # A cache before the feed is filled anew every so often, and an editor's clock is not the server's.
    cache = chance.choice((0, 0, 5, 10, 15, 30)) / 60
    slow = chance.uniform(1, 6) / 60
    shown = ((at + chance.expovariate(1 / slow), at) for at in published)
    ordered = sorted((ceil(at / cache) * cache if cache else at, said) for at, said in shown)
    listed = chance.choice((50, 100)) if kind in {"agency", "newspaper"} else chance.choice((10, 15, 20, 30))
    return Rhythm(kind, [said for _, said in ordered], [at for at, _ in ordered], listed)


def _published(chance: random.Random, kind: str) -> Iterator[float]:
    if kind in _RATES:
        week = _RATES[kind][0](chance)
        for hour in range(int(_END)):
            yield from (hour + chance.random() for _ in range(_poisson(chance, week[hour % 168])))
    elif kind == "daily":
        at, is_off_weekends = chance.uniform(0, 24), chance.choice((True, False))
        for day in range(_DAYS):
            if not (is_off_weekends and day % 7 >= _SATURDAY):
                yield day * 24 + at + chance.gauss(0, 0.15)
    elif kind == "bulletin":
        minute = chance.uniform(0, 10) / 60
        yield from (hour + minute + chance.random() / 30 for hour in range(int(_END)))
    else:
        at = 0.0
        while at < _END:
            at += chance.lognormvariate(3.3, 1.6)
            yield from (at + chance.random() for _ in range(1 + _poisson(chance, 0.7)))


def _poisson(chance: random.Random, mean: float) -> int:
    limit, product, number = exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        number += 1
    return number


def ask_adaptively(rhythm: Rhythm, salt: int) -> Asked:
    """Return the measured week as the bot asks, which has learnt for three weeks from what it saw."""
    times = []
    at = _LEARNING + salt * 0.618034 % 1
    seen: list[float] = []
    upto = 0
    while at < _END:
        times.append(at)
        there = bisect_right(rhythm.appeared, at)
        seen.extend(rhythm.published[max(upto, there - rhythm.listed) : there])
        upto = there
        newest = [_instant(one).timestamp() for one in seen[-_REMEMBERED:]]
        at += next_wait(newest, now=_instant(at), salt=salt) / timedelta(hours=1)
    return _asked(rhythm, times)


def ask_hourly(rhythm: Rhythm, salt: int) -> Asked:
    """Return the measured week of a reader that asks every hour, at a minute of its own."""
    return _asked(rhythm, [hour + salt * 0.618034 % 1 for hour in range(int(_LEARNING), int(_END))])


def ask_knowingly(rhythm: Rhythm) -> Asked:
    """Return the week of an oracle: it asks when something is there, as often as the bot may, and once a day."""
    shortest, longest = MIN_WAIT / timedelta(hours=1), MAX_WAIT / timedelta(hours=1)
    times = [_LEARNING]
    for at in rhythm.appeared[bisect_right(rhythm.appeared, _LEARNING) :]:
        if at > times[-1]:
            while at - times[-1] > longest:
                times.append(times[-1] + longest)
            times.append(max(at, times[-1] + shortest))
    return _asked(rhythm, times)


def _asked(rhythm: Rhythm, times: Sequence[float]) -> Asked:
    delays, missed, upto = [], 0, 0
    for at in times:
        there = bisect_right(rhythm.appeared, at)
        kept = max(upto, there - rhythm.listed)
        missed += sum(one >= _MEASURED for one in rhythm.appeared[upto:kept])
        delays += [60 * (at - one) for one in rhythm.appeared[kept:there] if one >= _MEASURED]
        upto = there
    return Asked(sum(at >= _MEASURED for at in times), delays, missed)


def _instant(hours: float) -> datetime:
    return _BEGINNING + timedelta(hours=hours)


def measure_rhythms(feeds: int = 500, seed: int = 2) -> dict[str, Any]:
    """Return requests and delays of the measured week, against an hourly poll of the same feeds.

    A delay is from standing in the feed to being seen: the median over all entries, and over the feeds of each feed's
    own. The oracle, who knows when each entry will come, sees it at once, or after MIN_WAIT at most, with 44 to 47 % of
    the requests of an hourly poll: who asks less often must be late with some. What the policy weighs was tuned on
    seed 1; others are reported.
    """
    rhythms = make_rhythms(feeds, seed)
    hourly = [ask_hourly(rhythm, number) for number, rhythm in enumerate(rhythms)]
    ours = [ask_adaptively(rhythm, number) for number, rhythm in enumerate(rhythms)]
    oracle = [ask_knowingly(rhythm) for rhythm in rhythms]
    usual = sum(asked.requests for asked in hourly)
    own = [
        statistics.median(one.delays) / statistics.median(other.delays)
        for one, other in zip(ours, hourly, strict=True)
        if len(other.delays) >= _FEWEST_DELAYS
    ]
    (median, late), (hourly_median, hourly_late) = _delays(ours), _delays(hourly)
    return {
        "feeds, seed": f"{feeds}, {seed}",
        "requests to hourly": round(sum(asked.requests for asked in ours) / usual, 3),
        "requests of the oracle to hourly": round(sum(asked.requests for asked in oracle) / usual, 3),
        "median delay to hourly": round(median / hourly_median, 2),
        "median delay, minutes: ours/hourly": f"{median:.1f}/{hourly_median:.1f}",
        "p90 delay, minutes: ours/hourly": f"{late:.1f}/{hourly_late:.1f}",
        "median over feeds of their own ratio": round(statistics.median(own), 2),
        "entries gone before they were seen: ours/hourly": "/".join(
            str(sum(asked.missed for asked in week)) for week in (ours, hourly)
        ),
    }


def _delays(week: Sequence[Asked]) -> tuple[float, float]:
    delays = [delay for asked in week for delay in asked.delays]
    return statistics.median(delays), statistics.quantiles(delays, n=10)[-1]

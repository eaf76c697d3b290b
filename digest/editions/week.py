"""The last seven days of a subscription, as they would have been: what each of its slots would have told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from digest.editions.compose import compose_digest
from digest.editions.schedule import due_slots, instant_of
from digest.model import Brief, Coverage, Digest, Outcome, PastDay, Period, Subscription, Told

DAYS = 7

_A_DAY = timedelta(days=1)
_A_WEEK_AND_MORE = 9


@dataclass(frozen=True, slots=True)
class Window:
    """What a slot of the past would have held: what is dated in the period, which ends with the slot."""

    day: date
    period: Period


def week_windows(subscription: Subscription, now: datetime) -> tuple[tuple[date, tuple[Window, ...]], ...]:
    """Return the last seven local days, newest first, each with the windows of its slots, in their order.

    Today is one of them once a slot of it has come. A window begins with the slot before it, of whatever day; slots at
    one instant are one window.
    """
    place = ZoneInfo(subscription.zone)
    today = now.astimezone(place).date()
    slots = due_slots(subscription, now - (DAYS + _A_WEEK_AND_MORE) * _A_DAY, now)
    # By instant: the day of the latest slot of each.
    came = {instant_of(slot.local_date, slot.local_time, subscription.zone): slot.local_date for slot in slots}
    instants = sorted(came)
    windows = [Window(came[end], Period(start, end)) for start, end in pairwise(instants)]
    newest = today if today in came.values() else today - _A_DAY
    days = [newest - back * _A_DAY for back in range(DAYS)]
    return tuple((day, tuple(one for one in windows if one.day == day)) for day in days)


def compose_week(
    windows: Sequence[tuple[date, Sequence[Window]]],
    briefs: Mapping[Period, Sequence[Brief]],
    coverage: Mapping[Period, Coverage],
    subscription: Subscription,
) -> tuple[PastDay, ...]:
    """Return these days, newest first as they are given, each with the digests of its windows' briefs.

    Stories go on from one digest to the next, as they would have for who was told all of them.
    """
    told: list[Told] = []
    days = []
    for day, of_day in reversed(windows):
        digests = []
        for window in of_day:
            digest = _compose(subscription, window.period, briefs.get(window.period, ()), coverage, told)
            told += _told_by(digest, briefs.get(window.period, ()))
            digests.append(digest)
        days.append(PastDay(day, tuple(digests)))
    return tuple(reversed(days))


def _compose(
    subscription: Subscription,
    period: Period,
    briefs: Sequence[Brief],
    coverage: Mapping[Period, Coverage],
    told: Sequence[Told],
) -> Digest:
    composed = compose_digest(
        briefs,
        name=subscription.name,
        period=period,
        zone=subscription.zone,
        max_stories=subscription.max_stories,
        coverage=coverage.get(period, Coverage()),
        told=told,
        keywords=subscription.keywords,
        less=subscription.less,
    )
    return replace(composed, style=subscription.style)


def _told_by(digest: Digest, briefs: Sequence[Brief]) -> list[Told]:
    by_url = {brief.article.url: brief for brief in briefs}
    shown = [choice for choice in digest.choices if choice.outcome is Outcome.SHOWN]
    return [Told(one.began_at, tuple(by_url[url] for url in one.urls if url in by_url)) for one in shown]

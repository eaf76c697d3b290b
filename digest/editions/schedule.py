"""When editions are due: subscriptions and instants in, slots out. The clock of the house only ticks."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from digest.model import CatchUp, Follow, Slot, Subscription

_A_DAY = timedelta(days=1)
_A_SECOND = timedelta(seconds=1)
# A zone can lose a whole day (Pacific/Apia had no 30 December 2011): slots of up to two dates back can be due today.
_LOOK_BACK = timedelta(days=2)
_A_WEEK_AND_MORE = 9

TOO_LATE = timedelta(hours=1)
"""Where missed slots are to be skipped, one that is later than this was missed."""

FARTHEST_BACK = timedelta(days=31)
"""Of slots that were missed earlier than this nothing is said; what they would have told is told all the same."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a subscription that is due comes to: one slot with an edition, or none; the slots that pass without one.

    `missed` counts those of the skipped that came before the slot. What is dated before `told_since`, where it is set,
    is left out. `next_run_at` is when the subscription is due again.
    """

    slot: Slot | None
    skipped: tuple[Slot, ...] = ()
    missed: int = 0
    told_since: datetime | None = None
    next_run_at: datetime | None = None


@lru_cache(maxsize=4096)  # many subscriptions share a time and a zone
def instant_of(local_date: date, local_time: time, zone: str) -> datetime:
    """Return the first instant, in UTC, at which the wall clock of the zone shows that time of that date, or later.

    So a time that the zone skips counts as the first instant after the gap, and one that comes twice as its first
    coming (fold=0). Fractions of a second do not count.
    """
    # PEP 495: of a time in a gap, fold=0 counts with the offset before it and lands behind the gap, fold=1 with the
    # offset after it and lands before. The change lies between the two; any other time is there at `behind` at once.
    place = ZoneInfo(zone)
    wall = datetime.combine(local_date, local_time.replace(microsecond=0, fold=0))
    behind = wall.replace(tzinfo=place).astimezone(UTC)
    before = wall.replace(tzinfo=place, fold=1).astimezone(UTC)
    while behind - before > _A_SECOND:
        middle = (before + (behind - before) / 2).replace(microsecond=0)
        if middle.astimezone(place).replace(tzinfo=None) < wall:
            before = middle
        else:
            behind = middle
    return behind


def next_run_at(subscription: Subscription, after: datetime) -> datetime | None:
    """Return the first instant of a slot that is later than `after`, in UTC; None where no slot ever comes.

    A paused subscription has no next run, nor has one without times or weekdays.
    """
    if subscription.paused_because:
        return None
    first = after.astimezone(ZoneInfo(subscription.zone)).date()
    for _, _, instant in _times_from(subscription, first, first + _A_WEEK_AND_MORE * _A_DAY):
        if instant > after:
            return instant
    return None


def next_free_run(subscription: Subscription, after: datetime, issued: Collection[Slot]) -> datetime | None:
    """Return the first instant later than `after` of a slot that is not `issued`, in UTC; None where none ever comes.

    What was skipped stays skipped, and what was issued is not issued again, however the settings change.
    """
    coming = next_run_at(subscription, after)
    for _ in issued:  # each of them can stand in the way once
        if coming is None or not set(due_slots(subscription, coming, coming)) <= set(issued):
            break
        coming = next_run_at(subscription, coming)
    return coming


def due_slots(subscription: Subscription, since: datetime, now: datetime) -> tuple[Slot, ...]:
    """Return the slots whose instants lie between `since` and `now`, both included, oldest first."""
    return tuple(slot for slot, _ in _due(subscription, since, now))


def slot_at(subscription: Subscription, instant: datetime) -> Slot:
    """Return the slot that is due at this very instant, the latest by its local time where a gap has merged some.

    ValueError where none is.
    """
    slots = due_slots(subscription, instant, instant)
    if not slots:
        raise ValueError(f"subscription {subscription.id} has no slot at {instant.isoformat()}")
    return slots[-1]


def plan_run(subscription: Subscription, due_at: datetime, now: datetime, issued: Collection[Slot] = ()) -> Run:
    """Return what becomes of the slots that have come since `due_at`: the newest stands for all, by `catch_up`.

    A slot that is `issued` is left as it is: a change of zone can bring one a second time, and somebody may have asked
    to skip one that was still to come. Where it is the newest, no other takes its place.
    """
    following = next_free_run(subscription, now, issued)
    came = _due(subscription, max(due_at, now - FARTHEST_BACK), now)
    free = [(slot, instant) for slot, instant in came if slot not in issued]
    newest, came_at = came[-1] if came else (None, now)
    is_too_late = subscription.catch_up is CatchUp.SKIP and came_at < now - TOO_LATE
    if newest is None or newest in issued or is_too_late:
        return Run(None, tuple(slot for slot, _ in free), next_run_at=following)
    earlier = [instant for _, instant in free if instant < came_at]  # a gap can bring several slots at one instant
    is_cut = subscription.catch_up is CatchUp.LATEST and earlier
    return Run(
        newest,
        tuple(slot for slot, _ in free[:-1]),
        missed=len(earlier),
        told_since=earlier[-1] if is_cut else None,
        next_run_at=following,
    )


def after_quiet(of: Subscription | Follow, at: datetime) -> datetime:
    """Return the end of the quiet hours that `at` lies in, in UTC; `at` itself where it lies in none."""
    begins, ends = of.quiet_from, of.quiet_until
    if begins is None or ends is None:
        return at
    today = at.astimezone(ZoneInfo(of.zone)).date()
    for back in (0, 1, 2):  # hours over midnight began the day before, which a zone may have skipped
        day = today - back * _A_DAY
        begin = instant_of(day, begins, of.zone)
        end = instant_of(day + _A_DAY * (ends < begins), ends, of.zone)
        if begin <= at < end:
            return end
    return at


def quiet_times(subscription: Subscription) -> tuple[time, ...]:
    """Return those of its times that lie in its quiet hours, where no edition could be posted on time."""
    begins, ends = subscription.quiet_from, subscription.quiet_until
    if begins is None or ends is None:
        return ()
    if begins < ends:
        return tuple(at for at in subscription.times if begins <= at < ends)
    return tuple(at for at in subscription.times if at >= begins or at < ends)


def _due(subscription: Subscription, since: datetime, now: datetime) -> list[tuple[Slot, datetime]]:
    place = ZoneInfo(subscription.zone)
    first, last = (since - _LOOK_BACK).astimezone(place).date(), now.astimezone(place).date()
    return [
        (Slot(subscription.id, local_date, local_time), instant)
        for local_date, local_time, instant in _times_from(subscription, first, last)
        if since <= instant <= now
    ]


def _times_from(subscription: Subscription, first: date, last: date) -> Iterator[tuple[date, time, datetime]]:
    # Later wall clocks never come at earlier instants (see instant_of), so this order is the order of the instants too.
    times = sorted(set(subscription.times))
    local_date = first
    while local_date <= last:
        if local_date.weekday() in subscription.weekdays:
            for local_time in times:
                yield local_date, local_time, instant_of(local_date, local_time, subscription.zone)
        local_date += _A_DAY

"""When editions are due: subscriptions and instants in, slots out. The clock of the house only ticks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.model import Slot, Subscription

_A_DAY = timedelta(days=1)
_A_SECOND = timedelta(seconds=1)
# A zone can lose a whole day (Pacific/Apia had no 30 December 2011): slots of up to two dates back can be due today.
_LOOK_BACK = timedelta(days=2)
_A_WEEK_AND_MORE = 9


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
    for _, instant in _slots_from(subscription, first, first + _A_WEEK_AND_MORE * _A_DAY):
        if instant > after:
            return instant
    return None


def due_slots(subscription: Subscription, since: datetime, now: datetime) -> tuple[Slot, ...]:
    """Return the slots whose instants lie between `since` and `now`, both included, oldest first."""
    place = ZoneInfo(subscription.zone)
    first, last = (since - _LOOK_BACK).astimezone(place).date(), now.astimezone(place).date()
    return tuple(slot for slot, instant in _slots_from(subscription, first, last) if since <= instant <= now)


def slot_at(subscription: Subscription, instant: datetime) -> Slot:
    """Return the slot that is due at this very instant, the latest by its local time where a gap has merged some.

    ValueError where none is.
    """
    slots = due_slots(subscription, instant, instant)
    if not slots:
        raise ValueError(f"subscription {subscription.id} has no slot at {instant.isoformat()}")
    return slots[-1]


def _slots_from(subscription: Subscription, first: date, last: date) -> Iterator[tuple[Slot, datetime]]:
    # Later wall clocks never come at earlier instants (see instant_of), so this order is the order of the instants too.
    times = sorted(set(subscription.times))
    local_date = first
    while local_date <= last:
        if local_date.weekday() in subscription.weekdays:
            for local_time in times:
                slot = Slot(subscription.id, local_date, local_time)
                yield slot, instant_of(local_date, local_time, subscription.zone)
        local_date += _A_DAY

"""How the bot does: what is late, what stands still, and when each digest was and will be posted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digest.model.editions import Subscription


@dataclass(frozen=True, slots=True)
class Overdue:
    """A channel whose open parts are late: how many, and since when the oldest is due."""

    guild_id: int
    channel_id: int
    due_at: datetime
    parts: int


@dataclass(frozen=True, slots=True)
class Health:
    """What an operator looks at: the channels that are late, the longest late first, and what is open or stands still.

    `paused` counts subscriptions, `failing` sources that somebody follows, `unmade` the digests that are late because
    they could not be made. `oldest_due_at` is since when the oldest open part is due, late or not.
    """

    overdue: tuple[Overdue, ...] = ()
    open_parts: int = 0
    paused: int = 0
    failing: int = 0
    unmade: int = 0
    oldest_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueueHealth:
    """One queue of jobs: how long the oldest has waited, in seconds, and how many wait, are done, have stalled."""

    queue: str
    oldest_seconds: float = 0.0
    waiting: int = 0
    doing: int = 0
    stalled: int = 0


class End(StrEnum):
    """How a task in a reading process ended."""

    DONE = "done"
    FAILED = "failed"
    KILLED = "killed"
    DIED = "died"


@dataclass(frozen=True, slots=True)
class Thought:
    """One task of a reading process: the name of the function, how long it took, and how it ended."""

    task: str
    seconds: float
    end: End


@dataclass(frozen=True, slots=True)
class DigestStatus:
    """A subscription: when its last digest was posted, when the next is due, since when one is late.

    `held` counts the parts that wait until it is resumed. Since `unmade_since` a digest is late that could not be made.
    """

    subscription: Subscription
    last_at: datetime | None = None
    next_at: datetime | None = None
    overdue_since: datetime | None = None
    held: int = 0
    unmade_since: datetime | None = None

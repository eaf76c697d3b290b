"""What followers are told: what an article has of what they follow, and what is kept of it."""

from dataclasses import dataclass
from datetime import datetime

from digest.model.editions import DeliveryState
from digest.model.guilds import Follow
from digest.model.reading import Brief


@dataclass(frozen=True, slots=True)
class Fit:
    """An article that has what is followed: indexes into its quotes, its commitments and withdrawals, its sentences.

    Without any of them its title alone names what is followed.
    """

    follow: Follow
    brief: Brief
    quotes: tuple[int, ...] = ()
    commitments: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """What a member is told at once in a channel, oldest article first; `due_at` is the end of their quiet hours.

    `server` is what the guild is called, nothing where that was not heard yet.
    """

    guild_id: int
    user_id: int
    channel_id: int
    due_at: datetime
    fits: tuple[Fit, ...]
    server: str = ""

    @property
    def follows(self) -> tuple[Follow, ...]:
        """What is followed, each once, in the order in which it is told."""
        return tuple(dict.fromkeys(fit.follow for fit in self.fits))

    @property
    def is_direct(self) -> bool:
        """Return whether the channel is the member's own."""
        return self.fits[0].follow.is_direct


@dataclass(frozen=True, slots=True)
class FollowStatus:
    """A follow, since when it is one, of how many articles it told, and why it tells nothing any more, if so."""

    follow: Follow
    since: datetime
    told: int = 0
    paused_because: str = ""


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """A message to a member that is on its way, was sent or was given up: its payload, and when it was sent."""

    payload: str
    due_at: datetime
    state: DeliveryState
    settled_at: datetime | None = None
    failed_because: str = ""


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """All that is kept of a member of a guild because they follow something there."""

    follows: tuple[FollowStatus, ...] = ()
    alerts: tuple[AlertRecord, ...] = ()

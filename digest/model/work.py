"""What is to be done next, for those who share it out: a step and the ids that it is done to."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """A step of the service that may be done by any process, and again."""

    REFRESH = "refresh"
    READ = "read"
    REREAD = "reread"
    ISSUE = "issue"
    REMIND = "remind"
    NOTICE = "notice"
    ALERT = "alert"
    EXPIRE = "expire"
    DELIVER = "deliver"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class Job:
    """A step to be done, to sources (refresh, read, reread), subscriptions (issue) or channels (deliver, tell).

    The other steps are done to all there is, and have no ids.
    """

    step: Step
    ids: tuple[int, ...] = ()

"""What every command works with."""

from dataclasses import dataclass

from bot.clock import Now
from bot.delivery import Posting
from digest import Service


@dataclass(frozen=True, slots=True)
class Desk:
    """The service, the sender and the time, together."""

    service: Service
    sender: Posting
    now: Now

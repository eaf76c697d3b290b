"""Which part of the whole a process is: all of it, or a gateway, a clock or a worker."""

from dataclasses import dataclass
from enum import StrEnum

from bot.shards import Shards


class RoleName(StrEnum):
    """A part of the whole."""

    GATEWAY = "gateway"
    CLOCK = "clock"
    WORKER = "worker"


class QueueName(StrEnum):
    """A queue that workers take jobs from."""

    READ = "read"
    FETCH = "fetch"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class Role:
    """What this process is: a gateway with its shards (none: all that Discord advises), a clock, a worker."""

    name: RoleName
    shards: Shards | None = None
    queues: tuple[QueueName, ...] = tuple(QueueName)

    @property
    def talks_to_discord(self) -> bool:
        """Return whether it needs the bot's token."""
        return self.name is RoleName.GATEWAY or (self.name is RoleName.WORKER and QueueName.DELIVER in self.queues)


def parse_queues(names: str) -> tuple[QueueName, ...]:
    """Return the queues of a list as `read,deliver`, each once; ValueError where one is none, or none is named."""
    queues = tuple(dict.fromkeys(QueueName(name.strip().lower()) for name in names.split(",") if name.strip()))
    if not queues:
        raise ValueError("no queue is named")
    return queues

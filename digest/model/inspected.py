"""What a look at a database finds, without changing it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StoreReport:
    """A database that can be read and written to.

    `revision` is that of its tables, None where there are none yet; `is_current`, whether it is this version's own.
    `folder` is where a file of SQLite lies, None for a server, whose clock `now` is. `places` are guilds and channels
    that digests are posted to, as many as were asked for; `places_in_all` is how many there are. `size` is in bytes.
    """

    product: str
    size: int
    revision: str | None
    is_current: bool
    folder: str | None = None
    now: datetime | None = None
    places: tuple[tuple[int, int], ...] = ()
    places_in_all: int = 0

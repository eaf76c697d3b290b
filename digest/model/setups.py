"""What somebody who sets a digest up looks at: the last days as they would have been, and what was posted."""

from dataclasses import dataclass
from datetime import date

from digest.model.editions import Digest, Edition


@dataclass(frozen=True, slots=True)
class PastDay:
    """A local day, and the digests that its slots would have had, in their order; none where it had no slot."""

    day: date
    digests: tuple[Digest, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """The last seven days as they would have been, newest first; of the pages listed in them, how many are read.

    `pages_waiting` are still to be read; the others gave nothing.
    """

    days: tuple[PastDay, ...]
    pages_read: int = 0
    pages_waiting: int = 0


@dataclass(frozen=True, slots=True)
class PastEdition:
    """An edition, the number of the stories that it shows, and why parts of it are held or failed."""

    edition: Edition
    stories: int = 0
    failed_because: str = ""

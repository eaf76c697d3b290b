"""What a database complains of, as errors of ours, and when to tell of it."""

from digest.errors import CorruptStoreError, StoreError, UnwritableStoreError

OVER_AFTER = 120.0  # seconds; longer than from one tick that writes to the next
FILE_REMEDY = "restore a backup (onrecord restore FILE), or move the file away and start anew"
"""What to do about a damaged file of SQLite."""

_SIGNS_OF_DAMAGE = ("not a database", "malformed", "already exists")
_GOES_ON = "what was kept is safe, and reading goes on"
_UNWRITABLE = {
    "disk is full": f"the disk is full: make room, and writing goes on by itself; {_GOES_ON}",
    "No space left": f"the disk is full: make room, and writing goes on by itself; {_GOES_ON}",
    "readonly database": f"it is read-only: let the bot's user write to the file and its folder; {_GOES_ON}",
    "disk I/O error": f"the disk took no more: look whether it is full or failing; {_GOES_ON}",
}


def translated(why: str, *, is_write: bool, remedy: str = FILE_REMEDY) -> StoreError:
    """Return the error of ours for what a database complains of in its own words, with what to do.

    `remedy` is what to do about one that is damaged.
    """
    if any(sign in why for sign in _SIGNS_OF_DAMAGE):
        return damaged(why, remedy)
    for sign, advice in _UNWRITABLE.items():
        if is_write and sign in why:
            return UnwritableStoreError(f"{advice} ({why})")
    return StoreError(f"the database cannot do this now: {why}")


def damaged(why: str, remedy: str = FILE_REMEDY) -> CorruptStoreError:
    """Return the error for a database that is not sound, or holds something else."""
    return CorruptStoreError(f"the database is damaged, or not On Record's ({why}): {remedy}")


class Trouble:
    """Something that lasts and shows again and again: tells when it is new, and when it is over.

    Some writes find room in the file while others fail, and it would come and go by the minute: so it is over with the
    first success that comes `over_after` seconds after the last failure. Times are seconds of any one clock.
    """

    def __init__(self, over_after: float = OVER_AFTER) -> None:
        self._over_after = over_after
        self._failed_at: float | None = None

    def is_new(self, now: float) -> bool:
        """Note that it shows, and return whether that is to be told."""
        is_new = self._failed_at is None
        self._failed_at = now
        return is_new

    def is_over(self, now: float) -> bool:
        """Note that something went well, and return whether the end is to be told."""
        if self._failed_at is None or now - self._failed_at < self._over_after:
            return False
        self._failed_at = None
        return True

"""Who has a SQLite database open: a lock on a file beside it, which all open stores share and a restore has alone.

SQLite's own locks are on the database file, and a restore puts another file in its place. A lock on a neighbour
outlives that, and the kernel ends it with the process, however that ends.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path


def make_file(path: str) -> None:
    """Make the file of a database, where there is none, for its owner alone, and the folder that it lies in."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):  # SQLite gives what it puts beside it the same mode
        Path(path).touch(mode=0o600, exist_ok=False)


class Hold:
    """A share in the lock beside `path`, or all of it if `is_alone`; BlockingIOError where others are in the way."""

    def __init__(self, path: Path, *, is_alone: bool = False) -> None:
        # Opened for reading only, because the one who restores may be another user than the one who runs the bot.
        self._file = os.open(f"{path}.lock", os.O_RDONLY | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._file, (fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BaseException:
            os.close(self._file)
            raise

    def release(self) -> None:
        """Let others have it. The file stays: to remove it would part those who hold it from those who come."""
        os.close(self._file)

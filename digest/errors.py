"""What can go wrong, as one tree: every error that this library raises on purpose is a DigestError.

    DigestError
      FetchError            .url      UnreachableError (try later; .fault, .status, .retry_after)
                                      RefusedError (.status) · UnsafeError (we said no)
                                      DisallowedError (robots.txt says no)
      NoArticleError        .url      the page came, nothing to read
        ReservedError                 its publisher reserves what we would do with it
      InvalidFeedError      .url      what came is no feed
      ReadingError          .url      reading was killed: it took too long or its process died
      LimitError            .limit    a guild has as many as it may have (.most)
      StoreError                      NotFoundError · AlreadyExistsError · CorruptStoreError
                                      UnwritableStoreError (the disk is full, or closed to writing)
                                      UnreachableStoreError (there is no connection to its server)
                                      RejectedStoreError (it takes this neither now nor later)
                            .fault    BackupError (.path)

The text of an error is technical and goes to the log; the bot has the sentence for the user. The text names the host
only, because an address can be a secret; `.url` is the whole.
"""

from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit


def redact_url(url: str) -> str:
    """Return what of the url may stand in a log: scheme and host. Paths, queries and user names can be secrets."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "…"
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}/…" if shown else "…"


class DigestError(Exception):
    """The root of all errors that this library raises on purpose."""


class _PageError(DigestError):
    def __init__(self, url: str, why: str) -> None:
        super().__init__(url, why)
        self.url = url
        self.why = why

    def __str__(self) -> str:
        return f"{redact_url(self.url)}: {self.why}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({redact_url(self.url)!r}, {self.why!r})"


class FetchError(_PageError):
    """A page could not be had."""


class Fault(StrEnum):
    """At which step of asking a server it went wrong."""

    NAME = "name"
    CONNECTION = "connection"
    ENCRYPTION = "encryption"
    TIME = "time"
    TURN = "turn"
    """It was not asked at all: too many requests to its host were before this one."""
    ANSWER = "answer"
    """What came broke off, or is no HTTP; with a status, the server says that it is in trouble."""


class UnreachableError(FetchError):
    """The server did not answer, not in time, or said that it is in trouble (5xx, 429): try later.

    `retry_after` is how long the server asks to wait.
    """

    def __init__(
        self,
        url: str,
        why: str,
        *,
        status: int | None = None,
        fault: Fault = Fault.ANSWER,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(url, why)
        self.status = status
        self.fault = fault
        self.retry_after = retry_after


class RefusedError(FetchError):
    """The server answered, and the answer is no: `status` says which (4xx)."""

    def __init__(self, url: str, why: str, *, status: int) -> None:
        super().__init__(url, why)
        self.status = status


class UnsafeError(FetchError):
    """We do not fetch this: a private address, another scheme or port, too many bytes or redirects."""


class DisallowedError(FetchError):
    """The site's robots.txt asks us not to fetch this."""


class NoArticleError(_PageError):
    """The page came, and there is nothing in it to read."""


class ReservedError(NoArticleError):
    """The page came, and its publisher reserves what we would do with it: no snippets, no mining."""


class InvalidFeedError(_PageError):
    """What came is neither a feed nor a page that names one."""


class ReadingError(_PageError):
    """Reading was stopped from outside: it took too long, or its process died."""


class Limit(StrEnum):
    """Of what a guild, a digest of it, or a member has only so many."""

    DIGESTS = "digests"
    TIMES = "times"
    SOURCES = "sources"
    KEYWORDS = "keywords"
    LESS = "less"
    FOLLOWS = "follows of a member"
    FOLLOWS_HERE = "follows of a guild"
    NAMES = "hidden names"
    REPORTS = "reports of a member"


class LimitError(DigestError):
    """There would be more than `most` of something."""

    def __init__(self, limit: Limit, most: int) -> None:
        super().__init__(f"more than {most} {limit.value}")
        self.limit = limit
        self.most = most


class StoreError(DigestError):
    """The store could not do what it was asked to."""


class NotFoundError(StoreError):
    """There is no such row, or it belongs to another guild."""


class AlreadyExistsError(StoreError):
    """A row with this identity is already there."""


class CorruptStoreError(StoreError):
    """The database is damaged, or newer than this program."""


class UnwritableStoreError(StoreError):
    """Nothing can be written now: the disk is full or in trouble, or the database read-only. Reading goes on."""


class UnreachableStoreError(StoreError):
    """The server of the database cannot be reached now, or is not ready: whoever asks again later goes on."""


class RejectedStoreError(StoreError):
    """The database takes none of this, now or later: a row breaks a rule of its tables, or a statement is wrong."""


class BackupFault(StrEnum):
    """Why a backup was not made, or not put in the place of the database."""

    NOT_SQLITE = "not sqlite"
    NO_DATABASE = "no database"
    SAME_FILE = "same file"
    IN_USE = "in use"
    UNREADABLE = "unreadable"
    UNWRITABLE = "unwritable"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    NEWER = "newer"


class MoveFault(StrEnum):
    """Why a database was not moved to another one."""

    NO_ADDRESS = "no address"
    NOT_FROM_SQLITE = "not from sqlite"
    NO_SOURCE = "no source"
    NOT_TO_POSTGRES = "not to postgresql"
    NO_TARGET = "no target"
    NOT_EMPTY = "not empty"
    NOT_READABLE = "not readable"
    NOT_FITTING = "not fitting"
    DIFFERS = "differs"


class MoveError(StoreError):
    """A database was not moved, and both are as they were; `subject` is what it is about, `why` what is wrong."""

    def __init__(self, fault: MoveFault, subject: str, why: str = "") -> None:
        super().__init__(f"{subject}: {why or fault.value}")
        self.fault = fault
        self.subject = subject
        self.why = why


class BackupError(StoreError):
    """A backup was not made or not restored, and everything is as it was; `path` is what it is about."""

    def __init__(self, fault: BackupFault, path: str, why: str = "") -> None:
        super().__init__(f"{path}: {why or fault.value}")
        self.fault = fault
        self.path = path

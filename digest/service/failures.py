"""What went wrong with a source or a page, as a value: the one door where these errors end."""

from datetime import datetime

from digest.errors import (
    DigestError,
    FetchError,
    InvalidFeedError,
    NoArticleError,
    ReadingError,
    RefusedError,
    UnreachableError,
    UnsafeError,
)
from digest.model import Failure, FailureKind

EXPECTED = (FetchError, InvalidFeedError, NoArticleError, ReadingError)
"""What a source or page may do wrong without stopping anything else."""

_KINDS: tuple[tuple[type[DigestError], FailureKind], ...] = (
    (RefusedError, FailureKind.REFUSED),
    (UnsafeError, FailureKind.UNSAFE),
    (InvalidFeedError, FailureKind.NOT_A_FEED),
    (NoArticleError, FailureKind.NO_ARTICLE),
    (ReadingError, FailureKind.TOO_HARD),
    (FetchError, FailureKind.UNREACHABLE),
)


def failure_of(error: DigestError, *, name: str, since: datetime) -> Failure:
    """Return the error as a failure of what is called `name`; it must be one of EXPECTED."""
    kind = next(kind for type_, kind in _KINDS if isinstance(error, type_))
    status = error.status if isinstance(error, RefusedError | UnreachableError) else None
    return Failure(name, kind, status, since)

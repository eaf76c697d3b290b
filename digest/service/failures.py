"""What went wrong with a source or a page, as a value: the one door where these errors end."""

import logging
from datetime import datetime, timedelta
from http import HTTPStatus

from digest.errors import (
    DigestError,
    DisallowedError,
    Fault,
    FetchError,
    InvalidFeedError,
    NoArticleError,
    ReadingError,
    RefusedError,
    RejectedStoreError,
    ReservedError,
    StoreError,
    UnreachableError,
    UnsafeError,
)
from digest.model import Failure, FailureKind

_log = logging.getLogger(__name__)

EXPECTED = (FetchError, InvalidFeedError, NoArticleError, ReadingError)
"""What a source or page may do wrong without stopping anything else."""

OF_THE_SERVER = frozenset(
    {
        FailureKind.NO_NAME,
        FailureKind.NO_CONNECTION,
        FailureKind.NO_ENCRYPTION,
        FailureKind.TOO_SLOW,
        FailureKind.UNREACHABLE,
        FailureKind.IN_TROUBLE,
        FailureKind.BUSY,
    }
)
"""What would befall every other page of the same server now."""

KEPT_OFF = frozenset({FailureKind.DISALLOWED, FailureKind.RESERVED})
"""What the owner of a page does not want: it is not tried again, and the digest says so."""

_KINDS: tuple[tuple[type[DigestError], FailureKind], ...] = (
    (UnsafeError, FailureKind.UNSAFE),
    (DisallowedError, FailureKind.DISALLOWED),
    (InvalidFeedError, FailureKind.NOT_A_FEED),
    (ReservedError, FailureKind.RESERVED),
    (NoArticleError, FailureKind.NO_ARTICLE),
    (ReadingError, FailureKind.TOO_HARD),
)
_FAULTS = {
    Fault.NAME: FailureKind.NO_NAME,
    Fault.CONNECTION: FailureKind.NO_CONNECTION,
    Fault.ENCRYPTION: FailureKind.NO_ENCRYPTION,
    Fault.TIME: FailureKind.TOO_SLOW,
    Fault.TURN: FailureKind.TOO_SLOW,
    Fault.ANSWER: FailureKind.UNREACHABLE,
}
# RFC 9110, section 15.5; 407 asks a proxy's client, 451 is "unavailable for legal reasons" (RFC 7725).
_STATUSES = {
    HTTPStatus.UNAUTHORIZED: FailureKind.FORBIDDEN,
    HTTPStatus.PAYMENT_REQUIRED: FailureKind.FORBIDDEN,
    HTTPStatus.FORBIDDEN: FailureKind.FORBIDDEN,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS: FailureKind.FORBIDDEN,
    HTTPStatus.NOT_FOUND: FailureKind.MISSING,
    HTTPStatus.GONE: FailureKind.GONE,
}


def is_of_database(error: Exception) -> bool:
    """Return whether the database can do nothing now: that says nothing of what was being done, and passes."""
    return isinstance(error, StoreError) and not isinstance(error, RejectedStoreError)


def own_up(error: Exception, *, to: str) -> None:
    """Log an error that nobody expected, a mistake of ours that befell `to`; raise one that is of the database.

    Whatever is neither says something of `to`, and is to be counted, so that it is not tried again at once for ever.
    """
    if is_of_database(error):
        raise error
    if not isinstance(error, EXPECTED):
        _log.error("a mistake of ours befell %s; the rest goes on", to, exc_info=error)


def failure_of(error: Exception, *, name: str, since: datetime) -> Failure:
    """Return the error as a failure of what is called `name`."""
    status = error.status if isinstance(error, RefusedError | UnreachableError) else None
    return Failure(name, kind_of(error), status, since)


def kind_of(error: Exception) -> FailureKind:
    """Return which kind of failure the error is: MISTAKE, where it is none of EXPECTED."""
    if isinstance(error, RefusedError):
        return next((kind for status, kind in _STATUSES.items() if status == error.status), FailureKind.REFUSED)
    if isinstance(error, UnreachableError):
        if error.status is None:
            return _FAULTS[error.fault]
        return FailureKind.BUSY if error.status == HTTPStatus.TOO_MANY_REQUESTS else FailureKind.IN_TROUBLE
    return next((kind for type_, kind in _KINDS if isinstance(error, type_)), FailureKind.MISTAKE)


def retry_after(error: Exception) -> timedelta | None:
    """Return how long the server asks to wait, where it says so."""
    return error.retry_after if isinstance(error, UnreachableError) else None


def is_ours(error: Exception) -> bool:
    """Return whether the server was not even asked, because others of its host came first."""
    return isinstance(error, UnreachableError) and error.fault is Fault.TURN

"""Column types that give back the value that was put in, on every database."""

import hashlib
import re
from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept and given back in UTC, so that it sorts as what it is. A naive one is a ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's protocol
        """Bring the value to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without a zone: {value.isoformat()}")
        try:
            return value.astimezone(UTC)
        except OverflowError:  # within hours of the year 1 or 10,000: nobody's date, but no reason to fail
            return value.replace(tzinfo=UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's protocol
        """Give the zone back that SQLite forgets."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text from the wild. What no database takes, NUL and halves of surrogate pairs, becomes U+FFFD, one for one.

    One for one, so that every span still points at its words.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 -- SQLAlchemy's protocol
        """Replace what cannot be stored."""
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


class Key(Words):
    """Words by which rows are found. What is longer than an index takes is cut, and ends with a hash of the whole.

    PostgreSQL takes 2,704 bytes a row of an index, of all its columns; whoever writes a feed may choose longer ones.
    """

    cache_ok = True

    def __init__(self, most: int = 2500) -> None:
        super().__init__()
        self.most = most

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what cannot be stored, and cut what is too long."""
        words = super().process_bind_param(value, dialect)
        written = (words or "").encode()
        if len(written) <= self.most:
            return words
        digits = hashlib.sha256(written).hexdigest()
        return written[: self.most - len(digits)].decode(errors="ignore") + digits


# SQLite numbers rows by itself only in a column that is called INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")

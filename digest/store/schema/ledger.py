"""Commitments, each an entry with all its tellings, and what became of it."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from digest.store.columns import Id, Instant, Key, Words
from digest.store.schema.tables import metadata, reference

ledger_entries = Table(
    "ledger_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("opened_at", Instant, nullable=False),
)

commitments = Table(
    "commitments",
    metadata,
    Column("id", Id, primary_key=True),
    reference("version_id", "article_versions.id"),
    Column("position", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("actors", Words, nullable=False),  # their names, joined by a newline; `spans` has their lengths
    Column("what", Words, nullable=False),
    Column("sentence", Words, nullable=False),
    Column("condition", Words),
    Column("deadline", Words),
    Column("earliest", Date),
    Column("latest", Date, index=True),
    Column("strength", String(16), nullable=False),
    Column("reported_by", Words),
    Column("method", Words, nullable=False),
    Column("spans", JSON, nullable=False),
    # These two are never empty; SQLite adds no column that says so to a table that has rows.
    Column("entry_id", Id, ForeignKey("ledger_entries.id"), index=True),
    Column("told_at", Instant),  # dated_at of the article, or when the version that first told it was read
    Column("is_withdrawal", Boolean, nullable=False),
    UniqueConstraint("version_id", "position"),
)
# In the very order in which look-ups list them, so that these end with the newest.
Index(
    "ix_commitments_told_at",
    commitments.c.told_at.desc(),
    commitments.c.version_id.desc(),
    commitments.c.position,
)

# The keys by which the tellings of one commitment find each other: what their actors are or may be called.
commitment_actors = Table(
    "commitment_actors",
    metadata,
    Column("key", Key(1200), primary_key=True),
    Column("is_whole", Boolean, primary_key=True),  # before the number: half of the commitments name a "Friday"
    Column("commitment_id", Id, ForeignKey("commitments.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# What people of a guild say became of a commitment: added to, never changed.
ledger_marks = Table(
    "ledger_marks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    reference("entry_id", "ledger_entries.id"),
    Column("standing", String(16), nullable=False),
    Column("by_id", BigInteger, nullable=False),
    Column("by_name", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("marked_at", Instant, nullable=False),
    Index("ix_ledger_marks_entry_id", "entry_id", "guild_id"),
)

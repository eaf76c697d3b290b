"""What channels ordered, what they were told, and how far it has come."""

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
    Time,
    UniqueConstraint,
)

from digest.store.columns import Id, Instant, Words
from digest.store.schema.tables import metadata, reference

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("times", JSON, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("weekdays", JSON, nullable=False),
    Column("source_ids", JSON, nullable=False),
    Column("name", Words, nullable=False),
    Column("max_stories", Integer, nullable=False),
    Column("paused_because", Words, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("since", Instant, nullable=False),
    Column("next_run_at", Instant, index=True),  # none: paused, or no times
    Column("answers_due", Boolean, nullable=False),
    Column("keywords", JSON, nullable=False),
    Column("catch_up", String(16), nullable=False),
    Column("quiet_from", Time),  # with quiet_until, of the zone's clock; neither: never quiet
    Column("quiet_until", Time),
    Column("says_when_empty", Boolean, nullable=False),
    Column("admins_told_at", Instant),  # of what paused it; none: not yet
    Column("style", String(16), nullable=False),
    Column("role_id", BigInteger),  # who is pinged; none: nobody
    Column("less", JSON, nullable=False),
    Column("attempts", Integer, nullable=False),  # in vain, at the edition that is due
    Column("next_attempt_at", Instant),  # none: with the next tick
)

editions = Table(
    "editions",
    metadata,
    Column("id", Id, primary_key=True),
    reference("subscription_id", "subscriptions.id"),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("local_date", Date),  # with local_time the slot; neither: an extra edition
    Column("local_time", Time),
    Column("period_start", Instant, nullable=False),
    Column("period_end", Instant, nullable=False),
    Column("composed_at", Instant, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("why", Words, nullable=False),  # a slot was skipped
    UniqueConstraint("subscription_id", "local_date", "local_time"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    reference("edition_id", "editions.id"),
    Column("guild_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("part", Integer, nullable=False),
    Column("payload", Words, nullable=False),
    Column("nonce", String(25), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempted_at", Instant),
    Column("settled_at", Instant),
    Column("message_id", BigInteger, index=True),
    Column("failed_because", Words),
    Column("answers", Id, ForeignKey("deliveries.id"), index=True),  # the delivery whose message it replies to
    Column("edits", Id, ForeignKey("deliveries.id"), index=True),  # the delivery whose message it takes the place of
    Column("leased_until", Instant),  # by the process that is sending it
    UniqueConstraint("edition_id", "part"),
    Index("ix_deliveries_state", "state", "due_at"),
    Index("ix_deliveries_channel_id", "channel_id", "state"),
)

claims = Table(
    "claims",
    metadata,
    Column("subscription_id", Id, ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("edition_id", Id, ForeignKey("editions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("story_id", Id, ForeignKey("told_stories.id"), index=True),
    Column("place", Integer),  # in the story: 0 is the article that was shown first
)

# What became of every story that an edition could have told, and why.
told_stories = Table(
    "told_stories",
    metadata,
    Column("id", Id, primary_key=True),
    reference("edition_id", "editions.id"),
    Column("number", Integer, nullable=False),
    Column("headline", Words, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("weight", JSON, nullable=False),
    UniqueConstraint("edition_id", "number"),
)

shown_commitments = Table(
    "shown_commitments",
    metadata,
    Column("delivery_id", Id, ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    Column("commitment_id", Id, ForeignKey("commitments.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# That a subscription was reminded: once of each entry on each day.
reminders = Table(
    "reminders",
    metadata,
    Column("subscription_id", Id, ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True),
    Column("entry_id", Id, ForeignKey("ledger_entries.id"), primary_key=True, index=True),
    Column("day", Date, primary_key=True),
)

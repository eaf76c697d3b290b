"""What guilds and their members decided, and when a guild was left."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Time, UniqueConstraint

from digest.store.columns import Id, Instant, Key, Words
from digest.store.schema.tables import metadata, reference

guild_settings = Table(
    "guild_settings",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("zone", String(64), nullable=False),
    Column("marker_role_id", BigInteger),
    Column("left_at", Instant, index=True),  # the bot was removed; none: it is there
    Column("name", Words),  # what Discord calls the guild, as far as it was heard
)

hidden_names = Table(
    "hidden_names",
    metadata,
    Column("guild_id", BigInteger, primary_key=True),
    Column("key", Key(1200), primary_key=True),  # the name, folded
    Column("name", Words, nullable=False),
    Column("hidden_at", Instant, nullable=False),
)

# What was reported as wrong, and of that what is retracted.
cases = Table(
    "cases",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    reference("article_id", "articles.id"),
    Column("kind", String(16), nullable=False),
    Column("words", Words, nullable=False),
    Column("by_id", BigInteger, nullable=False),
    Column("by_name", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("retracted_at", Instant),
    Index("ix_cases_guild_id", "guild_id", "article_id"),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("by_id", BigInteger, nullable=False),
    Column("by_name", Words, nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", Words, nullable=False),
    Column("at", Instant, nullable=False),
)

# What somebody is setting up or choosing, as the bot wrote it down: opaque here.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("payload", Words, nullable=False),
    Column("changed_at", Instant, nullable=False, index=True),
    UniqueConstraint("guild_id", "user_id", "purpose"),
)

follows = Table(
    "follows",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("user_id", BigInteger, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("key", Key(1200), nullable=False),  # the words, folded
    Column("words", Words, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("is_direct", Boolean, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("quiet_from", Time),
    Column("quiet_until", Time),
    Column("created_at", Instant, nullable=False),
    Column("paused_because", Words, nullable=False),  # it cannot be told any more; empty: it can
    UniqueConstraint("guild_id", "user_id", "kind", "key"),
    Index("ix_follows_key", "key"),
)

# An article that is new to somebody, or has a new version: what is followed was not looked for in it yet.
arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Id, primary_key=True),
    reference("article_id", "articles.id"),
)

# What followers are told, on its way and after; the same states as deliveries.
alerts = Table(
    "alerts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False, index=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("is_direct", Boolean, nullable=False),
    Column("payload", Words, nullable=False),
    Column("nonce", String(25), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempted_at", Instant),
    Column("settled_at", Instant),
    Column("message_id", BigInteger),
    Column("failed_because", Words),
    Column("leased_until", Instant),
    Index("ix_alerts_state", "state", "due_at"),
    Index("ix_alerts_channel_id", "channel_id", "state"),
)

# Which article a follow was told of, once, and in which version.
alerted = Table(
    "alerted",
    metadata,
    Column("follow_id", Id, ForeignKey("follows.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("alert_id", Id, ForeignKey("alerts.id", ondelete="CASCADE"), index=True),
    Column("version", Integer, nullable=False),
)

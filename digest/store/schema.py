r"""The tables as they are now; migrations/ knows how a database gets there.

    sources --< entries >-- articles --< article_versions --< quotes
       |   \--< article_sources >--/                     \--< commitments >-- ledger_entries --< ledger_marks
    guild_sources        claims >--/                        /     \--< commitment_actors             (guild)
       (guild)              |                shown_commitments
                     subscriptions --< editions --< deliveries, told_stories
                             \--< reminders

Every row that belongs to a guild has its id, or hangs on one that has. An article is everybody's; who may see it goes
through article_sources and guild_sources.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Time,
    UniqueConstraint,
)

from digest.store.columns import Id, Instant, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _reference(name: str, target: str) -> Column[int]:
    return Column(name, Id, ForeignKey(target, ondelete="CASCADE"), nullable=False)


sources = Table(
    "sources",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("language", Words),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("read_at", Instant),
    Column("next_refresh_at", Instant, nullable=False, index=True),
    Column("failures", Integer, nullable=False, default=0),
    Column("failure_kind", String(16)),
    Column("failure_status", Integer),
    Column("failing_since", Instant),
)

guild_sources = Table(
    "guild_sources",
    metadata,
    Column("guild_id", BigInteger, primary_key=True),
    Column("source_id", Id, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True, index=True),
    # Editions take what is dated from here on, so that following a source does not empty its archive into a channel.
    Column("since", Instant, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("identity", Words, nullable=False, unique=True),  # the canonical url, where it can be believed
    Column("version", Integer, nullable=False),
    Column("first_read_at", Instant, nullable=False),
    Column("read_at", Instant, nullable=False),
    # Published, or where nothing says when, first read. It stays: a changed date brings no article up a second time.
    Column("dated_at", Instant, nullable=False, index=True),
    Column("trouble", String(16)),  # removed or retracted; that it was corrected is seen from its versions
    Column("troubled_at", Instant),
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("id", Id, primary_key=True),
    _reference("article_id", "articles.id"),
    Column("number", Integer, nullable=False),
    Column("read_at", Instant, nullable=False),
    Column("url", Words, nullable=False, index=True),
    Column("canonical_url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("byline", Words, nullable=False),
    Column("site", Words, nullable=False),
    Column("published_at", Instant),
    Column("modified_at", Instant),
    Column("language", Words),
    Column("image", Words, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Words, nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("lead", Words, nullable=False),
    Column("reading", JSON, nullable=False),  # sentences, summary, card: all as offsets and indexes
    UniqueConstraint("article_id", "number"),
)

article_sources = Table(
    "article_sources",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("source_id", Id, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True, index=True),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Id, primary_key=True),
    _reference("source_id", "sources.id"),
    Column("identity", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("published_at", Instant),
    Column("first_seen_at", Instant, nullable=False),
    Column("read_at", Instant),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_attempt_at", Instant, index=True),  # none: read, or given up
    Column("failure_kind", String(16)),
    Column("failure_status", Integer),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="SET NULL"), index=True),
    UniqueConstraint("source_id", "identity"),
)

quotes = Table(
    "quotes",
    metadata,
    Column("id", Id, primary_key=True),
    _reference("version_id", "article_versions.id"),
    Column("position", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("words", Words, nullable=False),  # of each span, joined by a newline; `spans` has their lengths
    Column("speaker", Words),
    Column("role", Words),
    Column("method", Words, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("speaker_key", Words, index=True),  # by which `aliases` knows the speaker; none: no name
    Column("telling", String(64), nullable=False, index=True),  # the same for the same words of the same speaker
    UniqueConstraint("version_id", "position"),
)

# What speakers are called in all articles. A key that two of them share means neither, until somebody says which.
aliases = Table(
    "aliases",
    metadata,
    Column("key", Words, primary_key=True),
    Column("full", Words, primary_key=True, index=True),  # the key of the full name: who is meant
    Column("is_printed", Boolean, nullable=False),  # an article called them so, or else somebody might
)

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
    _reference("version_id", "article_versions.id"),
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
    Column("told_at", Instant, index=True),  # dated_at of the article, or when the version that first told it was read
    Column("is_withdrawal", Boolean, nullable=False),
    UniqueConstraint("version_id", "position"),
)

# The keys by which the tellings of one commitment find each other: what their actors are or may be called.
commitment_actors = Table(
    "commitment_actors",
    metadata,
    Column("key", Words, primary_key=True),
    Column("is_whole", Boolean, primary_key=True),  # before the number: half of the commitments name a "Friday"
    Column("commitment_id", Id, ForeignKey("commitments.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# What people of a guild say became of a commitment: added to, never changed.
ledger_marks = Table(
    "ledger_marks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    _reference("entry_id", "ledger_entries.id"),
    Column("standing", String(16), nullable=False),
    Column("by_id", BigInteger, nullable=False),
    Column("by_name", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("marked_at", Instant, nullable=False),
    Index("ix_ledger_marks_entry_id", "entry_id", "guild_id"),
)

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
)

editions = Table(
    "editions",
    metadata,
    Column("id", Id, primary_key=True),
    _reference("subscription_id", "subscriptions.id"),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("local_date", Date),  # with local_time the slot; neither: an extra edition
    Column("local_time", Time),
    Column("period_start", Instant, nullable=False),
    Column("period_end", Instant, nullable=False),
    Column("composed_at", Instant, nullable=False),
    Column("kind", String(16), nullable=False),
    UniqueConstraint("subscription_id", "local_date", "local_time"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    _reference("edition_id", "editions.id"),
    Column("guild_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("part", Integer, nullable=False),
    Column("payload", Words, nullable=False),
    Column("nonce", String(25), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempted_at", Instant),
    Column("settled_at", Instant),
    Column("message_id", BigInteger),
    Column("failed_because", Words),
    Column("answers", Id, ForeignKey("deliveries.id")),  # the delivery whose message it replies to
    UniqueConstraint("edition_id", "part"),
    Index("ix_deliveries_state", "state", "due_at"),
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
    _reference("edition_id", "editions.id"),
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

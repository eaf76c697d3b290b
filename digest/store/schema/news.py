"""Where news comes from, and what was read of it."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Double, ForeignKey, Integer, String, Table, UniqueConstraint

from digest.store.columns import Id, Instant, Key, Words
from digest.store.schema.tables import metadata, reference

sources = Table(
    "sources",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Words, nullable=False),
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
    Column("seen", JSON, nullable=False, default=list),  # when its newest entries came, in seconds since 1970
    Column("asked_every", Integer),  # seconds: the feed asks not to be asked more often
    Column("silent_since", Instant),  # it answers, but its entries have stopped
    Column("is_paused", Boolean, nullable=False, default=False),
    Column("moved_to", Words),  # where permanent redirects lead, and how often in a row they did
    Column("moves", Integer, nullable=False, default=0),
    UniqueConstraint("url", "kind"),
)

guild_sources = Table(
    "guild_sources",
    metadata,
    Column("guild_id", BigInteger, primary_key=True),
    Column("source_id", Id, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True, index=True),
    # Editions take what is dated from here on, so that following a source does not empty its archive into a channel.
    Column("since", Instant, nullable=False),
    Column("filters", JSON, nullable=False, default=dict),
    Column("noticed_at", Instant),  # when the guild was told that the source is paused
)

articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("identity", Key, nullable=False, unique=True),  # the canonical url, where it can be believed
    Column("version", Integer, nullable=False),
    Column("first_read_at", Instant, nullable=False),
    Column("read_at", Instant, nullable=False),
    # Published, or where nothing says when, first read. It stays: a changed date brings no article up a second time.
    Column("dated_at", Instant, nullable=False, index=True),
    Column("trouble", String(16)),  # removed or retracted; that it was corrected is seen from its versions
    Column("troubled_at", Instant),
    Column("rereads", Integer, nullable=False),  # how often it was read once more, to see whether it was corrected
    Column("reread_at", Instant, index=True),  # when that is due next; none: no more
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("id", Id, primary_key=True),
    reference("article_id", "articles.id"),
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
    Column("text_hash", String(64), nullable=False, index=True),
    Column("expired_at", Instant),  # since then only the paragraphs of what is shown are kept of the text
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
    reference("source_id", "sources.id"),
    Column("identity", Key, nullable=False),
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
    Column("author", Words, nullable=False, default=""),
    Column("sections", JSON, nullable=False, default=list),
    Column("language", Words),
    UniqueConstraint("source_id", "identity"),
)

quotes = Table(
    "quotes",
    metadata,
    Column("id", Id, primary_key=True),
    reference("version_id", "article_versions.id"),
    Column("position", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("words", Words, nullable=False),  # of each span, joined by a newline; `spans` has their lengths
    Column("speaker", Words),
    Column("role", Words),
    Column("method", Words, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("speaker_key", Key(1200), index=True),  # by which `aliases` knows the speaker; none: no name
    Column("telling", String(64), nullable=False, index=True),  # the same for the same words of the same speaker
    UniqueConstraint("version_id", "position"),
)

# What speakers are called in all articles. A key that two of them share means neither, until somebody says which.
aliases = Table(
    "aliases",
    metadata,
    Column("key", Key(1200), primary_key=True),
    Column("full", Key(1200), primary_key=True, index=True),  # the key of the full name: who is meant
    Column("is_printed", Boolean, nullable=False),  # an article called them so, or else somebody might
)

# Who asks which host, and who waits for that, among all processes; times are seconds since 1970, the database's.
host_turns = Table(
    "host_turns",
    metadata,
    Column("host", Key(), primary_key=True),
    Column("asked_at", Double, nullable=False),
    Column("started_by", Double, nullable=False),  # the newest start has happened by then
    Column("line", JSON, nullable=False),  # first come first: [id, until when it counts], the first ones hold places
)

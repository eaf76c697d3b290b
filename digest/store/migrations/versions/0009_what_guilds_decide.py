"""What guilds and their members decide: settings, what is hidden, what is followed, who changed what."""

import sqlalchemy as sa
from alembic import op

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("style", sa.String(16), nullable=False, server_default="cards"),
        sa.Column("role_id", sa.BigInteger()),
        sa.Column("less", sa.JSON(), nullable=False, server_default="[]"),
    ):
        op.add_column("subscriptions", column)
    _add_guilds()
    _add_follows()


def _add_guilds() -> None:
    op.create_table(
        "guild_settings",
        sa.Column("guild_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("marker_role_id", sa.BigInteger()),
        sa.Column("left_at", Instant),
        sa.PrimaryKeyConstraint("guild_id", name="pk_guild_settings"),
    )
    op.create_index("ix_guild_settings_left_at", "guild_settings", ["left_at"])
    op.create_table(
        "hidden_names",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hidden_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "key", name="pk_hidden_names"),
    )
    op.create_table(
        "cases",
        sa.Column("id", Id, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("article_id", Id, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reported_at", Instant, nullable=False),
        sa.Column("retracted_at", Instant),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_cases_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_index("ix_cases_guild_id", "cases", ["guild_id", "article_id"])
    op.create_table(
        "audit_entries",
        sa.Column("id", Id, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
    )
    op.create_index("ix_audit_entries_guild_id", "audit_entries", ["guild_id"])
    op.create_table(
        "drafts",
        sa.Column("id", Id, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("guild_id", "user_id", "purpose", name="uq_drafts_guild_id_user_id_purpose"),
    )
    op.create_index("ix_drafts_changed_at", "drafts", ["changed_at"])


def _add_follows() -> None:
    op.create_table(
        "follows",
        sa.Column("id", Id, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("is_direct", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("quiet_from", sa.Time()),
        sa.Column("quiet_until", sa.Time()),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("paused_because", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_follows"),
        sa.UniqueConstraint("guild_id", "user_id", "kind", "key", name="uq_follows_guild_id_user_id_kind_key"),
    )
    op.create_index("ix_follows_guild_id", "follows", ["guild_id"])
    op.create_index("ix_follows_user_id", "follows", ["user_id"])
    op.create_index("ix_follows_key", "follows", ["key"])
    op.create_table(
        "arrivals",
        sa.Column("id", Id, nullable=False),
        sa.Column("article_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_arrivals_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_arrivals"),
    )
    op.create_table(
        "alerts",
        sa.Column("id", Id, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("is_direct", sa.Boolean(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("nonce", sa.String(25), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("attempted_at", Instant),
        sa.Column("settled_at", Instant),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("failed_because", sa.Text()),
        sa.Column("leased_until", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("nonce", name="uq_alerts_nonce"),
    )
    op.create_index("ix_alerts_user_id", "alerts", ["user_id"])
    op.create_index("ix_alerts_state", "alerts", ["state", "due_at"])
    op.create_table(
        "alerted",
        sa.Column("follow_id", Id, nullable=False),
        sa.Column("article_id", Id, nullable=False),
        sa.Column("alert_id", Id),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["follow_id"], ["follows.id"], name="fk_alerted_follow_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_alerted_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_alerted_alert_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("follow_id", "article_id", name="pk_alerted"),
    )
    op.create_index("ix_alerted_article_id", "alerted", ["article_id"])
    op.create_index("ix_alerted_alert_id", "alerted", ["alert_id"])
    # Whose message somebody asks about, and what took its place.
    op.create_index("ix_deliveries_message_id", "deliveries", ["message_id"])
    op.create_index("ix_deliveries_edits", "deliveries", ["edits"])
    # Of each part that goes with its digest the database asks whether another one answers it.
    op.create_index("ix_deliveries_answers", "deliveries", ["answers"])

"""Beyond one machine: names of guilds for who hears of none, turns at hosts, parts by channel, editions in vain."""

import sqlalchemy as sa
from alembic import op

from digest.store.columns import Key, Words

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("guild_settings", sa.Column("name", Words))
    op.create_table(
        "host_turns",
        sa.Column("host", Key(), primary_key=True),
        sa.Column("asked_at", sa.Double, nullable=False),
        sa.Column("started_by", sa.Double, nullable=False),
        sa.Column("line", sa.JSON, nullable=False),
    )
    op.add_column("subscriptions", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("subscriptions", sa.Column("next_attempt_at", sa.DateTime(timezone=True)))
    for table in ("deliveries", "alerts"):
        op.create_index(f"ix_{table}_channel_id", table, ["channel_id", "state"])

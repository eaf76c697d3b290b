"""Beyond one machine: what guilds are called, for who hears of none, and the turns at hosts that all processes share."""

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

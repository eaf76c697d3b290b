"""Beyond one machine: what guilds are called, for those who send without hearing of guilds."""

import sqlalchemy as sa
from alembic import op

from digest.store.columns import Words

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("guild_settings", sa.Column("name", Words))

"""How sources do: their rhythm, whether they are paused or silent, what a guild lets through of them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("seen", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("asked_every", sa.Integer()),
        sa.Column("silent_since", sa.DateTime(timezone=True)),
        sa.Column("is_paused", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("moved_to", sa.Text()),
        sa.Column("moves", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("sources", column)
    op.add_column("guild_sources", sa.Column("filters", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("guild_sources", sa.Column("noticed_at", sa.DateTime(timezone=True)))
    op.add_column("entries", sa.Column("author", sa.Text(), nullable=False, server_default=""))
    op.add_column("entries", sa.Column("sections", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("entries", sa.Column("language", sa.Text()))
    op.create_index(op.f("ix_article_versions_text_hash"), "article_versions", ["text_hash"])
    op.add_column("article_versions", sa.Column("expired_at", sa.DateTime(timezone=True)))

"""On time and once: what becomes of missed slots, quiet hours, corrected messages, who is sending what."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("catch_up", sa.String(16), nullable=False, server_default="merge"),
        sa.Column("quiet_from", sa.Time()),
        sa.Column("quiet_until", sa.Time()),
        sa.Column("says_when_empty", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("admins_told_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("subscriptions", column)
    op.add_column("editions", sa.Column("why", sa.Text(), nullable=False, server_default=""))
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE deliveries ADD COLUMN edits {number} CONSTRAINT fk_deliveries_edits REFERENCES deliveries (id)"
    )
    op.add_column("deliveries", sa.Column("leased_until", sa.DateTime(timezone=True)))
    op.add_column("articles", sa.Column("rereads", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("articles", sa.Column("reread_at", sa.DateTime(timezone=True)))
    op.create_index(op.f("ix_articles_reread_at"), "articles", ["reread_at"])

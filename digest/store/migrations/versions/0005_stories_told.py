"""What a channel was told of each story and why, and the words that make a story weigh more."""

import sqlalchemy as sa
from alembic import op

from digest.store.columns import Id

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told_stories",
        sa.Column("id", Id, nullable=False),
        sa.Column("edition_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weight", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_told_stories_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_stories")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_told_stories_edition_id_number")),
    )
    # Not in a batch, as in 0004: the reference is written out.
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE claims ADD COLUMN story_id {number} "
        "CONSTRAINT fk_claims_story_id REFERENCES told_stories (id)"
    )
    op.add_column("claims", sa.Column("place", sa.Integer()))
    op.create_index(op.f("ix_claims_story_id"), "claims", ["story_id"])
    op.add_column("subscriptions", sa.Column("keywords", sa.JSON(), nullable=False, server_default="[]"))

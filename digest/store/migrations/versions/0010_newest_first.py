"""Commitments in the order in which look-ups list them: an index that has all of it."""

from alembic import op
from sqlalchemy import text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_commitments_told_at", "commitments")
    op.create_index(
        "ix_commitments_told_at", "commitments", [text("told_at DESC"), text("version_id DESC"), "position"]
    )

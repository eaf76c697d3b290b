"""A source is what is followed at an address: the feed there, the links of the page, or the page itself."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite makes the table anew for this; what points to it stays, because the store upgrades without foreign keys.
    with op.batch_alter_table("sources") as batch:
        batch.drop_constraint("uq_sources_url", type_="unique")
        batch.create_unique_constraint("uq_sources_url_kind", ["url", "kind"])

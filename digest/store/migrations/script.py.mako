"""${message}."""

import sqlalchemy as sa
from alembic import op

from digest.store.columns import Id, Instant, Words

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}

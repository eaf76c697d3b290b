"""Which quotes are one, as several outlets print it."""

import hashlib

import sqlalchemy as sa
from alembic import op

from digest.reading.quotes.wording import telling_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BATCH = 1000


def upgrade() -> None:
    # Not in a batch: it would copy the table, and FTS5's triggers hang on the one that is there.
    op.add_column("quotes", sa.Column("telling", sa.String(64), nullable=False, server_default=""))
    op.create_index(op.f("ix_quotes_telling"), "quotes", ["telling"])
    quotes = sa.table("quotes", *map(sa.column, ("id", "words", "speaker", "telling")))
    found = sa.select(quotes.c.id, quotes.c.words, quotes.c.speaker).order_by(quotes.c.id).limit(_BATCH)
    db = op.get_bind()
    last = 0
    while rows := db.execute(found.where(quotes.c.id > last)).all():
        told = [{"quote_id": row.id, "telling": _telling(row)} for row in rows]
        db.execute(sa.update(quotes).where(quotes.c.id == sa.bindparam("quote_id")), told)
        last = rows[-1].id


def _telling(row: sa.Row) -> str:
    # Where a piece ends does not count, so the words need not be taken apart.
    telling = telling_of([row.words], row.speaker or "")
    return hashlib.sha256(telling.encode("utf-8", "surrogatepass")).hexdigest()

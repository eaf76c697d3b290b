"""Who is who across articles."""

import sqlalchemy as sa
from alembic import op

from digest.reading.names.aliases import Appearance, aliases_of, key_of, with_title

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BATCH = 1000


def upgrade() -> None:
    op.create_table(
        "aliases",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("full", sa.Text(), nullable=False),
        sa.Column("is_printed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", "full", name=op.f("pk_aliases")),
    )
    op.create_index(op.f("ix_aliases_full"), "aliases", ["full"])
    # Not in a batch: it would copy the table, and FTS5's triggers hang on the one that is there.
    op.add_column("quotes", sa.Column("speaker_key", sa.Text()))
    op.create_index(op.f("ix_quotes_speaker_key"), "quotes", ["speaker_key"])
    _name_speakers()


def _name_speakers() -> None:
    """Give the quotes that are there their keys, as the program gives them to new ones, and learn from them."""
    quotes = sa.table("quotes", *map(sa.column, ("id", "version_id", "speaker", "role", "spans", "speaker_key")))
    quotes.c.spans.type = sa.JSON()
    versions = sa.table("article_versions", sa.column("id"), sa.column("text"))
    aliases = sa.table("aliases", *map(sa.column, ("key", "full", "is_printed")))
    found = (
        sa.select(quotes.c.id, quotes.c.speaker, quotes.c.role, quotes.c.spans, versions.c.text)
        .join_from(quotes, versions, quotes.c.version_id == versions.c.id)
        .where(quotes.c.speaker.is_not(None))
        .order_by(quotes.c.id)
        .limit(_BATCH)
    )
    db = op.get_bind()
    learnt: dict[tuple[str, str], bool] = {}
    last = 0
    while rows := db.execute(found.where(quotes.c.id > last)).all():
        keys = [{"quote_id": row.id, "speaker_key": key_of(row.speaker, row.role or "") or None} for row in rows]
        db.execute(sa.update(quotes).where(quotes.c.id == sa.bindparam("quote_id")), keys)
        for alias in aliases_of(map(_appearance, rows)):
            learnt[alias.key, alias.full] = alias.is_printed or learnt.get((alias.key, alias.full), False)
        last = rows[-1].id
    if learnt:
        db.execute(
            sa.insert(aliases),
            [{"key": key, "full": full, "is_printed": is_printed} for (key, full), is_printed in learnt.items()],
        )


def _appearance(row: sa.Row) -> Appearance:
    _, mention, _ = row.spans["speaker"]
    return Appearance(row.speaker, row.role or "", with_title(row.text, *mention) if mention else "")

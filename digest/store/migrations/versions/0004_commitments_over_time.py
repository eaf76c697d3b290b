"""Commitments over time: which tellings are of one, what became of it, and who was told when it fell due."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from digest.model import LedgerEntry, Telling
from digest.store.columns import Id, Instant
from digest.store.linking import MOST_COMPARED, REMEMBERED, Found, candidate_ids, keys_of, pick_entries, words_of
from digest.store.tellings import telling_of

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BATCH = 1000


def upgrade() -> None:
    op.create_table(
        "ledger_entries",
        sa.Column("id", Id, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
    )
    op.create_table(
        "ledger_marks",
        sa.Column("id", Id, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger_entries.id"], name=op.f("fk_ledger_marks_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_marks")),
    )
    op.create_index("ix_ledger_marks_entry_id", "ledger_marks", ["entry_id", "guild_id"])
    op.create_table(
        "commitment_actors",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("commitment_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name=op.f("fk_commitment_actors_commitment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "is_whole", "commitment_id", name=op.f("pk_commitment_actors")),
    )
    op.create_index(op.f("ix_commitment_actors_commitment_id"), "commitment_actors", ["commitment_id"])
    op.create_table(
        "shown_commitments",
        sa.Column("delivery_id", Id, nullable=False),
        sa.Column("commitment_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_shown_commitments_delivery_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name=op.f("fk_shown_commitments_commitment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("delivery_id", "commitment_id", name=op.f("pk_shown_commitments")),
    )
    op.create_index(op.f("ix_shown_commitments_commitment_id"), "shown_commitments", ["commitment_id"])
    op.create_table(
        "reminders",
        sa.Column("subscription_id", Id, nullable=False),
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("fk_reminders_subscription_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entries.id"], name=op.f("fk_reminders_entry_id")),
        sa.PrimaryKeyConstraint("subscription_id", "entry_id", "day", name=op.f("pk_reminders")),
    )
    op.create_index(op.f("ix_reminders_entry_id"), "reminders", ["entry_id"])
    _add_columns()
    _link()


def _add_columns() -> None:
    # Not in a batch: it would copy the tables, and FTS5's triggers hang on one that is there. So the references are
    # written out, for Alembic would add them in a second step, which SQLite has not.
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE commitments ADD COLUMN entry_id {number} "
        "CONSTRAINT fk_commitments_entry_id REFERENCES ledger_entries (id)"
    )
    op.execute(
        f"ALTER TABLE deliveries ADD COLUMN answers {number} "
        "CONSTRAINT fk_deliveries_answers REFERENCES deliveries (id)"
    )
    op.add_column("commitments", sa.Column("told_at", sa.DateTime(timezone=True)))
    op.add_column("commitments", sa.Column("is_withdrawal", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_commitments_entry_id"), "commitments", ["entry_id"])
    op.create_index(op.f("ix_commitments_told_at"), "commitments", ["told_at"])
    op.add_column("articles", sa.Column("trouble", sa.String(length=16)))
    op.add_column("articles", sa.Column("troubled_at", sa.DateTime(timezone=True)))
    op.add_column("subscriptions", sa.Column("answers_due", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("editions", sa.Column("kind", sa.String(length=16), nullable=False, server_default="digest"))


class _Ledger:
    """The entries so far, and by which keys their tellings are found, newest last."""

    def __init__(self) -> None:
        self.entries: dict[int, LedgerEntry] = {}
        self.found_by: dict[str, list[Found]] = defaultdict(list)

    def candidates(self, telling: Telling, known: list[int], since: datetime) -> list[LedgerEntry]:
        keys = keys_of(telling)
        newest = {key: self.found_by[key][: -MOST_COMPARED - 1 : -1] for key in keys}
        found_by = {
            key: [(id_, is_whole) for id_, is_whole in found if self.entries[id_].tellings[-1].told_at >= since]
            for key, found in newest.items()
        }
        return [self.entries[id_] for id_ in candidate_ids(keys, known, found_by)]

    def add(self, telling: Telling, entry_id: int | None) -> int:
        id_ = entry_id or len(self.entries) + 1
        before = self.entries[id_].tellings if entry_id else ()
        self.entries[id_] = LedgerEntry(id_, (*before, telling))
        for key, is_whole in keys_of(telling).items():
            self.found_by[key].append((id_, is_whole))
        return id_


def _link() -> None:
    """Give the commitments that are there their entries, as the program gives them to new ones."""
    ledger = _Ledger()
    linked: list[dict] = []
    article_id, earlier = None, {}
    for version, tellings in _versions():
        if version.article_id != article_id:
            article_id, earlier = version.article_id, {}
        known, since = list(dict.fromkeys(earlier.values())), version.read_at - REMEMBERED
        picked = pick_entries(tellings, earlier, lambda telling: ledger.candidates(telling, known, since))
        for telling, entry_id in zip(tellings, picked):
            if entry_id in known:
                of_article = [one for one in ledger.entries[entry_id].tellings if one.url == telling.url]
                telling = replace(telling, told_at=of_article[0].told_at) if of_article else telling
            entry_id = ledger.add(telling, entry_id)
            earlier[words_of(telling)] = entry_id
            linked.append({"row_id": telling.id, "entry_id": entry_id, "told_at": telling.told_at})
    _write(ledger, linked)


def _versions() -> Iterator[tuple[sa.Row, list[Telling]]]:
    versions = sa.table(
        "article_versions",
        *map(sa.column, ("id", "article_id", "number", "title", "url", "site")),
        sa.column("published_at", Instant()),
        sa.column("read_at", Instant()),
    )
    articles = sa.table("articles", sa.column("id"), sa.column("dated_at", Instant()))
    commitments = _commitments()
    db = op.get_bind()
    found = db.execute(
        sa.select(versions, articles.c.dated_at)
        .join_from(versions, articles, articles.c.id == versions.c.article_id)
        .order_by(articles.c.dated_at, articles.c.id, versions.c.number)
    ).all()
    for version in found:
        told_at = version.dated_at if version.number == 1 else version.read_at
        printed = version._asdict() | {"trouble": None, "is_corrected": False, "told_at": told_at}
        query = sa.select(commitments).where(commitments.c.version_id == version.id).order_by(commitments.c.position)
        rows = db.execute(query).mappings()
        yield version, [telling_of({**printed, **row, "is_withdrawal": False, "told_at": told_at}) for row in rows]


def _commitments() -> sa.TableClause:
    words = "kind actors what sentence condition deadline strength reported_by".split()
    return sa.table(
        "commitments",
        *map(sa.column, ("id", "version_id", "position", *words)),
        sa.column("earliest", sa.Date()),
        sa.column("latest", sa.Date()),
        sa.column("spans", sa.JSON()),
    )


def _write(ledger: _Ledger, linked: list[dict]) -> None:
    entries = sa.table("ledger_entries", sa.column("id"), sa.column("opened_at", Instant()))
    commitments = sa.table("commitments", sa.column("id"), sa.column("entry_id"), sa.column("told_at", Instant()))
    actors = sa.table("commitment_actors", *map(sa.column, ("key", "commitment_id", "is_whole")))
    opened = [{"id": entry.id, "opened_at": entry.first.told_at} for entry in ledger.entries.values()]
    found_by = [
        {"key": key, "commitment_id": telling.id, "is_whole": is_whole}
        for entry in ledger.entries.values()
        for telling in entry.tellings
        for key, is_whole in keys_of(telling).items()
    ]
    is_row = commitments.c.id == sa.bindparam("row_id")
    db = op.get_bind()
    for statement, rows in (
        (sa.insert(entries), opened),
        (sa.update(commitments).where(is_row), linked),
        (sa.insert(actors), found_by),
    ):
        for start in range(0, len(rows), _BATCH):
            db.execute(statement, rows[start : start + _BATCH])

"""Look-ups newest first: SQLite's searched twins number their rows by time, so that nothing has to be sorted."""

from alembic import op
from sqlalchemy import text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SEARCHED = {
    "article_versions": ("title", "text"),
    "quotes": ("words", "speaker", "role"),
    "commitments": ("actors", "what", "sentence"),
}
DATED_AT = {
    "article_versions": "SELECT dated_at FROM articles WHERE id = article_versions.article_id",
    "quotes": "SELECT dated_at FROM articles JOIN article_versions ON articles.id = article_id "
    "WHERE article_versions.id = quotes.version_id",
    "commitments": "SELECT commitments.told_at",
}


def upgrade() -> None:
    op.drop_index("ix_commitments_told_at", "commitments")
    op.create_index(
        "ix_commitments_told_at", "commitments", [text("told_at DESC"), text("version_id DESC"), "position"]
    )
    if op.get_bind().dialect.name == "sqlite":
        for table, columns in SEARCHED.items():
            renumber(table, columns)
        op.execute("CREATE INDEX ix_quotes_fts_place ON quotes (speaker_key, fts_place)")


def renumber(table: str, columns: tuple[str, ...]) -> None:
    for trigger in ("insert", "delete", "update"):
        op.execute(f"DROP TRIGGER {table}_fts_{trigger}")
    op.execute(f"DROP TABLE {table}_fts")
    op.execute(f"ALTER TABLE {table} ADD COLUMN fts_place INTEGER")
    # Seconds from 1970 to 2242, then the id, which has 30 bits: a database of a thousand million quotes is none of
    # SQLite's. What is older or newer is told apart when it is read. It never changes, as what a row is dated does not.
    seconds = f"strftime('%s', substr(({DATED_AT[table]}), 1, 19))"
    place = f"(max(0, min(8589934591, CAST(coalesce({seconds}, 0) AS INTEGER))) << 30) | id"
    op.execute(f"UPDATE {table} SET fts_place = {place}")
    names = ", ".join(columns)
    old = ", ".join(f"old.{name}" for name in columns)
    remove = f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.fts_place, {old});"
    add = f"INSERT INTO {table}_fts(rowid, {names}) SELECT fts_place, {names} FROM {table} WHERE id = new.id;"
    op.execute(
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content='{table}', content_rowid='fts_place', "
        "tokenize='porter unicode61 remove_diacritics 2')"
    )
    op.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
    number = f"UPDATE {table} SET fts_place = {place} WHERE id = new.id;"
    op.execute(f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {number} {add} END")
    op.execute(f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {remove} END")
    op.execute(f"CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {names} ON {table} BEGIN {remove} {add} END")

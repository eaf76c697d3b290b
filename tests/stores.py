"""Real stores for tests: SQLite files, migrated once, and how to make tables old again."""

from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text

from digest.store import Store

_SEARCHED = {
    "article_versions": "title, text",
    "quotes": "words, speaker, role",
    "commitments": "actors, what, sentence",
}


def _number_twins_by_id():
    """What the searched twins of SQLite's tables were before they were numbered by time."""
    for table, names in _SEARCHED.items():
        old, new = (", ".join(f"{row}.{name}" for name in names.split(", ")) for row in ("old", "new"))
        remove = f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.id, {old});"
        add = f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.id, {new});"
        yield from (f"DROP TRIGGER {table}_fts_{name}" for name in ("insert", "delete", "update"))
        yield f"DROP TABLE {table}_fts"
        yield f"ALTER TABLE {table} DROP COLUMN fts_place"
        yield (
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content='{table}', content_rowid='id', "
            "tokenize='porter unicode61 remove_diacritics 2')"
        )
        yield f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')"
        yield f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {add} END"
        yield f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {remove} END"
        yield f"CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {names} ON {table} BEGIN {remove} {add} END"


_migrated = {}
_UNDOING = {
    "0002": (
        "DROP TABLE aliases",
        "DROP INDEX ix_quotes_speaker_key",
        "ALTER TABLE quotes DROP COLUMN speaker_key",
    ),
    "0003": ("DROP INDEX ix_quotes_telling", "ALTER TABLE quotes DROP COLUMN telling"),
    "0004": (
        "DROP TABLE reminders",
        "DROP TABLE shown_commitments",
        "DROP TABLE commitment_actors",
        "DROP TABLE ledger_marks",
        "DROP INDEX ix_commitments_entry_id",
        "DROP INDEX ix_commitments_told_at",
        "ALTER TABLE commitments DROP COLUMN entry_id",
        "ALTER TABLE commitments DROP COLUMN told_at",
        "ALTER TABLE commitments DROP COLUMN is_withdrawal",
        "DROP TABLE ledger_entries",
        "ALTER TABLE articles DROP COLUMN trouble",
        "ALTER TABLE articles DROP COLUMN troubled_at",
        "ALTER TABLE subscriptions DROP COLUMN answers_due",
        "ALTER TABLE editions DROP COLUMN kind",
        "ALTER TABLE deliveries DROP COLUMN answers",
    ),
    "0005": (
        "DROP INDEX ix_claims_story_id",
        "ALTER TABLE claims DROP COLUMN story_id",
        "ALTER TABLE claims DROP COLUMN place",
        "DROP TABLE told_stories",
        "ALTER TABLE subscriptions DROP COLUMN keywords",
    ),
    "0006": (
        "DROP INDEX ix_article_versions_text_hash",
        "ALTER TABLE article_versions DROP COLUMN expired_at",
        *(f"ALTER TABLE sources DROP COLUMN {name}" for name in ("seen", "asked_every", "silent_since", "is_paused")),
        *(f"ALTER TABLE sources DROP COLUMN {name}" for name in ("moved_to", "moves")),
        *(f"ALTER TABLE guild_sources DROP COLUMN {name}" for name in ("filters", "noticed_at")),
        *(f"ALTER TABLE entries DROP COLUMN {name}" for name in ("author", "sections", "language")),
    ),
    "0007": (
        *(f"ALTER TABLE subscriptions DROP COLUMN {name}" for name in ("catch_up", "quiet_from", "quiet_until")),
        *(f"ALTER TABLE subscriptions DROP COLUMN {name}" for name in ("says_when_empty", "admins_told_at")),
        "ALTER TABLE editions DROP COLUMN why",
        *(f"ALTER TABLE deliveries DROP COLUMN {name}" for name in ("edits", "leased_until")),
        "DROP INDEX ix_articles_reread_at",
        *(f"ALTER TABLE articles DROP COLUMN {name}" for name in ("rereads", "reread_at")),
    ),
    "0009": (
        *(
            f"DROP INDEX {name}"
            for name in ("ix_deliveries_message_id", "ix_deliveries_edits", "ix_deliveries_answers")
        ),
        *(f"DROP TABLE {name}" for name in ("alerted", "alerts", "arrivals", "follows", "drafts", "audit_entries")),
        "DROP TABLE cases",
        *(f"DROP TABLE {name}" for name in ("hidden_names", "guild_settings")),
        *(f"ALTER TABLE subscriptions DROP COLUMN {name}" for name in ("style", "role_id", "less")),
    ),
    "0010": (
        "DROP INDEX ix_commitments_told_at",
        "CREATE INDEX ix_commitments_told_at ON commitments (told_at)",
    ),
    "0011": (
        "ALTER TABLE guild_settings DROP COLUMN name",
        "DROP TABLE host_turns",
        *(f"ALTER TABLE subscriptions DROP COLUMN {name}" for name in ("attempts", "next_attempt_at")),
        *(f"DROP INDEX ix_{name}_channel_id" for name in ("deliveries", "alerts")),
    ),
}
_UNDOING_ON_SQLITE = {"0010": ("DROP INDEX ix_quotes_fts_place", *_number_twins_by_id())}


def url_of(path):
    return f"sqlite+aiosqlite:///{path}"


class SqliteFiles:
    """Databases in a folder, each a file."""

    def __init__(self, folder):
        self._folder = Path(folder)
        self._numbers = count()

    @asynccontextmanager
    async def database(self, *, migrated=True):
        """The url of a database that nobody else uses: with On Record's tables, or not there yet."""
        path = self._folder / f"onrecord-{next(self._numbers)}.db"
        if migrated:
            path.write_bytes(await _migrated_file())
        yield url_of(path)

    emptied = database


async def open_store(folder):
    """A store in this folder: new, or what is there."""
    path = Path(folder) / "onrecord.db"
    if not path.exists():
        path.write_bytes(await _migrated_file())
    return await Store.open(url_of(path))


@asynccontextmanager
async def new_store():
    """A store of its own, for each example of a property."""
    with TemporaryDirectory() as folder:
        async with await open_store(folder) as store:
            yield store


def _know_sources_by_url_alone(connection):
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("sources") as batch:
        batch.drop_constraint("uq_sources_url_kind", type_="unique")
        batch.create_unique_constraint("uq_sources_url", ["url"])


async def _migrated_file():
    if "bytes" not in _migrated:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "new.db"
            store = await Store.open(url_of(path))
            await store.close()
            _migrated["bytes"] = path.read_bytes()
    return _migrated["bytes"]


async def go_back(store, revision):
    """Make the tables of the store what they were at that revision; the rows stay."""
    async with store._transaction(is_write=True, is_upgrade=True) as db:
        if revision < "0008":
            await db.run_sync(_know_sources_by_url_alone)
        for made in sorted(_UNDOING, reverse=True):
            if made > revision:
                also = _UNDOING_ON_SQLITE.get(made, ()) if db.dialect.name == "sqlite" else ()
                for statement in (*also, *_UNDOING[made]):
                    await db.execute(text(statement))
        await db.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))

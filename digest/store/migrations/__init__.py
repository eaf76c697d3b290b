"""How a database gets from one version's tables to the next: Alembic's scripts, run when the store opens."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from digest.errors import CorruptStoreError


def upgrade(connection: Connection) -> None:
    """Bring the tables to this version's state, inside the transaction that stands.

    CorruptStoreError where the database is at a revision that this version does not know: it is newer.
    """
    _, is_current = find_revision(connection)
    if not is_current:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def find_revision(connection: Connection) -> tuple[str | None, bool]:
    """Return the revision of the tables, None where there are none, and whether it is this version's own.

    CorruptStoreError where this version does not know it.
    """
    scripts = ScriptDirectory.from_config(_config())
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in _revisions(scripts):
        raise CorruptStoreError(
            f"the database is of a newer version of On Record (revision {current}): "
            "install that version again, or restore a backup from before the upgrade (onrecord restore FILE)"
        )
    return current, current in scripts.get_heads()


def known_revisions() -> frozenset[str]:
    """Return the revisions of the tables that this version knows how to go on from."""
    return _revisions(ScriptDirectory.from_config(_config()))


def _revisions(scripts: ScriptDirectory) -> frozenset[str]:
    return frozenset(script.revision for script in scripts.walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config

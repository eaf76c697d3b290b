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
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known:
        raise CorruptStoreError(
            f"the database is of a newer version of On Record (revision {current}): "
            "install that version again, or restore a backup from before the upgrade"
        )
    if current not in scripts.get_heads():
        command.upgrade(config, "head")

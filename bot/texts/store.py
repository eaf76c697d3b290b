"""What is said about the database: backups, and a disk that takes no more."""

from shlex import quote

from digest.errors import BackupFault, MoveFault

ERROR_UNWRITABLE = (
    "I can keep nothing just now: the disk of the machine that I run on is full, or closed to writing. "
    "Nothing is lost, and look-ups go on. Tell who runs this bot."
)

CLI_ACTIONS = {
    "backup": "copy the database to a file, also while the bot runs",
    "restore": "put a backup in the place of the database; the bot must be stopped",
}
CLI_FILES = {
    "backup": "the file to write; an older one of this name is replaced when the new one is whole",
    "restore": "what onrecord backup wrote",
}
BACKED_UP = "The database is in {path}, {size}, and that copy is sound."
RESTORED = "The database is now what {path} holds; there was none before."
RESTORED_OVER = "The database is now what {path} holds. The one before is kept as {kept}."

_FAULTS = {
    BackupFault.NO_DATABASE: "There is no database at {path} yet, so there is nothing to back up. Check DATABASE_URL.",
    BackupFault.SAME_FILE: "{path} is the database itself. Name another file.",
    BackupFault.IN_USE: "The database at {path} is in use. First stop the bot, and whatever else has it open.",
    BackupFault.UNREADABLE: "{path} cannot be read. Check that it is there, that you may read it, and its disk.",
    BackupFault.UNWRITABLE: (
        "Nothing can be written at {path}. Check that there is room, and that you may write there. "
        "Everything is as it was."
    ),
    BackupFault.DAMAGED: "{path} is damaged, or no database, so it is left alone. Everything is as it was.",
    BackupFault.FOREIGN: "{path} is no database of On Record, so it is left alone.",
    BackupFault.NEWER: "{path} is of a newer version of On Record. Install that version to restore it.",
    BackupFault.NOT_SQLITE: (
        "The database is on PostgreSQL, which has its own tools for that. Back up, also while the bot runs:\n"
        "  pg_dump --format=custom --file=onrecord.dump {address}\n"
        "Restore, while it does not run:\n"
        "  pg_restore --clean --if-exists --single-transaction --dbname={address} onrecord.dump"
    ),
}

_MOVE_FAULTS = {
    MoveFault.NO_ADDRESS: (
        "That is no address of a database. Name one as postgresql+psycopg://user:password@host/name, with signs like @ "
        "in a password written as %40."
    ),
    MoveFault.NOT_FROM_SQLITE: "What DATABASE_URL names is no SQLite file, so there is nothing to move.",
    MoveFault.NO_SOURCE: "There is no database at {subject}, so there is nothing to move. Check DATABASE_URL.",
    MoveFault.NOT_TO_POSTGRES: "Name a PostgreSQL to move to, as --to postgresql+psycopg://user:password@host/name.",
    MoveFault.NO_TARGET: "It cannot be moved to {subject}: {why}. Nothing was moved.",
    MoveFault.NOT_EMPTY: (
        "There is something in {subject} already (in {why}). Nothing was moved. Name an empty database of its own."
    ),
    MoveFault.NOT_READABLE: "Your database at {subject} cannot be read: {why}. Nothing was moved.",
    MoveFault.NOT_FITTING: (
        "One row of your database does not fit into PostgreSQL, in {subject}: {why}. Nothing was moved, and your "
        "database is as it was. Keep a copy (onrecord backup FILE), mend or delete that row, for instance with the "
        "program sqlite3, and move again."
    ),
    MoveFault.DIFFERS: (
        "What came back is not what was copied, in {subject}: {why}. The move was taken back, and your database is "
        "as it was. Please report this."
    ),
}

CLI_MIGRATE = "move a SQLite installation to an empty PostgreSQL, every row compared; the bot must be stopped"
CLI_TO = "the PostgreSQL to move to, as postgresql+psycopg://user:password@host/name"
MIGRATE_PHASES = {"copy": "copying", "compare": "comparing"}
MIGRATED = (
    "{rows} rows of {tables} tables are in PostgreSQL, each compared with its original, after {seconds:.0f} seconds.\n"
    "Now set DATABASE_URL to the new address before you start the bot again.\n"
    "{path} holds what it held. Keep it until all runs well, but start no bot with it: both would post the same."
)


def explain_move(fault: MoveFault, subject: str, why: str) -> str:
    """Return the sentence for a database that was not moved."""
    return _MOVE_FAULTS[fault].format(subject=subject, why=why)


def explain_backup(fault: BackupFault, path: str) -> str:
    """Return the sentence for a backup that was not made or not restored."""
    return _FAULTS[fault].format(path=path, address=quote(path))


def megabytes(size: int) -> str:
    """Return a number of bytes as people read it."""
    return f"{size / 1_000_000:.1f} MB"

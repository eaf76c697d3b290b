"""Where the queue of several processes lies: a schema of its own in the same PostgreSQL, made anew at any time."""

from typing import Any

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.errors import StoreError
from digest.store.dialects import Turn, dialect_named, dialect_of

SCHEMA = "onrecord_queue"


def connection_arguments(url: str) -> dict[str, Any]:
    """Return what psycopg connects with to see the queue; StoreError where the database is not PostgreSQL."""
    address = make_url(url)
    if address.get_backend_name() != "postgresql":
        raise StoreError("several processes need PostgreSQL: set DATABASE_URL to postgresql+psycopg://...")
    _, arguments = address.get_dialect()().create_connect_args(address)
    ours = dialect_named("postgresql").engine_options["connect_args"]
    found: dict[str, Any] = {**arguments, **ours, "options": f"{ours['options']} -c search_path={SCHEMA}"}
    return found


async def make_queue_tables(db: AsyncConnection, script: str, *, made_by: str) -> None:
    """Run the script that makes the queue's tables, unless they were made by this very version; older ones go."""
    await dialect_of(db).take_turn(db, Turn.QUEUEING)
    known = await db.execute(
        text("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = :name"), {"name": SCHEMA}
    )
    if known.scalar() == made_by:
        return
    driver = await driver_of(db)
    for statement in (
        f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE",
        f"CREATE SCHEMA {SCHEMA}",
        f"SET LOCAL search_path TO {SCHEMA}",
        script,
        f"COMMENT ON SCHEMA {SCHEMA} IS '{made_by}'",
    ):
        await driver.execute(statement)


async def search_queue_first(db: AsyncConnection) -> None:
    """Let the rest of the transaction find the queue's tables by their names."""
    await (await driver_of(db)).execute(f"SET LOCAL search_path TO {SCHEMA}, public")


async def driver_of(db: AsyncConnection) -> Any:
    """Return psycopg's own connection, in the transaction that stands."""
    return (await db.get_raw_connection()).driver_connection

"""What a transaction makes due: noted while it runs, handed on before it is kept."""

from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import Job

_NOTED = "onrecord_due"


def note_due(db: AsyncConnection, *jobs: Job) -> None:
    """Note that this can be done once the transaction is kept, as soon as somebody is free.

    Nothing depends on it but how soon: what is due stands in the tables.
    """
    db.info.setdefault(_NOTED, {}).update(dict.fromkeys(jobs))


def take_due(db: AsyncConnection) -> tuple[Job, ...]:
    """Return what was noted on this connection, each once, in order, and forget it."""
    return tuple(db.info.pop(_NOTED, {}))

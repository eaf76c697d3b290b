"""Whose turn it is at a host among all processes on one PostgreSQL, by its clock: theirs may differ."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Double, cast, delete, func, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.store.schema import host_turns

WAITING = 5.0
"""Who waits asks again within so many seconds, or is taken for dead and loses the place in the line."""

FORGOTTEN_AFTER = 3600.0

_FURTHEST = 90.0
_NOW = cast(func.extract("epoch", func.clock_timestamp()), Double)  # now() is when the transaction began: too early


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that wants to start at a host; all times in seconds.

    It starts `gap` after any other, at most `margin` after it is told to, and ends at most `longest` after that. It
    waits at most `patience`. `at_once` may run.
    """

    id: str
    gap: float
    longest: float
    margin: float
    patience: float
    at_once: int


@dataclass(frozen=True, slots=True)
class Line:
    """Who stands in line at one host, first come first, each with the time until which that counts.

    The first ones run, or are about to. The newest start happens before `started_by`, which may be to come.
    """

    started_by: float = 0.0
    standing: tuple[tuple[str, float], ...] = ()

    def leave(self, id_: str) -> "Line":
        """Return the line without this one."""
        return Line(self.started_by, tuple(one for one in self.standing if one[0] != id_))


def take_turn(line: Line, ask: Ask, now: float) -> tuple[Line, float | None]:
    """Return the line after this one asked, and how long it waits for its start: None, where it has to ask again.

    Longer than its patience, it has no place: the next may start before.
    """
    standing = {id_: until for id_, until in line.standing if until > now or id_ == ask.id}
    standing[ask.id] = now + WAITING  # at the end, or where it stood
    # Nobody is given a start that far ahead: the clock was put back.
    before = line.started_by if line.started_by <= now + _FURTHEST else now
    wait = None
    if [*standing].index(ask.id) < ask.at_once:
        wait = max(0.0, before + ask.gap - now)
        if wait <= ask.patience:
            before = now + wait + ask.margin
            standing[ask.id] = before + ask.longest
    return Line(before, tuple(standing.items())), wait


async def ask_for_turn(db: AsyncConnection, host: str, ask: Ask) -> float | None:
    """Stand in line at the host, and return how long to wait for the start, as `take_turn` does."""
    new = postgresql.insert(host_turns).values(host=host, asked_at=_NOW, started_by=0.0, line=[])
    # Also where nothing changes: it waits for the row, and then looks at the clock.
    held = new.on_conflict_do_update(index_elements=[host_turns.c.host], set_={"asked_at": _NOW})
    kept = held.returning(host_turns.c.started_by, host_turns.c.line, host_turns.c.asked_at)
    started_by, standing, now = (await db.execute(kept)).one()
    line, wait = take_turn(_line(started_by, standing), ask, now)
    await _write(db, host, line)
    return wait


async def leave_line(db: AsyncConnection, host: str, id_: str) -> None:
    """Let the next one have the place."""
    query = select(host_turns.c.started_by, host_turns.c.line).where(host_turns.c.host == host).with_for_update()
    for started_by, standing in (await db.execute(query)).all():
        await _write(db, host, _line(started_by, standing).leave(id_))


async def forget_hosts(db: AsyncConnection) -> None:
    """Forget the hosts that nobody asked for an hour, unless somebody does just now."""
    old = select(host_turns.c.host).where(host_turns.c.asked_at < _NOW - FORGOTTEN_AFTER)
    await db.execute(delete(host_turns).where(host_turns.c.host.in_(old.with_for_update(skip_locked=True))))


def _line(started_by: float, standing: Iterable[tuple[str, float]]) -> Line:
    return Line(started_by, tuple((id_, until) for id_, until in standing))


async def _write(db: AsyncConnection, host: str, line: Line) -> None:
    values = {"started_by": line.started_by, "line": [list(one) for one in line.standing]}
    await db.execute(update(host_turns).where(host_turns.c.host == host).values(values))

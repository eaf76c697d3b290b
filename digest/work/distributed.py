"""The same steps in any number of processes: Procrastinate's queue, in PostgreSQL. With job_rows all that knows it.

The tables say what is due; the queue only says who does it next. So it may be lost at any time: whoever acts as the
clock compares the two again and again, and adds what is missing.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from time import monotonic
from types import TracebackType
from typing import Self, TypeAlias

import procrastinate
from procrastinate import exceptions, jobs
from procrastinate.schema import SchemaManager
from procrastinate.sync_psycopg_connector import wrap_exceptions

from digest.errors import StoreError, UnreachableStoreError
from digest.model import Job, QueueHealth, Step
from digest.store import Store, Transaction
from digest.store.postgres import is_of_connection
from digest.store.queueing import connection_arguments, driver_of, make_queue_tables, search_queue_first
from digest.store.troubles import Trouble
from digest.work.job_rows import TRY_AGAIN_AFTER, JobRows
from digest.work.sharing import QUEUES, lock_of, missing_jobs, priority_of, queue_of

HEARTBEAT_SECONDS = 2.0
DEAD_AFTER_SECONDS = 10.0
"""A process of which nothing was heard for so long is taken for dead: its jobs are anybody's again."""

DRAIN_SECONDS = 15.0

HUNG_AFTER_SECONDS = 600.0
"""Where no job of a queue began or ended for so long though it is worked at, all that are being done hang."""

# Whoever needs a connection tries anew. The pool itself would wait twice as long each time, for minutes in the end.
_PATIENCE = 10.0  # seconds
_LOOK_EVERY = 1.0  # nobody is woken when a lock is free again
_LAST_WORDS = 2.0  # seconds
_LOST_AGAIN_AFTER = 60.0  # seconds: until then another queue's end has the same cause

_STEPS = frozenset(step.value for step in Step)

Run: TypeAlias = Callable[[Sequence[int]], Awaitable[object]]
"""Does a step to what these ids stand for; it catches what it expects."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often, and for how long, work at a queue does what beside the jobs, in seconds."""

    heartbeat: float = HEARTBEAT_SECONDS
    look: float = _LOOK_EVERY
    drain: float = DRAIN_SECONDS
    last_words: float = _LAST_WORDS
    hung_after: float = HUNG_AFTER_SECONDS
    try_again_after: float = TRY_AGAIN_AFTER


class Queue:
    """The queue of all processes on one PostgreSQL. Use as `async with await Queue.open(store) as queue`."""

    def __init__(self, app: procrastinate.App, pace: Pace) -> None:
        self._app = app
        self._pace = pace
        self._stopping = asyncio.Event()
        self._working: dict[str, bool] = {}
        self._lost = Trouble(_LOST_AGAIN_AFTER)
        app.job_manager = self._rows = JobRows(app.connector, self._stopping, self._lost)

    @classmethod
    async def open(cls, store: Store, pace: Pace = Pace()) -> Self:
        """Open the queue beside the tables of a store, and make its tables where another version's, or none, are.

        What was in those is lost, and added again by the next `fill`. From now on the store hands on what is due.
        StoreError where it is not PostgreSQL's, or cannot be reached.
        """
        arguments = connection_arguments(store.url)
        made_by = f"procrastinate {version('procrastinate')}"
        async with store.writing() as db:
            await make_queue_tables(db, SchemaManager.get_schema(), made_by=made_by)
        _leave_to_store()
        connector = procrastinate.PsycopgConnector(
            kwargs=arguments, min_size=1, max_size=6, timeout=_PATIENCE, reconnect_timeout=_PATIENCE
        )
        app = procrastinate.App(connector=connector)
        with _translated(), wrap_exceptions():
            await app.open_async()
        queue = cls(app, pace)
        store.announce = queue.announce
        return queue

    async def close(self) -> None:
        """Close its connections."""
        await self._app.close_async()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def register(self, steps: Mapping[Step, Run]) -> None:
        """Let this process do these steps."""
        for step, run in steps.items():
            self._app.task(name=step.value, queue=queue_of(step))(_task(run))

    async def announce(self, db: Transaction, due: Sequence[Job]) -> None:
        """Add jobs in a transaction of the store: they are there when it is kept."""
        await search_queue_first(db)
        driver = await driver_of(db)
        with _translated():
            await self._app.job_manager.batch_defer_jobs_async([_job(one) for one in due], connection=driver)

    async def fill(self, due: Mapping[Step, Collection[int]]) -> int:
        """Add what is due and neither waits nor is being done; return how many jobs. One process at a time."""
        known = await self._list_known()
        missing = [job for step, ids in due.items() for job in missing_jobs(step, ids, known.get(step))]
        if missing:
            with _translated():
                await self._app.job_manager.batch_defer_jobs_async([_job(one) for one in missing])
        return len(missing)

    async def is_idle(self, steps: Collection[Step]) -> bool:
        """Return whether nothing of these steps waits or is being done."""
        known = await self._list_known()
        return not any(step in known for step in steps)

    async def sweep(self) -> int:
        """Let what processes were doing of which nothing is heard any more be done again; return how many jobs."""
        with _translated():
            return await self._rows.put_back(DEAD_AFTER_SECONDS)

    async def get_health(self) -> tuple[QueueHealth, ...]:
        """Return how each queue does, those without jobs too."""
        with _translated():
            stalled = await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS)
            found = await self._app.connector.execute_query_all_async(_HEALTH)
        of = Counter(job.queue for job in stalled)
        rows = {row["queue"]: row for row in found}
        return tuple(
            QueueHealth(name, float(row["oldest"] or 0), row["waiting"], row["doing"], of[name])
            if (row := rows.get(name))
            else QueueHealth(name)
            for name in QUEUES
        )

    @property
    def is_working(self) -> bool:
        """Return whether each queue that `work` was told of is looked into now, and does not hang."""
        since = monotonic() - self._pace.hung_after
        return bool(self._working) and all(
            is_looked_into and self._rows.moved_at[name] > since for name, is_looked_into in self._working.items()
        )

    async def work(self, at_once: Mapping[str, int]) -> None:
        """Do what is in these queues, so many jobs of each at once, until `stop`; then what is being done may finish.

        Where the database is away, it goes on when that is back.
        """
        await asyncio.gather(*(self._work(name, most) for name, most in at_once.items()))

    def stop(self) -> None:
        """Let `work` begin nothing any more, and return within DRAIN_SECONDS."""
        self._stopping.set()

    async def _work(self, name: str, most: int) -> None:
        while not self._stopping.is_set():
            working = asyncio.create_task(
                self._app.run_worker_async(
                    queues=[name],
                    name=name,
                    concurrency=most,
                    fetch_job_polling_interval=self._pace.look,
                    install_signal_handlers=False,
                    delete_jobs="always",  # what was in vain is still due, and comes again
                    update_heartbeat_interval=self._pace.heartbeat,
                    stalled_worker_timeout=DEAD_AFTER_SECONDS,
                    shutdown_graceful_timeout=self._pace.drain,
                )
            )
            stopping = asyncio.create_task(self._stopping.wait())
            self._working[name], self._rows.moved_at[name] = True, monotonic()
            try:
                await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._working[name] = False
                working.cancel()
                stopping.cancel()
                # Where the database is away its last words would take longer; without them others put its jobs back.
                await asyncio.wait({working}, timeout=self._pace.drain + self._pace.last_words)
            if not self._stopping.is_set():
                self._tell_of_end(name, None if working.cancelled() else working.exception())
                await asyncio.sleep(self._pace.try_again_after)

    def _tell_of_end(self, name: str, outcome: BaseException | None) -> None:
        if outcome and not isinstance(outcome, exceptions.ConnectorException):
            _log.error("the work at %s failed; it begins again", name, exc_info=outcome)
        elif self._lost.is_new(monotonic()):
            _log.warning("the work waits for the database, and goes on by itself")

    async def _list_known(self) -> dict[Step, set[int]]:
        with _translated():
            rows = await self._app.connector.execute_query_all_async(_KNOWN)
        known: dict[Step, set[int]] = {}
        # A worker that finds another version's throws it away.
        for row in (one for one in rows if one["step"] in _STEPS):
            known.setdefault(Step(row["step"]), set()).update(row["ids"])
        return known


_KNOWN = """
SELECT task_name AS step, args -> 'ids' AS ids FROM procrastinate_jobs WHERE status IN ('todo', 'doing')
"""
_HEALTH = """
SELECT queue_name AS queue,
       count(*) FILTER (WHERE status = 'todo') AS waiting,
       count(*) FILTER (WHERE status = 'doing') AS doing,
       extract(epoch FROM now() - min(since) FILTER (WHERE status = 'todo')) AS oldest
FROM procrastinate_jobs
JOIN (SELECT job_id, max(at) AS since FROM procrastinate_events GROUP BY job_id) AS events ON job_id = id
GROUP BY queue_name
"""


def _code_of(error: exceptions.ConnectorException) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what Procrastinate raises of its database into our errors."""
    try:
        yield
    except exceptions.ConnectorException as error:
        cause = error.__cause__ or error
        why = " ".join(str(cause).split())
        kind = UnreachableStoreError if is_of_connection(_code_of(error)) else StoreError
        raise kind(f"the database cannot do this now: {why}") from error


def _leave_to_store() -> None:
    """Let no library tell of a database that is away: the store does, once, and Queue of work that waits for it."""
    for name in ("asyncio", "procrastinate.utils", *(f"procrastinate.worker.{queue}" for queue in QUEUES)):
        logging.getLogger(name).addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, exceptions.ConnectorException)


def _task(run: Run) -> Callable[..., Awaitable[None]]:
    async def task(ids: Sequence[int]) -> None:
        await run(ids)

    return task


def _job(job: Job) -> jobs.Job:
    return jobs.Job(
        queue=queue_of(job.step),
        task_name=job.step.value,
        priority=priority_of(job.step),
        lock=lock_of(job),
        queueing_lock=None,
        task_kwargs={"ids": list(job.ids)},
    )

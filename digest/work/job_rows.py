"""What happens to the rows of Procrastinate's queue, where we want more of it than it does by itself."""

import asyncio
from collections.abc import Iterable
from time import monotonic

from procrastinate import exceptions, jobs, manager
from procrastinate.connector import BaseConnector

from digest.store.troubles import Trouble

TRY_AGAIN_AFTER = 2.0
"""Seconds after which a database that did not do something is asked again."""

_END = """
DELETE FROM procrastinate_jobs WHERE id = %(id)s AND (worker_id = %(worker_id)s OR worker_id IS NULL)
"""
_LIVE = """
UPDATE procrastinate_workers SET last_heartbeat = now() WHERE id = %(worker_id)s RETURNING id
"""
# In one statement: of two that sweep, the second must not put back what a living process has taken since.
_PUT_BACK = """
UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = now()
WHERE status = 'doing' AND (worker_id IS NULL OR worker_id IN (
    SELECT id FROM procrastinate_workers WHERE last_heartbeat < now() - %(seconds)s * interval '1 second'
))
RETURNING id
"""


class JobRows(manager.JobManager):
    """Ends a job for sure: one that was done, and is "doing" to this living process, nobody would ever touch again.

    What another process does by now, because this one was taken for dead, stays that one's. No job is ever aborted.
    """

    def __init__(self, connector: BaseConnector, stopping: asyncio.Event, lost: Trouble) -> None:
        super().__init__(connector)
        self._stopping = stopping
        self._lost = lost
        self.moved_at: dict[str, float] = {}
        """When a job of each queue was looked for or ended last, by the clock of `monotonic`."""

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> jobs.Job | None:
        """Return a job that is this worker's from now on, or None where there is none that may be begun."""
        try:
            job = await super().fetch_job(queues, worker_id)
        except exceptions.UniqueViolation:
            job = None  # somebody else took another one under the same lock at the same moment
        self.moved_at |= dict.fromkeys(queues or (), monotonic())
        return job

    async def list_jobs_to_abort_async(self, queue: str | None = None) -> Iterable[int]:
        """Return none, without a question: each one that a database does not answer would be told with a traceback."""
        del queue
        return ()

    async def update_heartbeat(self, worker_id: int) -> None:
        """Say that the process lives; ConnectorException where it is taken for dead, which lets it begin anew."""
        if not await self.connector.execute_query_all_async(_LIVE, worker_id=worker_id):
            raise exceptions.ConnectorException("this process was taken for dead, and what it did is others' by now")

    async def put_back(self, silent_for: float) -> int:
        """Let what processes did that are silent for so many seconds be done again; return how many jobs."""
        return len(await self.connector.execute_query_all_async(_PUT_BACK, seconds=silent_for))

    async def finish_job(self, job: jobs.Job, status: jobs.Status, delete_job: bool) -> None:  # noqa: FBT001 -- theirs
        """Delete it, however it ended, as soon as the database lets it."""
        del status, delete_job
        self.moved_at[job.queue] = monotonic()
        while True:
            try:
                await self.connector.execute_query_async(_END, id=job.id, worker_id=job.worker_id)
            except exceptions.ConnectorException:  # whatever it is: full, read only, locked, away
                if self._stopping.is_set():
                    raise  # this process will not live on
                await asyncio.sleep(TRY_AGAIN_AFTER)
            else:
                self._lost.is_over(monotonic())
                return

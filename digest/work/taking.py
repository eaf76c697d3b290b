"""How a process takes jobs off the queue, and ends those that it took and no others."""

import asyncio
from collections.abc import Iterable
from time import monotonic

from procrastinate import exceptions, jobs, manager
from procrastinate.connector import BaseConnector

from digest.store.troubles import Trouble

TRY_AGAIN_AFTER = 2.0
"""So many seconds are waited for a database that is away."""

_END = """
DELETE FROM procrastinate_jobs WHERE id = %(id)s AND (worker_id = %(worker_id)s OR worker_id IS NULL)
"""


class TakenJobs(manager.JobManager):
    """Ends a job for sure: one that was done, and is "doing" to this living process, nobody would ever touch again.

    What another process does by now, because this one was taken for dead, stays that one's.
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

    async def finish_job(self, job: jobs.Job, status: jobs.Status, delete_job: bool) -> None:  # noqa: FBT001 -- theirs
        """Delete the job, however it ended: what it did in vain is still due, and comes again."""
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

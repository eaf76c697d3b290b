"""How steps become jobs: which queue each waits in, what goes first, what is done by one process at a time. Pure."""

from collections.abc import Collection, Iterator

from digest.model import Job, Step

FETCH, READ, DELIVER = QUEUES = ("fetch", "read", "deliver")

_QUEUE_OF = {Step.REFRESH: FETCH, Step.DELIVER: DELIVER, Step.TELL: DELIVER}  # all else is reading and thinking
_IDS_A_JOB = {Step.REFRESH: 25, Step.ISSUE: 10}
_FIRST = {Step.ISSUE: 10, Step.ALERT: 5}  # nobody waits for an article, and somebody for a digest
_OF_ALL = (Step.REMIND, Step.NOTICE, Step.ALERT, Step.EXPIRE)  # done to all there is, so without ids
# By one process at a time: a source is one server's, and the messages of a channel have an order.
_ALONE = {
    Step.READ: "source",
    Step.REREAD: "source",
    Step.DELIVER: "channel",
    Step.TELL: "alerts",
    **{step: step.value for step in _OF_ALL},
}


def queue_of(step: Step) -> str:
    """Return the queue in which jobs of this step wait."""
    return _QUEUE_OF.get(step, READ)


def priority_of(step: Step) -> int:
    """Return how early jobs of this step are done: more is earlier."""
    return _FIRST.get(step, 0)


def lock_of(job: Job) -> str | None:
    """Return what only one job at a time may hold; None where any number may run."""
    of = _ALONE.get(job.step)
    return of and ":".join((of, *map(str, job.ids)))


def missing_jobs(step: Step, ids: Collection[int], known: Collection[int] | None) -> Iterator[Job]:
    """Return jobs for what is due and not `known` to the queue, some ids in each; `known` is None: it has none."""
    if step in _OF_ALL:
        if known is None:
            yield Job(step)
        return
    missing = [one for one in ids if one not in (known or ())]
    most = _IDS_A_JOB.get(step, 1)
    for first in range(0, len(missing), most):
        yield Job(step, tuple(missing[first : first + most]))

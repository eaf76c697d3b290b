"""The clock of several processes: what it adds to the queue, and what waits until the news is read."""

from datetime import timedelta

import pytest

from bot.delivery import Elsewhere
from bot.dispatch import Dispatcher
from bot.rounds import FIRST_ROUND
from digest.errors import StoreError
from digest.model import Step
from tests.builders import NOW

LATER = NOW + timedelta(seconds=5)


class Tables:
    """A service whose tables hold what is due; `behind` is whether nobody was there for a while."""

    def __init__(self, due, *, behind=False):
        self.due = due
        self.behind = behind

    async def map_due(self, *, now):  # noqa: ARG002 -- the service's signature
        return {step: tuple(ids) for step, ids in self.due.items()}

    async def is_behind(self, *, now):  # noqa: ARG002 -- as above
        return self.behind


class Jobs:
    """A queue that keeps what was added until it is done."""

    def __init__(self):
        self.waiting = {}

    async def fill(self, due):
        self.waiting |= {step: ids for step, ids in due.items() if ids}

    async def is_idle(self, steps):
        return not any(step in self.waiting for step in steps)

    def do(self, step, tables):
        del self.waiting[step]
        tables.due[step] = ()


async def test_what_is_due_is_added():
    jobs = Jobs()
    await Dispatcher(Tables({Step.ISSUE: [1], Step.READ: []}), jobs, began_at=NOW).fill(NOW)
    assert jobs.waiting == {Step.ISSUE: (1,)}


async def test_after_time_away_nothing_is_issued_before_the_sources_were_asked_and_read():
    tables, jobs = Tables({Step.ISSUE: [1], Step.REFRESH: [7]}, behind=True), Jobs()
    dispatcher = Dispatcher(tables, jobs, began_at=NOW)
    await dispatcher.fill(NOW)
    assert jobs.waiting == {Step.REFRESH: (7,)}
    tables.due[Step.REFRESH] = ()  # it is being asked
    await dispatcher.fill(LATER)
    assert Step.ISSUE not in jobs.waiting
    jobs.do(Step.REFRESH, tables)
    tables.due[Step.READ] = [7]
    await dispatcher.fill(LATER)
    assert Step.ISSUE not in jobs.waiting
    jobs.do(Step.READ, tables)
    await dispatcher.fill(LATER)
    assert jobs.waiting == {Step.ISSUE: (1,)}
    tables.due[Step.REFRESH] = [8]
    jobs.waiting = {}
    await dispatcher.fill(LATER)
    assert jobs.waiting == {Step.ISSUE: (1,), Step.REFRESH: (8,)}


async def test_news_that_does_not_come_holds_digests_up_for_ten_minutes_at_most():
    tables, jobs = Tables({Step.ISSUE: [1], Step.REFRESH: [7]}, behind=True), Jobs()
    dispatcher = Dispatcher(tables, jobs, began_at=NOW)
    await dispatcher.fill(NOW)
    await dispatcher.fill(NOW + FIRST_ROUND - timedelta(seconds=1))
    assert Step.ISSUE not in jobs.waiting
    await dispatcher.fill(NOW + FIRST_ROUND)
    assert Step.ISSUE in jobs.waiting


async def test_whoever_takes_over_from_a_clock_that_was_just_there_waits_for_nothing():
    jobs = Jobs()
    await Dispatcher(Tables({Step.ISSUE: [1], Step.REFRESH: [7]}), jobs, began_at=NOW).fill(NOW)
    assert jobs.waiting == {Step.ISSUE: (1,), Step.REFRESH: (7,)}


async def test_who_leaves_posting_to_others_waits_until_it_is_done():
    looks = []

    class Outbox:
        async def has_open(self, channel_id, *, now):
            looks.append((channel_id, now))
            return len(looks) < 3

    await Elsewhere(Outbox(), lambda: NOW).post_open(10)
    assert looks == [(10, NOW)] * 3


async def test_who_shares_nothing_out_for_a_minute_is_not_at_work():
    class Away(Tables):
        async def map_due(self, *, now):
            raise StoreError(now)

    dispatcher = Dispatcher(Tables({}), Jobs(), began_at=NOW)
    minute = timedelta(minutes=1)
    assert [dispatcher.is_at_work(NOW + one) for one in (minute / 2, 2 * minute)] == [True, False]
    await dispatcher.fill(NOW + 2 * minute)
    assert [dispatcher.is_at_work(NOW + one) for one in (2.5 * minute, 4 * minute)] == [True, False]
    failing = Dispatcher(Away({}), Jobs(), began_at=NOW)
    with pytest.raises(StoreError):
        await failing.fill(NOW + 2 * minute)
    assert not failing.is_at_work(NOW + 2 * minute)

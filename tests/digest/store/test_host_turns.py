"""Turns at a host among processes whose clock is the database's: a made-up clock, and any order of what they do."""

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import func, select, update

from digest.store import Store
from digest.store.host_turns import (
    FORGOTTEN_AFTER,
    WAITING,
    Ask,
    Line,
    ask_for_turn,
    forget_hosts,
    leave_line,
    take_turn,
)
from digest.store.schema import host_turns
from tests.waiting import PATIENCE

HOST = "quay.example"
MARGIN = 0.05
GAPS = (0.0, 1.0, 5.0, 30.0)
GAP = 20.0  # so long that how busy the machine is makes no difference


def ask(id_, **changes):
    return Ask(**({"id": id_, "gap": 1.0, "longest": 30.0, "margin": MARGIN, "patience": 60.0, "at_once": 2} | changes))


class Processes(RuleBasedStateMachine):
    """Requests that ask, start when they were told to or up to the margin later, end, or die at any moment."""

    def __init__(self):
        super().__init__()
        self.now = 1_000_000.0
        self.line = Line()
        self.told = {}  # when each that has a place may start
        self.running = {}  # by when each ends at last
        self.starts = []
        self.count = 0

    @rule(gap=st.sampled_from(GAPS), patience=st.sampled_from((0.0, 10.0, 60.0)))
    def somebody_asks(self, gap, patience):
        self.count += 1
        self._ask(ask(str(self.count), gap=gap, patience=patience))

    @precondition(lambda self: self.line.standing)
    @rule(data=st.data())
    def somebody_asks_again(self, data):
        id_, _ = data.draw(st.sampled_from(self.line.standing))
        if id_ not in self.running:
            self._ask(ask(id_))

    @rule(seconds=st.sampled_from((0.01, 0.3, 1.0, 2.0, 7.0, 40.0)))
    def time_passes(self, seconds):
        end = self.now + seconds
        for id_, (at, gap) in sorted(self.told.items(), key=lambda one: one[1]):
            if at + MARGIN <= end:
                self._start(id_, at + MARGIN * (self.count % 2), gap)
        self.now = end
        self.running = {id_: until for id_, until in self.running.items() if until > end}

    @precondition(lambda self: self.running)
    @rule(data=st.data())
    def one_ends(self, data):
        id_ = data.draw(st.sampled_from(sorted(self.running)))
        del self.running[id_]
        self.line = self.line.leave(id_)

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def one_that_waits_for_its_start_dies(self, data):
        del self.told[data.draw(st.sampled_from(sorted(self.told)))]

    def _ask(self, one):
        self.line, wait = take_turn(self.line, one, self.now)
        self.told.pop(one.id, None)
        if wait is not None and wait <= one.patience:
            self.told[one.id] = (self.now + wait, one.gap)
        elif wait is not None:
            self.line = self.line.leave(one.id)

    def _start(self, id_, at, gap):
        del self.told[id_]
        self.starts.append((at, gap))
        self.running = {other: until for other, until in self.running.items() if until > at}
        assert len(self.running) < 2
        self.running[id_] = at + 30.0

    @invariant()
    def all_starts_keep_their_distance(self):
        assert all(later - earlier >= gap - 1e-6 for (earlier, _), (later, gap) in pairwise(self.starts[-3:]))

    @invariant()
    def nobody_stands_in_line_twice(self):
        assert len({id_ for id_, _ in self.line.standing}) == len(self.line.standing)


TestProcesses = Processes.TestCase
TestProcesses.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)


def test_the_third_waits_until_one_of_two_is_done_and_comes_before_the_fourth():
    line = Line()
    for id_ in "abcd":
        line, wait = take_turn(line, ask(id_, gap=0.0), 100.0)
        assert (wait is None) == (id_ in "cd")
    line = line.leave("a")
    line, fourth = take_turn(line, ask("d", gap=0.0), 101.0)
    line, third = take_turn(line, ask("c", gap=0.0), 101.0)
    assert fourth is None
    assert third == 0.0


def test_who_died_while_waiting_holds_up_nobody_for_longer_than_five_seconds():
    line = Line()
    for id_ in "abc":
        line, _ = take_turn(line, ask(id_, gap=0.0), 100.0)
    line = line.leave("a").leave("b")
    line, _ = take_turn(line, ask("d"), 100.0 + WAITING - 0.1)
    assert [id_ for id_, _ in line.standing] == ["c", "d"]
    line, _ = take_turn(line, ask("e"), 100.0 + WAITING)
    assert [id_ for id_, _ in line.standing] == ["d", "e"]


def test_the_place_of_who_died_while_running_is_free_when_its_longest_time_is_over():
    line = Line()
    for id_ in "ab":
        line, _ = take_turn(line, ask(id_, gap=0.0, margin=0.0), 100.0)
    assert take_turn(line, ask("c"), 129.9)[1] is None
    assert take_turn(line, ask("c"), 130.0)[1] == 0.0


def test_a_start_later_than_patience_is_not_reserved():
    line, _ = take_turn(Line(), ask("a"), 100.0)
    after, wait = take_turn(line, ask("b", gap=30.0, patience=10.0), 101.0)
    assert wait == pytest.approx(29.05)
    assert after.started_by == line.started_by


@given(st.floats(100.0, 1e6))
def test_a_clock_that_was_put_back_holds_nobody_up(back):
    line, _ = take_turn(Line(), ask("a"), 2e6)
    line, wait = take_turn(line.leave("a"), ask("b"), 2e6 - back)
    assert wait == 1.0


@pytest.fixture
async def store(postgres):
    async with postgres.emptied() as url, await Store.open(url) as store:
        yield store


async def turn(store, id_, host=HOST, **changes):
    async with store.writing() as db:
        return await ask_for_turn(db, host, ask(id_, **changes))


async def test_the_database_keeps_the_line_with_its_own_clock(store):
    assert await turn(store, "a", gap=GAP) == 0.0
    assert 0.0 < await turn(store, "b", gap=GAP) <= GAP + MARGIN
    assert await turn(store, "c") is None
    async with store.writing() as db:
        await leave_line(db, HOST, "a")
        await leave_line(db, HOST, "nobody")
        await leave_line(db, "other.example", "a")
    assert 0.0 < await turn(store, "c", gap=GAP) <= 2 * (GAP + MARGIN)


async def test_hosts_do_not_wait_for_each_other_whatever_they_are_called(store):
    for host in ("a.example", "b.example", "127.0.0.1", "::1", "xn--bcher-kva.example", "x" * 5000, "'; --", "", "\0"):
        assert await turn(store, "a", host, gap=GAP) == 0.0
        assert await turn(store, "b", host, gap=GAP) > GAP / 2


async def test_whoever_waits_for_the_row_is_told_by_the_clock_of_when_it_was_had(store):
    async with store.writing() as db:
        await ask_for_turn(db, HOST, ask("a"))
        waiting = asyncio.create_task(turn(store, "b"))
        await asyncio.sleep(0.4)
    assert await waiting < 0.75


async def test_those_who_ask_for_the_first_time_at_once_do_not_both_start(store):
    waits = await asyncio.gather(*(turn(store, str(number), gap=GAP) for number in range(8)))
    told = sorted(wait for wait in waits if wait is not None)
    assert len(told) == 2
    assert told[0] == 0.0
    assert told[1] > GAP / 2


async def test_only_hosts_that_nobody_asked_for_an_hour_are_forgotten(store):
    for host in ("old.example", "new.example", "held.example"):
        await turn(store, "a", host)
    async with store.writing() as db:
        is_old = host_turns.c.host != "new.example"
        await db.execute(update(host_turns).where(is_old).values(asked_at=host_turns.c.asked_at - FORGOTTEN_AFTER))
    async with store.writing() as holding:
        await holding.execute(select(host_turns).where(host_turns.c.host == "held.example").with_for_update())
        async with asyncio.timeout(PATIENCE), store.writing() as db:
            await forget_hosts(db)
    async with store.reading() as db:
        left = await db.execute(select(host_turns.c.host).order_by(host_turns.c.host))
        assert [*left.scalars()] == ["held.example", "new.example"]
        assert (await db.execute(select(func.count()).select_from(host_turns))).scalar_one() == 2


def test_the_one_that_asks_again_too_late_gets_a_later_start():
    line, first = take_turn(Line(), ask("a"), 100.0)
    line, again = take_turn(line, replace(ask("a"), margin=0.4), 100.2)
    assert (first, again) == (0.0, pytest.approx(0.85))
    assert len(line.standing) == 1

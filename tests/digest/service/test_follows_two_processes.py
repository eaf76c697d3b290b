"""Two processes on one PostgreSQL tell each follower once, each channel by one of them, and keep to the limits."""

import asyncio

import pytest

from digest.errors import LimitError, NotFoundError
from digest.service import Service
from digest.service.delivering import LEASE
from digest.store import Store
from tests.builders import NOW, brief
from tests.digest.service.follows import A_MOMENT, PHRASE, Desk, told, wanted, worded
from tests.fakes import FakeFetcher, think


@pytest.fixture
async def desks(postgres):
    async with postgres.emptied() as url, await Store.open(url) as one, await Store.open(url) as other:
        first, second = Desk(one), Desk(other)
        second.source_ids = first.source_ids
        yield first, second


async def test_of_many_that_look_at_once_each_follower_is_told_once(desks):
    one, other = desks
    for user in range(6):
        await one.add(user_id=user, channel_id=100 + user)
        await one.add("sunday", PHRASE, user_id=user, channel_id=100 + user)
    await one.bring(brief(), worded("the room happy", url="https://quay.example/1"))
    await asyncio.gather(*(desk.tick() for desk in (one, other) * 3))
    await one.tick()
    everything = await Service(one.store, FakeFetcher(), think).alerts.open_deliveries(now=NOW)
    assert sorted({part.channel_id for part in everything}) == [100 + user for user in range(6)]
    assert len(told(*(part.payload for part in everything))) == 6 * 4


async def test_a_channel_to_which_one_sends_is_no_others_until_its_lease_runs_out(desks):
    one, other = desks
    await one.add()
    await one.bring(brief())
    await one.tick()
    (alert,) = await one.open()
    assert await other.open() == ()
    with pytest.raises(NotFoundError):
        await other.service.alerts.begin_delivery(alert.id, now=NOW)
    await one.service.alerts.begin_delivery(alert.id, now=NOW)
    other.now = NOW + LEASE + A_MOMENT
    (again,) = await other.open()
    assert (again.id, again.attempted_at) == (alert.id, NOW)
    await other.service.hand_over()
    one.now = other.now
    assert len(await one.open()) == 1


async def test_both_together_add_no_more_than_there_may_be(desks):
    async def add(number):
        try:
            return await desks[number % 2].service.add_follow(wanted(f"phrase {number}", PHRASE), now=NOW)
        except LimitError:
            return None

    added = await asyncio.gather(*(add(number) for number in range(30)))
    assert len([one for one in added if one]) == 25

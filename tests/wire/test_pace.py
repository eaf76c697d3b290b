"""However late requests arrive, no second has more of them than Discord allows; commands are answered at once."""

import asyncio
import random
from types import SimpleNamespace

import aiohttp
import pytest
import yarl

from bot.channels.pace import PER_SECOND, Pace
from tests.waiting import PATIENCE
from tests.wire.loops import hasty

ALLOWED = 50
POST = yarl.URL("http://127.0.0.1/api/v10/channels/1/messages")
ANSWER = yarl.URL("http://127.0.0.1/api/v10/webhooks/1/token/messages/@original")
CALLBACK = yarl.URL("http://127.0.0.1/api/v10/interactions/1/token/callback")


class Asking:
    """Makes requests as aiohttp does, whose effect comes somewhere between their start and their answer."""

    def __init__(self, pace, slowness):
        self.chance = random.Random(7)
        self.trace = pace.trace()
        self.slowness = slowness
        self.seen = []

    async def ask(self, url=POST, *, breaks=False):
        context, loop = SimpleNamespace(), asyncio.get_running_loop()
        for callback in self.trace.on_request_start:
            await callback(None, context, SimpleNamespace(url=url))
        before, after = self.chance.uniform(0, self.slowness), self.chance.uniform(0, self.slowness)
        await asyncio.sleep(before)
        self.seen.append(loop.time())
        await asyncio.sleep(after)
        ended = SimpleNamespace(method="POST", url=url, response=SimpleNamespace(status=200, headers={}))
        for callback in self.trace.on_request_exception if breaks else self.trace.on_request_end:
            await callback(None, context, ended)

    def most_in_a_second(self):
        times = sorted(self.seen)
        return max(sum(first <= one < first + 1 for one in times) for first in times)


@pytest.fixture
def pace():
    return Pace()


@pytest.mark.parametrize("slowness", [0.01, 0.3, 3])
async def test_no_second_has_more_requests_than_are_allowed_even_where_they_arrive_in_heaps(pace, slowness):
    asking = Asking(pace, slowness)
    with hasty():
        await asyncio.gather(*(asking.ask(breaks=number % 7 == 0) for number in range(200)))
    assert len(asking.seen) == 200
    assert asking.most_in_a_second() < ALLOWED


async def test_who_gets_no_place_for_twenty_seconds_is_told_so_and_takes_none(pace):
    asking, loop = Asking(pace, 0), asyncio.get_running_loop()
    with hasty():
        crowd = Asking(pace, 200)
        crowd.chance = SimpleNamespace(uniform=lambda _, most: most)
        slow = [asyncio.create_task(crowd.ask()) for _ in range(PER_SECOND)]
        await asyncio.sleep(0)
        late = Asking(pace, 0)
        began = loop.time()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(60):
                await late.ask()
        assert loop.time() - began == pytest.approx(20)
        await asyncio.gather(*slow)
        await asking.ask()
    assert (len(asking.seen), late.seen) == (1, [])


async def test_turns_come_evenly_at_nearly_the_rate_that_is_allowed(pace):
    loop = asyncio.get_running_loop()
    with hasty():
        began = loop.time()
        for _ in range(480):
            await pace.turn()
        assert 9.5 < loop.time() - began < 12
    assert PER_SECOND < ALLOWED


@pytest.mark.parametrize("url", [ANSWER, CALLBACK], ids=["answer", "callback"])
async def test_answers_to_commands_wait_for_no_place(pace, url):
    asking = Asking(pace, 0)
    for callback in asking.trace.on_request_start:
        for _ in range(PER_SECOND + 10):
            started = asyncio.create_task(callback(None, SimpleNamespace(), SimpleNamespace(url=POST)))
            await asyncio.sleep(0)
    async with asyncio.timeout(PATIENCE):
        await asking.ask(url)
    started.cancel()


async def test_a_broken_thread_opening_is_broken_off_before_the_client_asks_again(pace):
    trace, closed = pace.trace(), []
    context = SimpleNamespace(has_place=False)
    response = SimpleNamespace(status=502, headers={}, close=lambda: closed.append(True))
    opening = yarl.URL("http://127.0.0.1/api/v10/channels/1/threads")
    for callback in trace.on_request_end:
        with pytest.raises(aiohttp.ClientError):
            await callback(None, context, SimpleNamespace(method="POST", url=opening, response=response))
        await callback(None, context, SimpleNamespace(method="POST", url=POST, response=response))
    assert closed == [True]

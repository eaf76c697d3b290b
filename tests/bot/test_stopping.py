"""Steps and posts that hang are waited for together, not one after the other; what ends in time is let end."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.delivery import Sender
from bot.stopping import drain
from digest.model import DeliveryState
from tests.bot.deliveries import FakeDiscord, Watch, delivery
from tests.bot.services import FakeService


class SlowDiscord(FakeDiscord):
    """Takes its time with each post."""

    seconds = 60.0

    def __init__(self, watch):
        super().__init__(watch)
        self.begun = asyncio.Event()

    async def post(self, delivery):
        self.begun.set()
        await asyncio.sleep(self.seconds)
        return await super().post(delivery)


@pytest.fixture
def service():
    service = FakeService()
    service.rows = {1: delivery(1)}
    return service


async def stop(service, *, step_seconds, post_seconds, seconds):
    """Stop while a step and a post are under way that take so long; return what the stop took."""
    watch, loop, begun = Watch(), asyncio.get_running_loop(), asyncio.Event()

    async def step(_):
        begun.set()
        await asyncio.sleep(step_seconds)

    discord = SlowDiscord(watch)
    discord.seconds = post_seconds
    sender, clock = Sender(service, discord, watch), Clock(watch)
    clock.every(timedelta(hours=1), step, name="slow")
    clock.start()
    await sender.start_open()
    await begun.wait()
    await discord.begun.wait()
    began = loop.time()
    await drain(clock, sender, seconds=seconds)
    return loop.time() - began


async def test_a_step_and_a_post_that_hang_have_one_span_of_time_together(service):
    assert 1.9 < await stop(service, step_seconds=60, post_seconds=60, seconds=2) < 3.9
    assert service.states() == [DeliveryState.SENDING]


async def test_a_post_that_ends_in_time_is_let_end_and_noted(service):
    assert await stop(service, step_seconds=0.01, post_seconds=0.2, seconds=60) < 30
    assert service.states() == [DeliveryState.SENT]


async def test_what_a_last_step_begins_to_post_is_waited_for(service):
    watch, begun = Watch(), asyncio.Event()
    sender, clock = Sender(service, FakeDiscord(watch), watch), Clock(watch)

    async def post(_):
        begun.set()
        await asyncio.sleep(0.1)
        await sender.start_open()

    clock.every(timedelta(hours=1), post, name="late")
    clock.start()
    await begun.wait()
    await drain(clock, sender, seconds=60)
    assert service.states() == [DeliveryState.SENT]

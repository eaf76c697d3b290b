"""The disk fills up under the running bot: nothing is doubled or lost, it is told once, and it goes on by itself."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest
from simcord import assert_error

from bot.clock import Clock
from bot.delivery import Sender
from bot.texts.store import ERROR_UNWRITABLE
from digest.errors import UnwritableStoreError
from tests.bot.conftest import answer, set_up
from tests.bot.deliveries import FakeDiscord, Watch
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, story
from tests.digest.store.rooms import full
from tests.stores import open_store

LONG = "word " * 20_000  # no free page holds it
TICK = timedelta(milliseconds=20)
DUE = NOW + timedelta(hours=1)


@pytest.fixture
async def newsroom(tmp_path):
    """A service with one article read, which is due in the guild's channel in an hour."""
    async with await open_store(tmp_path) as store:
        newsroom = Newsroom(store)
        newsroom.publish(story(1))
        await newsroom.service.add_source(1, FEED, now=NOW)
        await newsroom.service.refresh_due(now=NOW)
        await newsroom.service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)
        newsroom.store = store
        yield newsroom


def with_much_to_say(digest):
    return tuple(replace(part, payload=part.payload + LONG) for part in print_urls(digest))


async def test_an_edition_that_finds_no_room_is_told_of_once_and_issued_when_there_is(newsroom, caplog, capsys):
    tries, issued = 0, []

    async def issue(now):
        nonlocal tries
        tries += 1
        issued.extend(await newsroom.service.issue_due(now=now, render=with_much_to_say))

    async def tick(times):
        clock, until = Clock(Watch(DUE)), tries + times
        clock.every(TICK, issue, name="issue")
        clock.start()
        while tries < until:  # noqa: ASYNC110 -- what is waited for knows nothing of events
            await asyncio.sleep(TICK.total_seconds())
        await clock.stop()

    async with full(newsroom.store):
        await tick(3)
    told = [record for record in caplog.records if not record.name.startswith("apscheduler")]
    assert [record.name for record in told] == ["digest.store.database"]
    assert "the disk is full" in told[0].getMessage()
    assert issued == []
    await tick(2)
    assert len(issued) == 1
    assert capsys.readouterr().out == ""  # where structlog writes, if nobody says otherwise


class StuckOutbox:
    """The service, with an outbox whose disk has no room for one of its calls."""

    def __init__(self, service, call):
        self._service, self._call = service, call

    def __getattr__(self, name):
        if name != self._call:
            return getattr(self._service, name)

        async def refuse(*_, **__):
            raise UnwritableStoreError("the disk is full")

        return refuse


@pytest.mark.parametrize(("call", "posted"), [("begin_delivery", 0), ("finish_delivery", 1)])
@pytest.mark.parametrize("minutes", [0, 1, 10])
async def test_a_part_whose_way_cannot_be_written_down_is_posted_once_all_the_same(newsroom, call, posted, minutes):
    await newsroom.service.issue_due(now=DUE, render=print_urls)
    watch = Watch(DUE)
    channel = FakeDiscord(watch)
    for _ in range(3):
        await Sender(StuckOutbox(newsroom.service, call), channel, watch).post_open()
        watch.pass_(minutes=minutes)
    assert len(channel.messages) == posted
    await Sender(newsroom.service, channel, watch).post_open()
    assert len(channel.messages) == 1
    assert await newsroom.service.open_deliveries(now=watch()) == ()


async def test_a_command_answers_with_a_sentence(simcord_env, server, service):
    service.trouble = UnwritableStoreError("database or disk is full")
    assert answer(await set_up(server)) == ERROR_UNWRITABLE
    assert_error(simcord_env, UnwritableStoreError)

"""Behind a proxy that holds the limit of all requests: everything goes through it, and nothing is refused."""

import asyncio

import discord
import pytest

from bot.channels import DiscordChannels, Pace
from bot.client import OnRecordBot
from bot.clock import read_clock
from bot.delivery import Sender
from bot.doctor import State, examine
from bot.rest import RestClient, ask_at
from bot.settings import Settings
from tests.bot.deliveries import FakeOutbox, delivery
from tests.bot.services import FakeService
from tests.stores import url_of
from tests.wire.conftest import PAYLOAD
from tests.wire.faults import Status
from tests.wire.loops import hasty
from tests.wire.proxy import Proxy
from tests.wire.server import logged_in, logged_in_by_rest


@pytest.fixture
async def proxy(wire, monkeypatch):
    """The address is what an operator writes, which has no path."""
    origin = f"http://127.0.0.1:{wire._port}"
    async with Proxy(origin, per_second=45).serve() as served:
        monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1/nobody")
        ask_at(Settings(discord_api_url=served.url).discord_api_url)
        yield served


async def test_what_the_bot_asks_and_answers_goes_through_the_proxy(wire, guild, channel, proxy, *, service, watch):
    async with logged_in(OnRecordBot(service, watch), wire.world.token) as bot:
        member = await wire.member(guild, "member")
        seen = await member.invoke("status", channel)
        assert seen.content or seen.embeds
        (part,) = parts_for([channel])
        await Sender(FakeOutbox(part), bot.sender._channel, watch).post_open()
    assert len(channel.messages) == 1
    assert [path.removeprefix("/api/v10") for _, path in proxy.passed] == [one.path for one in wire.rest.requests]
    assert any(path.endswith("/callback") for _, path in proxy.passed)
    assert wire.gateway.identifies == 1


def parts_for(channels, first=1):
    return [
        delivery(number, guild_id=one.guild_id, channel_id=one.id, payload=PAYLOAD)
        for number, one in enumerate(channels, start=first)
    ]


async def test_two_workers_together_stay_below_the_limit_that_the_proxy_holds(wire, guild, proxy, watch):
    several = [[wire.world.add_channel(guild, f"c{number}") for number in range(100)] for _ in range(2)]
    outboxes = [FakeOutbox(*parts_for(channels, first)) for channels, first in zip(several, (1, 101), strict=True)]
    clients = [RestClient(FakeService(), watch) for _ in range(2)]
    async with (
        logged_in_by_rest(clients[0], wire.world.token),
        logged_in_by_rest(clients[1], wire.world.token),
    ):
        senders = [
            Sender(outbox, client.sender._channel, watch) for outbox, client in zip(outboxes, clients, strict=True)
        ]
        with hasty():
            assert await asyncio.gather(*(sender.post_open() for sender in senders)) == [100, 100]
    assert [len(one.messages) for channels in several for one in channels] == [1] * 200
    assert wire.rest.invalid_requests == []
    assert len(proxy.passed) == len(wire.rest.requests)


@pytest.mark.parametrize("answer", [408, 502, 504])
async def test_a_proxy_that_gives_up_waiting_makes_no_second_message(wire, channel, proxy, watch, *, answer):
    outbox = FakeOutbox(*parts_for([channel]))
    wire.faults.next("POST", "/channels/*/messages", Status(answer, text="<html>timed out</html>", after=True))
    client = RestClient(FakeService(), watch)
    async with logged_in_by_rest(client, wire.world.token):
        sender = Sender(outbox, DiscordChannels(client, Pace()), watch)
        with hasty():
            if not await sender.post_open():
                watch.pass_(seconds=15)
                assert await sender.post_open() == 1
    assert list(channel.messages) == [outbox.rows[1].message_id]
    assert proxy.passed


async def test_the_doctor_asks_through_the_proxy_as_the_bot_does(wire, monkeypatch, tmp_path):
    async with Proxy(f"http://127.0.0.1:{wire._port}", per_second=45).serve() as served:
        monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1/nobody")
        settings = Settings(
            _env_file=None,
            discord_token=wire.world.token,
            discord_api_url=served.url,
            database_url=url_of(tmp_path / "onrecord.db"),
        )
        looks = {one.check: one async for one in examine(settings, read_clock)}
    assert looks["token"].state is State.OK
    assert "/api/v10/users/@me" in [path for _, path in served.passed]

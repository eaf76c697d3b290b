"""Our delivery while the gateway is in trouble or a guild is out: each part stands in its channel once, or waits."""

import asyncio

import pytest

from bot.channels import DiscordChannels, Pace
from bot.delivery import Sender
from digest.model import DeliveryState
from tests.bot.deliveries import is_shown_once
from tests.waiting import until
from tests.wire.faults import RateLimited, Reset, Slow, Status
from tests.wire.gateway import Op
from tests.wire.loops import hasty
from tests.wire.permissions import EMBED_LINKS, READ_MESSAGE_HISTORY
from tests.wire.server import logged_in

SEND = ("POST", "/channels/*/messages")


@pytest.fixture
def any_client(client):
    return client


# --- the gateway's trouble while a part is on its way ---


async def trouble_reconnect(wire):
    await wire.gateway.reconnect()


async def trouble_resumable(wire):
    await wire.gateway.invalidate(resumable=True)


async def trouble_not_resumable(wire):
    await wire.gateway.invalidate(resumable=False)


async def trouble_drop(wire):
    await wire.gateway.drop()


async def trouble_zombie(wire):
    wire.gateway.stop_answering_heartbeats()


TROUBLES = {
    "op 7": (trouble_reconnect, Op.RESUME),
    "op 9 resumable": (trouble_resumable, Op.RESUME),
    "op 9": (trouble_not_resumable, Op.IDENTIFY),
    "drop": (trouble_drop, Op.RESUME),
    "zombie": (trouble_zombie, Op.RESUME),
}


@pytest.mark.parametrize("fault", [Slow(1), Slow(1, after=True), Reset(after=True)], ids=str)
@pytest.mark.parametrize(("trouble", "then"), TROUBLES.values(), ids=TROUBLES.keys())
async def test_a_part_is_sent_once_while_the_gateway_is_in_trouble(
    wire, channel, outbox, sender, *, trouble, then, fault
):
    wire.faults.next(*SEND, fault)
    sending = asyncio.ensure_future(sender.post_open())
    await asyncio.sleep(0.02)
    await trouble(wire)
    with hasty():
        await sending
        async with asyncio.timeout(600):
            while wire.gateway.operations()[1:] != [then]:  # noqa: ASYNC110 -- the wire records, it does not signal
                await asyncio.sleep(1)
        await sender.post_open()
    assert is_shown_once(channel, outbox)


@pytest.mark.parametrize(
    ("denied", "name"), [(EMBED_LINKS, "Embed Links"), (READ_MESSAGE_HISTORY, "Read Message History")]
)
async def test_in_an_outage_nothing_is_posted_whose_permissions_nobody_knows(
    wire, guild, channel, *, outbox, sender, client, denied, name
):
    await wire.change_channel(channel, denied=denied)
    await wire.lose_guild(guild)
    await wire.gateway.invalidate(resumable=False)
    with hasty():
        await client.wait_for("ready", timeout=60)
    assert client.get_guild(guild.id).unavailable
    assert await sender.post_open() == 0
    assert (channel.messages, outbox.states()) == ({}, [DeliveryState.SENDING])
    await wire.regain_guild(guild)
    await until(lambda: client.get_channel(channel.id))
    assert await sender.post_open() == 0
    assert channel.messages == {}
    assert name in next(iter(outbox.paused.values()))


async def test_after_an_outage_a_part_is_posted_once(wire, guild, channel, *, outbox, sender, client):
    await wire.lose_guild(guild)
    await wire.gateway.invalidate(resumable=False)
    with hasty():
        await client.wait_for("ready", timeout=60)
    assert await sender.post_open() == 0
    await wire.regain_guild(guild)
    await until(lambda: client.get_channel(channel.id))
    assert await sender.post_open() == 1
    assert is_shown_once(channel, outbox)


# --- waiting for Discord and the nonce ---


async def test_a_client_that_may_not_wait_long_never_sends_again_after_the_nonces_window(
    wire, watch, channel, outbox, new_client
):
    """Created, its answer lost; then a 429 for minutes: the client's own next try would come too late for the nonce."""
    wire.faults.next(*SEND, Status(502, after=True), RateLimited(retry_after=240))
    async with logged_in(new_client(max_ratelimit_timeout=30), wire.world.token) as client:
        sender = Sender(outbox, DiscordChannels(client, Pace()), watch)
        with hasty():
            assert await sender.post_open() == 0
        watch.pass_(seconds=241)
        assert await sender.post_open() == 1
    assert is_shown_once(channel, outbox)

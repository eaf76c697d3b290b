"""What the doctor asks of Discord, and what it makes of the answers."""

from datetime import time, timedelta

import pytest

from bot.clock import read_clock
from bot.doctor import State, examine
from bot.doctor.application import asking, check_token
from bot.settings import Settings
from digest import Service, Subscription
from tests.fakes import think
from tests.stores import open_store, url_of
from tests.wire.faults import Status
from tests.wire.loops import hasty
from tests.wire.permissions import EMBED_LINKS


@pytest.fixture
def looking(wire, tmp_path):
    async def look(*places, token=None, now=read_clock):
        async with await open_store(tmp_path) as store:
            for guild_id, channel_id in places:
                order = Subscription(guild_id, channel_id, (time(8, 0),), "Europe/Berlin")
                await Service(store, None, think).save_subscription(order, now=read_clock())
        url = url_of(tmp_path / "onrecord.db")
        settings = Settings(_env_file=None, discord_token=token or wire.world.token, database_url=url)
        return {one.check: one async for one in examine(settings, now)}

    return look


async def test_all_is_well(looking, guild, channel, wire):
    thread = wire.world.add_thread(channel, "digests", wire.world.bot)
    looks = await looking((guild.id, channel.id), (guild.id, thread.id))
    wanted = ("settings", "database", "token", "intents", "identifies", "channels", "clock", "model")
    assert {looks[name].state for name in wanted} == {State.OK}
    assert "2 channels looked at, of 2" in looks["channels"].says
    assert wire.gateway.sessions == {}  # it never logs in where the running bot is
    assert wire.world.token not in str(looks)


async def test_a_refused_token_is_told_apart_from_a_discord_that_is_away(looking, wire):
    looks = await looking(token="wrong")
    assert looks["token"].state is State.WRONG
    assert "refuses" in looks["token"].says
    assert looks["intents"].state is looks["channels"].state is State.UNSEEN
    wire.faults.next("GET", "/users/@me", Status(503))
    with hasty():
        async with asking(read_clock) as client:
            finding = await check_token(client, wire.world.token)
    assert "cannot be reached" in finding.says


async def test_channels_that_cannot_be_posted_to_are_named_with_what_is_missing(looking, guild, wire):
    closed = wire.world.add_channel(guild, "closed", denied=EMBED_LINKS)
    looks = await looking((guild.id, closed.id), (guild.id, 5), (77, 6))
    says = looks["channels"].says
    assert looks["channels"].state is State.WARNING
    assert f"channel {closed.id} of server {guild.id} (missing: Embed Links)" in says
    assert f"channel 5 of server {guild.id} (it is gone)" in says
    assert "channel 6 of server 77 (the bot is not in the server)" in says


async def test_how_often_the_bot_may_still_connect_is_told(looking, wire):
    finding = (await looking())["identifies"]
    assert finding.says.startswith("1000 of 1000 are left until ")
    wire.gateway.identifies_left = 10
    finding = (await looking())["identifies"]
    assert (finding.state, finding.says[:16]) == (State.WARNING, "10 of 1000 are l")


@pytest.mark.parametrize(
    ("switch", "state", "says"),
    [
        ({"bot_require_code_grant": True}, State.WRONG, "Code Grant"),
        ({"integration_types_config": {"1": {}}}, State.WRONG, "cannot be added"),
        ({"flags": 1 << 19}, State.WARNING, "Message Content"),
        ({"flags": 1 << 14}, State.WARNING, "Server Members"),
        ({"bot_public": False}, State.WARNING, "Public Bot"),
    ],
)
async def test_switches_that_are_set_wrong_are_told(looking, wire, switch, state, says):
    wire.world.switches = switch
    finding = (await looking())["intents"]
    assert finding.state is state
    assert says in finding.says


async def test_a_clock_an_hour_ahead_is_wrong(looking):
    finding = (await looking(now=lambda: read_clock() + timedelta(hours=1)))["clock"]
    assert finding.state is State.WRONG
    assert "ahead of Discord" in finding.says

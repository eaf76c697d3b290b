"""Logging in, what clients are told while the world changes, and what the client does in the gateway's trouble."""

import asyncio

import discord
import pytest

from tests.waiting import PATIENCE, until
from tests.wire import payloads
from tests.wire.gateway import Op
from tests.wire.loops import hasty
from tests.wire.server import logged_in

pytestmark = pytest.mark.usefixtures("channel")

IDENTIFY_SECONDS = 5  # what discord.py waits before it identifies again
ZOMBIE_SECONDS = 60  # discord.py's `heartbeat_timeout`, which the bot leaves as it is


@pytest.fixture
def heard():
    """A client that was told something since: the events it dispatched, by name."""

    class Listener(discord.Client):
        def __init__(self):
            super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
            self.events = []

        def dispatch(self, event, /, *args, **kwargs):
            if event.startswith(("guild", "resumed", "disconnect", "connect")):
                self.events.append(event)
            super().dispatch(event, *args, **kwargs)

    return Listener


async def test_the_client_logs_in_and_knows_its_guilds_and_channels(wire, guild, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        assert client.user.id == wire.world.bot_id
        assert client.get_guild(guild.id).name == "Harbour"
        assert client.get_channel(channel.id).name == "news"
        assert client.get_guild(guild.id).me.id == client.user.id
    operations = [message["op"] for message in wire.gateway.received]
    assert operations[:2] == [Op.HEARTBEAT, Op.IDENTIFY]


@pytest.mark.usefixtures("wire")
async def test_a_wrong_token_is_refused(new_client):
    with pytest.raises(discord.LoginFailure):
        async with logged_in(new_client(), "wrong"):
            pass


async def test_heartbeats_are_answered(wire, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        assert client.latency < 5


# --- the world changes ---


async def test_a_channel_that_changes_or_goes_is_told(wire, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        changed = asyncio.ensure_future(client.wait_for("guild_channel_update", timeout=PATIENCE))
        await asyncio.sleep(0)
        await wire.change_channel(channel, name="renamed")
        await changed
        assert client.get_channel(channel.id).name == "renamed"
        gone = asyncio.ensure_future(client.wait_for("guild_channel_delete", timeout=PATIENCE))
        await asyncio.sleep(0)
        await wire.delete_channel(channel)
        await gone
        assert client.get_channel(channel.id) is None


async def test_an_outage_is_no_removal(wire, guild, heard):
    async with logged_in(heard(), wire.world.token) as client:
        client.events.clear()
        await wire.lose_guild(guild)
        await wire.regain_guild(guild)
        await wire.leave_guild(guild)
        await until(lambda: len(client.events) == 3)
        assert client.events == ["guild_unavailable", "guild_available", "guild_remove"]


async def test_a_guild_that_invites_the_bot_is_told(wire, heard):
    async with logged_in(heard(), wire.world.token) as client:
        joined = asyncio.ensure_future(client.wait_for("guild_join", timeout=PATIENCE))
        await asyncio.sleep(0)
        guild = await wire.join_guild("Lighthouse")
        assert (await joined).id == guild.id


async def test_what_a_client_did_not_ask_for_it_is_not_told(wire, guild, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        await wire.member(guild)
        await client.get_channel(channel.id).send("one")
    (session,) = wire.gateway.sessions.values()
    told = {message["t"] for message in session.sent}
    assert told == {"READY", "GUILD_CREATE"}


# --- trouble ---


async def resumed(client):
    return await client.wait_for("resumed", timeout=PATIENCE)


@pytest.mark.parametrize("code", [None, 1000, 4000, 4008, 4009], ids=str)
async def test_a_connection_that_breaks_is_taken_up_again_and_hears_what_it_missed(wire, channel, new_client, code):
    async with logged_in(new_client(), wire.world.token) as client:
        session = next(iter(wire.gateway.sessions.values()))
        waiting = asyncio.ensure_future(resumed(client))
        await wire.gateway.drop(code)
        renamed = payloads.channel_alone(channel) | {"name": "renamed"}
        await session.dispatch("CHANNEL_UPDATE", renamed)
        await waiting
        assert client.get_channel(channel.id).name == "renamed"
    assert wire.gateway.operations() == [Op.IDENTIFY, Op.RESUME]


async def test_op_7_the_client_reconnects_and_resumes(wire, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        waiting = asyncio.ensure_future(resumed(client))
        await asyncio.sleep(0)
        await wire.gateway.reconnect()
        await waiting
    assert wire.gateway.operations() == [Op.IDENTIFY, Op.RESUME]


async def test_op_9_resumable_the_client_resumes(wire, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        waiting = asyncio.ensure_future(resumed(client))
        await asyncio.sleep(0)
        await wire.gateway.invalidate(resumable=True)
        await waiting
    assert wire.gateway.operations() == [Op.IDENTIFY, Op.RESUME]


async def test_op_9_not_resumable_the_client_identifies_anew_and_knows_its_guilds(wire, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        ready = asyncio.ensure_future(client.wait_for("ready", timeout=PATIENCE))
        await asyncio.sleep(0)
        await wire.gateway.invalidate(resumable=False)
        started = asyncio.get_running_loop().time()
        with hasty():
            await ready
        assert asyncio.get_running_loop().time() - started >= IDENTIFY_SECONDS
        assert client.get_channel(channel.id).name == "news"
    assert wire.gateway.operations() == [Op.IDENTIFY, Op.IDENTIFY]
    assert len(wire.gateway.sessions) == 1


async def test_a_session_that_discord_forgot_is_identified_anew(wire, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        ready = asyncio.ensure_future(client.wait_for("ready", timeout=PATIENCE))
        await asyncio.sleep(0)
        wire.gateway.sessions, forgotten = {}, wire.gateway.sessions
        for session in forgotten.values():
            await session.socket.close(code=4000)
        with hasty():
            await ready
    assert wire.gateway.operations() == [Op.IDENTIFY, Op.RESUME, Op.IDENTIFY]


async def test_a_zombie_is_noticed_by_its_silence_and_resumed(wire, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        waiting = asyncio.ensure_future(client.wait_for("resumed"))
        await asyncio.sleep(0)
        wire.gateway.stop_answering_heartbeats()
        started = asyncio.get_running_loop().time()
        with hasty():
            await waiting
        # It counts from what came last, which was a little before.
        assert abs(asyncio.get_running_loop().time() - started - ZOMBIE_SECONDS) < 20
    assert wire.gateway.operations() == [Op.IDENTIFY, Op.RESUME]


async def test_the_clients_heartbeat_thread_notices_a_zombie_too(wire, new_client):
    wire.gateway.heartbeat_seconds = 0.05
    async with logged_in(new_client(heartbeat_timeout=1.5), wire.world.token) as client:
        waiting = asyncio.ensure_future(resumed(client))
        await asyncio.sleep(0)
        wire.gateway.stop_answering_heartbeats()
        await waiting
    assert wire.gateway.operations() == [Op.IDENTIFY, Op.RESUME]


async def test_missing_answers_alone_do_not_disturb_the_client_while_events_come(wire, channel, new_client):
    """A fact about discord.py, which looks at when anything came last and not at what it was."""
    wire.gateway.heartbeat_seconds = 0.05
    async with logged_in(new_client(heartbeat_timeout=2.5), wire.world.token):
        wire.gateway.stop_answering_heartbeats()
        (session,) = wire.gateway.sessions.values()
        session.is_silent = False
        for number in range(30):
            await wire.change_channel(channel, name=f"news-{number}")
            await asyncio.sleep(0.1)
    assert wire.gateway.operations() == [Op.IDENTIFY]


async def test_a_revoked_token_ends_the_client(wire, new_client):
    async with new_client() as client:
        running = asyncio.create_task(client.start(wire.world.token))
        await until(lambda: wire.gateway.sessions)
        await wire.gateway.drop(4004)
        with pytest.raises(discord.ConnectionClosed) as caught:
            await running
    assert caught.value.code == 4004


async def test_a_client_that_sends_too_much_is_closed_with_4008(wire, new_client):
    wire.gateway.heartbeat_seconds = 30
    async with logged_in(new_client(), wire.world.token) as client:
        waiting = asyncio.ensure_future(resumed(client))
        await asyncio.sleep(0)
        for _ in range(130):  # heartbeats go past the client's own limiter
            await client.ws.send_heartbeat({"op": 1, "d": None})
        await waiting
    assert wire.gateway.operations() == [Op.IDENTIFY, Op.RESUME]

"""The Discord on loopback behaves like the real one where the bot relies on it, seen through the unmodified client."""

import asyncio
from datetime import timedelta

import discord
import pytest
from discord import app_commands

from tests.wire import payloads
from tests.wire.gateway import Op
from tests.wire.server import logged_in
from tests.wire.world import EMBED_LINKS, READ_MESSAGE_HISTORY, SEND_MESSAGES, VIEW_CHANNEL


@pytest.fixture
def guild(wire):
    return wire.world.add_guild("Harbour")


@pytest.fixture
def channel(wire, guild):
    return wire.world.add_channel(guild, "news")


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


async def test_a_connection_that_breaks_is_taken_up_again_and_hears_what_it_missed(wire, guild, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        session = next(iter(wire.gateway.sessions.values()))
        resumed = asyncio.ensure_future(client.wait_for("resumed", timeout=10))
        socket, session.socket = session.socket, None
        renamed = payloads.channel(0, channel) | {"guild_id": str(guild.id), "name": "renamed"}
        await session.dispatch("CHANNEL_UPDATE", renamed)
        await socket.close(code=4000)
        await resumed
        assert client.get_channel(channel.id).name == "renamed"
    assert Op.RESUME in [message["op"] for message in wire.gateway.received]


async def test_a_message_that_is_sent_stands_in_the_history(wire, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        sent = await client.get_channel(channel.id).send("hello", embed=discord.Embed(title="t"))
        history = [message async for message in client.get_channel(channel.id).history()]
    assert [(message.id, message.content, message.embeds[0].title) for message in history] == [(sent.id, "hello", "t")]
    assert history[0].author == client.user


async def test_history_after_a_time_is_read_page_by_page(wire, watch, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        place = client.get_channel(channel.id)
        for number in range(250):
            watch.pass_(seconds=1)
            wire.world.create_message(channel.id, {"content": str(number)})
        since = watch() - timedelta(seconds=220)
        found = [int(message.content) async for message in place.history(limit=None, after=since, oldest_first=True)]
    assert found == list(range(30, 250))
    assert len(wire.rest.sent("GET", "/messages")) == 3


async def test_the_same_nonce_makes_one_message_while_its_window_lasts(wire, watch, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        place = client.get_channel(channel.id)
        first = await place.send("one", nonce="n")
        watch.pass_(minutes=2)
        assert (await place.send("one", nonce="n")).id == first.id
        watch.pass_(minutes=2)
        assert (await place.send("one", nonce="n")).id != first.id


async def test_a_resend_of_a_deleted_message_is_unknown(wire, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        place = client.get_channel(channel.id)
        await place.send("one", nonce="n")
        channel.messages.clear()
        with pytest.raises(discord.NotFound) as caught:
            await place.send("one", nonce="n")
    assert caught.value.code == 10008


@pytest.mark.parametrize(("denied", "code"), [(VIEW_CHANNEL, 50001), (SEND_MESSAGES, 50013)])
async def test_what_is_not_allowed_is_refused_with_discords_code(wire, guild, new_client, denied, code):
    channel = wire.world.add_channel(guild, denied=denied)
    async with logged_in(new_client(), wire.world.token) as client:
        with pytest.raises(discord.Forbidden) as caught:
            await client.get_channel(channel.id).send("one")
    assert caught.value.code == code


async def test_a_missing_right_can_be_silent(wire, guild, new_client):
    channel = wire.world.add_channel(guild, denied=EMBED_LINKS | READ_MESSAGE_HISTORY)
    async with logged_in(new_client(), wire.world.token) as client:
        place = client.get_channel(channel.id)
        assert (await place.send("one", embed=discord.Embed(title="t"))).embeds == []
        assert [message async for message in place.history()] == []
        assert not place.permissions_for(place.guild.me).embed_links


async def test_a_channel_that_is_gone_is_unknown(wire, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        wire.world.remove_channel(channel)
        with pytest.raises(discord.NotFound) as caught:
            await client.get_channel(channel.id).send("one")
    assert caught.value.code == 10003


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2001},
        {"embed": discord.Embed(title="x" * 257)},
        {"embeds": [discord.Embed(description="x" * 3001)] * 2},
        {"embeds": [discord.Embed(title="x")] * 10, "content": "", "nonce": "x" * 26},
    ],
    ids=["content", "title", "all embeds", "nonce"],
)
async def test_a_message_over_a_limit_is_refused(wire, channel, new_client, body):
    async with logged_in(new_client(), wire.world.token) as client:
        with pytest.raises(discord.HTTPException) as caught:
            await client.get_channel(channel.id).send(**body)
    assert (caught.value.status, caught.value.code) == (400, 50035)
    assert channel.messages == {}


async def test_commands_that_are_put_can_be_fetched_and_keep_their_ids(wire, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        tree = app_commands.CommandTree(client)

        @tree.command(description="Says hello")
        async def hello(interaction, name: str):
            """Nobody calls it here."""

        first = await tree.sync()
        second = await tree.sync()
        fetched = await tree.fetch_commands()
    assert [command.name for command in fetched] == ["hello"]
    assert first[0].id == second[0].id == fetched[0].id
    assert fetched[0].options[0].required

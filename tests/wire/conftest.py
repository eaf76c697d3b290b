"""A Discord that listens, whose clock a test can move. What was scripted must happen, what is sent must be allowed."""

import discord
import pytest

from bot.channels import DiscordChannels, Pace
from bot.client import OnRecordBot
from bot.delivery import Sender
from tests.bot.deliveries import FakeOutbox, Watch, delivery
from tests.bot.services import FakeService
from tests.wire.loops import WireLoop
from tests.wire.permissions import MANAGE_GUILD
from tests.wire.server import WireDiscord, logged_in, logged_in_by_rest
from tests.wire.showcase import Showcase

PAYLOAD = '{"content": "📰 **World**", "embeds": [{"title": "Five ports agree", "footer": {"text": "On Record"}}]}'


def pytest_asyncio_loop_factories():
    return {"wire": WireLoop}


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
async def wire(watch):
    async with WireDiscord(watch).serve() as served:
        yield served
    assert served.wrongs() == []


@pytest.fixture
def guild(wire):
    return wire.world.add_guild("Harbour")


@pytest.fixture
def channel(wire, guild):
    return wire.world.add_channel(guild, "news")


@pytest.fixture
def new_client():
    """Makes clients as the bot does: the guilds' events and nothing else."""
    return lambda **options: discord.Client(
        intents=discord.Intents(guilds=True),
        allowed_mentions=discord.AllowedMentions.none(),
        max_messages=None,
        **options,
    )


@pytest.fixture
async def client(wire, channel, new_client):  # noqa: ARG001 -- it is there before the client logs in
    async with logged_in(new_client(), wire.world.token) as logged:
        yield logged


@pytest.fixture(params=[logged_in, logged_in_by_rest], ids=["gateway", "REST"])
def log_in(request):
    """A way to log in, with a gateway and without, for what both can do."""
    return request.param


knowing = pytest.mark.parametrize("log_in", [logged_in])
"""For what a client does that knows what it may do where: one with a gateway."""


@pytest.fixture
async def any_client(wire, channel, new_client, log_in):  # noqa: ARG001 -- it is there before the client logs in
    async with log_in(new_client(), wire.world.token) as logged:
        yield logged


@pytest.fixture
def part(guild, channel):
    return delivery(1, guild_id=guild.id, channel_id=channel.id, payload=PAYLOAD)


@pytest.fixture
def outbox(part):
    return FakeOutbox(part)


@pytest.fixture
def sender(outbox, any_client, watch):
    return Sender(outbox, DiscordChannels(any_client, Pace()), watch)


@pytest.fixture
async def bot(wire, channel):  # noqa: ARG001 -- it is there before the bot logs in
    async with logged_in(Showcase(), wire.world.token) as logged:
        yield logged


@pytest.fixture
def service():
    return FakeService()


@pytest.fixture
async def our_bot(wire, channel, service, watch):  # noqa: ARG001 -- the channel is there before the bot logs in
    """Our own bot, for the tests that let it take the place of the showcase."""
    async with logged_in(OnRecordBot(service, watch), wire.world.token) as logged:
        yield logged


@pytest.fixture
async def manager(wire, guild, bot):  # noqa: ARG001 -- its commands are registered
    return await wire.member(guild, "manager", permissions=MANAGE_GUILD)


@pytest.fixture
async def reader(wire, guild, bot):  # noqa: ARG001 -- its commands are registered
    return await wire.member(guild, "reader")

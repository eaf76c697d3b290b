"""A Discord that listens, whose clock a test can move. What was scripted must happen, what is sent must be allowed."""

import discord
import pytest

from tests.bot.deliveries import Watch
from tests.wire.loops import WireLoop
from tests.wire.server import WireDiscord


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

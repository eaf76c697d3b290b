"""A Discord that listens, whose clock a test can move."""

import discord
import pytest

from tests.bot.deliveries import Watch
from tests.wire.server import WireDiscord


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
async def wire(watch):
    async with WireDiscord(watch).serve() as served:
        yield served


@pytest.fixture
def new_client():
    """Makes clients as the bot does: the guilds' events and nothing else."""
    return lambda: discord.Client(
        intents=discord.Intents(guilds=True),
        allowed_mentions=discord.AllowedMentions.none(),
        max_messages=None,
    )

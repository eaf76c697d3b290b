"""A server with people in it, on simcord's Discord, and the bot over a service that keeps everything in memory."""

from dataclasses import dataclass

import discord
import pytest

from bot.client import OnRecordBot
from tests.bot.deliveries import ONE_SHARD, Watch
from tests.bot.services import FakeService


@pytest.fixture
def service():
    return FakeService()


@pytest.fixture
def simcord_bot(service):
    return OnRecordBot(service, Watch(), shards=ONE_SHARD)


@dataclass
class Server:
    """One guild of the world: a channel, somebody who may manage it, and somebody who may not."""

    guild: object
    channel: object
    manager: object
    reader: object

    @property
    def id(self):
        return self.guild.id


@pytest.fixture
def server(simcord_env):
    return build_server(simcord_env, "Harbour")


def build_server(env, name):
    guild = env.create_guild(name)
    managing = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    return Server(
        guild,
        guild.create_text_channel("news"),
        guild.add_member(env.create_user(f"{name}-manager"), roles=[managing]),
        guild.add_member(env.create_user(f"{name}-reader")),
    )


async def set_up(server, **options):
    wanted = {"channel": server.channel, "time": "8:00", "zone": "Europe/Berlin"}
    return await server.manager.slash(server.channel, "digest setup", **(wanted | options))


def answer(result):
    assert result.ephemeral
    return result.response.content


async def follow(server, url):
    """Add the first source that is found at an address, by the button."""
    found = await server.manager.slash(server.channel, "source add", url=url)
    await server.manager.click(found.response, label="Follow")
    return found

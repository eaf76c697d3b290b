"""Servers that remove the bot are noted, outages are not; what came and went meanwhile is noted at the start."""

from copy import copy

import discord
import pytest

from tests.builders import NOW


async def test_a_server_that_removes_the_bot_is_noted_until_it_is_back(simcord_bot, service, server):
    guild = simcord_bot.get_guild(server.id)
    simcord_bot.dispatch("guild_remove", guild)
    await drain()
    assert service.left == {server.id: NOW}
    simcord_bot.dispatch("guild_join", guild)
    await drain()
    assert service.left == {}


async def test_an_outage_is_no_removal(simcord_bot, service, server):
    simcord_bot.dispatch("guild_unavailable", simcord_bot.get_guild(server.id))
    await drain()
    assert service.left == {}


@pytest.mark.usefixtures("server")
async def test_at_the_start_all_servers_are_told(simcord_bot, service, server):
    service.left = {server.id: NOW, 99: NOW}
    simcord_bot.dispatch("shard_ready", 0)
    await drain()
    assert service.left == {99: NOW}


@pytest.mark.usefixtures("server")
async def test_what_a_server_is_called_is_noted_at_the_start_and_when_it_changes(simcord_bot, service, server):
    guild = simcord_bot.get_guild(server.id)
    simcord_bot.dispatch("shard_ready", 0)
    await drain()
    assert service.guild_names == {server.id: "Harbour"}
    before = copy(guild)
    simcord_bot.dispatch("guild_update", before, guild)
    guild.name = "Pier"
    simcord_bot.dispatch("guild_update", before, guild)
    await drain()
    assert service.guild_names == {server.id: "Pier"}
    service.guild_names.clear()
    simcord_bot.dispatch("guild_join", guild)
    await drain()
    assert service.guild_names == {server.id: "Pier"}


def test_the_bot_hears_of_guilds_and_nothing_else(simcord_bot):
    assert simcord_bot.intents == discord.Intents(guilds=True)


async def drain():
    import asyncio

    for _ in range(5):
        await asyncio.sleep(0)

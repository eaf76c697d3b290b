"""The wire and discord.py, which both know Discord's rules, find the same permissions everywhere."""

import random

import pytest

from tests.wire import permissions
from tests.wire.nouns import Overwrite
from tests.wire.server import logged_in

# Those that a channel can allow and deny.
OF_GUILDS = permissions.ADMINISTRATOR | permissions.MANAGE_GUILD
BITS = [value for value in vars(permissions).values() if isinstance(value, int) and value.bit_count() == 1]
BITS = [bit for bit in BITS if not bit & OF_GUILDS]
TOGETHER = sum(BITS)


@pytest.mark.parametrize("seed", range(12))
async def test_permissions_are_what_the_client_makes_of_the_same_overwrites(wire, guild, new_client, seed):
    dice = random.Random(seed)

    def some():
        return sum(bit for bit in BITS if dice.random() < 0.4)

    guild.roles[guild.id].permissions = some() | permissions.VIEW_CHANNEL
    roles = [wire.world.add_role(guild, name, some()) for name in "abc"]
    guild.members[wire.world.bot_id].roles = [role.id for role in roles[:2]]
    channel = wire.world.add_channel(guild)
    for role in [guild, *roles]:
        channel.overwrites[role.id] = Overwrite(some(), some() & ~permissions.VIEW_CHANNEL)
    channel.overwrites[wire.world.bot_id] = Overwrite(some(), some(), type=1)
    async with logged_in(new_client(), wire.world.token) as client:
        place = client.get_channel(channel.id)
        assert place.permissions_for(place.guild.me).value & TOGETHER == wire.world.permissions(channel) & TOGETHER
        whole = client.get_guild(guild.id).me.guild_permissions.value
        assert whole & TOGETHER == permissions.granted(guild, wire.world.me(guild)) & TOGETHER


async def test_an_administrator_may_do_everything(wire, guild):
    role = wire.world.add_role(guild, "administrators", permissions.ADMINISTRATOR)
    member = wire.world.add_member(guild, "chief", role)
    channel = wire.world.add_channel(guild, denied=permissions.VIEW_CHANNEL)
    assert wire.world.permissions(channel, member) == permissions.ALL
    assert wire.world.permissions(channel) == 0


async def test_a_thread_has_the_permissions_of_its_parent_and_its_own_right_to_send(wire, guild, channel):
    thread = wire.world.add_thread(channel, "story", wire.world.bot)
    channel.denied = permissions.SEND_MESSAGES_IN_THREADS
    assert wire.world.permissions(channel) & permissions.EMBED_LINKS
    assert not wire.world.permissions(thread) & (permissions.EMBED_LINKS | permissions.SEND_MESSAGES_IN_THREADS)
    assert guild.channels[thread.id].parent_id == channel.id

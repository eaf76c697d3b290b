"""Where the bot is: servers that removed it are noted, and those that it is in again."""

import discord
from discord.ext import commands

from bot.desk import Desk


class Presence(commands.Cog):
    """Hears of servers that come and go. An outage is neither: Discord then says that one is unavailable."""

    def __init__(self, bot: commands.Bot, desk: Desk) -> None:
        self._bot = bot
        self._desk = desk

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Note what came and went while the bot was not there; servers in an outage are known as such."""
        await self._desk.service.note_guilds([guild.id for guild in self._bot.guilds], now=self._desk.now())

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot was removed: from now on nothing is issued or posted there, and in a month all goes."""
        await self._desk.service.note_left(guild.id, now=self._desk.now())

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note that the bot is there."""
        await self._desk.service.note_joined(guild.id)

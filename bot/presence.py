"""Where the bot is: servers that removed it are noted, those that it is in again, and what they are called."""

import asyncio

import discord
import structlog
from discord.ext import commands

from bot.desk import Desk
from bot.shards import Shards
from digest.errors import StoreError

_log = structlog.stdlib.get_logger(__name__)

_BETWEEN_TRIES = 10.0  # seconds


class Presence(commands.Cog):
    """Hears of servers that come and go. An outage is neither: Discord then says that one is unavailable.

    What it does not hear of, because it is told on shards of another process, it does not judge.
    """

    def __init__(self, bot: commands.AutoShardedBot, desk: Desk) -> None:
        self._bot = bot
        self._desk = desk
        self._before: dict[int, dict[int, discord.Guild]] = {}
        self._noted: set[int] = set()

    def has_noted(self, guild_id: int) -> bool:
        """Return whether it is on record, since this start, if the bot is in the server: its shard was heard."""
        return any(Shards((shard_id,), self._bot.shard_count or 1).hold(guild_id) for shard_id in self._noted)

    def note_identify(self, shard_id: int) -> None:
        """Remember what was heard of on this shard: of what is heard of no more afterwards the bot is removed."""
        shard = Shards((shard_id,), self._bot.shard_count or 1)
        self._before[shard_id] = {guild.id: guild for guild in self._bot.guilds if shard.hold(guild.id)}

    @commands.Cog.listener()
    async def on_shard_ready(self, shard_id: int) -> None:
        """Note what came and went while the bot was not there; servers in an outage are known as such."""
        shard = Shards((shard_id,), self._bot.shard_count or 1)
        self._forget_gone(shard_id)
        while not self._bot.is_closed():
            here = {guild.id: guild.name for guild in self._bot.guilds if shard.hold(guild.id)}
            try:
                await self._desk.service.note_guilds(here, now=self._desk.now(), is_judged=shard.hold)
                self._noted.add(shard_id)
                await self._desk.service.note_names({one: name for one, name in here.items() if name})
            except StoreError as error:
                _log.warning("servers not noted yet", shard_id=shard_id, why=str(error))
                await asyncio.sleep(_BETWEEN_TRIES)
            else:
                return

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot was removed: from now on nothing is issued or posted there, and in a month all goes."""
        await self._desk.service.note_left(guild.id, now=self._desk.now())

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note that the bot is there, and what the server is called."""
        await self._desk.service.note_joined(guild.id)
        await self._desk.service.note_names({guild.id: guild.name})

    @commands.Cog.listener()
    async def on_guild_update(self, before: discord.Guild, after: discord.Guild) -> None:
        """Note what the server is called now."""
        if before.name != after.name:
            await self._desk.service.note_names({after.id: after.name})

    def _forget_gone(self, shard_id: int) -> None:
        """Let go the servers that a shard's new session does not name.

        A client of one shard forgets all when it identifies anew; one of several keeps what it had, and puts what
        Discord names in its place.
        """
        for guild_id, guild in self._before.pop(shard_id, {}).items():
            if self._bot.get_guild(guild_id) is guild:
                self._bot._connection._remove_guild(guild)  # noqa: SLF001 -- there is no other way

"""The bot on Discord's gateway: least intents, no pings, its commands, and the sender that posts through it."""

import discord
from discord.ext import commands

from bot.admins import Admins
from bot.channels import DiscordChannels, Pace
from bot.clock import Now
from bot.cogs import Desk, add_commands
from bot.cogs.answers import Tree
from bot.cogs.options import zones
from bot.delivery import Sender
from bot.sync import sync_commands
from digest import Service

LONGEST_WAIT_SECONDS = 30.0
"""How long discord.py waits out a rate limit by itself; the least it takes.

It resends after the wait, and where the answer to a first try was lost, a resend after the nonce's window (the past few
minutes, says Discord) would make a second message. Told to wait longer, the sender looks for the first one instead.
"""


class OnRecordBot(commands.Bot):
    """A client that hears of guilds and commands and of nothing that anybody writes.

    `sender` posts through it, and `admins` are who it tells of lost channels.
    """

    def __init__(self, service: Service, now: Now, *, development_guild_id: int | None = None) -> None:
        pace = Pace()
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            max_ratelimit_timeout=LONGEST_WAIT_SECONDS,
            http_trace=pace.trace(),
        )
        self.sender = Sender(service, DiscordChannels(self, pace), now)
        self.admins = Admins(self, service)
        self._desk = Desk(service, self.sender, now)
        self._development_guild_id = development_guild_id

    async def setup_hook(self) -> None:
        """Add the commands, and register them where Discord knows them otherwise."""
        zones()  # read from disk now, so that no autocomplete waits for it
        await add_commands(self, self._desk)
        await sync_commands(self, self._development_guild_id)

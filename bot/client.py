"""The bot on Discord's gateway: least intents, no pings, its commands, and the sender that posts through it."""

from collections.abc import Callable, Mapping
from functools import partial

import discord
from discord.ext import commands

from bot.admins import Admins
from bot.answers import Tree
from bot.channels import DiscordChannels, Pace
from bot.clock import Now
from bot.cogs import add_commands
from bot.controls import Act, Control, submit
from bot.delivery import Sender
from bot.desk import Desk
from bot.options import zones
from bot.presence import Presence
from bot.sync import sync_commands
from bot.views import acts_of
from bot.views.audit import record_command
from bot.views.posts import controls_under
from digest import Service

LONGEST_WAIT_SECONDS = 30.0
"""How long discord.py waits out a rate limit by itself; the least it takes.

It resends after the wait, and where the answer to a first try was lost, a resend after the nonce's window (the past few
minutes, says Discord) would make a second message. Told to wait longer, the sender looks for the first one instead.
"""


class OnRecordBot(commands.Bot):
    """A client that hears of guilds and commands and of nothing that anybody writes.

    `sender` posts digests through it, `alerts` what members follow; `admins` are who it tells of lost channels.
    """

    def __init__(
        self,
        service: Service,
        now: Now,
        *,
        development_guild_id: int | None = None,
        answered: Callable[[int, str], object] = lambda _status, _scope: None,
    ) -> None:
        pace = Pace(answered)
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
        self.sender = Sender(service, DiscordChannels(self, pace, controls_under), now)
        self.alerts = Sender(service.alerts, DiscordChannels(self, pace), now)
        self.admins = Admins(self, service)
        self.desk = Desk(service, self.sender, now)
        self.acts: Mapping[str, Act] = acts_of(self.desk)
        self._development_guild_id = development_guild_id

    def server_name(self, guild_id: int) -> str:
        """Return what a server is called, nothing where the bot does not know it."""
        guild = self.get_guild(guild_id)
        return guild.name if guild else ""

    async def setup_hook(self) -> None:
        """Add the commands, and register them where Discord knows them otherwise."""
        zones()  # read from disk now, so that no autocomplete waits for it
        await add_commands(self, self.desk)
        self.add_dynamic_items(Control)
        self.add_listener(submit, "on_interaction")
        self.add_listener(partial(record_command, self.desk), "on_app_command_completion")
        await self.add_cog(Presence(self, self.desk))
        await sync_commands(self, self._development_guild_id)

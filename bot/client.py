"""The bot on Discord's gateway: least intents, no pings, its commands, and the sender that posts through it."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

import discord
import structlog
from discord.ext import commands

from bot.admins import Admins
from bot.answers import Tree
from bot.channels import LONGEST_WAIT_SECONDS, DiscordChannels, Pace, translated
from bot.clock import Now
from bot.cogs import add_commands
from bot.controls import Act, Control, submit
from bot.delivery import Posting, Sender
from bot.desk import Desk
from bot.errors import DeliveryError
from bot.identifies import Identifies, wait_for_starts
from bot.options import zones
from bot.presence import Presence
from bot.shards import Shards
from bot.sync import sync_commands
from bot.views import acts_of
from bot.views.audit import record_command
from bot.views.posts import controls_under
from digest import Service

_log = structlog.stdlib.get_logger(__name__)


_BETWEEN_TRIES = 5.0  # seconds, as discord.py waits between two to connect a shard


class OnRecordBot(commands.AutoShardedBot):
    """A client that hears of guilds and commands and of nothing that anybody writes.

    `sender` posts digests through it, `alerts` what members follow; `admins` are who it tells of lost channels.
    It listens to `shards`, or, without, to as many as Discord recommends, which are all. Where several processes
    listen, `identifies` gives each its turn.
    """

    def __init__(
        self,
        service: Service,
        now: Now,
        *,
        development_guild_id: int | None = None,
        shards: Shards | None = None,
        identifies: Identifies | None = None,
        sender: Posting | None = None,
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
            shard_count=shards.count if shards else None,
        )
        self.shard_ids = list(shards.ids) if shards else None
        self.sender = Sender(service, DiscordChannels(self, pace, controls_under), now)
        self.alerts = Sender(service.alerts, DiscordChannels(self, pace), now)
        self.admins = Admins(self, service)
        self.desk = Desk(service, sender or self.sender, now)
        self.acts: Mapping[str, Act] = acts_of(self.desk)
        self._presence = Presence(self, self.desk)
        self._development_guild_id = development_guild_id
        self._has_first_shard = shards is None or shards.are_first
        self._identifies = identifies
        self._now = now

    def server_name(self, guild_id: int) -> str:
        """Return what a server is called, nothing where the bot does not know it."""
        guild = self.get_guild(guild_id)
        return guild.name if guild else ""

    def has_noted(self, guild_id: int) -> bool:
        """Return whether it is on record, since this start, if the bot is in the server; it is told of it here."""
        return self._presence.has_noted(guild_id)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait between two identifies as discord.py does, until some are left, and for the turn among all processes.

        TimeoutError where it does not come: then discord.py begins anew.
        """
        self._presence.note_identify(shard_id or 0)
        with suppress(DeliveryError), translated(0):  # where Discord does not say, there may well be some
            await wait_for_starts(self, 0, self._now)
        await super().before_identify_hook(shard_id, initial=initial)
        if self._identifies:
            await self._identifies.turn()

    async def launch_shards(self) -> None:
        """Connect all shards when Discord lets them identify, and ask again where it does not say so now."""
        while not self.is_closed():
            try:
                with translated(0):
                    await wait_for_starts(self, len(self.shard_ids) if self.shard_ids else None, self._now)
                    await super().launch_shards()
                    return
            except DeliveryError as error:
                _log.warning("Discord does not say how many shards there are to be", why=str(error))
                await asyncio.sleep(_BETWEEN_TRIES)

    async def close(self) -> None:
        """Close the connections; another process may identify at once."""
        await super().close()
        if self._identifies:
            await self._identifies.stop()

    async def setup_hook(self) -> None:
        """Add the commands, and register them where Discord knows them otherwise: of several processes, one does."""
        zones()  # read from disk now, so that no autocomplete waits for it
        await add_commands(self, self.desk)
        self.add_dynamic_items(Control)
        self.add_listener(submit, "on_interaction")
        self.add_listener(partial(record_command, self.desk), "on_app_command_completion")
        await self.add_cog(self._presence)
        if self._has_first_shard:
            await sync_commands(self, self._development_guild_id)

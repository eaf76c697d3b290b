"""Telling those who manage a server that a digest lost its channel: where they can be reached, once for each loss."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Protocol

import discord
import structlog

from bot.channels import translated
from bot.errors import DeliveryError, InterruptedDeliveryError
from bot.render.losses import render_losses
from digest.model import Subscription

_log = structlog.stdlib.get_logger(__name__)

# Where nobody takes a message now, somebody may later; what is refused counts against the bot.
_TRIES_AGAIN_AFTER = timedelta(hours=6)
_NONCE_LENGTH = 24  # Discord takes 25 characters


class Losses(Protocol):
    """What is to be told, and that it was."""

    async def list_lost(self) -> tuple[Subscription, ...]:
        """Return what a lost channel paused and whose admins were not told yet, by guild."""
        ...

    async def record_told(self, subscription_ids: Collection[int], *, now: datetime) -> None:
        """Note that they were told of these."""
        ...


class Admins:
    """The people who manage servers, through a client that is logged in."""

    def __init__(self, client: discord.Client, losses: Losses) -> None:
        self._client = client
        self._losses = losses
        self._tried_at: dict[int, datetime] = {}

    async def tell_losses(self, now: datetime) -> None:
        """Tell each server what its channels lost, and put it on record afterwards: a crash in between tells again."""
        if not self._client.is_ready():
            return
        lost = await self._losses.list_lost()
        for guild_id, of_guild in groupby(lost, key=lambda one: one.guild_id):
            guild, subscriptions = self._client.get_guild(guild_id), tuple(of_guild)
            tried_at = self._tried_at.get(guild_id)
            is_too_soon = tried_at is not None and now - tried_at < _TRIES_AGAIN_AFTER
            # What is unavailable comes back, and of a server that the bot was removed from nobody is left to tell.
            if guild is None or guild.unavailable or is_too_soon:
                continue
            try:
                is_told = await self._tell(guild, subscriptions)
            except InterruptedDeliveryError as error:
                self._tried_at[guild_id] = now  # they may have it, and would get it again every minute
                _log.warning("admins not told yet", guild_id=guild_id, why=str(error))
                continue
            if is_told:
                await self._losses.record_told({one.id for one in subscriptions}, now=now)
            else:
                self._tried_at[guild_id] = now
                _log.warning("admins cannot be reached", guild_id=guild_id)

    async def _tell(self, guild: discord.Guild, subscriptions: Sequence[Subscription]) -> bool:
        """Write to the first place that takes it: the system channel, the updates channel, the owner."""
        sentence, nonce = render_losses(guild.name, subscriptions), _nonce_of(guild, subscriptions)
        for channel in _channels(guild):
            if await self._send(channel, sentence, nonce):
                return True
        return await self._write_to_owner(guild, sentence, nonce)

    async def _write_to_owner(self, guild: discord.Guild, sentence: str, nonce: str) -> bool:
        if guild.owner_id is None:
            return False
        try:
            with translated(guild.owner_id):
                direct = await self._client.create_dm(discord.Object(guild.owner_id))
        except InterruptedDeliveryError:
            raise
        except DeliveryError:
            return False
        return await self._send(direct, sentence, nonce)

    async def _send(self, channel: discord.TextChannel | discord.DMChannel, sentence: str, nonce: str) -> bool:
        try:
            with translated(channel.id):
                await channel.send(sentence, nonce=nonce, allowed_mentions=discord.AllowedMentions.none())
        except InterruptedDeliveryError:
            raise
        except DeliveryError as error:
            _log.info("admins not told here", channel_id=channel.id, why=str(error))
            return False
        return True


def _nonce_of(guild: discord.Guild, subscriptions: Sequence[Subscription]) -> str:
    """Return the same for the same losses, so that for some minutes Discord takes them once, also after a restart."""
    named = " ".join(str(number) for number in (guild.id, *(one.id for one in subscriptions)))
    return sha256(named.encode()).hexdigest()[:_NONCE_LENGTH]


def _channels(guild: discord.Guild) -> Iterator[discord.TextChannel]:
    for channel in dict.fromkeys((guild.system_channel, guild.public_updates_channel)):
        granted = channel and channel.permissions_for(guild.me)
        if channel and granted and granted.view_channel and granted.send_messages:
            yield channel

"""Kinds of channels: what the bot needs in each to post, and to find what it posted."""

from typing import TypeAlias

import discord

from bot import texts
from bot.errors import ChannelGoneError, ForbiddenChannelError

Place: TypeAlias = discord.abc.GuildChannel | discord.Thread


def missing_permissions(channel: Place) -> tuple[str, ...]:
    """Return what the bot still needs in this channel to post and to find its posts, as Discord calls it."""
    granted = channel.permissions_for(channel.guild.me)
    return tuple(texts.PERMISSIONS[name] for name in _needed(channel) if not getattr(granted, name))


def check_place(guild: discord.Guild | None, channel_id: int) -> Place:
    """Return the channel, where the bot may post; ChannelGoneError or ForbiddenChannelError where it cannot."""
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if channel is None:
        raise ChannelGoneError(channel_id, "the server has no such channel")
    if missing := missing_permissions(channel):
        raise ForbiddenChannelError(channel_id, "permissions are missing", missing=missing)
    return channel


def _needed(channel: Place) -> tuple[str, ...]:
    # Without Embed Links Discord posts the message and drops its embeds without a word; without Read Message History
    # it answers with an empty list, which would look like "not posted".
    reading = ("embed_links", "read_message_history")
    if isinstance(channel, discord.ForumChannel):
        return ("view_channel", "send_messages", "send_messages_in_threads", *reading)
    if isinstance(channel, discord.Thread):
        unlocking = ("manage_threads",) if channel.locked else ()
        return ("view_channel", "send_messages_in_threads", *reading, *unlocking)
    return ("view_channel", "send_messages", *reading)


def is_announcing(channel: Place | None) -> bool:
    """Return whether other servers can follow what is published there."""
    return isinstance(channel, discord.TextChannel) and channel.is_news()

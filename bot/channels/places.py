"""Kinds of channels: what the bot needs in each to post, and to find what it posted."""

from typing import TypeAlias

import discord

from bot import texts
from bot.channels.faults import translated
from bot.errors import ChannelGoneError, ForbiddenChannelError

Place: TypeAlias = discord.abc.GuildChannel | discord.Thread


# Without Embed Links Discord posts the message and drops its embeds without a word; without Read Message History it
# answers with an empty list, which would look like "not posted".
_ALWAYS = ("view_channel", "embed_links", "read_message_history")
_PLAIN, _IN_THREADS = ("send_messages",), ("send_messages_in_threads",)

INVITED = (*_ALWAYS, *_PLAIN, *_IN_THREADS)
"""What an invitation asks for: all that is needed in any channel. To open a locked thread takes more, there alone."""


def invitation(application_id: int) -> str:
    """Return the link by which who manages a server lets the bot in, with the least permissions."""
    permissions = discord.Permissions(**dict.fromkeys(INVITED, True))
    return discord.utils.oauth_url(application_id, permissions=permissions, scopes=("bot", "applications.commands"))


def missing_permissions(channel: Place) -> tuple[str, ...]:
    """Return what the bot still needs in this channel to post and to find its posts, as Discord calls it."""
    granted = channel.permissions_for(channel.guild.me)
    return tuple(texts.PERMISSIONS[name] for name in _needed(channel) if not getattr(granted, name))


async def find_place(guild: discord.Guild | None, channel_id: int) -> Place | None:
    """Return the channel of the server; None where it is gone. An archived thread, which clients forget, is asked for.

    Such a thread opens with the next message. DeliveryError where Discord does not show it.
    """
    if guild is None or not channel_id:
        return None
    if known := guild.get_channel_or_thread(channel_id):
        return known
    try:
        with translated(channel_id):
            return await guild.fetch_channel(channel_id)
    except ChannelGoneError:
        return None


async def check_place(guild: discord.Guild | None, channel_id: int) -> Place:
    """Return the channel, where the bot may post; ChannelGoneError or ForbiddenChannelError where it cannot."""
    channel = await find_place(guild, channel_id)
    if channel is None:
        raise ChannelGoneError(channel_id, "the server has no such channel")
    if missing := missing_permissions(channel):
        raise ForbiddenChannelError(channel_id, "permissions are missing", missing=missing)
    return channel


def _needed(channel: Place) -> tuple[str, ...]:
    if isinstance(channel, discord.ForumChannel):
        return INVITED
    if isinstance(channel, discord.Thread):
        return (*_ALWAYS, *_IN_THREADS, *(("manage_threads",) if channel.locked else ()))
    return (*_ALWAYS, *_PLAIN)


def is_announcing(channel: Place | None) -> bool:
    """Return whether other servers can follow what is published there."""
    return isinstance(channel, discord.TextChannel) and channel.is_news()

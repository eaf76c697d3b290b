"""Channels of servers that a client hears nothing of, because it listens to no gateway or to other shards."""

import asyncio
from collections import OrderedDict

import discord

from bot import texts
from bot.channels.faults import UNKNOWN_MESSAGE, translated
from bot.channels.places import Place
from bot.errors import ForbiddenChannelError

_KNOWN_SECONDS = 300.0
_MOST_KNOWN = 2000
_NO_MESSAGE = 1  # an id that Discord gave to nothing


class Unseen:
    """Asks what such a channel is, and knows it for five minutes.

    What the bot may do there it does not know: that is told by what Discord refuses.
    """

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._known: OrderedDict[int, tuple[float, Place | None]] = OrderedDict()

    async def get(self, channel_id: int) -> Place | None:
        """Return the channel, None for one that is no server's; DeliveryError where Discord does not show it."""
        now = asyncio.get_running_loop().time()
        until, place = self._known.get(channel_id, (now, None))
        if until > now:
            return place
        with translated(channel_id):
            channel = await self._client.fetch_channel(channel_id)
        place = channel if isinstance(channel, (discord.abc.GuildChannel, discord.Thread)) else None
        self._known[channel_id] = now + _KNOWN_SECONDS, place
        self._known.move_to_end(channel_id)
        while len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)
        return place

    async def check_history(self, channel_id: int, place: discord.PartialMessageable) -> None:
        """Return where the bot may read the channel's history, which else looks empty; ForbiddenChannelError."""
        with translated(channel_id):
            try:
                await place.fetch_message(_NO_MESSAGE)
            except discord.Forbidden as error:
                missing = (texts.PERMISSIONS["read_message_history"],)
                raise ForbiddenChannelError(channel_id, str(error), missing=missing) from error
            except discord.NotFound as error:
                if error.code != UNKNOWN_MESSAGE:
                    raise

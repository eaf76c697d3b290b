"""Where parts of editions go: a Channel is anything that can post a part once and find it again."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeAlias

import discord
import structlog

from bot import texts
from bot.channels.arguments import is_marked, message_arguments, payload_of, reference_of
from bot.channels.channel import Channel
from bot.channels.faults import AUTHORED_BY_ANOTHER, PUBLISHED_ALREADY, UNKNOWN_MESSAGE, translated
from bot.channels.forums import list_threads, open_thread
from bot.channels.mentions import allowed_mentions
from bot.channels.pace import LONGEST_WAIT_SECONDS, Pace
from bot.channels.places import Place, check_place, find_place, is_announcing, missing_permissions
from bot.channels.unseen import Unseen
from bot.errors import ChannelGoneError, DeliveryError, ForbiddenChannelError, LockedThreadError, RejectedPartError
from bot.marks import mark_of
from bot.render.titles import thread_title
from digest.model import Delivery

__all__ = [
    "LONGEST_WAIT_SECONDS",
    "Channel",
    "DiscordChannels",
    "Pace",
    "Place",
    "check_place",
    "find_place",
    "message_arguments",
    "missing_permissions",
    "translated",
]

_log = structlog.stdlib.get_logger(__name__)

# A message bears Discord's time, and its first attempt is by our clock, which may have been ahead by so much.
_CLOCK_SKEW = timedelta(days=1)
_GONE = 0
# A channel publishes ten messages an hour, and what comes next in it does not wait for that.
_PUBLISHING_SECONDS = 10.0


Controls: TypeAlias = Callable[[Mapping[str, Any], int], discord.ui.View | None]
"""Gives what stands under a payload that belongs to the edition of this id."""


def _no_controls(_payload: Mapping[str, Any], _edition_id: int) -> None:
    return None


class DiscordChannels:
    """Discord's channels, through a client that is logged in, with a gateway or without.

    What it posts can ping the role of a digest, or the one member that a message is for, and nobody else. `controls`
    are put under what it posts, and under what it edits those of the edition that stands there.

    A delivery of no guild, 0, is one to a member's own channel, where there are no permissions.
    Text, voice and stage channels and threads take messages; what an announcement channel takes is published too. In
    a forum each edition opens a thread, and whatever belongs to it goes into that.
    """

    def __init__(self, client: discord.Client, pace: Pace, controls: Controls = _no_controls) -> None:
        self._client = client
        self._pace = pace
        self._controls = controls
        self._unseen = Unseen(client)
        self._publishing: set[asyncio.Task[None]] = set()

    async def turn(self) -> None:
        """Wait for the pace of all requests together."""
        await self._pace.turn()

    async def post(self, delivery: Delivery) -> int:
        """Post under the part's own nonce, which Discord honours for a few minutes.

        What answers a message is a reply to it, also where that was deleted since, and pings nobody. A thread of a
        forum, which takes no nonce, is looked for before it is opened.
        """
        channel = await self._look_up(delivery)
        if not isinstance(channel, discord.ForumChannel):
            message_id = await self._send(delivery, delivery.channel_id)
            await self._publish(delivery, channel, message_id)
            return message_id
        if delivery.opening:
            return await self._in_thread(delivery)
        found = await self._find_thread(channel, delivery)
        return await self._open(channel, delivery) if found is None else found

    async def find(self, delivery: Delivery) -> int | None:
        """Look for the part's mark among our own messages in the channel's history."""
        channel = await self._look_up(delivery)
        if isinstance(channel, discord.ForumChannel):
            if not delivery.opening:
                return await self._find_thread(channel, delivery)
            try:
                return await self._search(delivery, delivery.opening)
            except ChannelGoneError:
                return _GONE
        message_id = await self._search(delivery, delivery.channel_id)
        await self._publish(delivery, channel, message_id)
        return message_id

    async def edit(self, delivery: Delivery) -> int:
        """Change the message. An archived thread is opened for it and archived again, so that nothing moves."""
        if not delivery.edits:
            return _GONE
        channel = await self._look_up(delivery)
        place_id = delivery.opening or 0 if isinstance(channel, discord.ForumChannel) else delivery.channel_id
        if not place_id:
            return _GONE
        try:
            return await self._change(delivery, place_id)
        except LockedThreadError:
            return await self._change_archived(delivery, place_id)
        except ChannelGoneError:
            if place_id == delivery.channel_id:
                raise
            return _GONE

    # --- messages ---

    async def _send(self, delivery: Delivery, place_id: int) -> int:
        with translated(delivery.channel_id):
            try:
                message = await self._messageable(delivery, place_id).send(
                    **self._arguments(delivery) | reference_of(delivery, place_id),
                    nonce=delivery.nonce,
                    allowed_mentions=allowed_mentions(payload_of(delivery)),
                )
            except discord.NotFound as error:
                if error.code == UNKNOWN_MESSAGE:
                    return _GONE
                raise
        _check_shown(delivery, message)
        return message.id

    async def _search(self, delivery: Delivery, place_id: int) -> int | None:
        mark = mark_of(delivery)
        since = delivery.attempted_at - _CLOCK_SKEW if delivery.attempted_at else None
        # Without a limit: after an outage of hours the message of a later attempt may stand far from the first one.
        place = self._messageable(delivery, place_id)
        history = place.history(limit=None, after=since, oldest_first=True)
        with translated(delivery.channel_id):
            async for message in history:
                if message.author == self._client.user and is_marked(message, mark):
                    return message.id
        if delivery.guild_id and self._client.get_guild(delivery.guild_id) is None:
            await self._unseen.check_history(delivery.channel_id, place)
        return None

    async def _change(self, delivery: Delivery, place_id: int) -> int:
        message = self._messageable(delivery, place_id).get_partial_message(delivery.edits or _GONE)
        with translated(delivery.channel_id):
            try:
                await message.edit(**self._arguments(delivery), allowed_mentions=discord.AllowedMentions.none())
            except (discord.NotFound, discord.Forbidden) as error:
                # What another bot posted, whose database we have, is as far from us as what was deleted.
                if error.code in (UNKNOWN_MESSAGE, AUTHORED_BY_ANOTHER):
                    return _GONE
                raise
        return message.id

    async def _change_archived(self, delivery: Delivery, thread_id: int) -> int:
        try:
            with translated(delivery.channel_id):
                thread = await self._client.fetch_channel(thread_id)
                if not isinstance(thread, discord.Thread):
                    raise RejectedPartError(delivery.channel_id, "no thread")
                await thread.edit(archived=False)
                message_id = await self._change(delivery, thread_id)
                await thread.edit(archived=True)
        except ForbiddenChannelError as error:
            # Somebody closed the thread to all of us: what it shows stays, and the channel is not lost.
            raise RejectedPartError(delivery.channel_id, error.why) from error
        return message_id

    async def _publish(self, delivery: Delivery, channel: Place | None, message_id: int | None) -> None:
        """Publish a message of an announcement channel but one to a member; what cannot be published now is left."""
        if not message_id or channel is None or not is_announcing(channel):
            return
        if payload_of(delivery).get("user"):
            return
        task = asyncio.create_task(self._crosspost(channel.id, message_id))
        self._publishing.add(task)
        task.add_done_callback(self._publishing.discard)
        await asyncio.wait({task}, timeout=_PUBLISHING_SECONDS)

    async def _crosspost(self, channel_id: int, message_id: int) -> None:
        message = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)
        try:
            with translated(channel_id):
                await message.publish()
        except DeliveryError as error:
            cause = error.__cause__
            if not (isinstance(cause, discord.HTTPException) and cause.code == PUBLISHED_ALREADY):
                _log.warning("not published", channel_id=channel_id, message_id=message_id, why=str(error))

    # --- forums ---

    async def _in_thread(self, delivery: Delivery) -> int:
        try:
            return await self._send(delivery, delivery.opening or _GONE)
        except ChannelGoneError:
            return _GONE  # somebody deleted the thread, and with it what comes after
        except LockedThreadError as error:
            raise RejectedPartError(delivery.channel_id, error.why) from error

    async def _open(self, forum: discord.ForumChannel, delivery: Delivery) -> int:
        payload = payload_of(delivery)
        with translated(delivery.channel_id):
            arguments = self._arguments(delivery) | {"allowed_mentions": allowed_mentions(payload)}
            message = await open_thread(forum, thread_title(payload), arguments)
        _check_shown(delivery, message)
        return message.id

    async def _find_thread(self, forum: discord.ForumChannel, delivery: Delivery) -> int | None:
        if delivery.attempted_at is None:
            return None
        mark, since = mark_of(delivery), delivery.attempted_at - _CLOCK_SKEW
        with translated(delivery.channel_id):
            async for thread in list_threads(forum, since, self._client.user):
                try:
                    message = await thread.fetch_message(thread.id)
                except discord.NotFound:
                    continue
                if is_marked(message, mark):
                    return message.id
        return None

    def _arguments(self, delivery: Delivery) -> dict[str, Any]:
        payload = payload_of(delivery)
        view = self._controls(payload, delivery.edits_edition or delivery.edition_id)
        return message_arguments(payload) | ({} if view is None else {"view": view})

    # --- channels ---

    async def _look_up(self, delivery: Delivery) -> Place | None:
        """Return the server's channel; where the server is known, nothing that is needed there is missing."""
        guild = self._client.get_guild(delivery.guild_id)
        if guild is None:
            return await self._unseen.get(delivery.channel_id) if delivery.guild_id else None
        channel = guild.get_channel_or_thread(delivery.channel_id)
        if channel is None:
            if guild.unavailable:
                # In an outage nobody knows what the bot may do there, and Discord does not say what it leaves out.
                raise DeliveryError(delivery.channel_id, "the server is unavailable")
            return await self._fetch(delivery)  # an archived thread, which clients do not keep
        _check(delivery, channel)
        return channel

    async def _fetch(self, delivery: Delivery) -> Place | None:
        with translated(delivery.channel_id):
            channel = await self._client.fetch_channel(delivery.channel_id)
        if not isinstance(channel, (discord.abc.GuildChannel, discord.Thread)):
            return None
        _check(delivery, channel)
        return channel

    def _messageable(self, delivery: Delivery, place_id: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(place_id, guild_id=delivery.guild_id)


def _check(delivery: Delivery, channel: Place) -> None:
    if missing := missing_permissions(channel):
        raise ForbiddenChannelError(delivery.channel_id, "permissions are missing", missing=missing)


def _check_shown(delivery: Delivery, message: discord.Message) -> None:
    """Raise ForbiddenChannelError where Discord left the embeds out, as it does without a word."""
    if payload_of(delivery).get("embeds") and not message.embeds and not message.flags.suppress_embeds:
        missing = (texts.PERMISSIONS["embed_links"],)
        raise ForbiddenChannelError(delivery.channel_id, "the embeds were left out", missing=missing)

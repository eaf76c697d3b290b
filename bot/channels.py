"""Where parts of editions go: a Channel is anything that can post a part once and find it again."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Protocol

import discord
from aiohttp import ClientError  # discord.py lets it through when a connection drops

from bot import texts
from bot.errors import ChannelGoneError, DeliveryError, ForbiddenChannelError, RejectedPartError
from bot.marks import bears, mark_of, marked
from digest.model import Delivery

_UNKNOWN_MESSAGE = 10008  # answers a resend whose first message was deleted since
_CLOCK_SKEW = timedelta(minutes=1)


class Channel(Protocol):
    """Posts parts. The same nonce again, within about two minutes, makes no second message."""

    async def post(self, delivery: Delivery) -> int:
        """Return the id of the message that now shows this part, 0 where somebody deleted it since.

        Raises:
            DeliveryError: it did not go out; the kind of error says whether it ever can.
        """
        ...

    async def find(self, delivery: Delivery) -> int | None:
        """Return the id of the message that shows this part if it was posted since `attempted_at`, else None."""
        ...


class DiscordChannels:
    """Discord's channels, through a client that is logged in. Nothing that it posts can ping anybody."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def post(self, delivery: Delivery) -> int:
        """Post under the part's own nonce, which Discord honours for a few minutes.

        What answers a message is a reply to it, also where that was deleted since, and pings nobody.
        """
        self._check_permissions(delivery)
        payload = marked(json.loads(delivery.payload), mark_of(delivery))
        with _translated(delivery, self._missing(delivery)):
            try:
                message = await self._messageable(delivery).send(
                    **message_arguments(payload) | _reference(delivery),
                    nonce=delivery.nonce,
                    allowed_mentions=discord.AllowedMentions.none(),
                )
            except discord.NotFound as error:
                if error.code == _UNKNOWN_MESSAGE:
                    return 0
                raise
        return message.id

    async def find(self, delivery: Delivery) -> int | None:
        """Look for the part's mark among our own messages in the channel's history."""
        # Without Read Message History Discord answers with an empty list, which would look like "not posted".
        self._check_permissions(delivery)
        mark = mark_of(delivery)
        since = delivery.attempted_at - _CLOCK_SKEW if delivery.attempted_at else None
        # Without a limit: after an outage of hours the message of a later attempt may stand far from the first one.
        history = self._messageable(delivery).history(limit=None, after=since, oldest_first=True)
        with _translated(delivery, self._missing(delivery)):
            async for message in history:
                if message.author == self._client.user and _bears(message, mark):
                    return message.id
        return None

    def _messageable(self, delivery: Delivery) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(delivery.channel_id, guild_id=delivery.guild_id)

    def _missing(self, delivery: Delivery) -> tuple[str, ...]:
        guild = self._client.get_guild(delivery.guild_id)
        channel = guild and guild.get_channel_or_thread(delivery.channel_id)
        return missing_permissions(channel) if channel else ()

    def _check_permissions(self, delivery: Delivery) -> None:
        guild = self._client.get_guild(delivery.guild_id)
        if guild and guild.unavailable and not guild.get_channel_or_thread(delivery.channel_id):
            # In an outage nobody knows what the bot may do there, and Discord does not say what it leaves out.
            raise DeliveryError(delivery.channel_id, "the server is unavailable")
        # Without Embed Links Discord posts the message and drops its embeds without a word.
        if missing := self._missing(delivery):
            raise ForbiddenChannelError(delivery.channel_id, "permissions are missing", missing=missing)


def message_arguments(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a message in Discord's REST form as the arguments that discord.py's ways of sending take."""
    embeds = [discord.Embed.from_dict(embed) for embed in payload.get("embeds", ())]
    return {"content": payload.get("content") or None, "embeds": embeds}


def missing_permissions(channel: discord.abc.GuildChannel | discord.Thread) -> tuple[str, ...]:
    """Return what the bot still needs in this channel to post and to find its posts, as Discord calls it."""
    granted = channel.permissions_for(channel.guild.me)
    send = "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"
    needed = ("view_channel", send, "embed_links", "read_message_history")
    return tuple(texts.PERMISSIONS[name] for name in needed if not getattr(granted, name))


def _reference(delivery: Delivery) -> dict[str, Any]:
    if delivery.reply_to is None:
        return {}
    answered = discord.MessageReference(
        message_id=delivery.reply_to,
        channel_id=delivery.channel_id,
        guild_id=delivery.guild_id,
        fail_if_not_exists=False,
    )
    return {"reference": answered}


def _bears(message: discord.Message, mark: str) -> bool:
    return bears(mark, message.content, (embed.footer.text for embed in message.embeds))


@contextmanager
def _translated(delivery: Delivery, missing: tuple[str, ...]) -> Iterator[None]:
    try:
        yield
    except discord.HTTPException as error:
        raise _translate(error, delivery.channel_id, missing) from error
    except (discord.DiscordException, ClientError, OSError, TimeoutError) as error:
        raise DeliveryError(delivery.channel_id, f"{type(error).__name__}: {error}") from error


def _translate(error: discord.HTTPException, channel_id: int, missing: tuple[str, ...]) -> DeliveryError:
    why = f"{error.status} (code {error.code}): {error.text}"
    # An answer without a code of Discord's own comes from something between us and Discord, and may pass.
    status = error.status if error.code else 0
    if status == HTTPStatus.FORBIDDEN:
        return ForbiddenChannelError(channel_id, why, missing=missing)
    if status == HTTPStatus.NOT_FOUND:
        return ChannelGoneError(channel_id, why)
    if status == HTTPStatus.BAD_REQUEST:
        return RejectedPartError(channel_id, why)
    return DeliveryError(channel_id, why)

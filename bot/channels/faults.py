"""What discord.py raises, as the sender understands it: again in a moment, later, never, or the channel is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import discord
from aiohttp import ClientError  # discord.py lets it through when a connection drops

from bot import texts
from bot.errors import (
    ChannelGoneError,
    DeliveryError,
    DirectClosedError,
    ForbiddenChannelError,
    InterruptedDeliveryError,
    LockedThreadError,
    RejectedPartError,
)

UNKNOWN_MESSAGE = 10008  # answers a resend whose first message was deleted since
PUBLISHED_ALREADY = 40033
AUTHORED_BY_ANOTHER = 50005  # answers an edit of what this bot did not post
_NETWORK_ERROR = 40333  # of what stands in front of Discord, in an outage, with a 403
_LOST = (50001, 50013)  # missing access, missing permissions: other 403s say nothing about the channel
_CLOSED = (50007, 50278)  # cannot send messages to this user: they want none, or no server is left that we share
_THREAD_ARCHIVED = 50083  # to a message: it is locked too, else the message would have opened it


@contextmanager
def translated(channel_id: int) -> Iterator[None]:
    """Let every error of Discord and of the way there come out as a DeliveryError."""
    try:
        yield
    except discord.HTTPException as error:
        raise _translate(error, channel_id) from error
    except (ClientError, OSError, TimeoutError) as error:
        raise InterruptedDeliveryError(channel_id, f"{type(error).__name__}: {error}") from error
    except discord.DiscordException as error:
        raise DeliveryError(channel_id, f"{type(error).__name__}: {error}") from error


def _translate(error: discord.HTTPException, channel_id: int) -> DeliveryError:
    why = f"{error.status} (code {error.code}): {error.text}"
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR or error.code == _NETWORK_ERROR:
        return InterruptedDeliveryError(channel_id, why)
    if error.code == _THREAD_ARCHIVED:
        return LockedThreadError(channel_id, why, missing=(texts.PERMISSIONS["manage_threads"],))
    if error.code in (*_LOST, *_CLOSED):
        return (ForbiddenChannelError if error.code in _LOST else DirectClosedError)(channel_id, why)
    # An answer without a code of Discord's own comes from something between us and Discord, and may pass.
    status = error.status if error.code else 0
    if status == HTTPStatus.NOT_FOUND:
        return ChannelGoneError(channel_id, why)
    if status == HTTPStatus.BAD_REQUEST:
        return RejectedPartError(channel_id, why)
    return DeliveryError(channel_id, why)

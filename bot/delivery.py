"""An edition to its channel, once: the only sender.

Every part is written down before it is sent, with a nonce of its own. What a crash leaves in doubt is asked of Discord:
for two minutes by sending the same nonce again, afterwards by looking for the part's mark in the channel.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol

import structlog

from bot.channels import Channel
from bot.clock import Now
from bot.errors import ChannelGoneError, DeliveryError, ForbiddenChannelError, RejectedPartError, explain, untold
from digest.model import Delivery, DeliveryState, Edition

_log = structlog.stdlib.get_logger(__name__)

# Discord says "the past few minutes"; this is well inside.
NONCE_WINDOW = timedelta(minutes=2)
_CHANNELS_AT_ONCE = 16


class Outbox(Protocol):
    """What the sender needs of the service: where each part stands, committed before the next step."""

    async def open_deliveries(self, *, now: datetime) -> tuple[Delivery, ...]:
        """Return all parts that are neither sent nor given up."""
        ...

    async def begin_delivery(self, delivery_id: int, *, now: datetime) -> Delivery:
        """Note that the part is being sent, since `now`."""
        ...

    async def finish_delivery(self, delivery_id: int, message_id: int, *, now: datetime) -> None:
        """Note that the message shows the part."""
        ...

    async def fail_delivery(self, delivery_id: int, why: str, *, now: datetime) -> None:
        """Note that the part will never be sent."""
        ...

    async def get_edition(self, guild_id: int, edition_id: int) -> Edition:
        """Return the edition that a part belongs to."""
        ...

    async def pause_subscription(self, subscription_id: int, why: str) -> None:
        """Stop issuing, and keep every setting."""
        ...


class Sender:
    """Posts what is open, each part once, the parts of a channel in their order.

    A part that cannot go out now holds back what follows in its channel, and nothing elsewhere.
    """

    def __init__(self, outbox: Outbox, channel: Channel, now: Now) -> None:
        self._outbox = outbox
        self._channel = channel
        self._now = now
        self._turn = asyncio.Lock()

    async def post_open(self) -> int:
        """Post all open parts and return how many are in their channels now. Calls wait for each other."""
        async with self._turn:
            deliveries = await self._outbox.open_deliveries(now=self._now())
            ordered = sorted(deliveries, key=lambda part: (part.channel_id, part.edition_id, part.part))
            limit = asyncio.Semaphore(_CHANNELS_AT_ONCE)

            async def post(parts: Sequence[Delivery]) -> int:
                async with limit:
                    try:
                        return await self._post_to_channel(parts)
                    except Exception as error:  # noqa: BLE001 -- a tick is one of the three places that catch
                        # One channel's trouble must not stop the others; its parts stay open.
                        if left := untold(error):
                            _log.error("channel failed", channel_id=parts[0].channel_id, exc_info=left)
                        return 0

            channels = [tuple(parts) for _, parts in groupby(ordered, key=lambda part: part.channel_id)]
            return sum(await asyncio.gather(*(post(parts) for parts in channels)))

    async def _post_to_channel(self, parts: Sequence[Delivery]) -> int:
        sent = 0
        for index, part in enumerate(parts):
            log = _log.bind(channel_id=part.channel_id, edition_id=part.edition_id, part=part.part)
            try:
                await self._post_part(part)
            except (ChannelGoneError, ForbiddenChannelError) as error:
                log.warning("channel lost, subscription paused", why=str(error))
                await self._give_up(parts[index:], error)
                break
            except RejectedPartError as error:
                log.error("part rejected", why=str(error))  # noqa: TRY400 -- the reason is Discord's, not a traceback
                await self._outbox.fail_delivery(part.id, str(error), now=self._now())
                continue
            except DeliveryError as error:
                log.warning("part held back", why=str(error))
                break
            sent += 1
        return sent

    async def _post_part(self, part: Delivery) -> None:
        is_fresh = part.state is DeliveryState.PENDING or part.attempted_at is None
        age = self._now() - part.attempted_at if part.attempted_at else timedelta()
        # A clock that was set back makes an age below zero: nothing is known then either.
        is_in_doubt = not is_fresh and not timedelta() <= age < NONCE_WINDOW
        message_id = await self._channel.find(part) if is_in_doubt else None
        if message_id is None:
            if is_fresh or is_in_doubt:
                part = await self._outbox.begin_delivery(part.id, now=self._now())
            message_id = await self._channel.post(part)
        await self._outbox.finish_delivery(part.id, message_id, now=self._now())

    async def _give_up(self, parts: Sequence[Delivery], error: DeliveryError) -> None:
        # Paused first: a crash in between finds the parts open and comes here again.
        editions = {part.edition_id: part.guild_id for part in parts}
        for edition_id, guild_id in editions.items():
            edition = await self._outbox.get_edition(guild_id, edition_id)
            await self._outbox.pause_subscription(edition.subscription_id, explain(error))
        for part in parts:
            await self._outbox.fail_delivery(part.id, str(error), now=self._now())

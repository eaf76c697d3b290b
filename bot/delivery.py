"""An edition to its channel, once: the only sender. The only module that knows stamina.

Every part is written down before it is sent, with a nonce of its own. What a crash leaves in doubt is asked of Discord:
for two minutes by sending the same nonce again, afterwards by looking for the part's mark in the channel.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol

import stamina
import structlog

from bot.channels import Channel
from bot.clock import DRAIN_SECONDS, Now
from bot.errors import (
    ChannelGoneError,
    DeliveryError,
    ForbiddenChannelError,
    InterruptedDeliveryError,
    RejectedPartError,
    explain,
    untold,
)
from digest.errors import NotFoundError
from digest.model import Delivery, DeliveryState

_log = structlog.stdlib.get_logger(__name__)

# Discord says "the past few minutes"; this is well inside.
NONCE_WINDOW = timedelta(minutes=2)
# A trouble of Discord's that lasts longer than this is the next tick's; so much is waited in between in all.
PATIENCE = timedelta(minutes=1)
_TRIES = 7
_LOOK_EVERY = 0.25  # seconds: whether others have posted what somebody waits for
_FIRST_WAIT, _LONGEST_WAIT, _JITTER = 1.0, 20.0, 1.0


class Outbox(Protocol):
    """What the sender needs of the service: where each part stands, committed before the next step."""

    async def open_deliveries(self, *, now: datetime, channel_id: int | None = None) -> tuple[Delivery, ...]:
        """Return all parts that are neither sent nor given up, of all channels or of one."""
        ...

    async def begin_delivery(self, delivery_id: int, *, now: datetime) -> Delivery:
        """Note that the part is being sent, since `now` if it never was, and return it as it stands."""
        ...

    async def finish_delivery(self, delivery_id: int, message_id: int, *, now: datetime) -> None:
        """Note that the message shows the part."""
        ...

    async def fail_delivery(self, delivery_id: int, why: str, *, now: datetime) -> None:
        """Note that the part will never be sent."""
        ...

    async def lose_channel(self, edition_ids: Collection[int], why: str, *, now: datetime) -> None:
        """Stop issuing what these editions belong to, and keep every setting and every open part for its return."""
        ...


class Posting(Protocol):
    """Whoever posts what is open: this process, or others that it leaves it to."""

    async def start_open(self) -> None:
        """Begin to post all open parts, and wait for none."""
        ...

    async def post_open(self, channel_id: int) -> object:
        """Return when what is open in the channel is posted, or cannot be now."""
        ...


class Watched(Protocol):
    """Where one can see how far others have come."""

    async def has_open(self, channel_id: int, *, now: datetime) -> bool:
        """Return whether a part in the channel is due and neither sent nor given up."""
        ...


class Elsewhere:
    """Leaves all posting to other processes, which know what is open as soon as it is kept."""

    def __init__(self, outbox: Watched, now: Now) -> None:
        self._outbox = outbox
        self._now = now

    async def start_open(self) -> None:
        """Do nothing: the others have begun."""

    async def post_open(self, channel_id: int) -> None:
        """Wait until nothing is open in the channel. Who does not want to wait for ever sets a limit."""
        while await self._outbox.has_open(channel_id, now=self._now()):  # noqa: ASYNC110 -- others' rows
            await asyncio.sleep(_LOOK_EVERY)


class Sender:
    """Posts what is open, each part once, the parts of a channel in their order.

    Each channel is served by itself, by one task at a time. A part that cannot go out now holds back what follows in
    its channel, and nothing elsewhere.
    """

    def __init__(self, outbox: Outbox, channel: Channel, now: Now) -> None:
        self._outbox = outbox
        self._channel = channel
        self._now = now
        self._serving: dict[int, asyncio.Task[int]] = {}

    async def start_open(self) -> None:
        """Begin to post all open parts, and wait for none; a channel that is being served is left to that."""
        await self._start(None)

    async def post_open(self, channel_id: int | None = None) -> int:
        """Post all open parts (of one channel, if it is named) and return how many are in their channels now.

        What is being posted already is waited for.
        """
        while True:
            if serving := [task for number, task in self._serving.items() if channel_id in (None, number)]:
                await asyncio.wait(serving)
            started, is_all = await self._start(channel_id)
            if is_all:
                break
        if started:
            await asyncio.wait(started)  # whoever waits may be cancelled, and the posting goes on
        return sum(task.result() for task in started)

    async def stop(self, drain: float = DRAIN_SECONDS) -> None:
        """Give what is being posted `drain` seconds to finish before it is cancelled."""
        tasks = tuple(self._serving.values())
        if tasks:
            await asyncio.wait(tasks, timeout=drain)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _start(self, channel_id: int | None) -> tuple[list[asyncio.Task[int]], bool]:
        # What was busy when the parts were listed may have posted some of them since.
        busy = set(self._serving)
        deliveries = await self._outbox.open_deliveries(now=self._now(), channel_id=channel_id)
        ordered = sorted(deliveries, key=lambda part: (part.channel_id, part.edition_id, part.part))
        started, is_all = [], True
        for number, parts in groupby(ordered, key=lambda part: part.channel_id):
            if number in busy or number in self._serving:
                is_all = False
                continue
            task = self._serving[number] = asyncio.create_task(self._serve(number, tuple(parts)))
            started.append(task)
        return started, is_all

    async def _serve(self, channel_id: int, parts: Sequence[Delivery]) -> int:
        try:
            return await self._post_to_channel(parts)
        except Exception as error:  # noqa: BLE001 -- a tick is one of the three places that catch
            # One channel's trouble must not stop the others; its parts stay open.
            if left := untold(error):
                _log.error("channel failed", channel_id=channel_id, exc_info=left)
            return 0
        finally:
            del self._serving[channel_id]

    async def _post_to_channel(self, parts: Sequence[Delivery]) -> int:
        sent = 0
        for index, part in enumerate(parts):
            log = _log.bind(channel_id=part.channel_id, edition_id=part.edition_id, part=part.part)
            try:
                await self._post_part(part)
            except (ChannelGoneError, ForbiddenChannelError) as error:
                log.warning("channel lost, subscription paused", why=str(error))
                lost = {one.edition_id for one in parts[index:]}
                await self._outbox.lose_channel(lost, explain(error), now=self._now())
                break
            except RejectedPartError as error:
                log.error("part rejected", why=str(error))  # noqa: TRY400 -- the reason is Discord's, not a traceback
                await self._outbox.fail_delivery(part.id, str(error), now=self._now())
                continue
            except DeliveryError as error:
                log.warning("part held back", why=str(error))
                break
            except NotFoundError:
                # Somebody else has settled it, or has the channel now: what follows is not ours to begin.
                log.info("part settled elsewhere")
                break
            sent += 1
        return sent

    async def _post_part(self, part: Delivery) -> None:
        message_id = None
        async for attempt in self._attempts():
            with attempt:
                await self._channel.turn()
                # Somebody else may have begun it since it was listed.
                part = await self._outbox.begin_delivery(part.id, now=self._now())
                if self._is_in_doubt(part):
                    message_id = await self._find(part)
                    if message_id is not None:
                        break
                    await self._channel.turn()
                    part = await self._outbox.begin_delivery(part.id, now=self._now())
                post = self._channel.post if part.edits is None else self._channel.edit
                message_id = await post(part)
        if message_id is not None:
            await self._outbox.finish_delivery(part.id, message_id, now=self._now())

    async def _find(self, part: Delivery) -> int | None:
        # A first attempt that lies ahead was noted by a clock that was wrong, and the message is older than that.
        since = min(part.attempted_at or self._now(), self._now())
        return await self._channel.find(replace(part, attempted_at=since))

    def _attempts(self) -> AsyncIterator[stamina.Attempt]:
        """Return tries, further and further apart, while Discord fails and there is time."""
        began_at = self._now()

        def passes(error: Exception) -> bool:
            return isinstance(error, InterruptedDeliveryError) and self._now() - began_at < PATIENCE

        return aiter(
            stamina.retry_context(
                on=passes,
                attempts=_TRIES,
                timeout=None,  # by our own clock
                wait_initial=_FIRST_WAIT,
                wait_max=_LONGEST_WAIT,
                wait_jitter=_JITTER,
            )
        )

    def _is_in_doubt(self, part: Delivery) -> bool:
        """Return whether the part may stand in its channel under a nonce that Discord has forgotten."""
        if part.state is DeliveryState.PENDING or part.attempted_at is None or part.edits is not None:
            return False
        # A clock that was set back makes an age below zero: nothing is known then either.
        return not timedelta() <= self._now() - part.attempted_at < NONCE_WINDOW

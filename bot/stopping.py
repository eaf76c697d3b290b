"""The end in good order: what runs may finish, and all of it together has one span of time."""

import asyncio

from bot.clock import Clock
from bot.delivery import Sender

DRAIN_SECONDS = 15.0
"""What is left of twenty is for closing everything."""


async def drain(clock: Clock, *senders: Sender, seconds: float = DRAIN_SECONDS) -> None:
    """Start no further step; what runs and is being posted has `seconds` in all to finish before it is cancelled.

    The clock comes first: what its last steps begin to post is waited for too.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    await clock.stop(seconds)
    left = max(0.0, until - loop.time())
    await asyncio.gather(*(sender.stop(left) for sender in senders))

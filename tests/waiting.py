"""How a test waits for what tells nobody that it came, with more patience than a busy machine needs."""

import asyncio

PATIENCE = 60.0  # seconds


async def until(condition, *, patience=PATIENCE):
    """Wait until `condition` holds; TimeoutError where it does not within so many seconds of the loop's time."""
    async with asyncio.timeout(patience):
        while not condition():  # noqa: ASYNC110 -- it is for what records, and does not signal
            await asyncio.sleep(0.02)

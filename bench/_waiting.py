"""How long something takes that tells nobody when it is there."""

import asyncio
from collections.abc import Awaitable, Callable
from time import perf_counter


async def seconds_until(holds: Callable[[], Awaitable[bool]], *, every: float, patience: float) -> float | None:
    """Return in how many seconds, to a tenth, `holds` is true; None where it is not in as many as `patience`."""
    began_at = perf_counter()
    while not await holds():
        if perf_counter() - began_at > patience:
            return None
        await asyncio.sleep(every)
    return round(perf_counter() - began_at, 1)

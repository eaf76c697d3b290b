"""The pace of the sender's requests: below what Discord allows a bot in all, so that none is refused."""

from collections.abc import AsyncIterator
from typing import TypeVar

from aiolimiter import AsyncLimiter

# Discord allows 50 requests in a second, commands not counted. Nobody says when its seconds begin: in none of them are
# there more than the rate and a burst together, and what else a client asks has the rest.
RATE = 44
_BURST = 3

_Found = TypeVar("_Found")


class Pace:
    """Hands out turns, first come, first served: one for each request."""

    def __init__(self) -> None:
        self._limiter = AsyncLimiter(_BURST, _BURST / RATE)

    async def turn(self) -> None:
        """Wait until one more request may be made."""
        await self._limiter.acquire()

    async def paged(self, found: AsyncIterator[_Found], page: int) -> AsyncIterator[_Found]:
        """Pass on what a list gives that is asked for page after page, each of its own turn but the first."""
        number = 0
        async for one in found:
            yield one
            number += 1
            if number % page == 0:
                await self.turn()

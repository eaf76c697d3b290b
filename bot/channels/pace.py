"""The pace of a client's requests: below what Discord allows a bot in all, so that it refuses none.

Discord allows 50 requests in a second, those that answer commands not counted, and does not say when its seconds begin.
"""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp
from aiolimiter import AsyncLimiter

PER_SECOND = 49
LONGEST_WAIT_SECONDS = 30.0
"""How long discord.py waits out a rate limit by itself; the least it takes.

It resends after the wait, and where the answer to a first try was lost, a resend after the nonce's window (the past few
minutes, says Discord) would make a second message. Told to wait longer, the sender looks for the first one instead.
"""

_BURST = 4
_A_SECOND = 1.0
# Whoever waits longer judges anew whether Discord still knows the nonce that it is about to send.
_LONGEST_WAIT = 20.0
_EXEMPT = ("/interactions/", "/webhooks/")
_PATH_OF_OPENING = "/threads"
_TROUBLE = 500


class Pace:
    """Lets requests of one client go at an even rate, and never more in any second than are allowed.

    A rate alone cannot keep that: what was sent evenly can arrive in a heap. So each request keeps its place until a
    second after its answer, and there are only as many places as a second allows. `answered` is told the status of each
    answer, 0 for none, and whose limit a 429 names.
    """

    def __init__(self, answered: Callable[[int, str], object] = lambda _status, _scope: None) -> None:
        self._answered = answered
        self._limiter = AsyncLimiter(_BURST, _BURST / PER_SECOND)
        self._places = asyncio.Semaphore(PER_SECOND)

    async def turn(self) -> None:
        """Wait for the moment to begin something that makes a request; what follows from it needs no turn."""
        await self._limiter.acquire()

    def trace(self) -> aiohttp.TraceConfig:
        """Return what makes every request of a client wait for its place, for its `http_trace`.

        A request that gets none within 20 seconds is not made, and ends with a TimeoutError.

        It also keeps discord.py from opening a forum's thread again by itself, as it does after a 500, 502 or 504: the
        first request may have had its effect, and there is no nonce.
        """
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._start)
        trace.on_request_end.append(self._end)
        trace.on_request_exception.append(self._break_off)
        return trace

    async def _start(
        self, _session: aiohttp.ClientSession, context: SimpleNamespace, started: aiohttp.TraceRequestStartParams
    ) -> None:
        context.has_place = False
        if any(one in started.url.path for one in _EXEMPT):
            return
        async with asyncio.timeout(_LONGEST_WAIT):
            await self._places.acquire()
        context.has_place = True

    async def _end(
        self, _session: aiohttp.ClientSession, context: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        self._leave(context)
        status = ended.response.status
        self._answered(status, ended.response.headers.get("X-RateLimit-Scope", ""))
        if ended.method == "POST" and ended.url.path.endswith(_PATH_OF_OPENING) and status >= _TROUBLE:
            ended.response.close()
            raise aiohttp.ClientError(f"Discord answered {status}, and may have opened the thread")

    async def _break_off(
        self, _session: aiohttp.ClientSession, context: SimpleNamespace, _params: aiohttp.TraceRequestExceptionParams
    ) -> None:
        self._answered(0, "")
        self._leave(context)

    def _leave(self, context: SimpleNamespace) -> None:
        if context.has_place:
            context.has_place = False
            asyncio.get_running_loop().call_later(_A_SECOND, self._places.release)

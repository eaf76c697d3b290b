"""Faults by script: what happens to the next requests of a route, in the order in which a test wrote it down."""

import asyncio
import re
import socket
import struct
from dataclasses import dataclass

from tests.wire import buckets


@dataclass(frozen=True)
class Status:
    """An answer with this status: instead of acting, or `after` acting, which nobody then hears of."""

    code: int
    text: str | None = None
    after: bool = False

    async def meet(self, exchange):
        if self.after:
            await exchange.act()
        if self.text is not None:
            return exchange.answer_text(self.code, self.text)
        return exchange.answer(self.code, {"message": f"{self.code}: the wire was told to fail", "code": 0})


@dataclass(frozen=True)
class Refused:
    """A refusal with a code, as Discord words its own."""

    status: int
    code: int
    message: str

    async def meet(self, exchange):
        return exchange.answer(self.status, {"message": self.message, "code": self.code})


@dataclass(frozen=True)
class RateLimited:
    """A 429, of the route or of all; `via=False` is a ban by what stands in front of Discord."""

    retry_after: float
    is_global: bool = False
    scope: str = "user"
    via: bool = True

    async def meet(self, exchange):
        headers, body = buckets.refusal(self.retry_after, is_global=self.is_global, scope=self.scope, via=self.via)
        return exchange.answer(429, body, headers)


@dataclass(frozen=True)
class Reset:
    """The connection is reset: before the request has an effect, or `after` it, so that only the answer is lost."""

    after: bool = False

    async def meet(self, exchange):
        if self.after:
            await exchange.act()
        # A socket that lingers for no time is closed with RST instead of FIN.
        exchange.transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
        exchange.transport.abort()
        return exchange.answer(499, None)


@dataclass(frozen=True)
class Drop:
    """The connection is closed without a word, before or `after` the request has its effect."""

    after: bool = False

    async def meet(self, exchange):
        if self.after:
            await exchange.act()
        exchange.transport.close()
        return exchange.answer(499, None)


@dataclass(frozen=True)
class Slow:
    """The answer takes so many seconds of the event loop: nothing happens before, or with `after` everything did."""

    seconds: float
    after: bool = False

    async def meet(self, exchange):
        if self.after:
            answer = await exchange.act()
            await asyncio.sleep(self.seconds)
            return answer
        await asyncio.sleep(self.seconds)
        return await exchange.act()


@dataclass
class Planned:
    """A fault, whom it waits for, and how often it will still happen."""

    method: str
    pattern: str
    fault: object
    left: int

    def fits(self, method, path):
        pattern = re.escape(self.pattern).replace(r"\*", "[^/]+")
        return self.left > 0 and self.method == method and re.fullmatch(pattern, path) is not None

    def __str__(self):
        return f"{self.method} {self.pattern}: {self.fault} would still have happened {self.left} times"


class Faults:
    """The script. A `*` in a pattern stands for one step of a path: "/channels/*/messages"."""

    def __init__(self):
        self._script = []

    def next(self, method, pattern, *faults, times=1):
        """Let these faults happen to the next requests that fit, one request each, `times` times each."""
        self._script += (Planned(method, pattern, fault, times) for fault in faults)

    def take(self, method, path):
        """The fault that this request meets, or None."""
        planned = next((one for one in self._script if one.fits(method, path)), None)
        if planned is None:
            return None
        planned.left -= 1
        return planned.fault

    def unused(self):
        """Sentences on what was scripted and never happened."""
        return [str(one) for one in self._script if one.left]

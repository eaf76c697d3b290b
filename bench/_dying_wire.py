"""A Discord on loopback in the way of a bot that dies: it fails by chance, kills on request, and counts what it has."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from bot.marks import mark_of
from digest.model import Delivery
from tests.wire.faults import Drop, RateLimited, Reset, Slow, Status

ON_ITS_WAY, ACCEPTED = "post: on its way", "post: accepted"

_FAULTY = 0.2
"""So many of the requests for messages fail."""

FAULTS = (
    *(Status(code, after=after) for code in (500, 503) for after in (False, True)),
    Status(403, text="<html>Access denied</html>"),
    Status(502, after=True),
    *(fault(after=after) for fault in (Reset, Drop) for after in (False, True)),
    *(Slow(seconds, after=after) for seconds in (1, 15) for after in (False, True)),
    RateLimited(2),
    RateLimited(2, is_global=True),
    RateLimited(2, scope="shared"),
    RateLimited(5, via=False),
)
"""What becomes of a request for messages, if not what it asks."""

_LATE_SECONDS = (0, 1, 20)


@dataclass
class Death:
    """A process that dies at the `left`-th of its posts from now, at one of the two points of a post."""

    point: str
    left: int
    kill: Callable[[], object]


@dataclass
class Trouble:
    """What the wire asks for the fault that a request meets, in place of its script."""

    chance: random.Random
    is_faulty: bool = True
    is_still: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: int = 0
    met: Counter[str] = field(default_factory=Counter)
    deaths: dict[int, Death] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.is_still.set()

    def take(self, method: str, path: str) -> Any:
        """Return what may become of a request for messages; None for others, which pass."""
        return _Meeting(self, method) if path.endswith("/messages") else None

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count a request as under way; `is_still` is set while none is."""
        self.under_way += 1
        self.is_still.clear()
        try:
            yield
        finally:
            self.under_way -= 1
            if not self.under_way:
                self.is_still.set()

    def unused(self) -> list[str]:
        """Return nothing: chance has no script."""
        return []

    def fault(self) -> Any:
        """Return a fault by chance, None mostly."""
        if not self.is_faulty or self.chance.random() >= _FAULTY:
            return None
        fault = self.chance.choice(FAULTS)
        self.met[str(fault)] += 1
        return fault

    def death(self, process: int) -> Death | None:
        """Return the death of the process whose post this is, if its time has come."""
        death = self.deaths.get(process)
        if death is None:
            return None
        death.left -= 1
        return self.deaths.pop(process) if death.left == 0 else None


@dataclass
class _Meeting:
    trouble: Trouble
    method: str

    async def meet(self, exchange: Any) -> Any:
        with self.trouble.counted():
            return await self._meet(exchange)

    async def _meet(self, exchange: Any) -> Any:
        process = int(exchange.request.headers["User-Agent"].rpartition("process/")[2])
        death = self.trouble.death(process) if self.method == "POST" else None
        if death is None:
            fault = self.trouble.fault()
            return await (fault.meet(exchange) if fault else exchange.act())
        if death.point == ACCEPTED:
            answer = await exchange.act()
            death.kill()
            return answer
        death.kill()
        await asyncio.sleep(self.trouble.chance.choice(_LATE_SECONDS))
        return await exchange.act()


@dataclass(frozen=True, slots=True)
class Account:
    """What stands in the channels against what should: parts by their marks, articles by their addresses."""

    parts: int
    doubled: int
    missed: int
    out_of_order: int
    articles_doubled: int
    articles_missed: int
    not_on_record: int


def take_account(channels: Iterable[Any], parts: Sequence[Delivery], urls: Sequence[str]) -> Account:
    """Return what the channels of the wire show, each of which should show every url once.

    The parts come in the order in which they were to be posted. One is not on record where the store does not know the
    message that shows it.
    """
    by_mark = {mark_of(part): (number, part) for number, part in enumerate(parts)}
    shown, told, turned, right = Counter[str](), Counter[tuple[int, str]](), 0, 0
    for channel in channels:
        order = []
        for id_, message in sorted(channel.messages.items()):
            mark = message.embeds[-1]["footer"]["text"]
            number, part = by_mark[mark]
            order.append(number)
            shown[mark] += 1
            right += part.message_id == id_
            told[channel.id, message.content] += 1
        turned += sum(earlier > later for earlier, later in pairwise(order))
    expected = [(channel.id, url) for channel in channels for url in urls]
    return Account(
        parts=len(parts),
        doubled=sum(count - 1 for count in shown.values() if count),
        missed=sum(not shown[mark] for mark in by_mark),
        out_of_order=turned,
        articles_doubled=sum(count - 1 for count in told.values()),
        articles_missed=sum(one not in told for one in expected),
        not_on_record=len(parts) - right,
    )

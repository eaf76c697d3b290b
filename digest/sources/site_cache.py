"""What each site says in a file of its own, asked for once a day (RFC 9309's caching, for other such files too)."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from digest.errors import FetchError, UnreachableError

KEPT_SECONDS = 24 * 3600.0
OUTAGE_SECONDS = 300.0

_MAX_ORIGINS = 10_000
_MAX_WEIGHT = 100_000  # lines of all origins together: about 50 MB


class _Weighed(Protocol):
    weight: int


Said = TypeVar("Said", bound=_Weighed)


@dataclass(slots=True)
class _Answer(Generic[Said]):
    said: Said | None
    until: float
    error: UnreachableError | None = None


class SiteCache(Generic[Said]):
    """What sites say of themselves, each for 24 hours; what was not used for longest goes first.

    A site that cannot be asked keeps what it said before; without that it is left alone for five minutes, then asked
    again (RFC 9309, sections 2.3.1.4 and 2.4). Who wants to know of a site that is just being asked waits with the
    others.
    """

    def __init__(
        self,
        *,
        kept_seconds: float = KEPT_SECONDS,
        max_origins: int = _MAX_ORIGINS,
        max_weight: int = _MAX_WEIGHT,
    ) -> None:
        self._kept_seconds = kept_seconds
        self._max_origins = max_origins
        self._max_weight = max_weight
        self._answers: OrderedDict[str, _Answer[Said]] = OrderedDict()
        self._weight = 0
        self._asking: dict[str, asyncio.Task[Said | FetchError]] = {}

    def __len__(self) -> int:
        return len(self._answers)

    async def get(self, origin: str, ask: Callable[[], Awaitable[Said]]) -> Said:
        """Return what the origin says, by `ask` where it is not known; raise the FetchError for which that is nothing.

        Of the errors of `ask` only UnreachableError is kept.
        """
        known = self._answers.get(origin)
        if known and asyncio.get_running_loop().time() < known.until:
            self._answers.move_to_end(origin)
            if known.said is not None:
                return known.said
            if known.error is not None:
                raise _again(known.error)
        if origin not in self._asking:
            task = asyncio.create_task(self._ask(origin, ask))
            self._asking[origin] = task
            task.add_done_callback(lambda _: self._asking.pop(origin, None))
        result = await asyncio.shield(self._asking[origin])
        if isinstance(result, FetchError):
            raise result if not isinstance(result, UnreachableError) else _again(result)
        return result

    async def close(self) -> None:
        """Stop asking."""
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask(self, origin: str, ask: Callable[[], Awaitable[Said]]) -> Said | FetchError:
        try:
            said = await ask()
        except UnreachableError as error:
            kept = self._answers.get(origin)
            said_before = kept.said if kept else None
            self._keep(origin, _Answer(said_before, OUTAGE_SECONDS, _again(error)))
            return said_before or error
        except FetchError as error:
            return error
        self._keep(origin, _Answer(said, self._kept_seconds))
        return said

    def _keep(self, origin: str, answer: _Answer[Said]) -> None:
        answer.until += asyncio.get_running_loop().time()
        before = self._answers.pop(origin, None)
        self._answers[origin] = answer
        self._weight += _weight(answer) - _weight(before)
        while len(self._answers) > 1 and (len(self._answers) > self._max_origins or self._weight > self._max_weight):
            self._weight -= _weight(self._answers.popitem(last=False)[1])


def _weight(answer: _Answer[Any] | None) -> int:
    return answer.said.weight if answer and answer.said else 0


def _again(error: UnreachableError) -> UnreachableError:
    """Return the error without the traceback that would grow with each raise."""
    return UnreachableError(error.url, error.why, status=error.status, fault=error.fault, retry_after=error.retry_after)

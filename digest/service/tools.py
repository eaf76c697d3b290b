"""What every step works with: the store, the web, and a process that may be killed to think in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, TypeAlias, TypeVar

from digest.model import Alert, Correction, Digest, Extract, LedgerEntry, Part, Post, SourceStatus
from digest.sources.web import Fetcher
from digest.store import Store

CLAIMED = timedelta(minutes=15)
"""Where several processes work on one database, what one takes up is nobody else's for so long, or until it is done."""

Given = TypeVar("Given")

Render: TypeAlias = Callable[[Digest], tuple[Part, ...]]
"""Turns a digest into its parts, in order; the library never looks inside their payloads."""

RenderDue: TypeAlias = Callable[[tuple[LedgerEntry, ...], str], str]
"""Turns commitments that fall due today, as a message showed them, and a zone into the payload of the answer to it."""

RenderNotice: TypeAlias = Callable[[tuple[SourceStatus, ...]], str]
"""Turns sources that are paused into the payload of the message that tells of them."""

RenderAlert: TypeAlias = Callable[[Alert], str]
"""Turns what a member is told at once into the payload of the message."""

RenderCorrection: TypeAlias = Callable[[Post, Sequence[Correction]], Part | None]
"""Turns a message that stands in a channel and what has vanished of one of its articles, by earlier readings, into what
takes its place; None where it shows nothing of that. The part knows the commitments that are shown anew."""

RenderRetraction: TypeAlias = Callable[[Sequence[Extract], Sequence[str]], Callable[[Post], str | None]]
"""Turns statements and names into what turns each message into the payload that shows none of these any more; None
where it shows nothing of that."""


class Think(Protocol):
    """Runs a pure function where a hostile page can do no harm, and gives what it gave."""

    async def __call__(
        self,
        function: Callable[..., Given],
        *args: Any,
        timeout: float | None = None,  # noqa: ASYNC109 -- it kills the process, which no asyncio.timeout can
    ) -> Given:
        """Return what `function(*args)` returns; ReadingError when it was stopped from outside."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """The three things that steps are handed, together."""

    store: Store
    fetcher: Fetcher
    think: Think

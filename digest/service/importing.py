"""Following what a feed reader's list names."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from random import sample

from digest.errors import AlreadyExistsError, LimitError
from digest.model import Failure, Imported, Page, Validators
from digest.service.discovering import host_of
from digest.service.failures import EXPECTED, failure_of
from digest.service.following import add_source
from digest.service.together import each_of
from digest.service.tools import Tools
from digest.sources.opml import Outline, parse_opml
from digest.sources.web import Fetcher
from digest.store import sources

WITHIN = timedelta(minutes=10)
"""Each is fetched before it is followed, and whoever asked waits; Discord takes an answer for fifteen minutes."""


async def import_sources(
    tools: Tools, guild_id: int, body: bytes, *, now: datetime, within: timedelta = WITHIN
) -> Imported:
    """Follow what the list names, as much of it as can be fetched in time; see Service.import_sources."""
    deadline = asyncio.get_running_loop().time() + within.total_seconds()
    hurried = replace(tools, fetcher=_Until(deadline, tools.fetcher))
    outlines = await tools.think(parse_opml, body)
    async with tools.store.reading() as db:
        followed = {status.source.url for status in await sources.list_statuses(db, guild_id)}
    unknown = [outline for outline in outlines if outline.url not in followed]

    full: list[LimitError] = []

    async def follow(outline: Outline) -> Failure | bool | None:
        """Return whether it is followed from now on only, or why it is not; None where there was no time."""
        try:
            await add_source(hurried, guild_id, outline.url, now=now, kind=None)
        except AlreadyExistsError:
            return False
        except LimitError as error:
            full.append(error)
            return None
        except TimeoutError:
            return None
        except EXPECTED as error:
            return failure_of(error, name=_name(outline), since=now)
        return True

    # Each time in another order: what kept the time from the others must not stand before them again.
    turns = sample(unknown, len(unknown))
    found = dict(zip(turns, await each_of(turns, follow), strict=True))
    if full:  # what was added before stays
        raise full[0]
    outcomes = [found[outline] for outline in unknown]
    failures = tuple(outcome for outcome in outcomes if isinstance(outcome, Failure))
    known = len(outlines) - len(unknown) + outcomes.count(False)
    return Imported(outcomes.count(True), known, failures, outcomes.count(None))


class _Until:
    """A Fetcher that raises TimeoutError from a moment of the loop's clock on."""

    def __init__(self, deadline: float, fetcher: Fetcher) -> None:
        self._deadline = deadline
        self._fetcher = fetcher

    async def fetch(self, url: str, *, validators: Validators | None = None, max_bytes: int | None = None) -> Page:
        """Return the page; what was begun is broken off then."""
        async with asyncio.timeout_at(self._deadline):
            return await self._fetcher.fetch(url, validators=validators, max_bytes=max_bytes)


def _name(outline: Outline) -> str:
    # Of an address only the host is shown: the rest can be a secret. Some readers write it as the title.
    return outline.title if outline.title and "://" not in outline.title else host_of(outline.url)

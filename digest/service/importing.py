"""Following what a feed reader's list names."""

from datetime import datetime

from digest.errors import AlreadyExistsError
from digest.model import Failure, Imported
from digest.service.discovering import host_of
from digest.service.failures import EXPECTED, failure_of
from digest.service.following import add_source
from digest.service.together import each_of
from digest.service.tools import Tools
from digest.sources.opml import Outline, parse_opml
from digest.store import sources

MOST_AT_ONCE = 100
"""Of a list: each is fetched before it is followed, and whoever asked waits for the answer."""


async def import_sources(tools: Tools, guild_id: int, body: bytes, *, now: datetime) -> Imported:
    """Follow what the list names, as much of it as is taken at once; see Service.import_sources."""
    outlines = await tools.think(parse_opml, body)
    async with tools.store.reading() as db:
        followed = {status.source.url for status in await sources.list_statuses(db, guild_id)}
    unknown = [outline for outline in outlines if outline.url not in followed]

    async def follow(outline: Outline) -> Failure | bool:
        """Return whether it is followed from now on only, or why it is not."""
        try:
            await add_source(tools, guild_id, outline.url, now=now, kind=None)
        except AlreadyExistsError:
            return False
        except EXPECTED as error:
            return failure_of(error, name=_name(outline), since=now)
        return True

    outcomes = await each_of(unknown[:MOST_AT_ONCE], follow)
    failures = tuple(outcome for outcome in outcomes if isinstance(outcome, Failure))
    known = len(outlines) - len(unknown) + outcomes.count(False)
    return Imported(outcomes.count(True), known, failures, len(unknown[MOST_AT_ONCE:]))


def _name(outline: Outline) -> str:
    # Of an address only the host is shown: the rest can be a secret. Some readers write it as the title.
    return outline.title if outline.title and "://" not in outline.title else host_of(outline.url)

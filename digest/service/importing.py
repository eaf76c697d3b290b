"""Following what a feed reader's list names."""

from datetime import datetime

from digest.errors import AlreadyExistsError
from digest.model import Imported
from digest.service.discovering import host_of
from digest.service.failures import EXPECTED, failure_of
from digest.service.following import add_source
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
    added, known, failures = 0, len(outlines) - len(unknown), []
    for outline in unknown[:MOST_AT_ONCE]:
        try:
            await add_source(tools, guild_id, outline.url, now=now, kind=None)
        except AlreadyExistsError:
            known += 1
        except EXPECTED as error:
            failures.append(failure_of(error, name=_name(outline), since=now))
        else:
            added += 1
    return Imported(added, known, tuple(failures), len(unknown[MOST_AT_ONCE:]))


def _name(outline: Outline) -> str:
    # Of an address only the host is shown: the rest can be a secret. Some readers write it as the title.
    return outline.title if outline.title and "://" not in outline.title else host_of(outline.url)

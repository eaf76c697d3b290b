"""Letting the full text of articles go when its time is over; what is shown of them stays."""

from datetime import datetime, timedelta

from digest.editions.expiring import shown_text
from digest.service.tools import Tools
from digest.store import articles

_AT_ONCE = 100


async def expire_texts(tools: Tools, *, kept: timedelta, now: datetime) -> int:
    """Blank what is not shown of texts that were read longer ago than `kept`; see Service.expire_texts."""
    done = 0
    while True:
        async with tools.store.reading() as db:
            found = await articles.list_expiring(db, before=now - kept, limit=_AT_ONCE)
        if not found:
            return done
        async with tools.store.writing() as db:
            await articles.expire_text(db, {id_: shown_text(brief) for id_, brief in found.items()}, now=now)
        done += len(found)

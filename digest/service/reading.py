"""Entry to brief: the page is fetched, read in a process that may be killed, and kept."""

from dataclasses import replace
from datetime import datetime, timedelta

from digest.editions.expiring import shown_text
from digest.model import Brief, Entry, Failure, Source, Trouble
from digest.reading.brief import read_page
from digest.reading.retractions import is_retraction
from digest.service.failures import KEPT_OFF, OF_THE_SERVER, failure_of, is_ours, own_up, retry_after
from digest.service.identity import complete, identity_of
from digest.service.tools import CLAIMED, Tools
from digest.store import Transaction, articles, entries
from digest.store.entries import Listing

ATTEMPTS = 3
ATTEMPTS_AT_THE_SERVER = 9
"""Where the server is what fails, and not the page: a day and a half of them."""

TRY_AGAIN_AFTER = timedelta(minutes=10)
"""After the first attempt in vain; then three times as long each time, up to TRY_AGAIN_AT_LAST."""

TRY_AGAIN_AT_LAST = timedelta(hours=6)

GONE = (404, 410)
"""What a server says of a page that is not there (RFC 9110, 15.5.5 and 15.5.11)."""

SAME_TEXT = timedelta(days=30)
"""What a source brings again within this, word for word, is the same article, wherever it stands."""

STILL_FRESH = timedelta(days=1)
"""A page that was read this recently, for another source, is not fetched again."""


async def read_entry(tools: Tools, entry_id: int, *, now: datetime) -> Failure | None:
    """Fetch and read the page of an entry, once; see Service.read_entry."""
    async with tools.store.reading() as db:
        listing = await entries.get_listing(db, entry_id)
        known = await articles.find_article(db, listing.entry.url, read_since=now - STILL_FRESH)
    if not listing.is_open:
        return None
    try:
        await _read(tools, listing, known, now)
    except Exception as error:  # noqa: BLE001 -- what was read and cannot be kept is no better than what cannot be read
        own_up(error, to=f"entry {entry_id} of source {listing.source.id}")
        return await _give_back(tools, listing, error, now)
    return None


async def _read(tools: Tools, listing: Listing, known: int | None, now: datetime) -> None:
    if known is not None:
        async with tools.store.writing() as db:
            await articles.link_source(db, known, listing.source.id)
            await entries.record_read(db, listing.source.id, listing.entry.identity, known, now=now)
        return
    page = await tools.fetcher.fetch(listing.entry.url)
    brief = await tools.think(read_page, page)
    async with tools.store.writing() as db:
        await keep_brief(db, brief, listing.source, listing.entry, now=now)


async def keep_brief(
    db: Transaction, brief: Brief, source: Source, entry: Entry, *, now: datetime, identity: str = ""
) -> None:
    """Keep what was read of an entry's page, that it was read, and whether its outlet retracted it.

    It is the article with this identity, if one is given, else the one that it says or looks to be.
    """
    brief = complete(brief, entry, source, now=now)
    if not brief.article.terms.may_archive:
        brief = replace(brief, article=replace(brief.article, text=shown_text(brief)))
    if not identity:
        # A feed that moved lists old articles at new addresses.
        same = await articles.find_same_text(db, brief, source_id=source.id, since=now - SAME_TEXT)
        identity = same or identity_of(brief.article) or entry.url
    trouble = Trouble.RETRACTED if is_retraction(brief.article) else None
    article_id = await articles.add_brief(db, brief, identity=identity, source_id=source.id, now=now, trouble=trouble)
    await entries.record_read(db, source.id, entry.identity, article_id, now=now)


async def _give_back(tools: Tools, listing: Listing, error: Exception, now: datetime) -> Failure:
    failure = failure_of(error, name=listing.source.name, since=now)
    is_of_server = failure.kind in OF_THE_SERVER
    is_open = failure.kind not in KEPT_OFF and listing.attempts + 1 < (
        ATTEMPTS_AT_THE_SERVER if is_of_server else ATTEMPTS
    )
    wait = min(TRY_AGAIN_AFTER * 3**listing.attempts, TRY_AGAIN_AT_LAST)
    server_wait = max(TRY_AGAIN_AFTER, retry_after(error) or TRY_AGAIN_AFTER)
    async with tools.store.writing() as db:
        if not is_ours(error):
            next_attempt_at = now + max(wait, server_wait) if is_open else None
            await entries.record_unread(db, listing.id, failure, next_attempt_at=next_attempt_at)
        if is_of_server:
            await entries.put_off(db, listing.source.id, until=now + server_wait, claimed_until=now + CLAIMED)
        removed = await articles.find_article(db, listing.entry.url) if failure.status in GONE else None
        if removed is not None:
            await articles.set_trouble(db, removed, Trouble.REMOVED, now=now)
    return failure

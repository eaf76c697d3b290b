"""Reading articles once more: whether they were corrected, and what becomes of the messages that showed the old words.

Only what was told is read again, and what commits somebody: of both the words go on being shown. The rest would cost
publishers two more requests for each article, and changes nothing that anybody sees.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain

from digest.editions.corrections import find_corrections, leave_printed
from digest.editions.hidden import hide_in_correction
from digest.errors import NotFoundError
from digest.model import Correction, Edition, Trouble
from digest.reading.brief import read_page
from digest.service.failures import OF_THE_SERVER, failure_of, is_ours, kind_of, own_up, retry_after
from digest.service.identity import complete
from digest.service.reading import GONE, TRY_AGAIN_AFTER, keep_brief
from digest.service.refreshing import ENTRIES_A_ROUND, SECONDS_A_ROUND
from digest.service.together import each_of
from digest.service.tools import RenderCorrection, Tools
from digest.store import Transaction, articles, entries, hidden, posts, reminders, rereads, subscriptions
from digest.store.posts import Posted
from digest.store.rereads import Reread

CORRECTED_WITHIN = timedelta(days=7)
"""Older messages stay as they are: nobody reads them, and the look-ups know."""

WAIT_WITHOUT_READING = timedelta(hours=6)
"""While parts that told of an article are not posted: what stands elsewhere is not left in its old words for longer."""

MOST_VERSIONS = 5
"""Of an article, the newest: words that stood in older ones only are looked for no more."""


async def reread_due(
    tools: Tools,
    *,
    now: datetime,
    render: RenderCorrection,
    source_id: int | None = None,
    seconds: float = SECONDS_A_ROUND,
) -> tuple[Edition, ...]:
    """Read what is due once more, of a few sources at a time or of one; see Service.reread_due."""
    async with tools.store.writing() as db:
        await rereads.drop_rereads(db, before=now - CORRECTED_WITHIN)
    async with tools.store.reading() as db:
        due = await rereads.list_due_rereads(db, now, source_id=source_id)
    return tuple(chain.from_iterable(await each_of(due, lambda one: _of_source(tools, one, now, render, seconds))))


async def _of_source(
    tools: Tools, due: Sequence[Reread], now: datetime, render: RenderCorrection, seconds: float
) -> list[Edition]:
    # One after the other, because they are one server's; one that is down is left alone for a while.
    clock = asyncio.get_running_loop().time
    until = clock() + seconds
    made: list[Edition] = []
    for number, one in enumerate(due[:ENTRIES_A_ROUND]):
        try:
            made += await _reread(tools, one, now, render)
        except NotFoundError:
            continue  # nobody follows its source since it was listed
        except Exception as error:  # noqa: BLE001 -- whatever it is, it must not come again at once
            own_up(error, to=f"article {one.article_id} of source {one.source_id}, read once more")
            await _give_up(tools, one, error, now)
            if kind_of(error) in OF_THE_SERVER:
                await _put_off(tools, due[number:], now + max(TRY_AGAIN_AFTER, retry_after(error) or TRY_AGAIN_AFTER))
                return made
        if clock() > until:
            return made
    return made


async def _reread(tools: Tools, one: Reread, now: datetime, render: RenderCorrection) -> Sequence[Edition]:
    async with tools.store.reading() as db:
        listing = await entries.get_listing(db, one.entry_id)
        befores = await articles.list_versions(db, one.article_id, limit=MOST_VERSIONS)
        told = await posts.list_posted(db, one.article_id, since=now - CORRECTED_WITHIN)
    stands = [posted for posted in told if not posted.is_open]
    if len(stands) < len(told) and not (stands and one.read_at <= now - WAIT_WITHOUT_READING):
        await _put_off(tools, [one], now + TRY_AGAIN_AFTER)
        return ()
    page = await tools.fetcher.fetch(listing.entry.url)
    brief = await tools.think(read_page, page)
    # Any source that lists it may be the one it is read through: its outlet and its date stay what they were.
    entry = replace(listing.entry, published_at=befores[-1].article.published_at)
    source = replace(listing.source, name=befores[-1].article.site)
    brief = complete(brief, entry, source, now=now)
    corrections = await tools.think(find_corrections, befores, brief)
    async with tools.store.writing() as db:
        if corrections:
            # One message may tell of several articles: the next edit is made of what this one leaves.
            for subscription_id in await posts.list_subscription_ids(db, one.article_id):
                await subscriptions.take_turn(db, subscription_id)
        if not await rereads.finish_reread(db, one, now=now) or corrections is None:
            return ()
        await keep_brief(db, brief, source, entry, now=now, identity=one.identity)
        return await _correct(db, one, corrections, now, render) if corrections else ()


async def _correct(
    db: Transaction, one: Reread, corrections: Sequence[Correction], now: datetime, render: RenderCorrection
) -> Sequence[Edition]:
    payloads: dict[Posted, str] = {}
    ids = await articles.list_shown(db, [one.article_id])
    told = await posts.list_posted(db, one.article_id, since=now - CORRECTED_WITHIN)
    if any(posted.is_open for posted in told):
        await rereads.reread_again(db, one.article_id, at=now + TRY_AGAIN_AFTER)
    for posted in told:
        if posted.is_open:
            continue  # it may be on its way; what stands elsewhere does not wait for it
        others = await posts.get_others(db, posted.story_id, one.article_id)
        curtain = await hidden.get_curtain(db, posted.guild_id)
        shown = [hide_in_correction(curtain, one.article_id, found) for found in leave_printed(corrections, others)]
        part = render(posted.post, shown)
        if part is not None:
            payloads[posted] = part.payload
            await reminders.add_shown(db, posted.delivery_id, {ids[shown] for shown in part.shown if shown in ids})
    return await posts.add_corrections(db, payloads, now=now)


async def _give_up(tools: Tools, one: Reread, error: Exception, now: datetime) -> None:
    if is_ours(error):
        return  # the server was not even asked
    status = failure_of(error, name="", since=now).status
    async with tools.store.writing() as db:
        if await rereads.finish_reread(db, one, now=now) and status in GONE:
            await articles.set_trouble(db, one.article_id, Trouble.REMOVED, now=now)


async def _put_off(tools: Tools, due: Sequence[Reread], until: datetime) -> None:
    async with tools.store.writing() as db:
        await rereads.put_off_rereads(db, [one.article_id for one in due], until=until)

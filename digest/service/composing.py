"""What an edition would say now: news that no edition of the subscription held yet, and what falls due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from digest.editions.compose import compose_digest
from digest.editions.filters import lets_through
from digest.editions.hidden import Curtain, leave_visible, visible_commitments
from digest.model import (
    Brief,
    Coverage,
    Digest,
    Filters,
    Hidden,
    LedgerEntry,
    Period,
    Shown,
    SourceStatus,
    Subscription,
    Told,
)
from digest.service.failures import KEPT_OFF
from digest.service.tools import Tools
from digest.store import Transaction, articles, editions, entries, hidden, ledger, sources, told

DUE_WITHIN = timedelta(days=7)
MOST_FALLING_DUE = 25

MOST_BRIEFS = 300
"""After a long pause there can be thousands of articles: the newest are composed, all count as told."""

_COMPOSE_SECONDS = 15.0  # it is our own work, on many articles, and no page's

REMEMBERED = timedelta(days=7)
"""What was told longer ago is told anew."""

MOST_TOLD = 100
"""Stories of the last days that new articles may go on with."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A digest that is not issued yet, and the ids of the articles it is about and of what it may show of them.

    `hidden` is what its guild hid when it was composed.
    """

    article_ids: tuple[int, ...]
    digest: Digest
    commitment_ids: Mapping[Shown, int]
    ids_by_url: Mapping[str, int]
    hidden: Hidden = Hidden()  # noqa: RUF009 -- never changed


@dataclass(frozen=True, slots=True)
class _Material:
    article_ids: tuple[int, ...]
    briefs: tuple[Brief, ...]
    period: Period
    commitment_ids: Mapping[Shown, int]
    ids_by_url: Mapping[str, int]
    falling_due: tuple[LedgerEntry, ...]
    coverage: Coverage
    told: tuple[Told, ...]
    hidden: Hidden


async def draft_digest(
    tools: Tools,
    subscription: Subscription,
    *,
    since: datetime,
    now: datetime,
    told_since: datetime | None = None,
    slots_missed: int = 0,
    says_when_empty: bool = True,
) -> Draft:
    """Return what the subscription's edition would be if it came now; its articles are dated since then.

    Those that are dated before `told_since` count as told and are not; it stands for `slots_missed` earlier slots.
    Where nothing came and nobody is told so, what it would rest on is not looked up.
    """
    async with tools.store.reading() as db:
        if not says_when_empty and not await editions.list_unclaimed(db, subscription, since=since, limit=1):
            period = await _period_until(db, subscription, since, now)
            return Draft((), Digest(subscription.name, period, subscription.zone, ()), {}, {})
        material = await _gather(db, subscription, since, told_since, now)
    material = replace(material, coverage=replace(material.coverage, slots_missed=slots_missed))
    digest = await _compose(tools, subscription, material)
    # Nothing to show, nothing that a part could show.
    ids = (material.commitment_ids, material.ids_by_url) if material.briefs else ({}, {})
    digest = replace(digest, style=subscription.style, role_id=subscription.role_id)
    return Draft(material.article_ids, digest, *ids, hidden=material.hidden)


async def _compose(tools: Tools, subscription: Subscription, material: _Material) -> Digest:
    if not material.briefs:
        # Nothing to group or to weigh, so no process has to be woken for it.
        return Digest(
            subscription.name, material.period, subscription.zone, (), material.falling_due, material.coverage
        )
    compose = partial(
        compose_digest,
        name=subscription.name,
        period=material.period,
        zone=subscription.zone,
        max_stories=subscription.max_stories,
        falling_due=material.falling_due,
        coverage=material.coverage,
        told=material.told,
        keywords=subscription.keywords,
        less=subscription.less,
    )
    return await tools.think(compose, material.briefs, timeout=_COMPOSE_SECONDS)


async def _gather(
    db: Transaction, subscription: Subscription, since: datetime, told_since: datetime | None, now: datetime
) -> _Material:
    guild_id, source_ids = subscription.guild_id, subscription.source_ids
    article_ids = await editions.list_unclaimed(db, subscription, since=since)
    told_ids = await editions.list_unclaimed(db, subscription, since=told_since) if told_since else article_ids
    followed = [
        status
        for status in await sources.list_statuses(db, guild_id)
        if not source_ids or status.source.id in source_ids
    ]
    composed_ids = told_ids[:MOST_BRIEFS]
    found = await articles.map_briefs(db, composed_ids)
    hides = await hidden.get_hidden(db, guild_id)
    curtain = Curtain(hides)
    passing = await filter_briefs(db, followed, found)
    passing = {id_ for id_ in passing if not curtain.has_name(found[id_].article.title)}
    period = await _period_until(db, subscription, since, now)
    ids = [status.source.id for status in followed]
    coverage = replace(
        _coverage(followed, len(composed_ids), len(found) - len(passing)),
        pages_reserved=await entries.count_failed(db, ids, KEPT_OFF, since=period.start),
        articles_passed_over=len(article_ids) - len(composed_ids),
    )
    today = now.astimezone(ZoneInfo(subscription.zone)).date()
    return _Material(
        article_ids=article_ids,
        briefs=tuple(leave_visible(curtain, id_, found[id_]) for id_ in composed_ids if id_ in passing),
        commitment_ids=_visible_ids(curtain, found, await articles.list_shown(db, composed_ids)),
        ids_by_url=await articles.list_urls(db, composed_ids),
        period=period,
        falling_due=await ledger.list_due(
            db, guild_id, first=today, last=today + DUE_WITHIN, source_ids=source_ids, limit=MOST_FALLING_DUE
        ),
        coverage=coverage,
        told=await told.list_told(db, subscription.id, since=now - REMEMBERED, limit=MOST_TOLD),
        hidden=hides,
    )


def _visible_ids(curtain: Curtain, found: Mapping[int, Brief], ids: Mapping[Shown, int]) -> Mapping[Shown, int]:
    """Return the ids by the indexes that commitments have where nothing hidden stands between them."""
    if not curtain:
        return ids
    return {
        Shown(brief.article.url, index): ids[shown]
        for article_id, brief in found.items()
        for index, before in enumerate(visible_commitments(curtain, article_id, brief))
        if (shown := Shown(brief.article.url, before)) in ids
    }


async def _period_until(db: Transaction, subscription: Subscription, since: datetime, now: datetime) -> Period:
    start = await editions.last_covered_at(db, subscription.id) or since
    # To the minute: a tick that comes 20 seconds after the hour still makes the edition of the hour.
    end = now.replace(second=0, microsecond=0)
    return Period(min(start, end), end)


async def filter_briefs(db: Transaction, followed: Sequence[SourceStatus], found: Mapping[int, Brief]) -> set[int]:
    """Return the ids of the articles that a followed source brought and its filters let through."""
    filters = {status.source.id: status.filters for status in followed}
    if all(one == Filters() for one in filters.values()):
        return set(found)
    listings = await entries.map_listings(db, list(found))
    return {
        id_
        for id_, brief in found.items()
        if any(
            lets_through(filters[source_id], entry, brief.article)
            for source_id, entry in listings.get(id_, ())
            if source_id in filters
        )
    }


def _coverage(followed: Sequence[SourceStatus], count: int, filtered: int) -> Coverage:
    failures = tuple(status.failure for status in followed if status.failure)
    return Coverage(
        sources=len(followed) - len(failures), articles=count - filtered, failures=failures, articles_filtered=filtered
    )

"""What an edition would say now: news that no edition of the subscription held yet, and what falls due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from digest.editions.compose import compose_digest
from digest.model import Brief, Coverage, Digest, LedgerEntry, Period, Shown, SourceStatus, Subscription
from digest.service.tools import Tools
from digest.store import Transaction, articles, editions, ledger, sources

DUE_WITHIN = timedelta(days=7)
MOST_FALLING_DUE = 25

MOST_BRIEFS = 300
"""After a long pause there can be thousands of articles: the newest are composed, all count as told."""

_COMPOSE_SECONDS = 15.0  # it is our own work, on many articles, and no page's


@dataclass(frozen=True, slots=True)
class Draft:
    """A digest that is not issued yet, the ids of the articles it is about and of the commitments it may show."""

    article_ids: tuple[int, ...]
    digest: Digest
    commitment_ids: Mapping[Shown, int]


@dataclass(frozen=True, slots=True)
class _Material:
    article_ids: tuple[int, ...]
    briefs: tuple[Brief, ...]
    period: Period
    commitment_ids: Mapping[Shown, int]
    falling_due: tuple[LedgerEntry, ...]
    coverage: Coverage


async def draft_digest(tools: Tools, subscription: Subscription, *, since: datetime, now: datetime) -> Draft:
    """Return what the subscription's edition would be if it came now; its articles are dated since then."""
    async with tools.store.reading() as db:
        material = await _gather(db, subscription, since, now)
    if not material.briefs:
        # Nothing to group or to weigh, so no process has to be woken for it.
        digest = Digest(
            subscription.name, material.period, subscription.zone, (), material.falling_due, material.coverage
        )
        return Draft(material.article_ids, digest, {})
    compose = partial(
        compose_digest,
        name=subscription.name,
        period=material.period,
        zone=subscription.zone,
        max_stories=subscription.max_stories,
        falling_due=material.falling_due,
        coverage=material.coverage,
    )
    digest = await tools.think(compose, material.briefs, timeout=_COMPOSE_SECONDS)
    return Draft(material.article_ids, digest, material.commitment_ids)


async def _gather(db: Transaction, subscription: Subscription, since: datetime, now: datetime) -> _Material:
    guild_id, source_ids = subscription.guild_id, subscription.source_ids
    article_ids = await editions.list_unclaimed(db, subscription, since=since)
    today = now.astimezone(ZoneInfo(subscription.zone)).date()
    return _Material(
        article_ids=article_ids,
        briefs=await articles.get_briefs(db, article_ids[:MOST_BRIEFS]),
        commitment_ids=await articles.list_shown(db, article_ids[:MOST_BRIEFS]),
        period=_period(await editions.last_covered_at(db, subscription.id) or since, now),
        falling_due=await ledger.list_due(
            db, guild_id, first=today, last=today + DUE_WITHIN, source_ids=source_ids, limit=MOST_FALLING_DUE
        ),
        coverage=_coverage(await sources.list_statuses(db, guild_id), source_ids, len(article_ids)),
    )


def _period(start: datetime, now: datetime) -> Period:
    # To the minute: a tick that comes 20 seconds after the hour still makes the edition of the hour.
    end = now.replace(second=0, microsecond=0)
    return Period(min(start, end), end)


def _coverage(statuses: Sequence[SourceStatus], source_ids: Sequence[int], count: int) -> Coverage:
    followed = [status for status in statuses if not source_ids or status.source.id in source_ids]
    failures = tuple(status.failure for status in followed if status.failure)
    return Coverage(sources=len(followed) - len(failures), articles=count, failures=failures)

"""The last seven days as they would have been, and by which words more or less of a story can be asked for."""

from datetime import datetime

from digest.editions.suggesting import suggest_phrases
from digest.editions.week import Window, compose_week, week_windows
from digest.errors import NotFoundError
from digest.model import Brief, Coverage, Period, SourceStatus, Story, Subscription, Week
from digest.service.composing import MOST_BRIEFS, filter_briefs
from digest.service.tools import Tools
from digest.store import Transaction, articles, editions, entries, hidden, sources

MOST_IN_ALL = 2000
"""Articles of one preview, the newest: somebody waits for it."""

_WEEK_SECONDS = 60.0  # seven digests and more, and it is our own work


async def preview_week(
    tools: Tools, guild_id: int, subscription: Subscription, *, now: datetime, most: int = MOST_IN_ALL
) -> Week:
    """Return the last seven days as they would have been; see Service.preview_week."""
    if subscription.guild_id != guild_id:
        raise NotFoundError(f"guild {guild_id} has no such subscription")
    windows = week_windows(subscription, now)
    newest_first = [one for _, of_day in windows for one in reversed(of_day)]
    briefs: dict[Period, tuple[Brief, ...]] = {}
    coverage: dict[Period, Coverage] = {}
    async with tools.store.reading() as db:
        statuses = await sources.list_statuses(db, guild_id)
        followed = [one for one in statuses if one.source.id in (subscription.source_ids or (one.source.id,))]
        left = most
        for window in newest_first:
            briefs[window.period], coverage[window.period] = await _gather(db, subscription, followed, window, left)
            left -= len(briefs[window.period])
        since = min((one.period.start for one in newest_first), default=now)
        read, waiting = await entries.count_pages(db, guild_id, subscription.source_ids, since=since)
    days = await tools.think(compose_week, windows, briefs, coverage, subscription, timeout=_WEEK_SECONDS)
    return Week(days, read, waiting)


async def suggest_rules(tools: Tools, guild_id: int, story: Story) -> tuple[str, ...]:
    """Return words and phrases that stand in the story, the most telling first; see Service.suggest_rules."""
    async with tools.store.reading() as db:
        sections = await entries.list_sections(db, guild_id, [brief.article.url for brief in story.briefs])
        curtain = await hidden.get_curtain(db, guild_id)
    found = await tools.think(suggest_phrases, story, sections)
    return tuple(phrase for phrase in found if not curtain.has_name(phrase))


async def _gather(
    db: Transaction, subscription: Subscription, followed: list[SourceStatus], window: Window, most: int
) -> tuple[tuple[Brief, ...], Coverage]:
    dated = await editions.list_dated(db, subscription, window.period)
    ids = dated[: max(min(MOST_BRIEFS, most), 0)]
    found = await articles.map_briefs(db, ids)
    passing = await filter_briefs(db, followed, found)
    visible = await hidden.leave_visible_briefs(db, subscription.guild_id, found)
    briefs = tuple(visible[id_] for id_ in ids if id_ in passing and id_ in visible)
    coverage = Coverage(
        len(followed),
        len(briefs),
        articles_filtered=len(found) - len(briefs),
        articles_passed_over=len(dated) - len(ids),
    )
    return briefs, coverage

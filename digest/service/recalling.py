"""What a guild can look back at: its digests day by day, the last days as one, articles, speakers and stories."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from digest.editions.ledger import is_open, is_withdrawn
from digest.editions.storylines import compose_recap, compose_storyline
from digest.errors import NotFoundError
from digest.model import (
    ArticleHit,
    ArticleRecord,
    IssuedDigest,
    LedgerEntry,
    QuoteHit,
    Recap,
    SpeakerRecord,
    StoryRecord,
)
from digest.service.tools import Tools
from digest.store import Transaction, issued, ledger, records, search, speakers, storylines, zones

MOST_STORIES = 200
"""So many tellings are merged, the newest; grouping them takes a second."""

_MOST_ENTRIES = 100
_THINK_SECONDS = 15.0
_A_DAY = timedelta(days=1)


class Recalling:
    """The part of the Service that looks back, for a guild each: no other guild's editions or articles are there."""

    _tools: Tools

    async def get_zone(self, guild_id: int) -> str:
        """Return the zone that the guild chose, else that of its oldest digest, else "UTC"."""
        async with self._tools.store.reading() as db:
            return await zones.get_zone(db, guild_id)

    async def list_issued(self, guild_id: int, day: date) -> tuple[IssuedDigest, ...]:
        """Return the guild's digests of a local day with their messages as they stand now, in the order of making."""
        async with self._tools.store.reading() as db:
            return await issued.list_issued_on(db, guild_id, day)

    async def get_issued(self, guild_id: int, edition_id: int) -> IssuedDigest:
        """Return a digest of the guild with its messages as they stand; NotFoundError where none is left."""
        async with self._tools.store.reading() as db:
            return await issued.get_issued(db, guild_id, edition_id)

    async def find_nearest_days(self, guild_id: int, day: date) -> tuple[date | None, date | None]:
        """Return the nearest days before and after this one on which the guild was sent a digest."""
        async with self._tools.store.reading() as db:
            return await issued.find_nearest_days(db, guild_id, day)

    async def catch_up(self, guild_id: int, *, days: int, now: datetime) -> Recap:
        """Return the guild's digests of the last days, today among them, as one: what is new, and what still stands.

        Commitments are those that the digests showed, and those of which the last day came or that were taken back
        meanwhile.
        """
        async with self._tools.store.reading() as db:
            zone = ZoneInfo(await zones.get_zone(db, guild_id))
            today = now.astimezone(zone).date()
            first = today - (days - 1) * _A_DAY
            since = datetime.combine(first, time(), zone).astimezone(UTC)
            told = await storylines.list_stories(db, guild_id, since=since, until=now, limit=MOST_STORIES)
            editions = await storylines.count_editions(db, guild_id, since=since, until=now)
            entries = await _list_entries(db, guild_id, since, now)
            fallen = await ledger.list_due(db, guild_id, first=first, last=today, limit=_MOST_ENTRIES)
        recap = Recap(since, now, editions)
        if told:
            compose = partial(compose_recap, since=since, until=now, editions=editions, zone=zone)
            recap = await self._tools.think(compose, told, timeout=_THINK_SECONDS)
        return _with_entries(recap, entries, fallen)

    async def find_articles(self, guild_id: int, typed: str, *, limit: int = 25) -> tuple[ArticleHit, ...]:
        """Return the article at an address, or those with all the words in title or text, newest first."""
        async with self._tools.store.reading() as db:
            if url := _address_of(typed.strip()):
                return await records.find_by_url(db, guild_id, url)
            return await search.search_articles(db, guild_id, typed, limit=limit, offset=0)

    async def get_article(self, guild_id: int, article_id: int) -> ArticleRecord:
        """Return an article that a source of the guild brought, and what became of it."""
        async with self._tools.store.reading() as db:
            return await records.get_record(db, guild_id, article_id)

    async def list_said(
        self, guild_id: int, speaker: str, query: str = "", *, limit: int = 5, offset: int = 0
    ) -> tuple[QuoteHit, ...]:
        """Return what a speaker said, under whatever name, with all words of the query in it, newest first.

        An empty speaker means anybody.
        """
        async with self._tools.store.reading() as db:
            return await speakers.list_said(db, guild_id, speaker, query, limit=limit, offset=offset)

    async def describe_speaker(self, guild_id: int, speaker: str) -> SpeakerRecord:
        """Return what the guild's articles call a speaker, and as what they speak; nothing of whom nobody knows."""
        async with self._tools.store.reading() as db:
            return await speakers.describe_speaker(db, guild_id, speaker)

    async def get_story(self, guild_id: int, story_id: int) -> StoryRecord:
        """Return a story over time, by any of its tellings to the guild; NotFoundError where nothing is left of it."""
        async with self._tools.store.reading() as db:
            zone = ZoneInfo(await zones.get_zone(db, guild_id))
            told = await storylines.list_around(db, guild_id, story_id, limit=MOST_STORIES // 2)
        compose = partial(compose_storyline, story_id=story_id, zone=zone)
        story = await self._tools.think(compose, told, timeout=_THINK_SECONDS)
        if story is None:
            raise NotFoundError(f"nothing is left of story {story_id}")
        async with self._tools.store.reading() as db:
            ids = await storylines.list_entries_of(db, [step.article.id for step in story.steps])
            return replace(story, entries=await ledger.get_entries(db, guild_id, ids[:_MOST_ENTRIES]))


def _address_of(typed: str) -> str:
    if typed.lower().startswith(("http://", "https://")):
        return typed
    host, slash, _ = typed.partition("/")
    return f"https://{typed}" if slash and "." in host and not set(typed) & set(" \t\n") else ""


async def _list_entries(db: Transaction, guild_id: int, since: datetime, now: datetime) -> tuple[LedgerEntry, ...]:
    shown = await storylines.list_shown_entries(db, guild_id, since=since, until=now, limit=_MOST_ENTRIES)
    taken_back = await ledger.list_taken_back(db, guild_id, since=since, limit=_MOST_ENTRIES)
    return await ledger.get_entries(db, guild_id, list(dict.fromkeys((*shown, *taken_back))))


def _with_entries(recap: Recap, entries: Sequence[LedgerEntry], fallen: tuple[LedgerEntry, ...]) -> Recap:
    due = {entry.id for entry in fallen}
    return replace(
        recap,
        standing=tuple(entry for entry in entries if is_open(entry) and entry.id not in due),
        fallen_due=fallen,
        withdrawn=tuple(entry for entry in entries if is_withdrawn(entry)),
    )

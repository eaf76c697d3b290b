"""What a guild can ask: articles, quotes and commitments that its own sources brought."""

from collections.abc import Sequence
from datetime import date

from digest.model import ArticleHit, Brief, CommitmentKind, LedgerEntry, Mark, QuoteHit
from digest.service.tools import Tools
from digest.store import articles, ledger, search


class LookUps:
    """The look-ups of the service, for a guild each: no other guild's articles are there."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def get_brief(self, guild_id: int, article_id: int) -> Brief:
        """Return what was read of an article that a source of the guild brought."""
        async with self._tools.store.reading() as db:
            return await articles.get_brief(db, article_id, guild_id=guild_id)

    async def search_articles(
        self, guild_id: int, query: str, *, limit: int = 5, offset: int = 0
    ) -> tuple[ArticleHit, ...]:
        """Return articles with all the words of the query in title or text, newest first; an empty query has all."""
        async with self._tools.store.reading() as db:
            return await search.search_articles(db, guild_id, query, limit=limit, offset=offset)

    async def search_quotes(
        self, guild_id: int, query: str, *, limit: int = 5, offset: int = 0
    ) -> tuple[QuoteHit, ...]:
        """Return quotes with all the words of the query in them, their speaker or role, newest first."""
        async with self._tools.store.reading() as db:
            return await search.search_quotes(db, guild_id, query, limit=limit, offset=offset)

    async def list_commitments(
        self,
        guild_id: int,
        query: str = "",
        *,
        kind: CommitmentKind | None = None,
        limit: int = 5,
        offset: int = 0,
    ) -> tuple[LedgerEntry, ...]:
        """Return commitments with all the words of the query in a telling's actors or evidence, newest told first."""
        async with self._tools.store.reading() as db:
            return await ledger.list_entries(db, guild_id, query, kind=kind, limit=limit, offset=offset)

    async def export_commitments(
        self, guild_id: int, query: str = "", *, kind: CommitmentKind | None = None, limit: int = 1000
    ) -> tuple[LedgerEntry, ...]:
        """Return what list_commitments would, all of it up to the limit."""
        return await self.list_commitments(guild_id, query, kind=kind, limit=limit)

    async def list_due(
        self,
        guild_id: int,
        *,
        first: date,
        last: date,
        source_ids: Sequence[int] = (),
        limit: int = 25,
        offset: int = 0,
    ) -> tuple[LedgerEntry, ...]:
        """Return open commitments whose last possible day lies between two days, both included, soonest first.

        With `source_ids` those of which one of these sources told that day.
        """
        async with self._tools.store.reading() as db:
            return await ledger.list_due(
                db, guild_id, first=first, last=last, source_ids=source_ids, limit=limit, offset=offset
            )

    async def get_commitment(self, guild_id: int, entry_id: int) -> LedgerEntry:
        """Return a commitment of which a source of the guild brought a telling."""
        async with self._tools.store.reading() as db:
            return await ledger.get_entry(db, guild_id, entry_id)

    async def mark_commitment(self, guild_id: int, entry_id: int, mark: Mark) -> LedgerEntry:
        """Add what somebody of the guild says became of the commitment; earlier marks stay."""
        async with self._tools.store.writing() as db:
            return await ledger.add_mark(db, guild_id, entry_id, mark)

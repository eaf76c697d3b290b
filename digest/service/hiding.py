"""Steps about what a guild does not want to see: names, statements that it takes back, and cases that it keeps."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from digest.editions.hidden import Curtain, extracts_of, fold_name
from digest.errors import Limit, LimitError
from digest.model import Case, Edition, Extract, Hidden, MessageStatements, Post, Statement, Telling
from digest.service.tools import RenderRetraction, Tools
from digest.store import Transaction, alerts, articles, cases, follows, hidden, ledger, showings
from digest.store.posts import Posted

MOST_NAMES = 100
MOST_OPEN_CASES = 20
"""Of one member, that nobody decided yet."""

EDITED_WITHIN = timedelta(days=7)
"""Older messages keep a name that is suppressed."""

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_VERSIONS = 5  # of an article, whose words messages may show


class Hiding:
    """The part of the Service that hides what a guild does not want to see, and knows why."""

    _tools: Tools

    if TYPE_CHECKING:

        def forget_suggestions(self, guild_id: int) -> None:
            """Forget what was suggested to the guild so far; it is the part that suggests."""

    async def list_names(self, guild_id: int) -> tuple[str, ...]:
        """Return the names that the guild hides."""
        async with self._tools.store.reading() as db:
            return await hidden.list_names(db, guild_id)

    async def suppress_name(
        self, guild_id: int, name: str, *, now: datetime, render: RenderRetraction
    ) -> tuple[Edition, ...]:
        """Show nothing any more that has this name, and return the editions that edit messages of the last week.

        ValueError for a name without a letter or digit; AlreadyExistsError; LimitError beyond MOST_NAMES.
        """
        if not any(sign.isalnum() for sign in fold_name(name)):
            raise ValueError("a name has a letter or a digit")
        since = now - EDITED_WITHIN
        async with self._tools.store.reading() as db:  # hundreds of articles: nobody who writes waits for that
            told = await showings.list_told_articles(db, guild_id, since=since)
            gone = await _extracts(db, told, Curtain(Hidden((name,))))
        async with self._changing(guild_id) as db:
            await showings.take_turns(db, guild_id)
            await hidden.add_name(db, guild_id, name, now=now)
            if await hidden.count_names(db, guild_id) > MOST_NAMES:
                raise LimitError(Limit.NAMES, MOST_NAMES)
            shown = await showings.list_showing(db, guild_id, since=since)
            return await _edit(db, guild_id, shown, render(gone, (name,)), now)

    async def release_name(self, guild_id: int, name: str) -> None:
        """Show in look-ups and later posts again what has this name; NotFoundError where it is not hidden."""
        async with self._changing(guild_id) as db:
            await hidden.remove_name(db, guild_id, name)

    async def get_message_statements(self, guild_id: int, message_id: int) -> MessageStatements:
        """Return what a message of the guild's may show; NotFoundError where the bot did not post it there."""
        async with self._tools.store.reading() as db:
            posted = await showings.get_message(db, guild_id, message_id)
            article_ids = await showings.list_articles_of(db, posted.edition_id)
            retracted = await cases.list_retracted(db, guild_id, article_ids)
            return MessageStatements(posted.post.payload, await _extracts(db, article_ids), retracted)

    async def list_tellings(self, guild_id: int, entry_id: int) -> tuple[tuple[Statement, Telling, bool], ...]:
        """Return the tellings of a commitment, oldest first, each with whether it is retracted.

        NotFoundError where no source of the guild brought one.
        """
        async with self._tools.store.reading() as db:
            return await ledger.list_statements(db, guild_id, entry_id)

    async def is_hidden(self, guild_id: int, shown: str) -> bool:
        """Return whether what was shown to a member has anything that the guild hides by now."""
        async with self._tools.store.reading() as db:
            return (await hidden.get_curtain(db, guild_id)).is_in(shown)

    async def retract(
        self, guild_id: int, case: Case, *, now: datetime, render: RenderRetraction
    ) -> tuple[Edition, ...]:
        """Show the case's statement nowhere any more, and return the editions that edit the messages which show it.

        What was reported of it is decided thereby. NotFoundError where the guild never saw the article.
        """
        statement = case.statement
        async with self._changing(guild_id) as db:
            await showings.take_turns(db, guild_id)
            await cases.check_article(db, guild_id, statement.article_id)
            await cases.retract(db, guild_id, case, now=now)
            gone = await _extracts(db, [statement.article_id], Curtain(Hidden((), frozenset({statement}))))
            shown = await showings.list_showing(db, guild_id, since=_EVER)
            return await _edit(db, guild_id, shown, render(gone, ()), now)

    async def bring_back(self, guild_id: int, statement: Statement) -> None:
        """Show the statement in look-ups and later posts again, and forget its cases; messages stay as they are."""
        async with self._changing(guild_id) as db:
            await cases.drop_cases(db, guild_id, statement)

    async def report(self, guild_id: int, case: Case) -> Case:
        """Keep a case for those who manage the guild; LimitError beyond MOST_OPEN_CASES of one member."""
        async with self._tools.store.writing() as db:
            await cases.check_article(db, guild_id, case.statement.article_id)
            kept = await cases.add_case(db, guild_id, replace(case, retracted_at=None))
            if await cases.count_open(db, guild_id, by_id=case.by_id) > MOST_OPEN_CASES:
                raise LimitError(Limit.REPORTS, MOST_OPEN_CASES)
            return kept

    async def list_cases(
        self, guild_id: int, *, is_open: bool | None = None, limit: int | None = None, offset: int = 0
    ) -> tuple[Case, ...]:
        """Return the guild's cases, oldest first: those that nobody decided yet, those that are retracted, or all."""
        async with self._tools.store.reading() as db:
            return await cases.list_cases(db, guild_id, is_open=is_open, limit=limit, offset=offset)

    async def get_case(self, guild_id: int, case_id: int) -> Case:
        """Return a case of the guild."""
        async with self._tools.store.reading() as db:
            return await cases.get_case(db, guild_id, case_id)

    async def dismiss_case(self, guild_id: int, case_id: int) -> None:
        """Forget a case of the guild that nobody needs to decide any more."""
        async with self._tools.store.writing() as db:
            await cases.dismiss_case(db, guild_id, case_id)

    @asynccontextmanager
    async def _changing(self, guild_id: int) -> AsyncIterator[Transaction]:
        """Hand out a transaction that changes what the guild hides; what was suggested before is forgotten then."""
        async with self._tools.store.writing() as db:
            yield db
        self.forget_suggestions(guild_id)


async def _extracts(db: Transaction, article_ids: Sequence[int], curtain: Curtain | None = None) -> tuple[Extract, ...]:
    """Return what can be shown of these articles, in any version; with a curtain only what that hides."""
    found: list[Extract] = []
    for article_id in article_ids:
        for brief in reversed(await articles.list_versions(db, article_id, limit=_MOST_VERSIONS)):
            extracts = extracts_of(article_id, brief)
            found += [one for one in extracts if curtain is None or curtain.hides_extract(one)]
    return tuple(found)


async def _edit(
    db: Transaction, guild_id: int, shown: Sequence[Posted], erase: Callable[[Post], str | None], now: datetime
) -> tuple[Edition, ...]:
    await follows.take_turn(db)  # what is told to followers is being written down, or will be without this
    waiting = await alerts.map_waiting(db, guild_id)  # until quiet hours end
    erased = {id_: payload for id_, told in waiting.items() if (payload := erase(Post(told, "UTC", ()))) is not None}
    await alerts.change_waiting(db, erased)
    changed = {posted: payload for posted in shown if (payload := erase(posted.post)) is not None}
    return await showings.edit_showings(db, changed, now=now)

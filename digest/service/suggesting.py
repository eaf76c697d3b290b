"""Suggestions while somebody types, out of memory: what a guild may mean is known by heart, for a minute."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic
from typing import Any, Final, TypeAlias

from digest.editions.follows import guess_kind
from digest.editions.suggestions import fold_words
from digest.model import ArticleHit, EditionStory, FollowKind, LedgerEntry, StoryHit
from digest.service.asking import LookUps
from digest.service.tools import Tools
from digest.store import Store, Transaction, suggestions
from digest.store.suggestions import Keep

FRESH_SECONDS = 60.0
"""What is older is loaded again; whoever asks meanwhile is answered by what there is."""

PATIENCE_SECONDS = 1.0
"""How long the first one who asks waits at most: Discord takes no answer after three, and who types asks again."""

MOST_SHELVES = 128
"""What is asked for least lately is forgotten: a shelf is a megabyte or two where much is on record."""

_LOOK_EVERY = 0.01  # seconds, while it is loaded for the first time

Load: TypeAlias = Callable[[Transaction, int, Keep], Awaitable[None]]
_Key: TypeAlias = tuple[int, Load]


@dataclass(slots=True)
class _Shelf:
    """Values in the order in which they are offered, each after its folded words with a space before each."""

    loaded_at: float
    values: list[tuple[str, Any]] = field(default_factory=list)
    is_whole: bool = False

    def pick(self, typed: str, limit: int) -> tuple[Any, ...]:
        """Return the first values that may be meant."""
        wanted = [f" {word}" for word in fold_words(typed)]
        if typed.strip() and not wanted:
            return ()
        fitting = (value for words, value in self.values if all(word in words for word in wanted))
        return tuple(islice(fitting, limit))


class Memory:
    """What guilds may mean, of several kinds; each kind of a guild is loaded when it is asked for."""

    def __init__(self, store: Store, now: Callable[[], float] = monotonic) -> None:
        self._store = store
        self._now = now
        self._shelves: OrderedDict[_Key, _Shelf] = OrderedDict()
        self._loading: dict[_Key, asyncio.Task[None]] = {}

    async def find(self, load: Load, guild_id: int, typed: str, *, limit: int) -> tuple[Any, ...]:
        """Return values of which each typed word begins a word, case and accents aside; nothing typed has the first.

        Where they are loaded for the first time, those that were found in PATIENCE_SECONDS, or as many as the limit.
        Nothing where they were forgotten meanwhile; StoreError where they could not be loaded.
        """
        key = (guild_id, load)
        shelf = self._shelves.get(key)
        if shelf is None or self._now() - shelf.loaded_at > FRESH_SECONDS:
            self._load(key)
        shelf = self._shelves[key]
        self._shelves.move_to_end(key)
        until = self._now() + PATIENCE_SECONDS
        while len(found := shelf.pick(typed, limit)) < limit and not shelf.is_whole and self._now() < until:
            task = self._load(key)
            await asyncio.wait([task], timeout=_LOOK_EVERY)
            if task.cancelled() or self._shelves.get(key, shelf) is not shelf:
                return ()  # what was known may be hidden by now, and who types asks again
            if task.done():
                task.result()
        return found

    def forget(self, guild_id: int) -> None:
        """Load what this guild may mean anew when it is asked for."""
        for key in [key for key in (*self._shelves, *self._loading) if key[0] == guild_id]:
            self._shelves.pop(key, None)
            if task := self._loading.pop(key, None):
                task.cancel()

    async def close(self) -> None:
        """End what is being loaded, and forget everything."""
        tasks = tuple(self._loading.values())
        for guild_id, _ in tuple(self._loading):
            self.forget(guild_id)
        self._shelves.clear()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _load(self, key: _Key) -> asyncio.Task[None]:
        """Return what loads this now; what is on the shelf is offered until it is done."""
        if key not in self._loading:
            shelf = _Shelf(self._now())
            self._shelves.setdefault(key, shelf)
            task = self._loading[key] = asyncio.create_task(self._fill(key, shelf))
            task.add_done_callback(lambda done: self._end(key, done))
        return self._loading[key]

    def _end(self, key: _Key, task: asyncio.Task[None]) -> None:
        if self._loading.get(key) is not task:
            return
        del self._loading[key]
        shelf = self._shelves.get(key)
        if (task.cancelled() or task.exception()) and shelf is not None and not shelf.is_whole:
            del self._shelves[key]  # whoever waits has the error, and the next one who asks tries again

    async def _fill(self, key: _Key, shelf: _Shelf) -> None:
        guild_id, load = key

        async def keep(some: Sequence[tuple[str, Any]]) -> None:
            shelf.values += (("".join(f" {word}" for word in fold_words(words)), value) for words, value in some)
            await asyncio.sleep(0)  # others go on

        async with self._store.reading() as db:
            await load(db, guild_id, keep)
        shelf.is_whole = True
        self._shelves[key] = shelf
        while len(self._shelves) > MOST_SHELVES:
            self._shelves.popitem(last=False)


class Suggestions(LookUps):
    """The look-ups of the service, with suggestions out of memory."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._memory: Final = Memory(tools.store)

    async def suggest_articles(self, guild_id: int, typed: str, *, limit: int = 25) -> tuple[ArticleHit, ...]:
        """Return new articles that somebody may mean who has typed this of title or outlet, newest first."""
        return await self._memory.find(suggestions.recent_articles, guild_id, typed, limit=limit)

    async def suggest_speakers(self, guild_id: int, typed: str, *, limit: int = 25) -> tuple[str, ...]:
        """Return the names of speakers with a word that begins as typed, the most quoted lately first."""
        return await self._memory.find(suggestions.recent_speakers, guild_id, typed, limit=limit)

    async def suggest_followed(
        self, guild_id: int, typed: str, *, limit: int = 25
    ) -> tuple[tuple[str, FollowKind], ...]:
        """Return who spoke or committed lately with a word that begins as typed, and what they likely are.

        The most named come first.
        """
        found = await self._memory.find(suggestions.recent_names, guild_id, typed, limit=limit)
        return tuple((name, guess_kind(name, is_speaker=spoke, is_actor=not spoke)) for name, spoke in found)

    async def suggest_stories(self, guild_id: int, typed: str, *, limit: int = 25) -> tuple[StoryHit, ...]:
        """Return the stories told here last that somebody may mean who has typed this, newest first."""
        return await self._memory.find(suggestions.recent_stories, guild_id, typed, limit=limit)

    async def suggest_considered(self, guild_id: int, typed: str, *, limit: int = 25) -> tuple[EditionStory, ...]:
        """Return stories that the last editions could have told, shown or not, the newest first.

        What stands behind them is not looked up.
        """
        return await self._memory.find(suggestions.considered_stories, guild_id, typed, limit=limit)

    async def suggest_commitments(self, guild_id: int, words: str, *, limit: int = 25) -> tuple[LedgerEntry, ...]:
        """Return commitments that somebody may mean who has typed these words, the newest first.

        Of new ones each word may be a beginning. Where they have one at most, those that hold the words as they are
        typed, however old.
        """
        found = await self._memory.find(suggestions.recent_commitments, guild_id, words, limit=limit)
        if len(found) > 1 or not words.strip():
            return found
        older = await self.list_commitments(guild_id, words, limit=limit)
        return tuple({entry.id: entry for entry in (*found, *older)}.values())[:limit]

    def forget_suggestions(self, guild_id: int) -> None:
        """Suggest nothing of what the guild was suggested so far, unless it is still there."""
        self._memory.forget(guild_id)

    async def stop_suggesting(self) -> None:
        """Stop loading what is suggested, and keep none of it."""
        await self._memory.close()

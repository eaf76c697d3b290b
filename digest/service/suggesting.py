"""Suggestions while somebody types, out of memory: what a guild may mean is known by heart, for a minute."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final, TypeAlias

from digest.editions.suggestions import fold_words
from digest.model import ArticleHit, LedgerEntry, StoryHit
from digest.service.asking import LookUps
from digest.service.tools import Tools
from digest.store import Store, Transaction, suggestions
from digest.store.suggestions import Keep

FRESH_SECONDS = 60.0
"""What is older is loaded again; whoever asks meanwhile is answered by what there is."""

PATIENCE_SECONDS = 1.0
"""How long the first one who asks waits. Discord takes no answer after three seconds, and who types asks again."""

MOST_SHELVES = 128
"""What is asked for least lately is forgotten: a shelf is a megabyte or two where much is on record."""

_FEWEST_SIGNS = 3  # of a word by which older ones are looked for: shorter ones begin half of all words

Load: TypeAlias = Callable[[Transaction, int, Keep], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Values in the order in which they are offered, each after its folded words with a space before each."""

    loaded_at: float
    values: tuple[tuple[str, Any], ...] = ()


class Memory:
    """What guilds may mean, of several kinds; each kind of a guild is loaded when it is asked for."""

    def __init__(self, store: Store, now: Callable[[], float] = monotonic) -> None:
        self._store = store
        self._now = now
        self._shelves: OrderedDict[tuple[int, Load], _Shelf] = OrderedDict()
        self._loading: dict[tuple[int, Load], asyncio.Task[None]] = {}

    async def find(self, load: Load, guild_id: int, typed: str, *, limit: int) -> tuple[Any, ...]:
        """Return values of which each typed word begins a word, case and accents aside; nothing typed has the first.

        What is not loaded within PATIENCE_SECONDS has nothing yet. StoreError where nothing could be loaded.
        """
        key = (guild_id, load)
        shelf = self._shelves.get(key)
        if shelf is None or self._now() - shelf.loaded_at > FRESH_SECONDS:
            task = self._load(key)
            if shelf is None:
                await asyncio.wait([task], timeout=PATIENCE_SECONDS)
                if not task.done():
                    return ()
                task.result()
                shelf = self._shelves.get(key)
        if shelf is None:  # it was forgotten meanwhile
            return ()
        self._shelves.move_to_end(key)
        return _pick(shelf.values, typed, limit)

    def forget(self, guild_id: int) -> None:
        """Load what this guild may mean anew when it is asked for."""
        for key in [key for key in (*self._shelves, *self._loading) if key[0] == guild_id]:
            self._shelves.pop(key, None)
            if task := self._loading.pop(key, None):
                task.cancel()

    async def close(self) -> None:
        """End what is being loaded, and forget everything."""
        for guild_id, _ in tuple(self._loading):
            self.forget(guild_id)
        self._shelves.clear()

    def _load(self, key: tuple[int, Load]) -> asyncio.Task[None]:
        if key not in self._loading:
            task = asyncio.create_task(self._fill(key))
            self._loading[key] = task
            task.add_done_callback(lambda done: self._end(key, done))
        return self._loading[key]

    def _end(self, key: tuple[int, Load], task: asyncio.Task[None]) -> None:
        if self._loading.get(key) is task:
            del self._loading[key]
        if not task.cancelled():
            task.exception()  # whoever waited has it, and the next one who asks tries again

    async def _fill(self, key: tuple[int, Load]) -> None:
        guild_id, load = key
        began_at = self._now()
        values: list[tuple[str, Any]] = []

        async def keep(some: Sequence[tuple[str, Any]]) -> None:
            values.extend(("".join(f" {word}" for word in fold_words(words)), value) for words, value in some)
            await asyncio.sleep(0)  # others go on

        async with self._store.reading() as db:
            await load(db, guild_id, keep)
        self._shelves[key] = _Shelf(began_at, tuple(values))
        while len(self._shelves) > MOST_SHELVES:
            self._shelves.popitem(last=False)


def _pick(values: tuple[tuple[str, Any], ...], typed: str, limit: int) -> tuple[Any, ...]:
    wanted = [f" {word}" for word in fold_words(typed)]
    if typed.strip() and not wanted:
        return ()
    found = []
    for words, value in values:
        if all(word in words for word in wanted):
            found.append(value)
            if len(found) == limit:
                break
    return tuple(found)


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

    async def suggest_stories(self, guild_id: int, typed: str, *, limit: int = 25) -> tuple[StoryHit, ...]:
        """Return the stories told here last that somebody may mean who has typed this, newest first."""
        return await self._memory.find(suggestions.recent_stories, guild_id, typed, limit=limit)

    async def suggest_commitments(self, guild_id: int, words: str, *, limit: int = 25) -> tuple[LedgerEntry, ...]:
        """Return commitments that somebody may mean who has typed these words, the last perhaps not to its end.

        Of the newest each word may be a beginning. Where they have one at most, all that is on record is looked at.
        """
        found = await self._memory.find(suggestions.recent_commitments, guild_id, words, limit=limit)
        if len(found) > 1 or max(map(len, fold_words(words)), default=0) < _FEWEST_SIGNS:
            return found
        older = await super().suggest_commitments(guild_id, words, limit=limit)
        return tuple({entry.id: entry for entry in (*older, *found)}.values())[:limit]

    async def forget_suggestions(self) -> None:
        """Stop loading what is suggested, and keep none of it."""
        await self._memory.close()

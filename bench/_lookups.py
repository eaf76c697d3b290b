"""How long look-ups and autocompletes take over a large record, by what is asked and who asks."""

import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Column, select

from bench._made_up import LAST
from bench._record import GUILDS, open_record
from bench._scene import spread
from digest import Service, Store
from digest.store.schema import article_versions, commitments, quotes

MIX = ("rare", "rare", "two terms", "two terms", "very common")
_SAMPLED, _COMMON = 3000, 20
_PAGES = (0, 0, 0, 5, 20)  # what stands before the page that is asked for

Ask = Callable[[int], Awaitable[object]]


async def measure_lookups(folder: Path, size: int, rounds: int) -> dict[str, Any]:
    """Return the milliseconds of so many look-ups of each kind by each guild, and of as many autocompletes.

    Of five look-ups two are for a rare word, two for two words of one text, one for one of the 20 most common words;
    two of five are for a later page.
    """
    async with await open_record(folder, size) as store:
        service = Service(store, NoWeb(), _think)
        taken = _Taken()
        random = Random(size)  # noqa: S311 -- the same questions each time
        for name, part, ask in await _questions(store, service, rounds, random):
            for guild_id in GUILDS:
                began = time.perf_counter()
                await ask(guild_id)
                taken.add(name, part, guild_id, time.perf_counter() - began)
    return taken.figures()


async def _questions(store: Store, service: Service, rounds: int, random: Random) -> list[tuple[str, str, Ask]]:
    asked = list(_steps(service, await read_words(store, random), random, rounds))
    random.shuffle(asked)
    return asked


@dataclass(frozen=True, slots=True)
class _Words:
    """Texts of one kind, how many of them have a word, and those that most have."""

    texts: Sequence[list[str]]
    counts: Counter[str]

    def pick(self, part: str, random: Random) -> str:
        """Return a query."""
        if part == "very common":
            return random.choice([word for word, _ in self.counts.most_common(_COMMON)])
        words = random.choice(self.texts)
        if part == "rare":
            return min(words, key=lambda word: self.counts[word])
        return " ".join(random.sample(words, 2))

    def begin(self, random: Random) -> str:
        """Return what somebody has typed so far."""
        word = random.choice(random.choice(self.texts))
        return word[: random.randrange(len(word) + 1)]


async def read_words(store: Store, random: Random) -> dict[str, _Words]:
    columns: dict[str, Column[Any]] = {
        "articles": article_versions.c.text,
        "quotes": quotes.c.words,
        "commitments": commitments.c.sentence,
        "speakers": quotes.c.speaker,
        "titles": article_versions.c.title,
    }
    return {name: await _sample(store, column, random) for name, column in columns.items()}


async def _sample(store: Store, column: Column[Any], random: Random) -> _Words:
    async with store.reading() as db:
        id_ = column.table.c.id
        last = (await db.execute(select(id_).order_by(id_.desc()).limit(1))).scalar_one()
        ids = random.sample(range(1, last + 1), min(last, _SAMPLED))
        texts = [text.casefold().split() for text in (await db.execute(select(column).where(id_.in_(ids)))).scalars()]
    plain = [[word for word in (word.strip("“”,.") for word in text) if word] for text in texts]
    return _Words(plain, Counter(word for text in plain for word in set(text)))


def _steps(
    service: Service, words: dict[str, _Words], random: Random, rounds: int
) -> Iterator[tuple[str, str, Ask]]:
    searches: dict[str, Callable[..., Awaitable[object]]] = {
        "articles": service.search_articles,
        "quotes": service.search_quotes,
        "commitments": service.list_commitments,
    }
    for number in range(rounds):
        part, offset = MIX[number % len(MIX)], random.choice(_PAGES)
        for name, search in searches.items():
            query = words[name].pick(part, random)
            yield name, part, lambda guild, query=query, search=search: search(guild, query, offset=offset)  # type: ignore[misc]
            if number % 5 == 0:
                yield name, "no words", lambda guild, search=search: search(guild, "", offset=offset)  # type: ignore[misc]
        speaker = " ".join(random.choice(words["speakers"].texts)).title()
        yield "quotes", "speaker", lambda guild, speaker=speaker: service.search_quotes(guild, speaker, offset=offset)  # type: ignore[misc]
        first = (LAST + timedelta(days=random.randrange(-60, 60))).date()
        yield "due", "7 days", lambda guild, first=first: service.list_due(guild, first=first, last=first + timedelta(7))  # type: ignore[misc]
        yield "sources", "all", service.list_sources
        typed = words["commitments"].begin(random)
        yield "typed: commitments", "typed", lambda guild, typed=typed: service.suggest_commitments(guild, typed)  # type: ignore[misc]


class _Taken:
    def __init__(self) -> None:
        self._times: dict[tuple[str, str, int], list[float]] = defaultdict(list)

    def add(self, name: str, part: str, guild_id: int, seconds: float) -> None:
        self._times[name, part, guild_id].append(1000 * seconds)

    def figures(self) -> dict[str, Any]:
        """Return the figures of the mix and of autocompletes, then of each part and guild."""
        searched = [one for (_, part, _), times in self._times.items() if part in MIX for one in times]
        typed = [one for (_, part, _), times in self._times.items() if part == "typed" for one in times]
        found: dict[str, Any] = {"look-ups, the mix": spread(searched), "autocompletes": spread(typed)}
        for name, part in dict.fromkeys((name, part) for name, part, _ in sorted(self._times)):
            each = {f"{len(GUILDS[guild])} sources, {guild}": self._times[name, part, guild] for guild in GUILDS}
            found[f"{name}, {part}"] = {who: spread(times) for who, times in each.items()}
        return found


async def _think(function: Callable[..., Any], *args: Any, timeout: float | None = None) -> Any:  # noqa: ARG001, ASYNC109 -- the pool's signature
    return function(*args)


class NoWeb:
    async def fetch(self, url: str, **_: Any) -> Any:
        raise RuntimeError(f"there is no web here: {url}")


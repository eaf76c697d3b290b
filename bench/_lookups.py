"""How long look-ups and autocompletes take over a large record, by what is asked and who asks."""

import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Column, select

from bench._made_up import LAST
from bench._record import GUILDS, QUIET_GUILD, open_record
from bench._scene import spread
from digest import Service, Store
from digest.store.schema import article_versions, commitments, quotes

MIX = ("rare", "rare", "two terms", "two terms", "very common")
_SAMPLED, _COMMON = 3000, 20
_PAGES = (0, 0, 0, 5, 20)  # what stands before the page that is asked for

_TYPED, _SUGGESTED = "typed", 3

Step = Callable[..., Awaitable[object]]


@dataclass(frozen=True, slots=True)
class _Question:
    """A step of the service, what it is asked beside the guild, and under what its time counts."""

    name: str
    part: str
    step: Step
    words: tuple[str, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)


async def measure_lookups(folder: Path, size: int, rounds: int) -> dict[str, Any]:
    """Return the milliseconds of so many look-ups of each kind by each guild, and of as many autocompletes.

    Of five look-ups two are for a rare word, two for two words of one text, one for one of the 20 most common words;
    two of five are for a later page. The quiet guild, whose one source has stopped, counts by itself. CPU is that of
    this process: it tells how busy the machine was.
    """
    async with await open_record(folder, size) as store:
        service = Service(store, NoWeb(), _think)
        taken = _Taken()
        random = Random(size)  # noqa: S311 -- the same questions each time
        questions = list(_steps(service, await read_words(store, random), random, rounds))
        random.shuffle(questions)
        for one in questions:
            for guild_id in GUILDS:
                began, began_cpu = time.perf_counter(), time.process_time()
                await one.step(guild_id, *one.words, **one.given)
                taken.add(one, guild_id, time.perf_counter() - began, time.process_time() - began_cpu)
    return taken.figures()


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


def _steps(service: Service, words: dict[str, _Words], random: Random, rounds: int) -> Iterator[_Question]:
    searches: dict[str, Step] = {
        "articles": service.search_articles,
        "quotes": service.search_quotes,
        "commitments": service.list_commitments,
    }
    suggested: dict[str, Step] = {
        "commitments": service.suggest_commitments,
        "speakers": service.suggest_speakers,
        "titles": service.suggest_articles,
    }
    for number in range(rounds):
        part, page = MIX[number % len(MIX)], {"offset": random.choice(_PAGES)}
        for name, step in searches.items():
            yield _Question(name, part, step, (words[name].pick(part, random),), page)
            yield _Question(name, "no words", step, ("",), page)
        speaker = " ".join(random.choice(words["speakers"].texts)).title()
        yield _Question("quotes", "a speaker", service.search_quotes, (speaker,), page)
        first = (LAST + timedelta(days=random.randrange(-60, 60))).date()
        yield _Question("due", "7 days", service.list_due, (), {"first": first, "last": first + timedelta(7)})
        yield _Question("sources", "all", service.list_sources)
        for name, step in suggested.items():
            yield _Question(name, _TYPED, step, (words[name].begin(random),))


class _Taken:
    def __init__(self) -> None:
        self._times: dict[tuple[str, str, int], list[float]] = defaultdict(list)
        self._first: list[float] = []
        self._cpu: list[float] = []

    def add(self, question: _Question, guild_id: int, seconds: float, cpu: float) -> None:
        if question.part in MIX and guild_id != QUIET_GUILD:
            self._cpu.append(1000 * cpu)
        times = self._times[question.name, question.part, guild_id]
        if question.part == _TYPED and not times and len(self._first) < len(GUILDS) * _SUGGESTED:
            self._first.append(1000 * seconds)
        times.append(1000 * seconds)

    def figures(self) -> dict[str, Any]:
        """Return the figures of the mix and of autocompletes, then of each part and guild."""
        found: dict[str, Any] = {
            "look-ups, the mix": spread(self._of(MIX, set(GUILDS) - {QUIET_GUILD})),
            "look-ups, the mix, cpu": spread(self._cpu),
            "look-ups, the mix, quiet guild": spread(self._of(MIX, {QUIET_GUILD})),
            "autocompletes": spread(self._of((_TYPED,), set(GUILDS))),
            "of them the first of a guild": spread(self._first),
        }
        for name, part in dict.fromkeys((name, part) for name, part, _ in sorted(self._times)):
            each = {f"{len(GUILDS[guild])} sources, {guild}": self._times[name, part, guild] for guild in GUILDS}
            found[f"{name}, {part}"] = {who: spread(times) for who, times in each.items()}
        return found

    def _of(self, parts: Sequence[str], guilds: set[int]) -> list[float]:
        return [
            one for (_, part, guild), times in self._times.items() if part in parts and guild in guilds for one in times
        ]


async def _think(function: Callable[..., Any], *args: Any, timeout: float | None = None) -> Any:  # noqa: ARG001, ASYNC109 -- the pool's signature
    return function(*args)


class NoWeb:
    async def fetch(self, url: str, **_: Any) -> Any:
        raise RuntimeError(f"there is no web here: {url}")

"""How right articles come together as stories, among others too, and what it costs when ten thousand come."""

import argparse
import asyncio
import importlib
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from digest.editions.stories import RunningStories, group_articles, group_briefs, make_article
from digest.model import Article, Brief, Source
from digest.store import Store, articles as stored, sources

_CORPUS = "networkdynamics+PolNeAR/repo"
_DISTRACTORS = 2000
_SLICE = 2000  # characters: as many as an opening that is compared has, and more
_LEAST_SLICE = 600
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_DAYS = 30
_EDITION = 250
_FEW_DAYS = 3
_ROUNDS = 3
_SOURCE = Source("https://bench.example/feed.xml", "Bench")
_SYLLABLES = ("ba", "den", "ki", "lo", "mar", "ne", "pol", "ri", "sta", "tu", "ver", "zan")
_WORDS = 150
_TOPIC = 25
_TOLD_BY = 3


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return B-cubed P/R/F on the fold of Giveme5W1H that is for tuning, and times with made-up articles.

    Incremental: a day at a time, in the order of publication; what has no time comes at last, when its story is long
    over (where it comes with its event, is said beside it). Distractors are slices of PolNeAR's train articles, on any
    day between the first and last of the events.
    """
    parser = argparse.ArgumentParser(prog="python -m bench stories")
    parser.add_argument(
        "--corpora", type=Path, required=True, help="the folder of the git directories, owner+name/repo"
    )
    parser.add_argument("--scorers", type=Path, required=True, help="the folder that holds eval/ and gold/")
    parser.add_argument("--articles", type=int, default=10_000, help="how many made-up ones are timed")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(options.scorers / "eval"))
    return {
        "bench": "stories",
        **_quality(options.corpora),
        **_flatness(options.articles),
        **asyncio.run(_speed(options.articles)),
    }


def _quality(corpora: Path) -> dict[str, str]:
    scorer = importlib.import_module("eval_stories")
    rows = scorer.load(str(corpora))
    events = [row["event"] for row in rows]
    order = sorted(set(events), key=str)
    kept = [index for index, event in enumerate(events) if order.index(event) % 2 == 0]
    news = [_article(row) for row in rows]
    others = _distractors(corpora, [article.published_at for article in news if article.published_at])
    figures = {}
    for name, articles in (("even", news), (f"even, {len(others)} distractors", [*news, *others])):
        told = [*events, *(f"distractor {index}" for index in range(len(others)))][: len(articles)]
        runs = {
            "batch": group_articles(articles),
            "incremental": _by_day(articles, [article.published_at for article in articles]),
            "incremental, undated with their event": _by_day(articles, _arrivals(articles, told)),
        }
        for run, labels in runs.items():
            figures[f"{name}: {run} P/R/F"] = "/".join(f"{one:.3f}" for one in scorer.b_cubed(told, labels, kept))
    return figures


def _article(row: dict[str, Any]) -> Article:
    at = datetime.fromisoformat(row["published_at"]) if row["published_at"] else None
    return make_article(text=row["text"], title=row["title"], site=row["site"], published_at=at)


def _distractors(corpora: Path, days: Sequence[datetime]) -> list[Article]:
    chance, first, last = random.Random(5), min(days), max(days)  # noqa: S311 -- no secret
    loaded = importlib.import_module("eval_quotes").load(str(corpora / _CORPUS), "train")
    slices = sorted(
        ((number, article.name, text) for article in loaded for number, text in enumerate(_slices(article.text))),
        key=lambda one: one[:2],  # openings first
    )
    return [
        make_article(
            text=text,
            title=text[:80].rpartition(" ")[0] if number else name.rpartition("_")[2].replace("-", " "),
            published_at=first + chance.random() * (last - first),
        )
        for number, name, text in slices[:_DISTRACTORS]
    ]


def _slices(text: str) -> Iterator[str]:
    piece = ""
    for paragraph in text.split("\n"):
        piece += f"{paragraph}\n"
        if len(piece) >= _SLICE:
            yield piece
            piece = ""
    if len(piece) >= _LEAST_SLICE:
        yield piece


def _arrivals(articles: Sequence[Article], told: Sequence[object]) -> list[datetime | None]:
    dated: dict[object, list[datetime]] = {}
    for article, event in zip(articles, told, strict=True):
        if article.published_at:
            dated.setdefault(event, []).append(article.published_at)
    return [
        article.published_at or (statistics.median_low(dated[event]) if event in dated else None)
        for article, event in zip(articles, told, strict=True)
    ]


def _by_day(articles: Sequence[Article], arrivals: Sequence[datetime | None]) -> list[int]:
    """Labels of articles that come a day at a time; two stories found to be one count as one."""
    last = max(at for at in arrivals if at)
    running, labels, older = RunningStories(), [0] * len(articles), dict[int, int]()
    came = sorted(range(len(articles)), key=lambda index: arrivals[index] or last)
    for day, group in groupby(came, key=lambda index: (arrivals[index] or last).date()):
        indices = list(group)
        now = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
        grouped = running.add([articles[index] for index in indices], now=now)
        older.update(grouped.merged)
        for index, number in zip(indices, grouped.numbers, strict=True):
            labels[index] = number
    return [_oldest(number, older) for number in labels]


def _oldest(number: int, older: dict[int, int]) -> int:
    while number in older:
        number = older[number]
    return number


def _flatness(count: int) -> dict[str, Any]:
    """What grouping costs an article, in the first days of thirty and in the last, when all of them are remembered."""
    made = _made_up(count)
    running, spent = RunningStories(), []
    running.add(made[:1], now=_BEGINNING)  # loads what is loaded once
    a_day = count // _DAYS
    for day in range(_DAYS):
        start = time.process_time()
        running.add(made[day * a_day : (day + 1) * a_day], now=_BEGINNING + timedelta(days=day + 1))
        spent.append(1000 * (time.process_time() - start) / a_day)
    first, last = statistics.median(spent[:_FEW_DAYS]), statistics.median(spent[-_FEW_DAYS:])
    return {
        "ms an article, first days": round(first, 2),
        "ms an article, last days": round(last, 2),
        "last to first": round(last / first, 2),
        "open stories": len(running.get_open().stories),
    }


async def _speed(count: int) -> dict[str, Any]:
    """Articles out of the store and into stories, edition by edition, in one process and in two."""
    with TemporaryDirectory(prefix="onrecord-") as folder:
        url = f"sqlite+aiosqlite:///{folder}/onrecord.db"
        start = time.perf_counter()
        ids = await _fill(url, _made_up(count))
        stored_in = time.perf_counter() - start
        editions = [ids[first : first + _EDITION] for first in range(0, len(ids), _EDITION)]
        rounds = [{workers: _timed(url, editions, workers) for workers in (1, 2)} for _ in range(_ROUNDS)]
        spent = {workers: statistics.median(one[workers] for one in rounds) for workers in (1, 2)}
    return {
        "articles": count,
        "stored a second": round(count / stored_in),
        "grouped a second, one process": round(count / spent[1]),
        "grouped a second, two": round(count / spent[2]),
        "two to one": round(spent[1] / spent[2], 2),
    }


async def _fill(url: str, made: Sequence[Article]) -> list[int]:
    async with await Store.open(url) as store:
        ids = []
        for first in range(0, len(made), _EDITION):
            async with store.writing() as db:
                source = await sources.add_source(db, _SOURCE, next_refresh_at=_BEGINNING)
                for article in made[first : first + _EDITION]:
                    brief = Brief(article=article)
                    ids.append(
                        await stored.add_brief(db, brief, identity=article.url, source_id=source.id, now=_BEGINNING)
                    )
    return ids


def _made_up(count: int) -> list[Article]:
    """Articles of made-up words, one every few minutes of the thirty days; three in a row or so tell one event."""
    chance = random.Random(7)  # noqa: S311 -- no secret
    language = [_word(chance) for _ in range(20_000)]
    often = [1 / (rank + 10) for rank in range(len(language))]
    articles, topic = list[Article](), list[str]()
    for number in range(count):
        if number % _TOLD_BY == 0:
            topic = chance.sample(language, _TOPIC)
        words = chance.choices(language, often, k=_WORDS - _TOPIC) + chance.sample(topic, _TOPIC)
        chance.shuffle(words)
        at = _BEGINNING + number * timedelta(days=_DAYS) / count
        title, url = " ".join(chance.sample(topic, 6)), f"https://bench.example/{number}"
        articles.append(make_article(text=" ".join(words), title=title, url=url, published_at=at))
    return articles


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))


def _timed(url: str, editions: Sequence[Sequence[int]], workers: int) -> float:
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(partial(_group_stored, url), [editions[0]] * workers * 2))  # starts and loads
        start = time.perf_counter()
        list(pool.map(partial(_group_stored, url), editions))
        return time.perf_counter() - start


def _group_stored(url: str, ids: Sequence[int]) -> int:
    async def briefs() -> tuple[Brief, ...]:
        async with await Store.open(url) as store, store.reading() as db:
            return await stored.get_briefs(db, ids)

    return len(group_briefs(asyncio.run(briefs())))

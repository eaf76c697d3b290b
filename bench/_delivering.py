"""Digests for many channels going out at once, by the real sender to a Discord in a process of its own."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, time as time_of_day
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench._scene import Scene, discord_at, sample_lag
from bot.client import OnRecordBot
from bot.clock import read_clock
from bot.inputs import warm_up
from bot.render.embeds import render_digest
from digest import BundledFetcher, Digest, Page, Period, ReadingPool, Service, Store, Story, Subscription, read_page
from digest.service.tools import Think
from digest.store import editions, subscriptions
from tests.builders import brief

CHANNELS = 1000
_A_SECOND_ALLOWS = 50
_STORIES = 5
_ARTICLES = 20
_POSTS = 50
_PAGES = Path(__file__).parents[1] / "seeds" / "articles"


def measure_delivery(channels: int = CHANNELS) -> dict[str, Any]:
    """Return how long a part for each of so many channels takes, all due at once, against Discord's 50 a second.

    The bot is the real one, over its store; the Discord counts requests in seconds of its own and answers 429.
    """
    return asyncio.run(_measure_delivery(channels))


def measure_lag(articles: int = _ARTICLES, posts: int = _POSTS) -> dict[str, Any]:
    """Return by how many milliseconds the event loop is late while articles are read and posts go out."""
    return asyncio.run(_measure_lag(articles, posts))


async def _measure_delivery(channels: int) -> dict[str, Any]:
    async with discord_at("bench._wire_server", str(channels)) as scene, _bot(scene, _idle) as bot:
        began = time.perf_counter()
        cpu = time.process_time()
        posted = await bot.sender.post_open()
        seconds = time.perf_counter() - began
        allowed = channels / _A_SECOND_ALLOWS
        figures = {
            "channels": channels,
            "posted": posted,
            "seconds": round(seconds, 2),
            "over what 50 a second allow": round(seconds / allowed, 3),
            "cpu of the bot": round(time.process_time() - cpu, 2),
        }
    return figures | {"429s": scene.account["answers"].get("429", 0), "at Discord": scene.account}


async def _measure_lag(articles: int, posts: int) -> dict[str, Any]:
    pages = [Page(f"https://example.org/{one.name}", one.read_bytes(), "text/html") for one in _PAGES.glob("*.html")]
    chosen = [pages[number % len(pages)] for number in range(articles)]
    async with (
        ReadingPool(1, warm_up=warm_up) as think,
        discord_at("bench._wire_server", str(posts)) as scene,
        _bot(scene, think) as bot,
    ):
        await think(read_page, chosen[0])  # the process has started and loaded what it needs
        lags: list[float] = []
        sampling = asyncio.create_task(sample_lag(lags))
        began = time.perf_counter()
        posting = asyncio.create_task(bot.sender.post_open())
        await asyncio.gather(*(think(read_page, page) for page in chosen))
        posted = await posting
        seconds = time.perf_counter() - began
        sampling.cancel()
        with suppress(asyncio.CancelledError):
            await sampling
    ordered = sorted(lags)
    return {
        "articles": articles,
        "posts": posted,
        "seconds": round(seconds, 2),
        "samples": len(ordered),
        "lag p50, ms": _milliseconds(ordered[len(ordered) // 2]),
        "lag p99, ms": _milliseconds(ordered[len(ordered) * 99 // 100]),
        "lag max, ms": _milliseconds(ordered[-1]),
        "429s": scene.account["answers"].get("429", 0),
    }


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)


async def _idle(*_: Any, **__: Any) -> Any:
    raise RuntimeError("nothing is read here")


@asynccontextmanager
async def _bot(scene: Scene, think: Think) -> AsyncIterator[OnRecordBot]:
    """Run the bot over a new store that has an edition of one part, due now, for every channel."""
    with TemporaryDirectory(prefix="onrecord-") as folder:
        async with await Store.open(f"sqlite+aiosqlite:///{folder}/onrecord.sqlite3") as store:
            await _fill(store, scene.channels)
            async with OnRecordBot(Service(store, BundledFetcher(), think), read_clock) as bot:
                await bot.login(scene.token)
                connection = asyncio.create_task(bot.connect())
                await bot.wait_until_ready()
                yield bot
                await bot.close()
                await asyncio.gather(connection, return_exceptions=True)


async def _fill(store: Store, channels: Sequence[tuple[int, int]]) -> None:
    now = datetime.now(UTC)  # noqa: TID251 -- a bench has the time of its machine
    stories = tuple(Story(f"Story {number}", (brief(),)) for number in range(_STORIES))
    (part, *_) = render_digest(Digest("World", Period(now, now), "UTC", stories))
    async with store.writing() as db:
        for guild_id, channel_id in channels:
            wanted = Subscription(guild_id, channel_id, (time_of_day(8),), "UTC")
            saved = await subscriptions.add_subscription(db, wanted, created_at=now, since=now, next_run_at=None)
            period = Period(now, now)
            await editions.add_edition(db, saved, None, period, composed_at=now, payloads=[part.payload])

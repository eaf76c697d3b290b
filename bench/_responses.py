"""How long members wait for the bot's first response: idle, and while articles are read on every core."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

from bench._lookups import NoWeb, read_words
from bench._record import GUILDS, open_record
from bench._scene import Scene, discord_at, sample_lag, spread
from bot.client import OnRecordBot
from bot.clock import read_clock
from bot.inputs import warm_up
from digest import Page, ReadingPool, Service, Store, read_page

MEMBERS = 20
_PAGES = Path(__file__).parents[1] / "seeds" / "articles"
_WORDS = 300
_PATIENCE_SECONDS = 120.0


async def measure_responses(folder: Path, size: int, seconds: float) -> dict[str, Any]:
    """Return the milliseconds that 20 members wait, and by how many the bot's loop is late, in so many seconds each.

    From an interaction's event to the first response to it, both at Discord: choices for who types, for who asks that
    the bot is thinking; and to the whole answer. The bot is the real one over a large record. Under load as many
    processes as there are cores read the bundled articles over and over. Everything is on this machine, members and
    Discord included, which take their part of it.
    """
    cores = os.cpu_count() or 1
    async with await open_record(folder, size) as store, ReadingPool(cores, warm_up=warm_up) as think:
        words = [word for text in (await read_words(store, Random(size)))["articles"].texts for word in text]  # noqa: S311
        chosen = sorted(set(words))[:: max(1, len(set(words)) // _WORDS)]
        arguments = (json.dumps(list(GUILDS)), str(MEMBERS), json.dumps(chosen))
        async with discord_at("bench._members", *arguments) as scene, _bot(scene, store, think):
            figures = {"idle": await _measure(scene, seconds)}
            async with _reading(think, 2 * cores) as read:
                figures["loaded"] = await _measure(scene, seconds)
                figures["loaded"]["articles read"] = len(read)
    return {"members": MEMBERS, **figures, "at Discord": scene.account}


async def _measure(scene: Scene, seconds: float) -> dict[str, Any]:
    lags: list[float] = []
    sampling = asyncio.create_task(sample_lag(lags))
    figures = await scene.ask(f"{seconds}\n")
    sampling.cancel()
    with suppress(asyncio.CancelledError):
        await sampling
    return {**figures, "lag of the loop": spread([1000 * lag for lag in lags])}


@asynccontextmanager
async def _bot(scene: Scene, store: Store, think: ReadingPool) -> AsyncIterator[None]:
    service = Service(store, NoWeb(), think)
    async with OnRecordBot(service, read_clock) as bot:
        await bot.login(scene.token)
        connection = asyncio.create_task(bot.connect())
        await bot.wait_until_ready()
        await think.start()
        yield
        await service.stop_suggesting()
        await bot.close()
        await asyncio.gather(connection, return_exceptions=True)


@asynccontextmanager
async def _reading(think: ReadingPool, tasks: int) -> AsyncIterator[Sequence[str]]:
    """Keep every process of the pool reading meanwhile; give the titles of what was read so far."""
    pages = [Page(f"https://example.org/{one.name}", one.read_bytes(), "text/html") for one in _PAGES.glob("*.html")]
    read: list[str] = []
    is_ready = asyncio.Event()

    async def go_on(first: int) -> None:
        while True:
            brief = await think(read_page, pages[first % len(pages)])
            read.append(brief.article.title)
            if len(read) >= tasks:  # all processes have started, and loaded what they need
                is_ready.set()
            first += 1

    running = [asyncio.create_task(go_on(number)) for number in range(tasks)]
    async with asyncio.timeout(_PATIENCE_SECONDS):
        await is_ready.wait()
    try:
        yield read
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

"""What the bot's processes take of the machine's memory, started as a user starts it: idle, and while it reads."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import time as wall_time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench._processes import Held
from bench._running_bot import RunningBot, ready, running
from bench._soaked_web import Web
from bot.clock import read_clock
from digest import Source, Store, Subscription, next_run_at
from digest.store import sources, subscriptions
from tests.wire.server import WireDiscord

MOST_IDLE, MOST_READING = 260.0, 600.0
"""In MB, of all processes."""

_READ_OF_A_FEED = 20  # of what it lists when it is new
_SETTLED_SECONDS = 10.0
_BETWEEN_LOOKS = 0.5
_QUIET_LOOKS = 150
_PATIENCE_SECONDS = 900.0


def measure_memory(articles: int = 500, *, settled: float = _SETTLED_SECONDS) -> dict[str, Any]:
    """Return what all processes take together: logged in with nothing to read; while reading, at most; idle again.

    `rss` counts what processes share in each of them, `pss` once. In MB.
    """
    return asyncio.run(_measure(articles, settled))


async def _measure(articles: int, settled: float) -> dict[str, Any]:
    outlets = max(1, articles // _READ_OF_A_FEED)
    web, wire = Web(outlets, timedelta(minutes=20), read_clock, is_faulty=False), WireDiscord()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="onrecord-")))
        port = await stack.enter_async_context(web.listening())
        await stack.enter_async_context(wire.serve())
        guild = wire.world.add_guild()
        channel = wire.world.add_channel(guild)
        store_url = f"sqlite+aiosqlite:///{folder}/onrecord.sqlite3"
        async with running(wire, folder, port=port) as bot:
            await ready(wire, bot)
            await asyncio.sleep(settled)
            idle = bot.look()
            await bot.stop()
        async with await Store.open(store_url) as store:
            await _follow(store, web, guild.id, channel.id)
        async with running(wire, folder, port=port) as bot:
            await ready(wire, bot)
            most = await _watch(bot, web)
            after = bot.look()
    found = {"idle": idle, "reading, at most": most, "idle after reading": after}
    figures = {name: _figures(held) for name, held in found.items()}
    return {
        "articles": outlets * _READ_OF_A_FEED,
        **figures,
        "pages asked for": web.met["pages"],
        "target idle": _verdict(figures["idle"]["pss"], MOST_IDLE),
        "target reading": _verdict(figures["reading, at most"]["pss"], MOST_READING),
    }


async def _watch(bot: RunningBot, web: Web) -> Sequence[Held]:
    """Look again and again until no page is asked for any more; return what was held when it was most."""
    most: Sequence[Held] = ()
    quiet, asked = 0, -1
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while quiet < _QUIET_LOOKS:
            await asyncio.sleep(_BETWEEN_LOOKS)
            held = bot.look()
            if sum(one.pss for one in held) > sum(one.pss for one in most):
                most = held
            quiet = quiet + 1 if web.met["pages"] == asked and web.met["pages"] else 0
            asked = web.met["pages"]
    return most


async def _follow(store: Store, web: Web, guild_id: int, channel_id: int) -> None:
    now = read_clock()
    since = now - timedelta(days=2)
    async with store.writing() as db:
        for outlet, url in web.feeds():
            source = await sources.add_source(db, Source(url, outlet), next_refresh_at=now)
            await sources.follow_source(db, guild_id, source.id, since=since)
        wanted = Subscription(guild_id, channel_id, tuple(wall_time(hour) for hour in range(24)), "UTC")
        due_at = next_run_at(wanted, now)
        await subscriptions.add_subscription(db, wanted, created_at=now, since=since, next_run_at=due_at)


def _figures(held: Sequence[Held]) -> dict[str, Any]:
    return {
        "rss": round(sum(one.rss for one in held), 1),
        "pss": round(sum(one.pss for one in held), 1),
        "processes": {_role(index, one): [one.rss, one.pss] for index, one in enumerate(held)},
    }


def _role(index: int, one: Held) -> str:
    if index == 0:
        return "bot"
    return f"reading {one.pid}" if one.is_reading else f"watches over shared things {one.pid}"


def _verdict(measured: float, most: float) -> str:
    return f"<= {most:g} MB: {'met' if measured <= most else 'missed'}"

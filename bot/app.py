"""The composition root: builds everything, runs it, closes everything.

With a token, the bot on Discord. Without one the same application, clock and delivery over the bundled articles, shown
in the local channel.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import discord
from aiohttp import ClientError  # discord.py lets it through where nobody answers
from rich.console import Console

from bot import texts
from bot.channels_local import LocalChannel
from bot.client import OnRecordBot
from bot.clock import Clock, clock_from, read_clock
from bot.delivery import Sender
from bot.errors import SettingsError, StartError, StartLaterError
from bot.inputs import warm_up
from bot.logs import configure_logging
from bot.rounds import WATCH_EVERY, issue_and_post, wind, wind_alerts
from bot.settings import Settings
from digest import (
    BundledFetcher,
    Fetcher,
    ReadingPool,
    Service,
    Store,
    Subscription,
    WebFetcher,
    bundled_day,
    bundled_sources,
    name_agent,
    share_turns,
)
from digest.errors import StoreError

_TOKEN_REVOKED = 4004
LOCAL = 0
"""The guild and the channel that stand for this machine where there is no Discord."""


async def run(settings: Settings, *, stay: bool = False, page: Path = Path("preview.html")) -> None:
    """Run until a signal comes; without a token, until the bundled edition is shown, unless `stay`.

    Raises:
        SettingsError: Discord refuses the token.
        StartError: Discord cannot be reached.
        StoreError: there can be no database at DATABASE_URL.
    """
    configure_logging(settings)
    if not settings.discord_token and not stay:
        return await run_locally(settings, None, page, Console())
    with _stop_signals() as stop:
        if settings.discord_token:
            return await run_on_discord(settings, stop)
        return await run_locally(settings, stop, page, Console())


async def run_on_discord(settings: Settings, stop: asyncio.Event) -> None:
    """Run the bot until `stop` is set, then let what is being sent finish."""
    agent = name_agent(str(settings.contact_url or ""))
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    async with AsyncExitStack() as stack:
        fetcher = await stack.enter_async_context(
            WebFetcher(allow_private=settings.allow_private_networks, user_agent=agent)
        )
        service = await stack.enter_async_context(open_service(settings.database_url, fetcher, settings))
        bot = await stack.enter_async_context(
            OnRecordBot(service, read_clock, development_guild_id=settings.development_guild_id)
        )
        await _log_in(bot, token)
        clock = wind(
            Clock(read_clock),
            service,
            bot.sender,
            kept=timedelta(days=settings.text_days),
            is_ready=bot.is_ready,
        )
        wind_alerts(clock, service, bot.alerts, bot.server_name, is_ready=bot.is_ready)
        clock.every(WATCH_EVERY, bot.admins.tell_losses, name="tell")
        await _until(stop, _stay_connected(bot), clock, bot.sender, bot.alerts)


async def run_locally(settings: Settings, stop: asyncio.Event | None, page: Path, console: Console) -> None:
    """Show the edition of the bundled articles' day in the terminal and as a page, and say how to go live."""
    day = bundled_day()
    console.print(texts.LOCAL_NOW.format(now=day.now.isoformat(" ", "minutes"), zone=day.zone), soft_wrap=True)
    channel = LocalChannel(console, page, zone=day.zone)
    now = clock_from(day.now) if stop else (lambda: day.now)
    with TemporaryDirectory(prefix="onrecord-") as folder:
        url = f"sqlite+aiosqlite:///{folder}/show.sqlite3"
        async with open_service(url, BundledFetcher(now), settings) as service:
            sender = Sender(service, channel, now)
            await _follow_bundled(service)
            await service.refresh_due(now=now())
            if not await issue_and_post(service, sender.post_open, now()):
                console.print(texts.LOCAL_NOTHING)
            lines = [texts.LOCAL_PREVIEW.format(path=page), texts.LOCAL_GO_LIVE, *([texts.LOCAL_STAYS] if stop else ())]
            console.print("\n".join(lines), markup=False, soft_wrap=True)
            if stop:
                await _until(stop, asyncio.Event().wait(), wind(Clock(now), service, sender), sender)


@asynccontextmanager
async def open_service(url: str, fetcher: Fetcher, settings: Settings) -> AsyncIterator[Service]:
    """Open the database and the reading processes, and close them at the end."""
    async with await Store.open(url) as store, ReadingPool(settings.reading_processes, warm_up=warm_up) as think:
        share_turns(fetcher, store)
        service = Service(store, fetcher, think)
        try:
            yield service
        finally:
            await service.stop_suggesting()
            with suppress(StoreError):  # then the others wait until our leases have run out
                await service.hand_over()


async def _follow_bundled(service: Service) -> None:
    day = bundled_day()
    before = day.now - timedelta(hours=1)
    for source in bundled_sources():
        await service.add_source(LOCAL, source.url, now=before)
    at = day.now.astimezone(ZoneInfo(day.zone)).time()
    await service.save_subscription(Subscription(LOCAL, LOCAL, (at,), day.zone, name=day.name), now=before)


async def _log_in(bot: OnRecordBot, token: str) -> None:
    try:
        await bot.login(token)
    except discord.LoginFailure:
        raise SettingsError([("DISCORD_TOKEN", texts.TOKEN_REFUSED)]) from None
    except discord.Forbidden:
        raise SettingsError([("DEVELOPMENT_GUILD_ID", texts.GUILD_REFUSED)]) from None
    except discord.RateLimited as error:
        raise StartLaterError(error.retry_after) from error
    except (discord.HTTPException, ClientError, OSError) as error:
        raise StartError(str(error)) from error


async def _stay_connected(bot: OnRecordBot) -> None:
    try:
        await bot.connect()
    except discord.ConnectionClosed as error:
        if error.code != _TOKEN_REVOKED:
            raise
        raise SettingsError([("DISCORD_TOKEN", texts.TOKEN_REFUSED)]) from None


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, object], clock: Clock, *senders: Sender) -> None:
    """Run the clock and `work` until `stop` is set or `work` ends; what is being done and posted then may finish."""
    clock.start()
    tasks = [asyncio.create_task(stop.wait()), asyncio.create_task(work)]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await clock.stop()
        await asyncio.gather(*(sender.stop() for sender in senders))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def _stop_signals() -> Iterator[asyncio.Event]:
    """Give an event that SIGTERM and SIGINT set, in place of what they do otherwise."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for one in signals:
        loop.add_signal_handler(one, stop.set)
    try:
        yield stop
    finally:
        for one in signals:
            loop.remove_signal_handler(one)

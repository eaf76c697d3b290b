"""The composition root: builds everything, runs it, closes everything.

With a token, the bot on Discord. Without one the same application, clock and delivery over the bundled articles, shown
in the local channel.
"""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from rich.console import Console

from bot import texts
from bot.channels_local import LocalChannel
from bot.client import OnRecordBot
from bot.clock import Clock, clock_from, read_clock
from bot.delivery import Sender
from bot.logs import configure_logging
from bot.role import Role
from bot.roles import run_role
from bot.rounds import WATCH_EVERY, issue_and_post, wind, wind_alerts
from bot.running import log_in, open_service, open_web, stay_connected, stop_signals, until
from bot.settings import Settings
from bot.watching import watch_over
from digest import BundledFetcher, Service, Subscription, bundled_day, bundled_sources

LOCAL = 0
"""The guild and the channel that stand for this machine where there is no Discord."""


async def run(
    settings: Settings, role: Role | None = None, *, stay: bool = False, page: Path = Path("preview.html")
) -> None:
    """Run until a signal comes; without a token, until the bundled edition is shown, unless `stay`.

    With a role, one part of the whole, beside other processes on the same PostgreSQL.

    Raises:
        SettingsError: Discord refuses the token, or the role needs what is not set.
        StartError: Discord cannot be reached.
        StoreError: there can be no database at DATABASE_URL.
    """
    configure_logging(settings)
    if not settings.discord_token and not stay and role is None:
        return await run_locally(settings, None, page, Console())
    with stop_signals() as stop:
        if role is not None:
            return await run_role(role, settings, stop)
        if settings.discord_token:
            return await run_on_discord(settings, stop)
        return await run_locally(settings, stop, page, Console())


async def run_on_discord(settings: Settings, stop: asyncio.Event) -> None:
    """Run the whole bot in this process until `stop` is set, then let what is being sent finish."""
    async with AsyncExitStack() as stack:
        watching = await stack.enter_async_context(watch_over(settings, "run", stop=stop))
        fetcher = await stack.enter_async_context(open_web(settings))
        service = await stack.enter_async_context(open_service(settings.database_url, fetcher, settings, watching))
        bot = await stack.enter_async_context(
            OnRecordBot(
                service,
                read_clock,
                development_guild_id=settings.development_guild_id,
                answered=watching.metrics.answered,
            )
        )
        watching.follow_gateway(bot.is_ready, lambda: bot.latency)
        await log_in(bot, settings)
        clock = wind(
            Clock(read_clock),
            service,
            bot.sender,
            kept=timedelta(days=settings.text_days),
            is_ready=bot.is_ready,
            is_judged=bot.has_noted,
            asked=watching.metrics.asked,
        )
        wind_alerts(clock, service, bot.alerts, bot.server_name, is_ready=bot.is_ready)
        clock.every(WATCH_EVERY, bot.admins.tell_losses, name="tell")
        await until(stop, stay_connected(bot), clock, bot.sender, bot.alerts)


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
                await until(stop, asyncio.Event().wait(), wind(Clock(now), service, sender), sender)


async def _follow_bundled(service: Service) -> None:
    day = bundled_day()
    before = day.now - timedelta(hours=1)
    for source in bundled_sources():
        await service.add_source(LOCAL, source.url, now=before)
    at = day.now.astimezone(ZoneInfo(day.zone)).time()
    await service.save_subscription(Subscription(LOCAL, LOCAL, (at,), day.zone, name=day.name), now=before)

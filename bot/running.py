"""What all roles have in common: the service is opened, Discord is reached, and at the end what runs may finish."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import discord
from aiohttp import ClientError  # discord.py lets it through where nobody answers

from bot import texts
from bot.clock import Clock
from bot.delivery import Sender
from bot.errors import SettingsError, StartError, StartLaterError
from bot.inputs import warm_up
from bot.rest import ask_at
from bot.settings import Settings
from bot.stopping import drain
from bot.watching import Watching
from digest import Fetcher, Queue, ReadingPool, Service, Store, StoreError, WebFetcher, name_agent, share_turns

_TOKEN_REVOKED = 4004

# discord.py would warn at each start that voice, for which the bot has no use, cannot be had.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


@asynccontextmanager
async def open_web(settings: Settings) -> AsyncIterator[WebFetcher]:
    """Open the web as the settings want it."""
    agent = name_agent(str(settings.contact_url or ""))
    async with WebFetcher(allow_private=settings.allow_private_networks, user_agent=agent) as fetcher:
        yield fetcher


@asynccontextmanager
async def open_service(
    url: str, fetcher: Fetcher, settings: Settings, watching: Watching | None = None
) -> AsyncIterator[Service]:
    """Open the database and the reading processes, watched over if so wished, and close them at the end."""
    watching = watching or Watching("local")
    async with await Store.open(url) as store, serve(store, fetcher, settings, watching) as service:
        yield service


@asynccontextmanager
async def serve(
    store: Store, fetcher: Fetcher, settings: Settings, watching: Watching, queue: Queue | None = None
) -> AsyncIterator[Service]:
    """Open the reading processes over a database that is open, watched over, and close them at the end."""
    async with ReadingPool(settings.reading_processes, warm_up=warm_up, watch=watching.metrics.thought) as think:
        share_turns(fetcher, store)
        service = Service(store, watching.counted(fetcher), think)
        try:
            async with watching.looking_at(service, queue.get_health if queue else None):
                yield service
        finally:
            await service.stop_suggesting()
            with suppress(StoreError):  # then the others wait until our leases have run out
                await service.hand_over()


async def log_in(client: discord.Client, settings: Settings) -> None:
    """Let Discord say who the client is.

    Raises:
        SettingsError: Discord refuses the token, or the server for development.
        StartError: Discord cannot be reached.
    """
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if settings.discord_api_url:
        ask_at(settings.discord_api_url)
    try:
        await client.login(token)
    except discord.LoginFailure:
        raise SettingsError([("DISCORD_TOKEN", texts.TOKEN_REFUSED)]) from None
    except discord.Forbidden:
        raise SettingsError([("DEVELOPMENT_GUILD_ID", texts.GUILD_REFUSED)]) from None
    except discord.RateLimited as error:
        raise StartLaterError(error.retry_after) from error
    except (discord.HTTPException, ClientError, OSError) as error:
        raise StartError(str(error)) from error


async def stay_connected(client: discord.Client) -> None:
    """Stay on the gateway; SettingsError where the token was revoked."""
    try:
        await client.connect()
    except discord.ConnectionClosed as error:
        if error.code != _TOKEN_REVOKED:
            raise
        raise SettingsError([("DISCORD_TOKEN", texts.TOKEN_REFUSED)]) from None


async def until(stop: asyncio.Event, work: Coroutine[Any, Any, object], clock: Clock, *senders: Sender) -> None:
    """Run the clock and `work` until `stop` is set or `work` ends; what is being done and posted then may finish."""
    clock.start()
    tasks = [asyncio.create_task(stop.wait()), asyncio.create_task(work)]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await drain(clock, *senders)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
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

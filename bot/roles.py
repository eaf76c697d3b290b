"""The parts of the whole that run as processes of their own, on one PostgreSQL: gateways, clocks and workers."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot import texts
from bot.client import OnRecordBot
from bot.clock import Clock, read_clock
from bot.delivery import Elsewhere, Sender
from bot.dispatch import Dispatcher
from bot.errors import SettingsError
from bot.identifies import MOST_STOPPED_SECONDS, Identifies
from bot.memory import give_back
from bot.rest import RestClient
from bot.role import QueueName, Role, RoleName
from bot.rounds import GIVE_BACK_EVERY, WATCH_EVERY, alert_renderer, wind_purge
from bot.running import log_in, open_web, serve, stay_connected, until
from bot.settings import Settings
from bot.steps import posting_steps, reading_steps
from bot.stopping import drain
from bot.texts import probes
from bot.watching import Watching, watch_over
from digest import Queue, Service, Store, StoreError, Turn

_log = structlog.stdlib.get_logger(__name__)

_LOOK_EVERY = 5.0  # seconds: whether the clock that acts still may
_TRY_AGAIN_AFTER = 2.0


AT_ONCE: Mapping[QueueName, int] = {QueueName.READ: 32, QueueName.FETCH: 2, QueueName.DELIVER: 32}
"""How many jobs of a queue a worker has at once: most of them wait, for a server or for Discord.

A job of FETCH asks 25 sources at once.
"""


async def run_role(role: Role, settings: Settings, stop: asyncio.Event) -> None:
    """Run this part until `stop` is set, then let what is being done finish.

    Raises:
        SettingsError: what it needs is not set, or Discord refuses the token.
        StartError: Discord cannot be reached.
        StoreError: the database cannot.
    """
    _check(role, settings)
    structlog.contextvars.bind_contextvars(role=role.name.value)
    async with AsyncExitStack() as stack:
        watching = await stack.enter_async_context(watch_over(settings, role.name.value, stop=stop))
        store = await stack.enter_async_context(await Store.open(settings.database_url))
        queue = await stack.enter_async_context(await Queue.open(store))
        fetcher = await stack.enter_async_context(open_web(settings))
        service = await stack.enter_async_context(serve(store, fetcher, settings, watching, queue))
        tools = _Tools(settings, store, service, queue, watching)
        match role.name:
            case RoleName.GATEWAY:
                await _run_gateway(tools, role, stop)
            case RoleName.CLOCK:
                await _run_clock(tools, stop)
            case RoleName.WORKER:
                await _run_worker(tools, role, stop)


@dataclass(frozen=True, slots=True)
class _Tools:
    settings: Settings
    store: Store
    service: Service
    queue: Queue
    watching: Watching


def _check(role: Role, settings: Settings) -> None:
    problems = []
    if not settings.database_url.startswith("postgresql"):
        problems.append(("DATABASE_URL", texts.SETTING_NEEDS_POSTGRES))
    if role.talks_to_discord and not settings.discord_token:
        problems.append(("DISCORD_TOKEN", texts.SETTING_NEEDS_TOKEN))
    if problems:
        raise SettingsError(problems)


async def _run_gateway(tools: _Tools, role: Role, stop: asyncio.Event) -> None:
    bot = OnRecordBot(
        tools.service,
        read_clock,
        development_guild_id=tools.settings.development_guild_id,
        shards=role.shards,
        identifies=Identifies(lambda: tools.store.holding(Turn.IDENTIFYING, most_idle=MOST_STOPPED_SECONDS)),
        sender=Elsewhere(tools.service, read_clock),
        answered=tools.watching.metrics.answered,
    )
    async with bot:
        tools.watching.follow_gateway(bot.is_ready, lambda: bot.latency)
        await log_in(bot, tools.settings)
        clock = wind_purge(Clock(read_clock), tools.service, is_ready=bot.is_ready, is_judged=bot.has_noted)
        clock.every(WATCH_EVERY, bot.admins.tell_losses, name="tell")
        clock.every(GIVE_BACK_EVERY, give_back, name="give back")
        await until(stop, stay_connected(bot), clock)


async def _run_worker(tools: _Tools, role: Role, stop: asyncio.Event) -> None:
    queue, metrics = tools.queue, tools.watching.metrics
    kept = timedelta(days=tools.settings.text_days)
    queue.register(
        reading_steps(tools.service, read_clock, kept=kept, render_alert=alert_renderer(), asked=metrics.asked)
    )
    async with AsyncExitStack() as stack:
        senders: tuple[Sender, ...] = ()
        if QueueName.DELIVER in role.queues:
            client = RestClient(tools.service, read_clock, answered=metrics.answered)
            await stack.enter_async_context(client)
            await log_in(client, tools.settings)
            senders = (client.sender, client.alerts)
            queue.register(posting_steps(*senders))
        clock = Clock(read_clock)
        clock.every(GIVE_BACK_EVERY, give_back, name="give back")
        clock.start()
        tools.watching.require(probes.NO_QUEUE, lambda: queue.is_working)
        working = asyncio.create_task(queue.work({name.value: AT_ONCE[name] for name in role.queues}))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            queue.stop()
            await asyncio.gather(working, drain(clock, *senders))


async def _run_clock(tools: _Tools, stop: asyncio.Event) -> None:
    acting = asyncio.create_task(_act_in_turn(tools))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({acting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if acting.done():
            acting.result()
    finally:
        for task in (acting, stopping):
            task.cancel()
        await asyncio.gather(acting, stopping, return_exceptions=True)


async def _act_in_turn(tools: _Tools) -> None:
    """Wait until no other clock acts, and act until this one may no more, again and again."""
    while True:
        with suppress(StoreError):  # the store has told, and waits for the database with everybody else
            async with tools.store.holding(Turn.ACTING) as held:
                await _act(tools, held.is_held)
        await asyncio.sleep(_TRY_AGAIN_AFTER)


async def _act(tools: _Tools, may: Callable[[], Awaitable[bool]]) -> None:
    _log.info("this clock acts")
    dispatcher = Dispatcher(tools.service, tools.queue, began_at=read_clock(), swept=tools.watching.metrics.swept)
    clock = dispatcher.wind(Clock(read_clock))
    clock.start()
    tools.watching.require(probes.NOT_SHARED_OUT, lambda: dispatcher.is_at_work(read_clock()))
    try:
        while await may():  # noqa: ASYNC110 -- the database's state
            await asyncio.sleep(_LOOK_EVERY)
        _log.warning("this clock acts no more: the connection that made it the one was lost")
    finally:
        tools.watching.waive(probes.NOT_SHARED_OUT)
        await drain(clock)

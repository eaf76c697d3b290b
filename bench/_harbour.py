"""A server on a loopback Discord, the real bot over the real service in it, the bundled articles read and posted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.client import OnRecordBot
from bot.render.embeds import render_digest
from digest import BundledFetcher, ReadingPool, Service, Store, Subscription, bundled_day, bundled_sources
from tests.wire.permissions import MANAGE_GUILD, SEND_MESSAGES, VIEW_CHANNEL
from tests.wire.server import WireDiscord, logged_in

_MEMBER = VIEW_CHANNEL | SEND_MESSAGES


@dataclass
class Harbour:
    """The wire, two guilds with a channel each, and who is there; only the first follows anything."""

    wire: Any
    watch: "Watch"
    guilds: list[Any] = field(default_factory=list)
    channels: list[Any] = field(default_factory=list)
    managers: list[Any] = field(default_factory=list)
    readers: list[Any] = field(default_factory=list)


@dataclass
class Watch:
    """A clock that goes on by a millisecond at each look, so that no interaction is late by it."""

    at: datetime

    def __call__(self) -> datetime:
        """Return the time."""
        self.at += timedelta(milliseconds=1)
        return self.at


@asynccontextmanager
async def harbour(folder: Path) -> AsyncIterator[tuple[Harbour, "Running"]]:
    """Give the world with everything in it, and what runs the bot in it, as often as it is asked to."""
    watch = Watch(bundled_day().now)
    async with WireDiscord(watch).serve() as wire:
        place = Harbour(wire, watch)
        for name in ("Harbour", "Elsewhere"):
            guild = wire.world.add_guild(name)
            place.guilds.append(guild)
            place.channels.append(wire.world.add_channel(guild, "news"))
        running = Running(place, folder)
        async with running() as (service, bot):
            for guild in place.guilds:
                place.managers.append(await wire.member(guild, "manager", permissions=MANAGE_GUILD | _MEMBER))
                place.readers.append(await wire.member(guild, "reader", permissions=_MEMBER))
            await _publish(place, service, bot)
        yield place, running


class Running:
    """Runs the bot and its service over one database, as a process does between its start and its end."""

    def __init__(self, place: Harbour, folder: Path) -> None:
        self._place = place
        self._url = f"sqlite+aiosqlite:///{folder}/onrecord.sqlite3"

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[tuple[Service, OnRecordBot]]:
        """Give the service and the bot, logged in."""
        async with await Store.open(self._url) as store, ReadingPool(1) as think:
            service = Service(store, BundledFetcher(), think)
            async with logged_in(OnRecordBot(service, self._place.watch), self._place.wire.world.token) as bot:
                yield service, bot


async def _publish(place: Harbour, service: Service, bot: OnRecordBot) -> None:
    guild, channel, day = place.guilds[0], place.channels[0], bundled_day()
    before = day.now - timedelta(hours=1)
    for source in bundled_sources():
        await service.add_source(guild.id, source.url, now=before)
    await service.save_subscription(
        Subscription(guild.id, channel.id, (time(8, 0),), day.zone, name="News"), now=before
    )
    await service.refresh_due(now=day.now)
    (subscription,) = await service.list_subscriptions(guild.id)
    await service.issue_now(guild.id, subscription.id, now=day.now, render=render_digest)
    await bot.sender.post_open()

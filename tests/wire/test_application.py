"""The whole application against Discord on loopback: from articles to a channel, once; started, stopped, refused."""

import asyncio
from contextlib import asynccontextmanager
from datetime import time, timedelta

import pytest

from bot.app import run_on_discord
from bot.client import OnRecordBot
from bot.delivery import Sender
from bot.errors import SettingsError, StartError, StartLaterError, explain
from bot.render.embeds import render_digest
from bot.render.ledger import render_reminder
from bot.settings import Settings
from digest import (
    BundledFetcher,
    DeliveryState,
    Service,
    Store,
    Subscription,
    bundled_day,
    bundled_sources,
    due_on,
)
from tests.bot.deliveries import Crash, DyingOutbox, Watch
from tests.fakes import think
from tests.waiting import PATIENCE, until
from tests.wire.faults import RateLimited, Status
from tests.wire.leading import led_to
from tests.wire.loops import hasty
from tests.wire.offers import follow
from tests.wire.permissions import MANAGE_GUILD
from tests.wire.server import WireDiscord, logged_in


@pytest.fixture
def watch():
    return Watch(bundled_day().now)


@pytest.fixture
def channel(wire):
    return wire.world.add_channel(wire.world.add_guild("Harbour"), "news")


@pytest.fixture
def running(wire, watch, tmp_path):
    """Runs the bot and its service over one database, as a process does between its start and its end."""

    @asynccontextmanager
    async def run():
        async with await Store.open(f"sqlite+aiosqlite:///{tmp_path}/onrecord.sqlite3") as store:
            service = Service(store, BundledFetcher(), think)
            async with logged_in(OnRecordBot(service, watch), wire.world.token) as bot:
                yield service, bot

    return run


async def issue(service, channel, watch, **settings):
    guild_id, before = channel.guild_id, watch() - timedelta(seconds=1)
    for source in bundled_sources()[:2]:
        await service.add_source(guild_id, source.url, now=before)
    subscription = Subscription(guild_id, channel.id, (time(8, 0),), bundled_day().zone, **settings)
    await service.save_subscription(subscription, now=before)
    await service.refresh_due(now=watch())
    (edition,) = await service.issue_due(now=watch(), render=render_digest)
    return edition


@pytest.mark.parametrize("away", [{"seconds": 5}, {"minutes": 10}, {"days": 1}], ids=str)
async def test_an_edition_is_posted_once_also_after_a_crash_and_a_restart(running, channel, watch, *, away):
    async with running() as (service, bot):
        edition = await issue(service, channel, watch)
        dying = DyingOutbox(service, "finish_delivery", "before")
        with pytest.raises(Crash):
            await Sender(dying, bot.sender._channel, watch).post_open()
    watch.pass_(**away)
    async with running() as (service, bot):
        await bot.sender.post_open()
        await bot.sender.post_open()
        after = await service.get_edition(channel.guild_id, edition.id)
    assert len(channel.messages) == len(edition.deliveries)
    assert [part.message_id for part in after.deliveries] == list(channel.messages)
    assert {part.state for part in after.deliveries} == {DeliveryState.SENT}
    shown = "\n".join(str(message.embeds) for message in channel.messages.values())
    assert "Twenty-six countries" in shown


async def test_the_same_slot_is_issued_once_however_often_the_clock_ticks(running, channel, watch):
    async with running() as (service, bot):
        await issue(service, channel, watch)
        for _ in range(3):
            await service.issue_due(now=watch(), render=render_digest)
            await bot.sender.post_open()
            watch.pass_(seconds=15)
    heads = [message for message in channel.messages.values() if "stor" in message.content]
    assert len(heads) == 1


async def test_a_post_is_answered_once_on_the_day_on_which_something_on_it_falls_due(running, channel, watch):
    async with running() as (service, bot):
        await issue(service, channel, watch, answers_due=True)
        await bot.sender.post_open()
        originals = list(channel.messages)
        today = watch().date()
        due = await service.list_due(channel.guild_id, first=today, last=today + timedelta(days=90))
        entry = next(one for one in due if one.newest.what == "inspect his 17 other flats")
        assert f"{entry.newest.what}”" in str([message.embeds[:-1] for message in channel.messages.values()])
        # An hour more: clocks are set back in between.
        watch.pass_(days=(due_on(entry)[1] - today).days, hours=1)
        for _ in range(3):
            await service.remind_due(now=watch(), render=render_reminder)
            await bot.sender.post_open()
            watch.pass_(seconds=15)
    (answer,) = [message for number, message in channel.messages.items() if number not in originals]
    assert answer.reference["message_id"] in map(str, originals)
    assert answer.content.startswith("📌 **Falls due today**")
    assert entry.newest.what in answer.embeds[0]["description"]


async def test_from_a_source_to_a_quote_by_commands_alone(wire, running, channel, watch):
    guild = wire.world.guilds[channel.guild_id]
    async with running() as (service, _):
        manager = await wire.member(guild, "manager", permissions=MANAGE_GUILD)
        reader = await wire.member(guild, "reader")
        for source in bundled_sources()[:2]:
            await follow(manager, channel, source.url)
        watch.pass_(seconds=1)
        await service.refresh_due(now=watch())
        await manager.invoke("digest setup", channel, channel=channel, time="8:00", zone=bundled_day().zone)
        assert f"is in <#{channel.id}>" in (await manager.invoke("digest now", channel)).content
        posted = "\n".join(str(message.embeds) for message in reader.reads(channel))
        assert "Twenty-six countries" in posted
        found = await reader.invoke("quote search", channel, words="the")
        assert "“" in found.embeds[0]["description"]
        assert found.is_ephemeral


# --- starting and stopping ---


def settings(tmp_path, token, **others):
    url = f"sqlite+aiosqlite:///{tmp_path}/data/onrecord.sqlite3"
    return Settings(_env_file=None, discord_token=token, database_url=url, **others)


async def started(wire, number=1):
    """Wait until the client has identified itself for the nth time."""
    await until(lambda: len(wire.gateway.sessions) >= number)


async def test_it_starts_registers_its_commands_once_and_stops_when_told(wire, tmp_path):
    for number in (1, 2):
        stop = asyncio.Event()
        application = asyncio.create_task(run_on_discord(settings(tmp_path, wire.world.token), stop))
        await started(wire, number)
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await application
    typed = {"digest", "source", "article", "quote", "commitment", "status", "help", "settings", "retract"}
    typed |= {"today", "catchup", "story", "why", "follow"}
    menu = {(3, "Report a wrong extraction"), (3, "Sources and proof")}
    assert set(wire.world.commands[None]) == typed | menu
    assert len(wire.rest.sent("PUT", "/commands")) == 1
    assert all(session.socket is None for session in wire.gateway.sessions.values())


async def test_in_a_development_guild_commands_are_registered_there_and_nowhere_else(wire, channel, tmp_path):
    stop = asyncio.Event()
    chosen = settings(tmp_path, wire.world.token, development_guild_id=channel.guild_id)
    application = asyncio.create_task(run_on_discord(chosen, stop))
    await started(wire)
    stop.set()
    await application
    assert list(wire.world.commands) == [channel.guild_id]


async def test_a_development_guild_that_does_not_know_the_bot_is_named(wire, tmp_path):
    with pytest.raises(SettingsError) as caught:
        await run_on_discord(settings(tmp_path, wire.world.token, development_guild_id=7), asyncio.Event())
    assert "DEVELOPMENT_GUILD_ID" in explain(caught.value)


async def test_a_wrong_token_is_said_to_be_wrong(wire, tmp_path):
    with pytest.raises(SettingsError) as caught:
        await run_on_discord(settings(tmp_path, "wrong"), asyncio.Event())
    assert "DISCORD_TOKEN" in explain(caught.value)
    assert "wrong" not in explain(caught.value).replace("missing or wrong", "")
    assert caught.value.__cause__ is None
    assert wire.gateway.sessions == {}


async def test_a_token_that_is_revoked_while_it_runs_ends_it_with_the_same_sentence(wire, tmp_path):
    application = asyncio.create_task(run_on_discord(settings(tmp_path, wire.world.token), asyncio.Event()))
    await started(wire)
    wire.world.token = "another"
    (session,) = wire.gateway.sessions.values()
    await session.socket.close(code=4004)
    with pytest.raises(SettingsError):
        await application


async def test_a_limit_that_would_keep_the_start_waiting_for_minutes_is_said(wire, tmp_path):
    wire.faults.next("PUT", "/applications/*/commands", RateLimited(retry_after=600))
    with pytest.raises(StartLaterError) as caught:
        await run_on_discord(settings(tmp_path, wire.world.token), asyncio.Event())
    assert "600 seconds" in explain(caught.value)


async def test_an_answer_lost_before_a_long_limit_makes_no_second_message(wire, running, channel, watch):
    async with running() as (service, bot):
        edition = await issue(service, channel, watch)
        wire.faults.next("POST", "/channels/*/messages", Status(502, after=True), RateLimited(retry_after=240))
        with hasty():
            await bot.sender.post_open()
        watch.pass_(seconds=241)
        await bot.sender.post_open()
    assert len(channel.messages) == len(edition.deliveries)


async def test_a_discord_that_cannot_be_reached_is_said_to_be_so(tmp_path):
    async with WireDiscord().serve() as wire:
        wire.rest.requests.clear()
    # What served is gone, and nobody listens at the port that the client is sent to.
    with led_to(*wire.addresses), pytest.raises(StartError) as caught:
        await run_on_discord(settings(tmp_path, "token"), asyncio.Event())
    assert "cannot be reached" in explain(caught.value)

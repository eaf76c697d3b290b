"""Gateway, clocks and worker as processes of their own, with a real PostgreSQL, Discord on loopback and an outlet."""

import asyncio
import os
import sys
from datetime import timedelta

import pytest
from sqlalchemy import update

from bench._news_server import NewsServer
from bench._role_set import now, open_set
from digest.store.schema import subscriptions
from tests.waiting import until
from tests.wire.permissions import MANAGE_GUILD
from tests.wire.test_process import complaint_of

OUTLETS = [f"127.0.1.{number}" for number in range(1, 5)]
LONGEST_STOP = 20.0


def shows(channel, words):
    return lambda: any(words in str(one.embeds) for one in channel.messages.values())


def has_said(role, words):
    return lambda: role.log.exists() and words in role.log.read_text()


async def let_come(whole, at, *channels):
    """Let the next digest of these channels, or of all, be due then."""
    of_these = subscriptions.c.channel_id.in_([one.id for one in channels or whole.channels])
    async with whole.store() as store, store.writing() as db:
        await db.execute(update(subscriptions).where(of_these).values(next_run_at=at))


async def end_in_order(whole, *names):
    for name in names:
        assert await whole.roles[name].stop() < LONGEST_STOP
        assert whole.roles[name].statuses == [0]
        await until(lambda role=whole.roles[name]: not role.count_orphans())
    (session,) = whole.wire.gateway.sessions.values()
    assert session.socket is None
    log = whole.read_logs()
    assert "Traceback" not in log
    assert whole.wire.world.token not in log
    assert whole.wire.wrongs() == []


def knows_its_guilds(wire):
    return any(one.sequence > len(wire.world.guilds) for one in wire.gateway.sessions.values())


async def start_all(whole):
    """Start all but a second worker; the first clock acts. Gives a member who may set things up."""
    await whole.start("gateway", "clock-1", "worker-1")
    await until(lambda: knows_its_guilds(whole.wire))  # whatever comes before is lost
    await until(has_said(whole.roles["clock-1"], "this clock acts"))
    await whole.start("clock-2")
    guild = whole.wire.world.guilds[whole.channels[0].guild_id]
    return await whole.wire.member(guild, "manager", permissions=MANAGE_GUILD)


@pytest.mark.allow_hosts(["127.0.0.1", *OUTLETS])
async def test_what_one_role_begins_the_others_finish_and_each_ends_in_order(tmp_path):
    async with open_set(tmp_path, outlets=3) as whole, NewsServer().serve(1) as elsewhere:
        roles, (outlet,) = whole.roles, elsewhere.outlets
        await let_come(whole, now() + timedelta(hours=1))
        outlet.print_one()
        manager = await start_all(whole)

        # A source is added at the gateway; a worker asks and reads it, and tells who follows what is in it.
        await manager.invoke("source add", whole.channels[0], url=outlet.feed_url)
        (alerts, *_) = whole.alert_channels
        await until(shows(alerts, outlet.title_of(0)))
        await until(shows(alerts, whole.news.outlets[0].title_of(0)))  # what the digest is to tell is read

        # A digest comes at its time, and another when somebody asks for it, which the answer at the gateway says.
        (first, second, *_) = whole.channels
        await let_come(whole, now() - timedelta(seconds=1), first)
        await until(shows(first, whole.news.outlets[0].title_of(0)))
        answered = await manager.invoke("digest now", second)
        await answered.until(lambda one: f"<#{second.id}>" in (one.content or ""))
        assert shows(second, whole.news.outlets[1].title_of(0))()

        # The clock that acts is killed: the other one does.
        assert not has_said(roles["clock-2"], "this clock acts")()
        await roles["clock-1"].kill()
        await until(has_said(roles["clock-2"], "this clock acts"))
        asked = whole.news.outlets[0]
        asked.print_one()
        await until(shows(whole.alert_channels[0], asked.title_of(1)))

        await end_in_order(whole, "gateway", "clock-2", "worker-1")


async def start(tmp_path, *arguments, **settings):
    environment = {name: value for name, value in os.environ.items() if name not in {"DISCORD_TOKEN", "DATABASE_URL"}}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", *arguments),
        cwd=tmp_path,
        env=environment | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.mark.parametrize("role", ["gateway", "clock", "worker"])
async def test_a_role_on_sqlite_or_without_a_token_is_told_what_to_set(tmp_path, role):
    complaint = await complaint_of(await start(tmp_path, role), 2)
    assert "DATABASE_URL" in complaint
    assert "postgresql+psycopg://" in complaint
    assert ("DISCORD_TOKEN" in complaint) == (role != "clock")


async def test_a_worker_that_delivers_nothing_needs_no_token(tmp_path):
    complaint = await complaint_of(await start(tmp_path, "worker", "--queues", "read,fetch"), 2)
    assert "DISCORD_TOKEN" not in complaint


async def test_a_role_whose_database_is_not_there_says_so_and_ends(tmp_path):
    nowhere = f"postgresql+psycopg://nobody@/none?host={tmp_path}"
    assert "no connection to the server" in await complaint_of(await start(tmp_path, "clock", DATABASE_URL=nowhere), 1)

"""The bot as a process of its own, from the command line, against Discord on loopback."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot import texts
from tests.waiting import PATIENCE, until

# What a user starts is `python -m bot`; only Discord's address is another one.
START = """
import sys
from bot.cli import main
from tests.wire.leading import lead_to
lead_to(*sys.argv[1:])
sys.exit(main(["run"]))
"""
PROJECT = Path(__file__).parents[2]


@pytest.fixture
async def start(wire, tmp_path):
    started = []

    async def start(**settings):
        environment = {**os.environ, "PYTHONPATH": str(PROJECT), **settings}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", START, *wire.addresses),
            cwd=tmp_path,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def complaint_of(process, status):
    """What the process says on its way out with this status: sentences, no traceback."""
    async with asyncio.timeout(PATIENCE):
        _, complaint = await process.communicate()
    assert process.returncode == status
    assert b"Traceback" not in complaint
    return complaint.decode()


async def test_a_wrong_token_is_said_in_a_sentence_with_exit_status_2(start):
    assert "DISCORD_TOKEN" in await complaint_of(await start(DISCORD_TOKEN="wrong"), 2)


async def test_wrong_settings_are_all_named_with_exit_status_2_and_nothing_is_asked_of_discord(start, wire):
    process = await start(DISCORD_TOKEN="two words", LOG_LEVEL="loud", DATABASE_URL="mysql://x")
    complaint = await complaint_of(process, 2)
    assert all(name in complaint for name in ("DISCORD_TOKEN", "LOG_LEVEL", "DATABASE_URL"))
    assert wire.rest.requests == []


async def test_a_database_that_cannot_be_is_said_in_a_sentence_with_exit_status_1(start, wire, tmp_path):
    (tmp_path / "notes.txt").write_text("no folder")
    process = await start(DISCORD_TOKEN=wire.world.token, DATABASE_URL="sqlite+aiosqlite:///notes.txt/news.db")
    why = "DATABASE_URL cannot be used: there can be no database at notes.txt/news.db"
    assert why in await complaint_of(process, 1)


async def test_a_discord_that_is_not_there_is_said_in_a_sentence_with_exit_status_1(start, wire):
    await wire.go_away()
    complaint = await complaint_of(await start(DISCORD_TOKEN=wire.world.token), 1)
    assert texts.ERROR_START in complaint
    assert wire.world.token not in complaint


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
async def test_a_signal_ends_it_in_order(start, wire, tmp_path, *, sign):
    wire.world.add_channel(wire.world.add_guild())
    process = await start(DISCORD_TOKEN=wire.world.token)
    await until(lambda: wire.gateway.sessions)
    async with asyncio.timeout(PATIENCE):
        process.send_signal(sign)
        _, log = await process.communicate()
    assert process.returncode == 0, log.decode()
    assert b"Traceback" not in log
    assert wire.world.token.encode() not in log
    assert b"voice" not in log  # the bot has no use for it
    (session,) = wire.gateway.sessions.values()
    assert session.socket is None
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["onrecord.sqlite3", "onrecord.sqlite3.lock"]

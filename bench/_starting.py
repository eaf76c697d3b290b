"""How long from the start of the process until the bot is there and answers, with a large record and without one."""

import asyncio
import os
import shutil
import sys
import sysconfig
import time
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench._running_bot import PROJECT, ready, running
from tests.wire.server import WireDiscord

MOST_SECONDS = 3.0

_ROUNDS = 5
_GUILD = 3  # of the record: it follows nearly everything
_FOLDERS = ("bot", "digest", "seeds")


def measure_start(record: Path | None = None, *, rounds: int = _ROUNDS) -> dict[str, Any]:
    """Return the seconds from the process' start until it has identified itself, and until a look-up is answered.

    "cold": nothing of Python, of its packages, of the project and of the database lies in the page cache before (the
    kernel is told of each file that it is not needed). "warm" is right after another start. Modules are compiled.
    `record`: a SQLite file, which is copied; else the database is new. Whether a reading process was up at the answer
    is looked at: none means that no model was loaded.
    """
    return asyncio.run(_measure(record, rounds))


async def _measure(record: Path | None, rounds: int) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    records = [("no record", None), *((("record", record),) if record is not None else ())]
    for name, path in records:
        with TemporaryDirectory(prefix="onrecord-") as given:
            folder = Path(given)
            if path is not None:
                await asyncio.to_thread(shutil.copyfile, path, folder / "onrecord.sqlite3")
                figures["record, MB"] = round(path.stat().st_size / 1e6)
            first = await _start(folder)  # compiles, migrates
            figures[f"{name}: first start"] = first
            cold = [await _start(folder, is_cold=True) for _ in range(rounds)]
            warm = [await _start(folder) for _ in range(rounds)]
        for how, all_ in (("cold", cold), ("warm", warm)):
            figures[f"{name}: {how}"] = {
                key: sorted(one[key] for one in all_) for key in ("identified", "answered", "reading processes then")
            }
        worst = max(one["answered"] for one in cold)
        figures[f"{name}: target"] = f"<= {MOST_SECONDS:g} s: {'met' if worst <= MOST_SECONDS else 'missed'}"
    return figures


async def _start(folder: Path, *, is_cold: bool = False) -> dict[str, float]:
    wire: Any = WireDiscord()
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(wire.serve())
        wire.world.new_id = lambda: _GUILD  # with the id that the record knows
        guild = wire.world.add_guild()
        del wire.world.new_id
        channel = wire.world.add_channel(guild)
        reader = await wire.member(guild)
        if is_cold:
            await asyncio.to_thread(_forget_files, folder)
        bot = await stack.enter_async_context(running(wire, folder))
        identified = await ready(wire, bot)
        interaction = await reader.invoke("quote search", channel, wait=False, words="da")
        await interaction.until(lambda one: one.is_visible)
        answered = time.perf_counter() - bot.began
        reading = sum(one.is_reading for one in bot.look())
        await bot.stop()
    return {"identified": round(identified, 2), "answered": round(answered, 2), "reading processes then": reading}


def _forget_files(folder: Path) -> None:
    libraries = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    own = [PROJECT / name for name in _FOLDERS]
    os.sync()  # what is not written yet cannot be forgotten
    for place in (*map(Path, libraries), *own, folder, Path(sys.executable).resolve().parent):
        for path in place.rglob("*"):
            if path.is_file():
                _forget(path)


def _forget(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(file)

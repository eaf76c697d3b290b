"""`python -m bot run` as a user starts it, as a process of its own, whose Discord and web are on loopback."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench._processes import Held, is_there, killed_at_end, look_at

PROJECT = Path(__file__).parents[1]

# Where Python looks first. Only the bot itself is led, not its reading processes.
_LEAD = """
import sys
if sys.orig_argv[1:3] == ["-m", "bot"]:
    import os
    from digest import WebFetcher
    from tests.wire.leading import lead_to
    lead_to(*os.environ["BENCH_DISCORD"].split())
    WebFetcher.__init__.__kwdefaults__["ports"] = {int(os.environ["BENCH_PORT"])}
"""
_BETWEEN_LOOKS = 0.02
_FAREWELL_SECONDS = 2.0
_READY_SECONDS = 90.0
_ENDS_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: after so many seconds from the signal, with which status, and how many it left behind."""

    seconds: float
    status: int
    left: int


@dataclass(slots=True)
class RunningBot:
    """The bot's process, and when it was started (by the machine's monotonic clock)."""

    process: Process
    began: float
    ended: Ended | None = None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    def look(self) -> tuple[Held, ...]:
        """Return what it and its processes hold."""
        return look_at(self.pid)

    async def stop(self) -> Ended:
        """Send SIGTERM and wait for the end; it is killed where there is none in two minutes."""
        mine, began = self.look(), time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(_ENDS_SECONDS):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
        status, took = await self.process.wait(), time.perf_counter() - began
        await asyncio.sleep(_FAREWELL_SECONDS)
        self.ended = Ended(round(took, 2), status, sum(is_there(one.pid) for one in mine))
        return self.ended


@asynccontextmanager
async def running(
    wire: Any, folder: Path, *, port: int = 80, log: str = "log", **settings: str
) -> AsyncIterator[RunningBot]:
    """Run the bot over `folder`/onrecord.sqlite3; it is killed at the end, if it has not ended. `port` is the web's."""
    lead = folder / "lead"
    lead.mkdir(exist_ok=True)
    (lead / "sitecustomize.py").write_text(_LEAD)
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = known | {
        "PYTHONPATH": f"{lead}:{PROJECT}",
        "BENCH_DISCORD": " ".join(wire.addresses),
        "BENCH_PORT": str(port),
        "DISCORD_TOKEN": wire.world.token,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/onrecord.sqlite3",
        "ALLOW_PRIVATE_NETWORKS": "1",
        "LOG_FORMAT": "json",
        **settings,
    }
    with (folder / log).open("ab") as file:
        began = time.perf_counter()
        command: Sequence[str] = (sys.executable, "-m", "bot", "run")
        process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment, stdout=file, stderr=file)
    async with killed_at_end(process):
        yield RunningBot(process, began)


async def ready(wire: Any, bot: RunningBot) -> float:
    """Wait until the bot has identified itself at the gateway; return how many seconds after its start that was."""
    already = wire.gateway.identifies
    async with asyncio.timeout(_READY_SECONDS):
        while wire.gateway.identifies == already:
            if bot.process.returncode is not None:
                raise RuntimeError(f"the bot ended by itself, with status {bot.process.returncode}")
            await asyncio.sleep(_BETWEEN_LOOKS)
    return time.perf_counter() - bot.began

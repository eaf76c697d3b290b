"""A Discord in a process of its own, to which the bot of this process comes; and how late this process's loop is."""

import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench._processes import killed_at_end
from tests.wire.leading import led_to

_SAMPLE_SECONDS = 0.005


async def sample_lag(lags: list[float]) -> None:
    """Add for ever by how many seconds the loop comes late to a timer."""
    while True:
        due = time.perf_counter() + _SAMPLE_SECONDS
        await asyncio.sleep(_SAMPLE_SECONDS)
        lags.append(max(0.0, time.perf_counter() - due))


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    """Return how many these are, and their median, 99th percentile and maximum."""
    ordered = sorted(milliseconds)
    if not ordered:
        return {"count": 0}
    return {
        "count": len(ordered),
        "p50": round(ordered[len(ordered) // 2], 1),
        "p99": round(ordered[len(ordered) * 99 // 100], 1),
        "max": round(ordered[-1], 1),
    }


@dataclass
class Scene:
    """Where Discord listens, the channels (guild and id), and in the end what it has seen.

    `ask` writes to its process, and returns what it says in answer.
    """

    addresses: Sequence[str]
    token: str
    channels: Sequence[tuple[int, int]]
    ask: Callable[[str], Awaitable[Any]]
    account: dict[str, Any] = field(default_factory=dict)


@asynccontextmanager
async def discord_at(module: str, *arguments: str) -> AsyncIterator[Scene]:
    """Run a Discord in a process of its own, by this module of the bench; every client comes to it meanwhile."""
    # What it says first names every channel: more than a line usually may hold.
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", module, *arguments),
        stdin=PIPE,
        stdout=PIPE,
        cwd=Path(__file__).parents[1],
        limit=1 << 20,
        env=os.environ | {"DISCORD_OPENAPI": os.devnull},  # to check every body takes longer than to answer
    )
    said, heard = server.stdout, server.stdin
    if said is None or heard is None:
        raise RuntimeError("the server says nothing")

    async def ask(line: str) -> Any:
        heard.write(line.encode())
        return json.loads(await said.readline())

    async with killed_at_end(server):
        scene = Scene(**await ask(""), ask=ask)
        with led_to(*scene.addresses):
            yield scene
        heard.close()
        scene.account = json.loads(await said.readline())
        await server.wait()

"""A Discord in a process of its own, to which the bot of this process comes; and how late this process's loop is."""

import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord.gateway
import discord.http
import yarl

_SAMPLE_SECONDS = 0.005


async def sample_lag(lags: list[float]) -> None:
    """Add for ever by how many seconds the loop comes late to a timer."""
    while True:
        due = time.perf_counter() + _SAMPLE_SECONDS
        await asyncio.sleep(_SAMPLE_SECONDS)
        lags.append(max(0.0, time.perf_counter() - due))


@dataclass
class Scene:
    """Where Discord listens, the channels (guild and id), and in the end what it has seen."""

    port: int
    token: str
    channels: Sequence[tuple[int, int]]
    account: dict[str, Any] = field(default_factory=dict)


@asynccontextmanager
async def discord_at(module: str, *arguments: str) -> AsyncIterator[Scene]:
    """Run a Discord in a process of its own, by this module of the bench; every client comes to it meanwhile."""
    folder = Path(__file__).parents[1]
    # What it says first names every channel: more than a line usually may hold.
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", module, *arguments),
        stdin=PIPE,
        stdout=PIPE,
        cwd=folder,
        limit=1 << 20,
        env=os.environ | {"DISCORD_OPENAPI": os.devnull},  # to check every body takes longer than to answer
    )
    if server.stdout is None or server.stdin is None:
        raise RuntimeError("the server says nothing")
    try:
        scene = Scene(**json.loads(await server.stdout.readline()))
        route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
        before = route.BASE, socket.DEFAULT_GATEWAY
        route.BASE = f"http://127.0.0.1:{scene.port}/api/v10"
        socket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{scene.port}/gateway")
        try:
            yield scene
        finally:
            route.BASE, socket.DEFAULT_GATEWAY = before
        server.stdin.close()
        scene.account = json.loads(await server.stdout.readline())
        await server.wait()
    finally:
        if server.returncode is None:
            server.kill()
            await server.wait()



"""The bot that is soaked, in a process of its own: as `python -m bot run` builds it, by time that jumps.

A line of its input asks what it holds; the answer is a line.
"""

import asyncio
import gc
import json
import os
import sys
import threading
from collections import Counter
from contextlib import suppress
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from bench._jumping_time import JumpingTime, leading_loop

_LOOKS = 40
_BETWEEN_LOOKS = 0.7  # seconds; the ticks are whole ones apart
_MOST_TYPES = 400


def _lead(clock: JumpingTime, base: str, gateway: str, port: int) -> None:
    """Let everything of this process go by the clock, come to this Discord, and fetch from this port."""
    import aiosqlite  # noqa: PLC0415 -- what reads pages in other processes needs none of them
    import apscheduler.executors.base  # noqa: PLC0415
    import apscheduler.schedulers.base  # noqa: PLC0415
    import apscheduler.triggers.interval  # noqa: PLC0415
    import discord  # noqa: PLC0415

    import bot.clock  # noqa: PLC0415
    from digest import ReadingPool, WebFetcher  # noqa: PLC0415
    from tests.wire.leading import lead_to  # noqa: PLC0415

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override] # what others compare it with
            return clock().astimezone(tz)

    apart: Any = (apscheduler.executors.base, apscheduler.schedulers.base, apscheduler.triggers.interval, bot.clock)
    for module in apart:
        module.datetime = Shifted
    discord.utils.utcnow = clock
    lead_to(base, gateway)
    web: Any = WebFetcher.__init__
    web.__kwdefaults__["ports"] = {port}
    for kind, name in ((ReadingPool, "__call__"), (aiosqlite.Connection, "_execute")):
        setattr(kind, name, _held(clock, getattr(kind, name)))


def _held(clock: JumpingTime, function: Any) -> Any:
    async def hold(*args: Any, **options: Any) -> Any:
        with clock.working():
            return await function(*args, **options)

    return hold


async def _live(clock: JumpingTime, base: str, gateway: str, port: int) -> None:
    _lead(clock, base, gateway, port)
    from bot.app import run  # noqa: PLC0415 -- as above
    from bot.settings import Settings  # noqa: PLC0415 -- as above

    input_ = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(input_), sys.stdin
    )
    answering = asyncio.create_task(_answer(input_))
    try:
        await run(Settings.from_env(None))
    finally:
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)
        transport.close()
        left = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
        print(json.dumps({"tasks left": [_name(one) for one in left]}), flush=True)


async def _answer(input_: asyncio.StreamReader) -> None:
    while await input_.readline():
        looks = []
        for _ in range(_LOOKS):
            await asyncio.sleep(_BETWEEN_LOOKS)
            looks.append((len(_tasks()), len(os.listdir("/proc/self/fd"))))  # noqa: PTH208 -- as cheap as can be
        # Only what is old: a tuple that another thread is just making must not be held by anybody else.
        counted = _counted(gc.get_objects(2))
        gc.collect()
        said = {
            "tasks": min(tasks for tasks, _ in looks),
            "files": min(files for _, files in looks),
            "threads": threading.active_count(),
            "kinds of tasks": Counter(map(_name, _tasks())),
            **counted,
        }
        print(json.dumps(said), flush=True)


def _tasks() -> set[asyncio.Task[Any]]:
    return asyncio.all_tasks() - {asyncio.current_task()}


def _name(task: asyncio.Task[Any]) -> str:
    return getattr(task.get_coro(), "__qualname__", "?")


def _counted(objects: list[Any]) -> dict[str, Any]:
    types, sizes = Counter[str](), Counter[str]()
    for one in objects:
        kind = type(one)
        types[f"{kind.__module__}.{kind.__qualname__}"] += 1
        module = str(getattr(one if callable(one) else kind, "__module__", ""))
        if not module.startswith(("bot.", "digest.")):
            continue
        if hasattr(one, "cache_info"):
            sizes[f"{module}.{one.__name__}"] = one.cache_info().currsize
            continue
        with suppress(TypeError):
            for name, value in vars(one).items():
                if hasattr(type(value), "__len__") and not isinstance(value, (str, bytes)):
                    sizes[f"{kind.__qualname__}.{name}"] += len(value)
    return {"objects": len(objects), "types": dict(types.most_common(_MOST_TYPES)), "sizes": dict(sizes)}


def main() -> None:
    """Live until a signal comes, by what the command line says."""
    from bot.memory import share_heap  # noqa: PLC0415 -- as above

    share_heap()
    shared, base, gateway, port = sys.argv[1:]
    clock = JumpingTime(Path(shared))
    with asyncio.Runner(loop_factory=partial(leading_loop, clock)) as runner:
        runner.run(_live(clock, base, gateway, int(port)))


if __name__ == "__main__":
    main()

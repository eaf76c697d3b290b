"""Roles that are killed again and again under load: what is doubled, missed or lost, and how soon work goes on."""

import asyncio
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from bench._role_set import Role, ScaledSet, open_set
from bench._scaled_account import settle, take_account

_PRINT_EVERY = 2.5
_WARM_SECONDS = 25.0
_BETWEEN = (0.5, 14.0)
_SLOT_EVERY = timedelta(minutes=2)
"""Of a channel. It takes up to a minute until others see that a worker died, and have made what it was making.

Where slots or deaths come faster than that, the newest slot stands for most of the others, and little is made.
"""
_DOWN = (0.0, 6.0)
_AGE = 12.0
"""A role that is younger is at its start, and does no work yet: such ones are killed too, but seldom."""
_WEIGHTS = {"worker": 5, "clock": 2, "gateway": 2}


def measure_killing(kills: int = 200, *, seed: int = 10, logs: Path | None = None) -> dict[str, Any]:
    """Return what came of so many deaths of roles, at random moments, one at a time mostly; in real time."""
    return asyncio.run(_measure(kills, seed, logs))


async def _measure(kills: int, seed: int, logs: Path | None) -> dict[str, Any]:
    began_at = perf_counter()
    async with open_set(logs, slot_every=_SLOT_EVERY) as whole:
        await whole.start()
        printing = asyncio.create_task(whole.print_on(_PRINT_EVERY))
        await asyncio.sleep(_WARM_SECONDS)
        killed = await _Killer(whole, random.Random(seed)).kill_so_many(kills)  # noqa: S311 -- no secret
        printing.cancel()
        settled = await settle(whole)
        orphans = sum(role.count_orphans() for role in whole.roles.values())
        ends = [await role.stop() for role in whole.roles.values()]
        return {
            "kills": sum(killed.values()),
            "killed": dict(killed),
            **await take_account(whole),
            "seconds until all was settled": settled,
            "processes that outlived who started them": orphans,
            "exits by themselves": sum(len(role.statuses) - 1 for role in whole.roles.values()),
            "seconds to stop in order": round(max(ends), 1),
            "refused by the wire": len(whole.wire.rest.complaints),
            "tracebacks in the logs": whole.read_logs().count("Traceback (most recent call last)"),
            "seconds": round(perf_counter() - began_at),
        }


class _Killer:
    def __init__(self, whole: ScaledSet, chance: random.Random) -> None:
        self._whole = whole
        self._chance = chance
        self._killed = Counter[str]()
        self._starting: set[asyncio.Task[None]] = set()

    async def kill_so_many(self, kills: int) -> Counter[str]:
        """Kill so many, and return when all are there again."""
        while self._killed.total() < kills:
            await asyncio.sleep(self._chance.uniform(*_BETWEEN))
            for role in self._chosen(kills - self._killed.total()):
                await role.kill()
                self._killed[role.command[-1]] += 1
                task = asyncio.create_task(self._start_again(role))
                self._starting.add(task)
                task.add_done_callback(self._starting.discard)
        await asyncio.gather(*self._starting)
        return self._killed

    async def _start_again(self, role: Role) -> None:
        await asyncio.sleep(self._chance.uniform(*_DOWN))
        await role.start()

    def _chosen(self, most: int) -> list[Role]:
        youngest = 0.0 if self._chance.random() < 0.2 else _AGE  # noqa: PLR2004 -- one in five
        alive = [role for role in self._whole.roles.values() if role.is_alive and role.age > youngest]
        if not alive:
            return []
        number = min(most, self._chance.choices((1, 2, len(alive)), (80, 17, 3))[0])
        weights = [_WEIGHTS[role.command[-1]] for role in alive]
        return list({role.name: role for role in self._chance.choices(alive, weights, k=number)}.values())

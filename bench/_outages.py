"""A database that is restarted, crashes, is cut off, or is slow, below all roles: whether and when they go on."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import text

from bench._role_set import ScaledSet, open_set, printing
from bench._scaled_account import settle, take_account
from bench._waiting import seconds_until

_PRINT_EVERY = 2.5
_WARM_SECONDS = 30.0
_CUT_SECONDS = 60.0
_DELAY, _DROPPED = 0.1, 0.1  # each way; of the connections
_PATIENCE = 180.0
_TOLD = text(
    "SELECT count(*) FROM alerted JOIN alerts ON alerts.id = alerted.alert_id"
    " JOIN articles ON articles.id = alerted.article_id WHERE articles.identity = :url AND alerts.state = 'sent'"
)


def measure_outages(cut_seconds: float = _CUT_SECONDS, *, logs: Path | None = None) -> dict[str, Any]:
    """Return, for each trouble, in how many seconds an article that came after it was told; and what was lost.

    To be told it is listed, read, looked through and posted: by the clock and a worker, each of which needs the
    database.
    """
    return asyncio.run(_measure(cut_seconds, logs))


async def _measure(cut_seconds: float, logs: Path | None) -> dict[str, Any]:
    began_at = perf_counter()
    async with open_set(logs) as whole:
        await whole.start()
        figures: dict[str, Any] = {}
        async with printing(whole, every=_PRINT_EVERY):
            await asyncio.sleep(_WARM_SECONDS)
            for name, trouble in _TROUBLES.items():
                before = len(whole.read_logs().splitlines())
                await trouble(whole, cut_seconds)
                figures[name] = {"recovered in": await _time_until_told(whole)}
                lines = whole.read_logs().splitlines()
                figures[name]["lines logged by all"] = len(lines) - before
                await asyncio.sleep(5)
        settled = await settle(whole)
        figures["exits by themselves"] = sum(not role.is_alive for role in whole.roles.values())
        ends = [await role.stop() for role in whole.roles.values()]
        return {
            **figures,
            **await take_account(whole),
            "seconds until all was settled": settled,
            "seconds to stop in order": round(max(ends), 1),
            "tracebacks in the logs": whole.read_logs().count("Traceback (most recent call last)"),
            "seconds": round(perf_counter() - began_at),
        }


async def _time_until_told(whole: ScaledSet) -> float | None:
    outlet = whole.news.outlets[0]
    outlet.print_one()
    url = outlet.page_url(len(outlet.printed) - 1)
    async with whole.store() as store:

        async def is_told() -> bool:
            async with store.reading() as db:  # a message that tells of much that came meanwhile does not show all
                return bool((await db.execute(_TOLD, {"url": url})).scalar_one())

        return await seconds_until(is_told, every=0.2, patience=_PATIENCE)


async def _restart(whole: ScaledSet, sign: signal.Signals) -> None:
    await asyncio.to_thread(whole.postgres.end, sign)
    await asyncio.to_thread(whole.postgres.start)


async def _restart_in_order(whole: ScaledSet, _: float) -> None:
    await _restart(whole, signal.SIGINT)


async def _crash(whole: ScaledSet, _: float) -> None:
    await _restart(whole, signal.SIGQUIT)


async def _cut_off(whole: ScaledSet, seconds: float) -> None:
    """Nothing is forwarded; what was on its way arrives afterwards."""
    whole.proxy.open.clear()
    await asyncio.sleep(seconds)
    whole.proxy.open.set()


async def _lose(whole: ScaledSet, seconds: float) -> None:
    """Nothing is forwarded, and at the end all connections are gone."""
    whole.proxy.open.clear()
    await asyncio.sleep(seconds)
    whole.proxy.break_all()
    whole.proxy.open.set()


async def _refuse(whole: ScaledSet, seconds: float) -> None:
    whole.proxy.is_refusing = True
    whole.proxy.break_all()
    await asyncio.sleep(seconds)
    whole.proxy.is_refusing = False


async def _slow_down(whole: ScaledSet, seconds: float) -> None:
    whole.proxy.delay, whole.proxy.dropped = _DELAY, _DROPPED
    await asyncio.sleep(seconds)
    whole.proxy.delay, whole.proxy.dropped = 0.0, 0.0


_TROUBLES: dict[str, Callable[[ScaledSet, float], Awaitable[None]]] = {
    "restarted in order": _restart_in_order,
    "crashed and started": _crash,
    "cut off": _cut_off,
    "cut off, connections lost": _lose,
    "gone": _refuse,
    "slow, and one of ten connections broken": _slow_down,
}

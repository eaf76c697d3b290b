"""Hostile pages through the processes that read: all answered in time, in bounded memory, no prose lost."""

import argparse
import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench._hostile import PROSE, HostilePage, hostile_pages
from bot.inputs import warm_up
from digest import NoArticleError
from digest.errors import ReadingError
from digest.model import Page
from digest.reading.brief import read_page
from digest.work.embedded import ReadingPool

_LIMIT_SECONDS = 10.0
_URL = "https://bench.example/"


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return how many pages were answered, the slowest, the greatest memory of a process, and the names that failed.

    A page is empty where it has prose and nothing was read; it is poor where none of its sentences was among what was.
    """
    parser = argparse.ArgumentParser(prog="python -m bench hostile")
    parser.add_argument("--only", default="", help="the pages whose names start like this")
    options = parser.parse_args(arguments)
    return run_hostile(options.only)


def run_hostile(only: str = "") -> dict[str, Any]:
    """Return the figures of the pages whose names start with `only`."""
    pages = [page for page in hostile_pages() if page.name.startswith(only)]
    verdicts, peak = asyncio.run(_read_all(pages))
    slow = sorted(verdicts, key=lambda name: -verdicts[name][1])[:3]
    return {
        "pages": len(pages),
        "killed": [name for name, (verdict, _) in verdicts.items() if verdict == "killed"],
        "empty": [name for name, (verdict, _) in verdicts.items() if verdict == "empty"],
        "poor": [name for name, (verdict, _) in verdicts.items() if verdict == "poor"],
        "slowest_s": {name: round(verdicts[name][1], 1) for name in slow},
        "peak_rss_mb": peak // 1024,
    }


async def _read_all(pages: Sequence[HostilePage]) -> tuple[dict[str, tuple[str, float]], int]:
    verdicts, peak = {}, 0
    async with ReadingPool(timeout=_LIMIT_SECONDS, warm_up=warm_up) as pool:
        await pool(read_page, Page(_URL, f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>".encode()), timeout=60)
        for page in pages:
            start = time.perf_counter()
            verdict, kilobytes = await _verdict(pool, page)
            verdicts[page.name] = (verdict, time.perf_counter() - start)
            peak = max(peak, kilobytes)
    return verdicts, peak


async def _verdict(pool: ReadingPool, page: HostilePage) -> tuple[str, int]:
    try:
        text, kilobytes = await pool(_read, Page(_URL, page.body, "text/html", page.charset))
    except ReadingError:
        return "killed", 0
    if text is None:
        return "empty" if page.has_prose else "answered", kilobytes
    found = any(line in " ".join(text.split()) for line in PROSE)
    return "answered" if found or not page.has_prose else "poor", kilobytes


def _read(page: Page) -> tuple[str | None, int]:
    """Return the text that was read of the page, and the greatest memory of this process, in kilobytes."""
    try:
        text = read_page(page).article.text
    except NoArticleError:
        text = None
    # Of this process alone: what getrusage says begins with the size of the process that started it.
    status = Path("/proc/self/status").read_text("ascii")
    return text, int(status.partition("VmHWM:")[2].split()[0])

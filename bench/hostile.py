"""Hostile pages through the processes that read: all answered in time, in bounded memory, no prose lost."""

import argparse
import asyncio
import resource
import time
from collections.abc import Sequence
from typing import Any

from bench._hostile import PROSE, HostilePage, hostile_pages
from bot.inputs import warm_up
from digest import NoArticleError
from digest.errors import ReadingError
from digest.model import Brief, Page
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
    verdicts = asyncio.run(_read_all(pages))
    slow = sorted(verdicts, key=lambda name: -verdicts[name][1])[:3]
    return {
        "pages": len(pages),
        "killed": [name for name, (verdict, _) in verdicts.items() if verdict == "killed"],
        "empty": [name for name, (verdict, _) in verdicts.items() if verdict == "empty"],
        "poor": [name for name, (verdict, _) in verdicts.items() if verdict == "poor"],
        "slowest_s": {name: round(verdicts[name][1], 1) for name in slow},
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


async def _read_all(pages: Sequence[HostilePage]) -> dict[str, tuple[str, float]]:
    verdicts = {}
    async with ReadingPool(timeout=_LIMIT_SECONDS, warm_up=warm_up) as pool:
        await pool(read_page, Page(_URL, f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>".encode()), timeout=60)
        for page in pages:
            start = time.perf_counter()
            verdict = await _verdict(pool, page)
            verdicts[page.name] = (verdict, time.perf_counter() - start)
    return verdicts


async def _verdict(pool: ReadingPool, page: HostilePage) -> str:
    try:
        brief: Brief = await pool(read_page, Page(_URL, page.body, "text/html", page.charset))
    except NoArticleError:
        return "empty" if page.has_prose else "answered"
    except ReadingError:
        return "killed"
    found = any(line in " ".join(brief.article.text.split()) for line in PROSE)
    return "answered" if found or not page.has_prose else "poor"

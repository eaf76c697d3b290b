"""The test files of feedparser itself through our parse_feed, in the processes that the bot reads in."""

import asyncio
import io
import subprocess
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from digest.errors import InvalidFeedError, ReadingError
from digest.model import Page
from digest.sources.feeds import parse_feed
from digest.work.embedded import ReadingPool

_CORPUS = "kurtmckee+feedparser/repo"
_KINDS = ("wellformed", "illformed")
_LIMIT_SECONDS = 10.0
_SLOW_SECONDS = 2.0


def measure_corpus(corpora: Path) -> dict[str, Any]:
    """Return how many of each kind were parsed, which were said to be no feed and why, and what was slow or fatal.

    `corpora` is the folder of the git directories, owner+name/repo; the files are read out of the newest commit.
    """
    files = list(_read_files(corpora / _CORPUS))
    verdicts = asyncio.run(_parse_all(files))
    slowest = max(verdicts, key=lambda name: verdicts[name][1])
    return {
        **{f"{kind}_files": _count(verdicts, kind) for kind in _KINDS},
        **{f"{kind}_parsed": _count(verdicts, kind, "parsed") for kind in _KINDS},
        "refused": {name: verdict for name, (verdict, _) in verdicts.items() if verdict.startswith("refused")},
        "over_2_s": [name for name, (_, seconds) in verdicts.items() if seconds > _SLOW_SECONDS],
        "killed": [name for name, (verdict, _) in verdicts.items() if verdict.startswith("killed")],
        "slowest": f"{slowest}: {verdicts[slowest][1]:.2f} s",
        "seconds": round(sum(seconds for _, seconds in verdicts.values()), 1),
    }


def _read_files(repository: Path) -> Iterator[tuple[str, bytes]]:
    folders = [f"tests/{kind}" for kind in _KINDS]
    command = ["git", "-C", str(repository), "archive", "--format=tar", "HEAD", *folders]
    archive = subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603 -- our own words
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file is not None:
                yield member.name.removeprefix("tests/"), file.read()


async def _parse_all(files: list[tuple[str, bytes]]) -> dict[str, tuple[str, float]]:
    verdicts = {}
    async with ReadingPool(timeout=_LIMIT_SECONDS, warm_up=_warm_up) as pool:
        await pool.start()
        for name, body in files:
            start = time.perf_counter()
            verdict = await _verdict(pool, Page(f"https://bench.example/{name}", body, "application/xml"))
            verdicts[name] = (verdict, time.perf_counter() - start)
    return verdicts


async def _verdict(pool: ReadingPool, page: Page) -> str:
    try:
        await pool(parse_feed, page)
    except InvalidFeedError as error:
        return f"refused: {error.why}"
    except ReadingError as error:
        return f"killed: {error.why}"
    return "parsed"


def _warm_up() -> None:
    parse_feed(Page("https://bench.example/", b"<rss version='2.0'><channel/></rss>"))


def _count(verdicts: dict[str, tuple[str, float]], kind: str, wanted: str = "") -> int:
    return sum(name.startswith(f"{kind}/") and verdict.startswith(wanted) for name, (verdict, _) in verdicts.items())

"""Answers that are meant to fill memory or never to end, each fetched by a process of its own that is looked at."""

import asyncio
import json
import sys
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import brotli

from digest import WebFetcher
from digest.errors import DigestError

CAP_SECONDS = 2.0
"""What the fetcher is given in all; it stops by itself where a cap of bytes is not reached sooner."""

_SLACK_SECONDS = 0.5
_MEGABYTE = b"<p>a</p>" * 131_072
_MEGABYTES = 100
_OK = b"HTTP/1.1 200 OK\r\n"
_PAGE = b"Content-Type: text/html\r\n"
_FEED = b"Content-Type: application/rss+xml\r\n"
_SMALL = _OK + _PAGE + b"Content-Length: 8\r\n\r\n<p>Hello"

_Pieces = Iterator[bytes | float]
"""What is written, and for how many seconds nothing is."""


def measure_bombs(only: str = "") -> dict[str, Any]:
    """Return how much the fetching process grew at most, how long it took, and which bombs broke a promise.

    Growth is from its size after a first small page to its greatest since, without what the server needs.
    """
    runs = asyncio.run(_measure([name for name in _BOMBS if name.startswith(only)]))
    by_growth = sorted(runs, key=lambda name: -runs[name]["grown_mb"])
    return {
        "bombs": len(runs),
        "bomb_rss_mb": runs[by_growth[0]]["grown_mb"],
        "bomb_rss_mb_worst": {name: runs[name]["grown_mb"] for name in by_growth[:4]},
        "bomb_seconds": max(run["seconds"] for run in runs.values()),
        "bomb_cap_seconds": CAP_SECONDS,
        "bomb_loop_lag_seconds": max(run["lag"] for run in runs.values()),
        "bombs_over_time": [name for name, run in runs.items() if run["seconds"] > CAP_SECONDS + _SLACK_SECONDS],
        "bombs_unclassified": [name for name, run in runs.items() if run["outcome"] not in _BOMBS[name][0]],
        "bomb_outcomes": {name: run["outcome"] for name, run in runs.items()},
    }


def _flood(start: bytes, more: bytes) -> _Pieces:
    yield start
    for _ in range(_MEGABYTES):
        yield more * (len(_MEGABYTE) // len(more))


def _drip(start: bytes, more: bytes) -> _Pieces:
    yield start
    while True:
        yield more
        yield 0.05


def _silence() -> _Pieces:
    yield 10 * CAP_SECONDS


def _packed(kind: bytes, media_type: bytes, pack: Any) -> _Pieces:
    """A hundred megabytes in one stream of a few kilobytes."""
    yield _OK + media_type + b"Content-Encoding: " + kind + b"\r\nConnection: close\r\n\r\n"
    compress = pack.compress if hasattr(pack, "compress") else pack.process
    for _ in range(_MEGABYTES):
        yield compress(_MEGABYTE)
    yield pack.flush() if hasattr(pack, "compress") else pack.finish()


def _gzip() -> Any:
    return zlib.compressobj(9, zlib.DEFLATED, 31)


def _brotli() -> Any:
    return brotli.Compressor(quality=1)


def _members() -> _Pieces:
    """A hundred gzip files behind each other, which count as one."""
    yield _OK + _PAGE + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n"
    packer = _gzip()
    member = packer.compress(_MEGABYTE) + packer.flush()
    for _ in range(_MEGABYTES):
        yield member


def _honest_feed() -> _Pieces:
    yield _OK + _FEED + b"Content-Length: %d\r\n\r\n" % (9 * len(_MEGABYTE))
    for _ in range(9):
        yield _MEGABYTE


_CHUNKED = _OK + _PAGE + b"Transfer-Encoding: chunked\r\n\r\n"
_PLAIN = b"Connection: close\r\n\r\n"
_GZIP_START = _OK + _PAGE + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03"  # empty blocks follow

# The outcome that is right, and what is answered; a bomb whose name ends in "robots" stands at /robots.txt only.
_BOMBS: dict[str, tuple[str, Callable[[], _Pieces]]] = {
    "gzip": ("UnsafeError", lambda: _packed(b"gzip", _PAGE, _gzip())),
    "gzip-feed": ("UnsafeError", lambda: _packed(b"gzip", _FEED, _gzip())),
    "gzip-members": ("UnsafeError", _members),
    "gzip-robots": ("Page", lambda: _packed(b"gzip", b"Content-Type: text/plain\r\n", _gzip())),
    "deflate": ("UnsafeError", lambda: _packed(b"deflate", _PAGE, zlib.compressobj(9))),
    "brotli": ("UnsafeError", lambda: _packed(b"br", _PAGE, _brotli())),
    "brotli-feed": ("UnsafeError", lambda: _packed(b"br", _FEED, _brotli())),
    "plain": ("UnsafeError", lambda: _flood(_OK + _PAGE + _PLAIN, _MEGABYTE)),
    "plain-feed": ("UnsafeError", lambda: _flood(_OK + _FEED + _PLAIN, _MEGABYTE)),
    "plain-robots": ("Page", lambda: _flood(_OK + _PAGE + _PLAIN, b"Disallow: /b\n")),
    "declared": ("UnsafeError", lambda: _flood(_OK + _PAGE + b"Content-Length: 104857600\r\n\r\n", _MEGABYTE)),
    "tiny-chunks": ("UnsafeError, or UnreachableError on a slow machine", lambda: _flood(_CHUNKED, b"1\r\na\r\n")),
    "chunk-extension": ("UnreachableError", lambda: _flood(_CHUNKED + b"1;", b"more=more;")),
    "trailers": ("UnreachableError", lambda: _flood(_CHUNKED + b"0\r\n", b"X-More: more\r\n")),
    "headers": ("UnreachableError", lambda: _flood(_OK, b"X-More: more\r\n")),
    "one-header": ("UnreachableError", lambda: _flood(_OK + b"X-More: ", b"more")),
    "status": ("UnreachableError", lambda: _flood(b"HTTP/1.1 200 ", b"fine ")),
    "interim": ("UnreachableError", lambda: _flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n")),
    "drip": ("UnreachableError", lambda: _drip(_OK + _PAGE + _PLAIN, b"<")),
    "drip-gzip": ("UnreachableError", lambda: _drip(_GZIP_START, b"\0\0\0\xff\xff")),
    "drip-headers": ("UnreachableError", lambda: _drip(_OK, b"X-More: more\r\n")),
    "drip-robots": ("UnreachableError", lambda: _drip(_OK + _PAGE + _PLAIN, b"#")),
    "silence": ("UnreachableError", _silence),
    "redirects": ("UnsafeError", lambda: iter([b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"])),
    "honest-feed": ("Page", _honest_feed),
}


async def _measure(names: list[str]) -> dict[str, dict[str, Any]]:
    runs = {}
    for name in names:
        async with _serve(name) as port:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bench._bombs",
                str(port),
                name,
                stdout=asyncio.subprocess.PIPE,
                cwd=Path(__file__).parents[1],
            )
            output, _ = await child.communicate()
            runs[name] = json.loads(output)
    return runs


@asynccontextmanager
async def _serve(name: str) -> AsyncIterator[int]:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path = (await reader.readuntil(b"\r\n\r\n")).split()[1]
            is_bomb = path == (b"/robots.txt" if name.endswith("robots") else b"/")
            for piece in _BOMBS[name][1]() if is_bomb else iter([_SMALL]):
                if isinstance(piece, float):
                    with suppress(TimeoutError):
                        await asyncio.wait_for(reader.read(1), piece)  # ends sooner where the client goes away
                else:
                    writer.write(piece)
                    await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def _fetch(port: int, name: str) -> dict[str, Any]:
    """Fetch the bomb in this process and return how it ended, how long it took and how much this process grew."""
    options: dict[str, Any] = {"allow_private": True, "ports": {port}, "total_seconds": CAP_SECONDS, "spacing": 0.0}
    async with WebFetcher(**options, keeps_rules=False) as client:
        await client.fetch(f"http://127.0.0.1:{port}/small")
    async with WebFetcher(**options, keeps_rules=name.endswith("robots")) as client:
        before = _reset_peak()
        start = time.perf_counter()
        lags = [0.0]
        ticks = asyncio.create_task(_tick(lags))
        try:
            outcome: object = await client.fetch(f"http://127.0.0.1:{port}/")
        except DigestError as error:
            outcome = error
        seconds = time.perf_counter() - start
        ticks.cancel()
    grown = _kilobytes("VmHWM") - before
    return {
        "outcome": type(outcome).__name__,
        "seconds": round(seconds, 2),
        "lag": round(max(lags), 2),
        "grown_mb": round(grown / 1024, 1),
    }


async def _tick(lags: list[float]) -> None:
    """Write down how late the event loop is, which others share with the fetch."""
    while True:
        start = time.perf_counter()
        await asyncio.sleep(0.01)
        lags.append(time.perf_counter() - start - 0.01)


def _reset_peak() -> int:
    """Let the kernel count the peak anew where it lets us, and return the kilobytes of now."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        print("the peak of before counts in", file=sys.stderr)
    return _kilobytes("VmRSS")


def _kilobytes(field: str) -> int:
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition(f"{field}:")[2].split()[0])


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_fetch(int(sys.argv[1]), sys.argv[2]))))

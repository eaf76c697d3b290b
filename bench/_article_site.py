"""A web server of articles without end, in a process of its own: the bundled ones, each copy with words of its own."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any

from aiohttp import web

from bench._polling import start_module

_ELSEWHERE = re.compile(rb'<(?:link rel="canonical"|meta property="og:url")[^>]*>')


class ArticleSite:
    """Answers every number with an article that no other number has; it is a copy but for one sentence."""

    def __init__(self) -> None:
        seeds = files("seeds").joinpath("articles")
        found = sorted(one.name for one in seeds.iterdir() if one.name.endswith(".html"))
        # Whatever the copies say of where they stand would make one article of them.
        self._pages = [_ELSEWHERE.sub(b"", seeds.joinpath(name).read_bytes()) for name in found]

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one request; there is no robots.txt."""
        if not request.path.strip("/").isdecimal():
            return web.Response(status=404)
        number = int(request.path.strip("/"))
        page = self._pages[number % len(self._pages)]
        paragraphs = page.split(b"</p>")
        said = f" This is report number {number} of the day, and nobody has printed it before."
        paragraphs[len(paragraphs) // 2] += said.encode()
        return web.Response(body=b"</p>".join(paragraphs), content_type="text/html")


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    """Let a site answer on loopback, in a process of its own; gives the process and its port."""
    site = await start_module("bench._article_site")
    try:
        if site.stdout is None:
            raise RuntimeError("the site says nothing")
        yield site, int(await site.stdout.readline())
    finally:
        await site.communicate(b"")  # the end of its input is its sign


async def _serve() -> None:
    runner = web.ServerRunner(web.Server(_answering(ArticleSite())))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


def _answering(site: ArticleSite) -> Any:
    return site.answer  # a Request is a BaseRequest, which aiohttp's types do not say


if __name__ == "__main__":
    asyncio.run(_serve())

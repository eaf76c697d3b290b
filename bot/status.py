"""A small web server for probes and Prometheus: /healthz, /readyz, /metrics. It answers GET, and knows no secret."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

_SHUTDOWN_SECONDS = 1.0


class Answers(Protocol):
    """What the server asks."""

    async def health(self) -> tuple[str, ...]:
        """Return what keeps the process from doing its work at all."""
        ...

    async def readiness(self) -> tuple[str, ...]:
        """Return what keeps it from being ready, the former included."""
        ...

    async def exposition(self) -> bytes:
        """Return the metrics in Prometheus' text format."""
        ...


@asynccontextmanager
async def serve_status(answers: Answers, host: str, port: int, *, content_type: str) -> AsyncIterator[int]:
    """Answer at host and port until the end, and give the port, which is chosen where it is 0; OSError: it is taken."""

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=await answers.exposition(), headers={"Content-Type": content_type})

    app = web.Application()
    app.router.add_get("/healthz", _verdict(answers.health), allow_head=False)
    app.router.add_get("/readyz", _verdict(answers.readiness), allow_head=False)
    app.router.add_get("/metrics", metrics, allow_head=False)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _verdict(look: Callable[[], Awaitable[tuple[str, ...]]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_request: web.Request) -> web.Response:
        troubles = await look()
        body = {"status": "failing" if troubles else "ok", "troubles": list(troubles)}
        return web.json_response(body, status=503 if troubles else 200, headers={"Cache-Control": "no-store"})

    return answer

"""Real servers on loopback, one that speaks HTTP and one that writes whatever it is told to; a fetcher for them."""

import asyncio
import socket
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.abc import AbstractResolver

from digest.sources.web import WebFetcher
from tests.waiting import PATIENCE

ANY_PORT = range(1, 65536)


def fetcher(**changes):
    """A fetcher that may reach loopback servers, and asks them for nothing but the page, at once."""
    free = {"keeps_rules": False, "spacing": 0.0}
    return WebFetcher(**({"allow_private": True, "ports": ANY_PORT, "total_seconds": PATIENCE} | free | changes))


def html(text="<p>Hello</p>", **changes):
    return web.Response(**({"text": text, "content_type": "text/html"} | changes))


def redirect(location, status=302):
    return web.Response(status=status, headers={"Location": location})


@asynccontextmanager
async def serve(answers):
    """A web server on 127.0.0.1; `answers` maps paths to functions of the request. Gives its url and what was asked."""
    asked = []

    async def answer(request):
        asked.append(request)
        result = answers[request.path](request)
        return await result if asyncio.iscoroutine(result) else result

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()


@asynccontextmanager
async def serve_bytes(write):
    """A socket server on 127.0.0.1 that calls `write(writer)` for each connection, once the request has come."""

    async def talk(reader, writer):
        try:
            await reader.readuntil(b"\r\n\r\n")
            await write(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()


def drip(head, piece):
    """For serve_bytes: writes the head of an answer, then a piece of its body every 20 ms, and never ends."""

    async def write(writer):
        writer.write(head)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.02)

    return write


class FixedResolver(AbstractResolver):
    """A name server that knows one answer at a time: each resolution takes the next, and the last one stays."""

    def __init__(self, *answers):
        self.answers = list(answers)

    async def resolve(self, host, port=0, family=socket.AF_INET):  # noqa: ARG002 -- aiohttp's signature
        addresses = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            {
                "hostname": host,
                "host": address,
                "port": port,
                "family": socket.AF_INET6 if ":" in address else socket.AF_INET,
                "proto": 6,
                "flags": 0,
            }
            for address in addresses
        ]

    async def close(self):
        self.answers.clear()

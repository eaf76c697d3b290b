"""A proxy in front of Discord's REST API, as they are run for bots of several processes: it holds the limit of all."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

_OF_THE_CONNECTION = frozenset({"host", "content-length", "transfer-encoding", "connection"})


class Proxy:
    """Hands every request on to `origin` in its turn, `per_second` of them, and never says why it takes so long."""

    def __init__(self, origin, *, per_second):
        self.passed = []
        self.url = ""
        self._origin = origin
        self._apart = 1 / per_second
        self._next_at = 0.0

    async def _pass_on(self, request):
        self.passed.append((request.method, request.path))
        loop = asyncio.get_running_loop()
        self._next_at = max(self._next_at + self._apart, loop.time())
        await asyncio.sleep(self._next_at - loop.time())
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _OF_THE_CONNECTION}
        url, body = f"{self._origin}{request.path_qs}", await request.read()
        async with self._session.request(request.method, url, headers=headers, data=body or None) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _OF_THE_CONNECTION}
            return web.Response(status=answer.status, headers=kept, body=await answer.read())

    @asynccontextmanager
    async def serve(self):
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self._pass_on)
        runner = web.AppRunner(app, shutdown_timeout=1)
        async with aiohttp.ClientSession() as self._session:
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            try:
                yield self
            finally:
                await runner.cleanup()

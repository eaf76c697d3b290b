"""A Discord on loopback to which the unmodified discord.py client logs in."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import discord.gateway
import discord.http
import yarl
from aiohttp import web

from tests.wire.gateway import Gateway
from tests.wire.rest import BASE, Rest
from tests.wire.world import World


def _machine_time():
    return datetime.now(UTC)  # noqa: TID251 -- Discord has a clock of its own


class WireDiscord:
    """REST and gateway over one world. All that clients ask is in `rest.requests` and `gateway.received`."""

    def __init__(self, now=_machine_time):
        self.world = World(now)
        self.gateway = Gateway(self.world, self._gateway_url)
        self.rest = Rest(self.world, self._gateway_url, self._dispatch)
        self._port = 0
        self._dispatches = set()

    def _gateway_url(self):
        return f"ws://127.0.0.1:{self._port}/gateway"

    def _dispatch(self, event, body):
        task = asyncio.ensure_future(self.gateway.dispatch(event, body))
        self._dispatches.add(task)
        task.add_done_callback(self._dispatches.discard)

    @asynccontextmanager
    async def serve(self):
        """Listen on a free port of 127.0.0.1, and let every discord.py client of this process come here meanwhile."""
        app = web.Application()
        app.router.add_get("/gateway", self.gateway.connect)
        self.rest.add_routes(app)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self._port = runner.addresses[0][1]
        route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
        before = route.BASE, socket.DEFAULT_GATEWAY
        route.BASE = f"http://127.0.0.1:{self._port}{BASE}"
        socket.DEFAULT_GATEWAY = yarl.URL(self._gateway_url())
        try:
            yield self
        finally:
            route.BASE, socket.DEFAULT_GATEWAY = before
            await self.gateway.close()
            await asyncio.gather(*self._dispatches, return_exceptions=True)
            await runner.cleanup()


@asynccontextmanager
async def logged_in(client, token):
    """Run the client until its guilds are there; close it afterwards. It waits for further guilds only briefly."""
    client._connection.guild_ready_timeout = 0.05
    async with client:
        await client.login(token)
        connection = asyncio.create_task(client.connect())
        ready = asyncio.create_task(client.wait_until_ready())
        await asyncio.wait({connection, ready}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            connection.cancel()
            raise connection.exception() or TimeoutError("the client never became ready")
        try:
            yield client
        finally:
            await client.close()
            await asyncio.gather(connection, return_exceptions=True)

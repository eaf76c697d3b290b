"""A Discord on loopback to which the unmodified discord.py client logs in, and which misbehaves on command."""

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from aiohttp import web

from tests.waiting import PATIENCE, until
from tests.wire import payloads
from tests.wire.gateway import Gateway
from tests.wire.leading import led_to
from tests.wire.members import Person
from tests.wire.rest import BASE, Rest
from tests.wire.world import World


def _machine_time():
    return datetime.now(UTC)  # noqa: TID251 -- Discord has a clock of its own


class WireDiscord:
    """REST and gateway over one world. All that clients ask is in `rest.requests` and `gateway.received`.

    Its own methods change the world while clients listen, and tell them.
    """

    def __init__(self, now=_machine_time):
        self.world = World(now)
        self.gateway = Gateway(self.world, self._gateway_url)
        self.rest = Rest(self.world, self.gateway, self._gateway_url, self._dispatch)
        self._port = 0
        self._runner = None
        self._dispatches = set()

    @property
    def addresses(self):
        """Where it listens: REST's address, and the gateway's."""
        return f"http://127.0.0.1:{self._port}{BASE}", self._gateway_url()

    @property
    def faults(self):
        return self.rest.faults

    def wrongs(self):
        """Sentences on all that may not be at the end of a test: unused faults, and what Discord would refuse."""
        return [*self.faults.unused(), *self.rest.complaints]

    # --- what a test changes while clients listen ---

    async def member(self, guild, name="reader", *, permissions=0, roles=()):
        """A new member of the guild, whose role (if any permissions are given) has these."""
        if permissions:
            roles = (*roles, await self.role(guild, f"{name}'s", permissions))
        member = self.world.add_member(guild, name, *roles)
        await self.gateway.dispatch("GUILD_MEMBER_ADD", payloads.member(member) | {"guild_id": str(guild.id)})
        return Person(self.world, self._dispatch, member)

    async def role(self, guild, name, permissions=0):
        role = self.world.add_role(guild, name, permissions)
        body = {"guild_id": str(guild.id), "role": payloads.role(len(guild.roles) - 1, role, guild)}
        await self.gateway.dispatch("GUILD_ROLE_CREATE", body)
        return role

    async def join_guild(self, name="Harbour"):
        guild = self.world.add_guild(name)
        # A guild that is new has no word on whether it is available: by that clients tell the two apart.
        body = payloads.guild(self.world, guild)
        del body["unavailable"]
        await self.gateway.dispatch("GUILD_CREATE", body)
        return guild

    async def leave_guild(self, guild):
        """The bot was removed from the guild."""
        del self.world.guilds[guild.id]
        await self.gateway.dispatch("GUILD_DELETE", {"id": str(guild.id)})

    async def lose_guild(self, guild):
        """The guild is unavailable for a while, as in an outage; the bot is still in it."""
        guild.is_unavailable = True
        await self.gateway.dispatch("GUILD_DELETE", {"id": str(guild.id), "unavailable": True})

    async def regain_guild(self, guild):
        guild.is_unavailable = False
        await self.gateway.dispatch("GUILD_CREATE", payloads.guild(self.world, guild))

    async def rename_guild(self, guild, name):
        guild.name = name
        await self.gateway.dispatch("GUILD_UPDATE", payloads.guild(self.world, guild))

    async def change_channel(self, channel, **changes):
        """Set attributes of a channel, like `name` or `denied`."""
        for name, value in changes.items():
            setattr(channel, name, value)
        await self.gateway.dispatch("CHANNEL_UPDATE", payloads.channel_alone(channel))

    async def delete_channel(self, channel):
        self.world.remove_channel(channel)
        event = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
        await self.gateway.dispatch(event, payloads.channel_alone(channel))

    async def go_away(self):
        """Close every connection and listen no more: whoever calls is refused."""
        await self.gateway.close()
        await self._runner.cleanup()

    # ---

    def _gateway_url(self):
        return f"ws://127.0.0.1:{self._port}/gateway"

    def _dispatch(self, event, body):
        task = asyncio.ensure_future(self.gateway.dispatch(event, body))
        self._dispatches.add(task)
        task.add_done_callback(self._dispatches.discard)

    @asynccontextmanager
    async def serve(self):
        """Listen on a free port of 127.0.0.1, and let every discord.py client of this process come here meanwhile."""
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.router.add_get("/gateway", self.gateway.connect)
        self.rest.add_routes(app)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]
        try:
            with led_to(*self.addresses):
                yield self
        finally:
            await asyncio.gather(*self._dispatches, return_exceptions=True)
            await self.go_away()


@asynccontextmanager
async def logged_in_by_rest(client, token):
    """Let the client send, and hear of nothing; close it afterwards."""
    async with client:
        await client.login(token)
        yield client


@asynccontextmanager
async def logged_in(client, token):
    """Run the client until its guilds are there; close it afterwards. It waits for further guilds only briefly."""
    client._connection.guild_ready_timeout = 0.05  # on a busy machine it may take itself for ready before they came
    async with client:
        await client.login(token)
        connection = asyncio.create_task(client.connect())
        ready = asyncio.create_task(_is_ready_with_guilds(client))
        await asyncio.wait({connection, ready}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            connection.cancel()
            raise connection.exception() or TimeoutError("the client never became ready")
        try:
            yield client
        finally:
            await client.close()
            await asyncio.gather(connection, return_exceptions=True)


async def _is_ready_with_guilds(client):
    await client.wait_until_ready()
    with suppress(TimeoutError):  # one that is out does not come
        await until(lambda: not any(guild.unavailable for guild in client.guilds), patience=3.0)

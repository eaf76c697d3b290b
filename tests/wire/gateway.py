"""The gateway half of the wire: HELLO, IDENTIFY, READY, guilds, heartbeats, resuming, and trouble on command."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from enum import IntEnum

from aiohttp import WSMsgType, web

from tests.wire import payloads

AUTHENTICATION_FAILED = 4004
RATE_LIMITED = 4008
INVALID_SHARD = 4010
SHARDING_REQUIRED = 4011
ALONE = (0, 1)
SENDS_A_MINUTE = 120
ACK_SECONDS = 0.03
# Who hears of what: events that need an intent, by the beginning of their name.
INTENTS = {
    "GUILD_MEMBER": 1 << 1,
    "GUILD": 1 << 0,
    "CHANNEL": 1 << 0,
    "THREAD": 1 << 0,
    "MESSAGE": 1 << 9,
}


OF_GUILDS = ("GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE")


class Op(IntEnum):
    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


@dataclass
class Session:
    """One identified connection; `socket` is None while the client is away."""

    id: str
    intents: int
    socket: web.WebSocketResponse | None
    shard: tuple[int, int] = ALONE
    sequence: int = 0
    sent: list = field(default_factory=list)
    is_silent: bool = False

    async def dispatch(self, event, body):
        self.sequence += 1
        message = {"op": Op.DISPATCH, "s": self.sequence, "t": event, "d": body}
        self.sent.append(message)
        if self.socket is not None and not self.socket.closed and not self.is_silent:
            await self.socket.send_str(json.dumps(message))

    def wants(self, event):
        needed = next((bit for name, bit in INTENTS.items() if event.startswith(name)), 0)
        return not needed or bool(self.intents & needed)

    def hears_of(self, guild_id):
        """Whether the guild is dealt to this session's shard; what is of no guild goes to the first."""
        number, count = self.shard
        return ((guild_id or 0) >> 22) % count == number


class Gateway:
    """Speaks to clients over web sockets. `received` has every message that came, in order."""

    def __init__(self, world, url, *, heartbeat_seconds=41.25):
        self.world = world
        self.sessions = {}
        self.received = []
        self.heartbeat_seconds = heartbeat_seconds
        self.identifies = 0
        self.identified = []  # the shard and the moment of each identify, by the machine's clock
        self.shards = 1  # as many are recommended
        self.identifies_left = 1000  # for a day, after which there are all again
        self.anew_in_seconds = 0
        self.most_guilds_a_shard = 2500
        self._url = url
        self._silent_sockets = set()

    def operations(self):
        """What clients sent, but for heartbeats."""
        return [one["op"] for one in self.received if one["op"] != Op.HEARTBEAT]

    # --- trouble on command ---

    async def reconnect(self):
        """Tell every client to reconnect (op 7)."""
        await self._to_all(Op.RECONNECT, None)

    async def invalidate(self, *, resumable):
        """Tell every client that its session is invalid (op 9), and forget it unless it is resumable."""
        connected = self._connected()
        if not resumable:
            self.sessions = {one.id: one for one in self.sessions.values() if one not in connected}
        for session in connected:
            await _send(session.socket, Op.INVALID_SESSION, data=resumable)

    async def drop(self, code=None):
        """Close every connection with this code, or without one, as a network that fails does."""
        for session in self._connected():
            socket, session.socket = session.socket, None
            if code is None:
                socket._req.transport.abort()
            else:
                await socket.close(code=code)

    def stop_answering_heartbeats(self):
        """Make every connection that there is now a zombie: it stays open, and nothing comes over it any more."""
        for session in self._connected():
            self._silent_sockets.add(session.socket)
            session.is_silent = True

    # ---

    async def connect(self, request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await _send(socket, Op.HELLO, {"heartbeat_interval": int(self.heartbeat_seconds * 1000)})
        session = None
        allowance = Allowance()
        async for frame in socket:
            if not allowance.take():
                await socket.close(code=RATE_LIMITED, message=b"Rate limited.")
                break
            if frame.type is WSMsgType.TEXT:
                session = await self._hear(socket, json.loads(frame.data)) or session
        if session is not None and session.socket is socket:
            session.socket = None
        return socket

    async def dispatch(self, event, body):
        """Tell every client that asked for such events, of the guild's shard."""
        guild_id = body["id"] if event in OF_GUILDS else body.get("guild_id")
        for session in list(self.sessions.values()):
            if session.wants(event) and session.hears_of(int(guild_id or 0)):
                await session.dispatch(event, body)

    async def close(self):
        for session in self._connected():
            await session.socket.close()

    def _connected(self):
        return [one for one in self.sessions.values() if one.socket is not None and not one.socket.closed]

    async def _to_all(self, op, data):
        for session in self._connected():
            await _send(session.socket, op, data)

    async def _hear(self, socket, message):
        self.received.append(message)
        if socket in self._silent_sockets:
            return None
        if message["op"] == Op.HEARTBEAT:
            # Over a network it takes a while. Where it is there before discord.py's thread has noted when it sent, that
            # takes the beat before for the one that is answered, and says that it is 41 seconds behind.
            await asyncio.sleep(ACK_SECONDS)
            await _send(socket, Op.HEARTBEAT_ACK, None)
        elif message["op"] == Op.IDENTIFY:
            return await self._identify(socket, message["d"])
        elif message["op"] == Op.RESUME:
            return await self._resume(socket, message["d"])
        return None

    async def _identify(self, socket, body):
        if body["token"] != self.world.token:
            await socket.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
            return None
        self.identifies += 1
        self.identifies_left -= 1
        shard = tuple(body.get("shard", ALONE))
        self.identified.append((shard, time.monotonic()))
        session = Session(f"session-{self.identifies}", body["intents"], socket, shard)
        if code := self._refusal(session):
            await socket.close(code=code)
            return None
        self.sessions[session.id] = session
        await session.dispatch("READY", self._ready(session))
        for guild in self._guilds_of(session):
            if session.wants("GUILD_CREATE") and not guild.is_unavailable:
                await session.dispatch("GUILD_CREATE", payloads.guild(self.world, guild))
        return session

    async def _resume(self, socket, body):
        session = self.sessions.get(body["session_id"])
        if session is None or body["token"] != self.world.token:
            await _send(socket, Op.INVALID_SESSION, data=False)
            return None
        session.socket, session.is_silent = socket, False
        for missed in [one for one in session.sent if one["s"] > body["seq"]]:
            await socket.send_str(json.dumps(missed))
        await session.dispatch("RESUMED", {})
        return session

    def _refusal(self, session):
        number, count = session.shard
        if not 0 <= number < count:
            return INVALID_SHARD
        return SHARDING_REQUIRED if len(self._guilds_of(session)) > self.most_guilds_a_shard else None

    def _guilds_of(self, session):
        return [guild for guild in self.world.guilds.values() if session.hears_of(guild.id)]

    def _ready(self, session):
        return {
            "v": 10,
            "user": payloads.me(self.world),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in self._guilds_of(session)],
            "shard": list(session.shard),
            "session_id": session.id,
            "resume_gateway_url": self._url(),
            "application": {"id": str(self.world.application_id), "flags": 0},
        }


class Allowance:
    """120 messages a minute a connection may send."""

    def __init__(self):
        self._sent = []

    def take(self):
        now = asyncio.get_running_loop().time()
        self._sent = [one for one in self._sent if one > now - 60] + [now]
        return len(self._sent) <= SENDS_A_MINUTE


async def _send(socket, op, data):
    await socket.send_str(json.dumps({"op": op, "s": None, "t": None, "d": data}))

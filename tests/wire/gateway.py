"""The gateway half of the wire: HELLO, IDENTIFY, READY, guilds, heartbeats, resuming."""

import json
from dataclasses import dataclass, field
from enum import IntEnum

from aiohttp import WSMsgType, web

from tests.wire import payloads

AUTHENTICATION_FAILED = 4004
MESSAGES_INTENT = 1 << 9


class Op(IntEnum):
    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


@dataclass
class Session:
    """One identified connection; `socket` is None while the client is away."""

    id: str
    intents: int
    socket: web.WebSocketResponse | None
    sequence: int = 0
    sent: list = field(default_factory=list)

    async def dispatch(self, event, body):
        self.sequence += 1
        message = {"op": Op.DISPATCH, "s": self.sequence, "t": event, "d": body}
        self.sent.append(message)
        if self.socket is not None and not self.socket.closed:
            await self.socket.send_str(json.dumps(message))


class Gateway:
    """Speaks to clients over web sockets. `received` has every message that came, in order."""

    def __init__(self, world, url, *, heartbeat_seconds=41.25):
        self.world = world
        self.sessions = {}
        self.received = []
        self._url = url
        self._heartbeat_seconds = heartbeat_seconds

    async def connect(self, request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await _send(socket, Op.HELLO, {"heartbeat_interval": int(self._heartbeat_seconds * 1000)})
        session = None
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                session = await self._hear(socket, json.loads(frame.data)) or session
        if session is not None and session.socket is socket:
            session.socket = None
        return socket

    async def dispatch(self, event, body):
        """Tell every client that asked for such events."""
        for session in self.sessions.values():
            if event != "MESSAGE_CREATE" or session.intents & MESSAGES_INTENT:
                await session.dispatch(event, body)

    async def close(self):
        for session in self.sessions.values():
            if session.socket is not None:
                await session.socket.close()

    async def _hear(self, socket, message):
        self.received.append(message)
        if message["op"] == Op.HEARTBEAT:
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
        session = Session(f"session-{len(self.sessions) + 1}", body["intents"], socket)
        self.sessions[session.id] = session
        await session.dispatch("READY", self._ready(session))
        for guild in self.world.guilds.values():
            await session.dispatch("GUILD_CREATE", payloads.guild(self.world, guild))
        return session

    async def _resume(self, socket, body):
        session = self.sessions.get(body["session_id"])
        if session is None or body["token"] != self.world.token:
            await _send(socket, Op.INVALID_SESSION, data=False)
            return None
        session.socket = socket
        for missed in [one for one in session.sent if one["s"] > body["seq"]]:
            await socket.send_str(json.dumps(missed))
        await session.dispatch("RESUMED", {})
        return session

    def _ready(self, session):
        return {
            "v": 10,
            "user": payloads.user(self.world),
            "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in self.world.guilds],
            "session_id": session.id,
            "resume_gateway_url": self._url(),
            "application": {"id": str(self.world.application_id), "flags": 0},
        }


async def _send(socket, op, data):
    await socket.send_str(json.dumps({"op": op, "s": None, "t": None, "d": data}))

"""A way to a server on loopback that can be cut off, closed, slow and lossy."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

_CHUNK = 65_536


@dataclass
class Proxy:
    """How the way is now; each may be changed at any time.

    Where it is not `open`, nothing is forwarded, as of a machine that is stopped: connections stand, and are silent.
    """

    to_port: int
    delay: float = 0.0
    """Seconds, each way."""
    dropped: float = 0.0
    """So many of the connections are broken off, within a second of their beginning."""
    is_refusing: bool = False
    port: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)
    connections: set[asyncio.StreamWriter] = field(default_factory=set)

    def break_all(self) -> None:
        """Break off all connections."""
        for one in tuple(self.connections):
            one.transport.abort()

    @asynccontextmanager
    async def serve(self) -> AsyncIterator["Proxy"]:
        """Listen on a port of loopback."""
        self.open.set()
        server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.break_all()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_refusing:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.to_port)
        except OSError:
            writer.transport.abort()
            return
        self.connections |= {writer, back}
        if random.random() < self.dropped:  # noqa: S311 -- no secret
            asyncio.get_running_loop().call_later(random.random(), writer.transport.abort)  # noqa: S311 -- as above
        try:
            await asyncio.gather(self._carry(reader, back), self._carry(there, writer))
        finally:
            for one in (writer, back):
                self.connections.discard(one)
                one.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(_CHUNK):
                await asyncio.sleep(self.delay)
                await self.open.wait()
                writer.write(chunk)
                await writer.drain()
        writer.transport.abort()

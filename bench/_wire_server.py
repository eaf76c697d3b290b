"""A Discord on loopback, in a process of its own: it says where it is, and at the end of its input what it has seen."""

import asyncio
import json
import sys
from collections import Counter
from typing import Any

from tests.wire.server import WireDiscord

_CHANNELS_A_GUILD = 250


async def _serve(number: int) -> None:
    async with WireDiscord().serve() as wire:
        channels = []
        for first in range(0, number, _CHANNELS_A_GUILD):
            guild = wire.world.add_guild(f"Harbour {first}")
            wanted = range(first, min(first + _CHANNELS_A_GUILD, number))
            channels += [wire.world.add_channel(guild, f"news-{one}") for one in wanted]
        places = [[one.guild_id, one.id] for one in channels]
        print(json.dumps({"addresses": wire.addresses, "token": wire.world.token, "channels": places}), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        print(json.dumps(_account(wire, channels)), flush=True)


def _account(wire: Any, channels: Any) -> dict[str, Any]:
    posts = wire.rest.sent("POST", "/messages")
    return {
        "answers": Counter(str(one.status) for one in wire.rest.requests),
        "posts": len(posts),
        "channels with one message": sum(len(one.messages) == 1 for one in channels),
        "channels with more": sum(len(one.messages) > 1 for one in channels),
        "complaints": len(wire.rest.complaints),
    }


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))

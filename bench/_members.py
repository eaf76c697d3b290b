"""Members of a Discord on loopback who type and ask, in a process of its own; it says how long they waited.

Each line of its input is for how many seconds they do; the answer is a line with what they waited, in milliseconds. At
the end of the input it says what it has seen.
"""

import asyncio
import json
import sys
import time
from random import Random
from typing import Any

from bench._scene import spread
from tests.wire.server import WireDiscord

_BETWEEN_SIGNS, _BETWEEN_QUESTIONS = 0.25, 1.5  # seconds, on average
_SIGNS = 4
_REFUSED = 400
_SHOW = ("commitment show", "commitment")


class _Member:
    """Somebody who types a word, sign by sign, then asks something, and waits for the answer."""

    def __init__(self, person: Any, channel: Any, words: list[str], random: Random) -> None:
        self._person = person
        self._channel = channel
        self._words = words
        self._random = random
        self.typed: list[float] = []
        self.first: list[float] = []
        self.whole: list[float] = []

    async def go_on(self, until: float) -> None:
        await asyncio.sleep(self._random.random() * _BETWEEN_QUESTIONS)
        while time.perf_counter() < until:
            word = self._random.choice(self._words)
            for length in range(_SIGNS):
                await self._type(word[:length])
                await asyncio.sleep(self._random.expovariate(1 / _BETWEEN_SIGNS))
            await self._ask(word)
            await asyncio.sleep(self._random.expovariate(1 / _BETWEEN_QUESTIONS))

    async def _type(self, typed: str) -> None:
        command, option = _SHOW
        began = time.perf_counter()
        await self._person.autocomplete(command, self._channel, option, **{option: typed})
        self.typed.append(1000 * (time.perf_counter() - began))

    async def _ask(self, word: str) -> None:
        asked: list[tuple[str, dict[str, Any]]] = [
            ("article search", {"words": word}),
            ("quote search", {"words": word}),
            ("commitment list", {"words": word}),
            ("commitment due", {}),
            ("help", {}),
        ]
        command, options = self._random.choice(asked)
        began = time.perf_counter()
        interaction = await self._person.invoke(command, self._channel, wait=False, **options)
        await interaction.until(lambda one: one.answer is not None)
        self.first.append(1000 * (time.perf_counter() - began))
        await interaction.until(lambda one: one.is_visible)
        self.whole.append(1000 * (time.perf_counter() - began))


async def _serve(guild_ids: list[int], members: int, words: list[str]) -> None:
    random = Random(members)  # noqa: S311 -- the same questions each time
    async with WireDiscord().serve() as wire:
        channels = [wire.world.add_channel(_guild(wire, guild_id), "news") for guild_id in guild_ids]
        places = [[one.guild_id, one.id] for one in channels]
        _say({"addresses": wire.addresses, "token": wire.world.token, "channels": places})
        while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
            asking = []
            for number in range(members):
                channel = channels[number % len(channels)]
                person = await wire.member(wire.world.guild_of(channel), f"reader {number}")
                asking.append(_Member(person, channel, words, random))
            until = time.perf_counter() + float(line)
            await asyncio.gather(*(one.go_on(until) for one in asking))
            first = [taken for one in asking for taken in (*one.typed, *one.first)]
            _say(
                {
                    "first response": spread(first),
                    "of them autocompletes": spread([taken for one in asking for taken in one.typed]),
                    "whole answer": spread([taken for one in asking for taken in one.whole]),
                }
            )
        answers = [one.status for one in wire.rest.requests]
        refused = sum(one >= _REFUSED for one in answers)
        _say({"requests": len(answers), "refused": refused, "complaints": wire.wrongs()})


def _guild(wire: Any, guild_id: int) -> Any:
    # With the id that the record knows.
    wire.world.new_id = lambda: guild_id
    guild = wire.world.add_guild(f"Harbour {guild_id}")
    del wire.world.new_id
    return guild


def _say(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(json.loads(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])))

"""Every command with sense and with nonsense, every control of every answer, before and after a restart, and abroad."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog

from bench._harbour import Harbour, Running, harbour
from digest import bundled_sources
from tests.hostile import ATTACKS
from tests.wire.errors import NobodyAnsweredError, NotOfferedError, WireError
from tests.wire.interactions import Answer
from tests.wire.limits_components import BUTTON, LINK, SELECTS, flattened
from tests.wire.nouns import Message

_SUBCOMMAND, _GROUP, _STRING, _INTEGER, _BOOLEAN, _CHANNEL, _ROLE, _ATTACHMENT = 1, 2, 3, 4, 5, 7, 8, 11
_SLASH, _ON_MESSAGE = 1, 3
_PATIENCE = 20.0
_DEEP = 8
_MOST = 2000  # presses
_TOGETHER = 30  # commands
_LAST = ("remove", "delete", "suppress", "retract", "import")
_SENSIBLE = {"time": "8:00", "zone": "Europe/Berlin", "url": bundled_sources()[0].url, "date": "today"}


@dataclass
class Account:
    """What came of it all."""

    commands: int = 0
    presses: int = 0
    unanswered: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    controls: dict[str, tuple[Any, Message]] = field(default_factory=dict)


class Crawler:
    """Somebody who tries everything that is offered in one channel."""

    def __init__(self, place: Harbour, account: Account, guild: int = 0) -> None:
        self._place = place
        self._guild = guild
        self._account = account
        self._attacks = _endless(ATTACKS)
        self._done: set[tuple[str, tuple[str, ...]]] = set()

    async def try_commands(self, *, is_hostile: bool) -> None:
        """Use every command once, those that take something away last, and what each answer offers."""
        kept = self._place.wire.world.registry.commands[None].values()
        for body in kept:
            if body["type"] == _ON_MESSAGE:
                for message in list(self._place.channels[0].messages.values())[:3]:
                    await self._try(
                        body["name"], self._person().use_on(body["name"], message, self._channel(), wait=False)
                    )
        leaves = [leaf for body in kept if body["type"] == _SLASH for leaf in _leaves(body)]
        for name, options in sorted(leaves, key=lambda leaf: (leaf[0].endswith(_LAST), leaf[0])):
            await self._try_command(name, options, is_hostile=is_hostile)

    async def ask_together(self, number: int) -> None:
        """Use so many commands before any of them is answered."""
        words = {"words": "port"}
        typed: tuple[tuple[str, Mapping[str, Any]], ...] = (
            *((name, {}) for name in ("help", "today", "catchup", "status")),
            *((name, words) for name in ("article search", "quote search", "commitment list")),
        )
        asked = [typed[one % len(typed)] for one in range(number)]
        self._account.commands += number
        acts = (self._person().invoke(name, self._channel(), wait=False, **options) for name, options in asked)
        await asyncio.gather(*(self._try(f"/{name}", act, _DEEP) for (name, _), act in zip(asked, acts, strict=True)))

    async def press_all(self, person: Any, message: Message, depth: int = 0) -> None:
        """Press and choose everything on a message, and go on with what that answers."""
        for one in [*flattened(message.components)]:
            if self._account.presses >= _MOST or depth >= _DEEP or "custom_id" not in one or one.get("disabled"):
                continue
            for values in _choices(one, self._place):
                key = (one["custom_id"], tuple(map(str, values)))
                if key not in self._done:
                    self._done.add(key)
                    await self._press(person, message, one, values, depth)

    async def _try_command(self, name: str, options: Sequence[Mapping[str, Any]], *, is_hostile: bool) -> None:
        filled: dict[str, Any] = {}
        for one in options:
            value = self._hostile(one) if is_hostile else await self._sensible(name, one, filled)
            if value is not None:
                filled[one["name"]] = value
        self._account.commands += 1
        await self._try(f"/{name}", self._person().invoke(name, self._channel(), wait=False, **filled))

    async def _press(
        self, person: Any, message: Message, one: Mapping[str, Any], values: Sequence[Any], depth: int
    ) -> None:
        self._account.presses += 1
        self._account.controls.setdefault(one["custom_id"], (person, message))
        if one["type"] == BUTTON:
            act = person.press(message, one["custom_id"], wait=False)
        else:
            act = person.choose(message, one["custom_id"], *values, wait=False)
        await self._try(one["custom_id"], act, depth + 1, person)

    async def _try(self, what: str, act: Any, depth: int = 0, person: Any = None) -> None:
        person = person or self._person()
        try:
            asked = await act
        except (NotOfferedError, WireError) as error:
            self._account.refused.append(f"{what}: {error}")
            return
        before = asked.source.edited_at if asked.source else None
        try:
            await asked.until(lambda one: _is_answered(one, before), patience=_PATIENCE)
        except NobodyAnsweredError:
            self._account.unanswered.append(what)
            return
        if asked.modal is not None:
            await self._fill(what, asked, depth, person)
        for message in asked.messages:
            await self.press_all(person, message, depth)

    async def _fill(self, what: str, asked: Any, depth: int, person: Any) -> None:
        inputs = [one for one in flattened(asked.modal["components"]) if "custom_id" in one]
        texts = {one["custom_id"]: self._text(one) for one in inputs}
        await self._try(f"form of {what}", person.submit(asked, wait=False, **texts), depth + 1, person)

    def _hostile(self, one: Mapping[str, Any]) -> Any:
        if one["type"] == _STRING and not one.get("choices"):
            return self._text(one)
        return self._plain(one)

    def _text(self, one: Mapping[str, Any]) -> str:
        text = next(self._attacks) * 3
        return (text + "x" * (one.get("min_length") or 1))[: one.get("max_length") or 100] or "x"

    async def _sensible(self, name: str, one: Mapping[str, Any], filled: Mapping[str, Any]) -> Any:
        if one["type"] != _STRING or one.get("choices"):
            return self._plain(one)
        if one.get("autocomplete"):
            typed = {one["name"]: ""}
            offered = await self._person().autocomplete(name, self._channel(), one["name"], **(dict(filled) | typed))
            if offered:
                return offered[0][1]
        wanted = _SENSIBLE.get(one["name"])
        return wanted or ("port" if one.get("required") else None)

    def _plain(self, one: Mapping[str, Any]) -> Any:
        if one.get("choices"):
            return one["choices"][0]["value"]
        values = {
            _INTEGER: one.get("min_value", 1),
            _BOOLEAN: True,
            _CHANNEL: self._channel(),
            _ROLE: next(iter(self._place.guilds[0].roles.values())),
        }
        return values.get(one["type"])

    def _person(self) -> Any:
        return self._place.managers[self._guild]

    def _channel(self) -> Any:
        return self._place.channels[self._guild]


def measure_controls() -> dict[str, Any]:
    """Return what came of every command and control: see the keys; the wire holds each request against the limits."""
    with TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> dict[str, Any]:
    account = Account()
    structlog.configure(processors=[lambda _, level, event: _note(account, level, event)])
    async with harbour(folder) as (place, running):
        async with running():
            crawler = Crawler(place, account)
            for message in list(place.channels[0].messages.values()):
                await crawler.press_all(place.readers[0], message)
            for is_hostile in (False, True, True):
                await crawler.try_commands(is_hostile=is_hostile)
        async with running():
            await Crawler(place, account).ask_together(_TOGETHER)
        restarted = await _after_restart(place, running, account)
        abroad = await _abroad(place, running, account)
        every = [message for channel in place.channels for message in channel.messages.values()]
        return {
            "commands": account.commands,
            "presses": account.presses,
            "requests": Counter(str(one.status) for one in place.wire.rest.requests),
            "over a limit, or not as Discord describes": place.wire.rest.complaints,
            "unanswered": account.unanswered,
            "refused by the client": len(account.refused),
            "errors in the log": account.errors,
            "pings": sum(bool(message.pings) for message in every),
            "controls pressed after a restart": restarted,
            "ids of another guild": abroad,
        }


async def _after_restart(place: Harbour, running: Running, account: Account) -> dict[str, Any]:
    fresh = Account()
    async with running():
        crawler = Crawler(place, fresh)
        seen = {custom_id.split(":")[1]: pair for custom_id, pair in account.controls.items()}
        for person, message in seen.values():
            await crawler.press_all(person, message, _DEEP - 1)
    account.errors += fresh.errors
    return {"acts": sorted(seen), "presses": fresh.presses, "unanswered": fresh.unanswered}


async def _abroad(place: Harbour, running: Running, account: Account) -> dict[str, Any]:
    """Put the controls of the first guild on messages of the second, and press them there."""
    fresh = Account()
    told = {text for message in place.channels[0].messages.values() for text in _headlines(message)}
    leaks: list[str] = []
    async with running():
        crawler = Crawler(place, fresh, guild=1)
        channel = place.channels[1]
        for custom_id, (_, message) in account.controls.items():
            wanted = [one for one in flattened(message.components) if one.get("custom_id") == custom_id]
            world = place.wire.world
            copy = Message(
                world.new_id(),
                channel.id,
                world.bot,
                "",
                [],
                world.now(),
                components=[{"type": 1, "components": wanted}],
            )
            channel.messages[copy.id] = copy
            before = len(place.wire.rest.requests)
            await crawler.press_all(place.managers[1], copy, _DEEP - 1)
            said = json.dumps([one.body for one in place.wire.rest.requests[before:]], ensure_ascii=False)
            leaks += [f"{custom_id}: {text}" for text in told if text in said]
    return {"controls": len(account.controls), "leaks": leaks, "unanswered": fresh.unanswered}


def _headlines(message: Message) -> Iterator[str]:
    return (embed["title"] for embed in message.embeds if embed.get("url"))


def _note(account: Account, level: str, event: Any) -> str:
    if level in {"error", "exception", "critical"}:
        account.errors.append(f"{event.get('event')}: {event.get('command', '')} {event.get('exc_info', '')!r}")
    raise structlog.DropEvent


def _is_answered(asked: Any, before: Any) -> bool:
    if asked.answer is Answer.DEFERRED_UPDATE:  # then the message changes, or something is said below it
        return bool(asked.followups) or asked.source.edited_at != before
    return asked.answer is not None and not asked.is_thinking


def _leaves(body: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    name = f"{before} {body['name']}".strip()
    inner = [one for one in body.get("options", ()) if one["type"] in (_SUBCOMMAND, _GROUP)]
    if not inner:
        if not any(one["type"] == _ATTACHMENT for one in body.get("options", ())):
            yield name, body.get("options", ())
        return
    for one in inner:
        yield from _leaves(one, name)


def _choices(one: Mapping[str, Any], place: Harbour) -> list[list[Any]]:
    if one["type"] == BUTTON:
        return [] if one.get("style") == LINK else [[]]
    if one["type"] not in SELECTS:
        return []
    options = [option["value"] for option in one.get("options") or ()]
    if options:
        return [[options[0]], [options[-1]]] if len(options) > 1 else [[options[0]]]
    things = {8: place.channels[0], 6: next(iter(place.guilds[0].roles.values())), 5: place.readers[0]}
    return [[things[one["type"]]]] if one["type"] in things else []


def _endless(attacks: Sequence[str]) -> Iterator[str]:
    while True:
        yield from attacks

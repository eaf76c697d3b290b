"""`onrecord source`: follow sources and see how they do, without Discord."""

import argparse
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from rich.console import Console

from bot.app import LOCAL
from bot.clock import read_clock
from bot.cogs.sources import check_list_size, import_list, with_scheme
from bot.errors import InputError
from bot.logs import configure_logging
from bot.options import pick_source
from bot.render.message import Message
from bot.render.sources import name_source, render_health, render_list, render_offers, render_sources
from bot.render.terminal import render_sentence, render_terminal
from bot.render.text import escape
from bot.running import open_service
from bot.settings import Settings
from bot.texts import sources as words
from digest import Offer, Service, WebFetcher, name_agent
from digest.model import SourceStatus

Ask = Callable[[str], str]
"""Puts a question and returns the answer; EOFError where nobody is there."""


async def run_source_command(options: argparse.Namespace) -> int:
    """Do what `onrecord source` was asked to, over the database of the settings, and return the exit status."""
    settings = Settings.from_env()
    configure_logging(settings)
    async with _open(settings) as service:
        return await act(service, options)


async def act(service: Service, options: argparse.Namespace, ask: Ask | None = None) -> int:
    """Do what was asked to with this service, and return the exit status; `ask` puts a question to whoever is there."""
    guild_id = await _server(service, options)
    if options.action == "add":
        return await _add(service, guild_id, options, ask or _ask)
    return await _ACTIONS[options.action](service, guild_id, options)


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[Service]:
    agent = name_agent(str(settings.contact_url or ""))
    async with (
        WebFetcher(allow_private=settings.allow_private_networks, user_agent=agent) as fetcher,
        open_service(settings.database_url, fetcher, settings) as service,
    ):
        yield service


async def _server(service: Service, options: argparse.Namespace) -> int:
    if options.server is not None:
        return int(options.server)
    known = await service.list_guilds()
    if len(known) > 1:
        raise InputError(words.CLI_WHICH_SERVER.format(ids=", ".join(map(str, known))))
    return known[0] if known else LOCAL


async def _add(service: Service, guild_id: int, options: argparse.Namespace, ask: Ask) -> int:
    offers = await service.discover(with_scheme(options.url))
    _print(render_offers(offers))
    chosen = offers[0] if options.yes else _choose(offers, ask)
    if chosen is None:
        _say(words.OFFER_LEFT)
        return 0
    source = await service.add_source(guild_id, chosen.source.url, now=read_clock(), kind=chosen.source.kind)
    _say(words.SOURCE_ADDED.format(name=name_source(source)))
    return 0


def _choose(offers: tuple[Offer, ...], ask: Ask) -> Offer | None:
    question = words.CLI_ASK_ONE if len(offers) == 1 else words.CLI_ASK.format(most=len(offers))
    try:
        answer = ask(question).strip().casefold()
    except EOFError:  # nobody is there to answer
        sys.stdout.write("\n")
        return None
    if len(offers) == 1 and answer in words.YES:
        return offers[0]
    return {str(number): offer for number, offer in enumerate(offers, 1)}.get(answer)


def _ask(question: str) -> str:
    # The first Ctrl-C would only cancel asyncio's task, which does not notice before somebody presses Enter.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return input(question)
    finally:
        signal.signal(signal.SIGINT, before)


async def _list(service: Service, guild_id: int, _: argparse.Namespace) -> int:
    await _show(service, guild_id, render_sources)
    return 0


async def _health(service: Service, guild_id: int, _: argparse.Namespace) -> int:
    await _show(service, guild_id, render_health)
    return 0


async def _remove(service: Service, guild_id: int, options: argparse.Namespace) -> int:
    source = pick_source(options.source, await service.list_sources(guild_id)).source
    await service.remove_source(guild_id, source.id)
    _say(words.SOURCE_REMOVED.format(name=name_source(source)))
    return 0


async def _import(service: Service, guild_id: int, options: argparse.Namespace) -> int:
    try:
        check_list_size(options.file.stat().st_size)
        body = options.file.read_bytes()
    except OSError as error:
        raise InputError(words.CLI_NO_FILE.format(path=escape(str(options.file)))) from error
    _say(await import_list(service, guild_id, body, now=read_clock()))
    return 0


async def _export(service: Service, guild_id: int, options: argparse.Namespace) -> int:
    sentence, content = render_list(await service.list_sources(guild_id))
    if options.output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return 0
    try:
        options.output.write_bytes(content)
    except OSError as error:
        raise InputError(words.CLI_NO_PLACE.format(path=escape(str(options.output)))) from error
    _say(sentence)
    return 0


_ACTIONS: dict[str, Callable[[Service, int, argparse.Namespace], Awaitable[int]]] = {
    "list": _list,
    "health": _health,
    "remove": _remove,
    "import": _import,
    "export": _export,
}


async def _show(service: Service, guild_id: int, render: Callable[[Sequence[SourceStatus]], Message]) -> None:
    message = render(await service.list_sources(guild_id))
    if message.embeds:
        _print(message)
    else:
        _say(message.content)


def _print(message: Message) -> None:
    Console().print(render_terminal(message, now=read_clock()))


def _say(sentence: str) -> None:
    sys.stdout.write(f"{render_sentence(sentence)}\n")
    sys.stdout.flush()

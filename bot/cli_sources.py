"""`onrecord source`: follow sources and see how they do, without Discord."""

import argparse
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from rich.console import Console

from bot.app import LOCAL, open_service
from bot.clock import read_clock
from bot.cogs.options import pick_source
from bot.cogs.sources import with_scheme
from bot.errors import InputError
from bot.logs import configure_logging
from bot.render.message import Message
from bot.render.sources import render_health, render_list, render_offers, render_sources, show_imported
from bot.render.terminal import render_terminal
from bot.settings import Settings
from bot.texts import sources as words
from digest import Offer, Service, WebFetcher, name_agent


async def run_source_command(options: argparse.Namespace) -> int:
    """Do what `onrecord source` was asked to, and return the exit status."""
    settings = Settings.from_env()
    configure_logging(settings)
    async with _open(settings) as service:
        guild_id = await _server(service, options)
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


async def _add(service: Service, guild_id: int, options: argparse.Namespace) -> int:
    offers = await service.discover(with_scheme(options.url))
    _print(render_offers(offers))
    chosen = offers[0] if options.yes else _choose(offers)
    if chosen is None:
        _say(words.OFFER_LEFT)
        return 0
    source = await service.add_source(guild_id, chosen.source.url, now=read_clock(), kind=chosen.source.kind)
    _say(words.SOURCE_ADDED.format(name=source.name))
    return 0


def _choose(offers: tuple[Offer, ...]) -> Offer | None:
    ask = words.CLI_ASK_ONE if len(offers) == 1 else words.CLI_ASK.format(most=len(offers))
    try:
        answer = input(ask).strip().casefold()
    except EOFError:  # nobody is there to answer
        return None
    if len(offers) == 1:
        return offers[0] if answer in words.YES else None
    return offers[int(answer) - 1] if answer.isdecimal() and 0 < int(answer) <= len(offers) else None


async def _list(service: Service, guild_id: int, _: argparse.Namespace) -> int:
    _print(render_sources(await service.list_sources(guild_id)))
    return 0


async def _health(service: Service, guild_id: int, _: argparse.Namespace) -> int:
    _print(render_health(await service.list_sources(guild_id)))
    return 0


async def _remove(service: Service, guild_id: int, options: argparse.Namespace) -> int:
    source = pick_source(options.source, await service.list_sources(guild_id)).source
    await service.remove_source(guild_id, source.id)
    _say(words.SOURCE_REMOVED.format(name=source.name))
    return 0


async def _import(service: Service, guild_id: int, options: argparse.Namespace) -> int:
    try:
        body = options.file.read_bytes()
    except OSError as error:
        raise InputError(words.CLI_NO_FILE.format(path=options.file)) from error
    _say(show_imported(await service.import_sources(guild_id, body, now=read_clock())))
    return 0


async def _export(service: Service, guild_id: int, options: argparse.Namespace) -> int:
    sentence, content = render_list(await service.list_sources(guild_id))
    if options.output is None:
        sys.stdout.write(content.decode())
        return 0
    options.output.write_bytes(content)
    _say(sentence)
    return 0


_ACTIONS: dict[str, Callable[[Service, int, argparse.Namespace], Awaitable[int]]] = {
    "add": _add,
    "list": _list,
    "health": _health,
    "remove": _remove,
    "import": _import,
    "export": _export,
}


def _print(message: Message) -> None:
    Console().print(render_terminal(message, now=read_clock()))


def _say(sentence: str) -> None:
    sys.stdout.write(f"{re.sub(r'[*`]', '', sentence)}\n")
    sys.stdout.flush()

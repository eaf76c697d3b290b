"""The command line: run the bot, preview a digest, read articles."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console

from bot import texts
from bot.channels_local import LocalChannel
from bot.clock import read_clock
from bot.errors import BotError, SettingsError, explain
from bot.inputs import read_inputs, warm_up
from bot.logs import configure_logging
from bot.memory import share_heap
from bot.preview import Gathering, show_inputs
from bot.render.terminal import render_brief, render_sentence
from bot.role import QueueName, Role, RoleName, parse_queues
from bot.settings import Settings
from bot.shards import Shards, parse_shards
from bot.texts import doctor, housekeeping, roles, sources, store
from digest import DigestError, ReadingPool, StoreError, WebFetcher, name_agent
from digest.errors import AlreadyExistsError, BackupError, MoveError, NotFoundError

WRONG_INPUT = 2
_FAILED = 1
_INTERRUPTED = 130
_MOST_PROCESSES = 4
_INPUTS_A_PROCESS = 10  # to start a process takes as long as to read ten articles


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit status: 0, 2 for a wrong input or setting, 1 for the rest."""
    options = parser().parse_args(arguments)
    commands: dict[str, Callable[[argparse.Namespace], Coroutine[Any, Any, int]]] = {
        "preview": _preview,
        "read": _read,
        "source": _source,
        "backup": _store,
        "restore": _store,
        "migrate": _migrate,
        "invite": _invite,
        "doctor": _doctor,
    }
    try:
        return asyncio.run(commands.get(options.command, _run)(options))
    except (BotError, DigestError) as error:
        sys.stderr.write(f"{_sentence(error)}\n")
        return WRONG_INPUT if isinstance(error, SettingsError) else _FAILED
    except KeyboardInterrupt:
        sys.stderr.write(f"{texts.STOPPED}\n")
        return _INTERRUPTED
    except BrokenPipeError:
        # Who reads our output has gone; Python would complain once more when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED


def _sentence(error: BotError | DigestError) -> str:
    if isinstance(error, (BackupError, MoveError)):
        return explain(error)  # written for a terminal, with names of files that may hold anything
    # Elsewhere it is told to users; here to who runs the bot, who can do something about the database.
    is_of_database = isinstance(error, StoreError) and not isinstance(error, (AlreadyExistsError, NotFoundError))
    return texts.CLI_STORE.format(why=error) if is_of_database else render_sentence(explain(error))


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line: every command and option with its help."""
    root = argparse.ArgumentParser(prog="onrecord", description=texts.CLI_ABOUT)
    root.add_argument("--version", action="version", version=f"onrecord {version('onrecord')}")
    root.add_argument("--stay", action="store_true", help=texts.CLI_STAY)
    commands = root.add_subparsers(dest="command", metavar="command")
    _add_run(commands)
    preview = commands.add_parser("preview", help=texts.CLI_PREVIEW, description=texts.CLI_PREVIEW)
    preview.add_argument("inputs", nargs="*", metavar="FILE_OR_URL", help=texts.CLI_INPUTS)
    preview.add_argument("--output", type=Path, default=Path("preview.html"), help=texts.CLI_OUTPUT)
    read = commands.add_parser("read", help=texts.CLI_READ, description=texts.CLI_READ)
    read.add_argument("inputs", nargs="+", metavar="FILE_OR_URL", help=texts.CLI_INPUTS)
    read.add_argument("--json", action="store_true", help=texts.CLI_JSON)
    source = commands.add_parser("source", help=sources.CLI_SOURCE, description=sources.CLI_SOURCE)
    _add_actions(source.add_subparsers(dest="action", metavar="action", required=True))
    invite = commands.add_parser("invite", help=housekeeping.CLI_INVITE, description=housekeeping.CLI_INVITE)
    invite.add_argument("--client-id", type=int, metavar="ID", help=housekeeping.CLI_CLIENT_ID)
    look = commands.add_parser("doctor", help=doctor.CLI_DOCTOR, description=doctor.CLI_DOCTOR)
    look.add_argument("--json", action="store_true", help=doctor.CLI_JSON)
    for name, about in store.CLI_ACTIONS.items():
        action = commands.add_parser(name, help=about, description=about)
        action.add_argument("file", type=Path, metavar="FILE", help=store.CLI_FILES[name])
    migrate = commands.add_parser("migrate", help=store.CLI_MIGRATE, description=store.CLI_MIGRATE)
    migrate.add_argument("--to", required=True, metavar="URL", help=store.CLI_TO)
    return root


def _add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = commands.add_parser("run", help=texts.CLI_RUN, description=texts.CLI_RUN)
    # Without a default of its own, so that `onrecord --stay run` is not undone.
    run.add_argument("--stay", action="store_true", default=argparse.SUPPRESS, help=texts.CLI_STAY)
    run.add_argument(
        "role", nargs="?", choices=[one.value for one in RoleName], metavar="gateway|clock|worker", help=roles.CLI_ROLE
    )
    run.add_argument("--shards", type=_shards, metavar="IDS/COUNT", help=roles.CLI_SHARDS)
    run.add_argument("--queues", type=_queues, metavar="NAMES", help=roles.CLI_QUEUES)


def _add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, about in sources.CLI_ACTIONS.items():
        action = actions.add_parser(name, help=about, description=about)
        action.add_argument("--server", type=int, metavar="ID", help=sources.CLI_SERVER)
        match name:
            case "add":
                action.add_argument("url", metavar="URL", help=sources.CLI_URL)
                action.add_argument("--yes", action="store_true", help=sources.CLI_YES)
            case "remove":
                action.add_argument("source", metavar="NAME", help=sources.CLI_NAME)
            case "import":
                action.add_argument("file", type=Path, metavar="FILE", help=sources.CLI_OPML)
            case "export":
                action.add_argument("--output", type=Path, help=sources.CLI_OUTPUT)


async def _source(options: argparse.Namespace) -> int:
    from bot.cli_sources import run_source_command  # noqa: PLC0415 -- reading a file needs no Discord

    return await run_source_command(options)


async def _store(options: argparse.Namespace) -> int:
    from bot.cli_store import run_store_command  # noqa: PLC0415 -- reading a file needs no database

    return await run_store_command(options)


async def _migrate(options: argparse.Namespace) -> int:
    from bot.cli_migrate import run_migrate_command  # noqa: PLC0415 -- as above

    return await run_migrate_command(options)


async def _invite(options: argparse.Namespace) -> int:
    from bot.cli_invite import run_invite_command  # noqa: PLC0415 -- reading a file needs no Discord

    return run_invite_command(options)


async def _doctor(options: argparse.Namespace) -> int:
    from bot.cli_doctor import run_doctor_command  # noqa: PLC0415 -- reading a file needs no Discord

    return await run_doctor_command(options)


async def _run(options: argparse.Namespace) -> int:
    from bot.app import run  # noqa: PLC0415 -- reading a file needs no Discord

    share_heap()
    await run(Settings.from_env(), _role_of(options), stay=options.stay)
    return 0


def _role_of(options: argparse.Namespace) -> Role | None:
    given = getattr(options, "role", None)
    name = RoleName(given) if given else None
    for option, role in (("shards", RoleName.GATEWAY), ("queues", RoleName.WORKER)):
        if getattr(options, option, None) is not None and name is not role:
            raise SettingsError([(f"--{option}", roles.NOT_OF_ROLE.format(role=role.value))])
    if name is None:
        return None
    return Role(name, options.shards, options.queues or tuple(QueueName))


def _shards(given: str) -> Shards:
    try:
        return parse_shards(given)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _queues(given: str) -> tuple[QueueName, ...]:
    try:
        return parse_queues(given)
    except ValueError as error:
        raise argparse.ArgumentTypeError(roles.QUEUES_WRONG.format(given=given)) from error


async def _preview(options: argparse.Namespace) -> int:
    if not options.inputs:
        from bot.app import run_locally  # noqa: PLC0415 -- as above

        settings = Settings.from_env()
        configure_logging(settings)
        await run_locally(settings, None, options.output, Console())
        return 0
    channel = LocalChannel(Console(), options.output)
    async with _tools(options) as (fetcher, think, _):
        gathering = Gathering(fetcher, think, read_clock())
        await show_inputs(options.inputs, gathering, channel)
    for name, error in gathering.failed:
        _complain(name, error)
    _say(texts.LOCAL_PREVIEW.format(path=options.output) if gathering.briefs else texts.INPUT_NOTHING)
    return WRONG_INPUT if gathering.failed or not gathering.briefs else 0


async def _read(options: argparse.Namespace) -> int:
    console = Console()
    failed = 0
    async with _tools(options) as (fetcher, think, workers):
        async for name, reading in read_inputs(options.inputs, fetcher, think, at_once=2 * workers):
            if isinstance(reading, Exception):
                failed += 1
                _complain(name, reading)
            elif options.json:
                # ASCII: whatever the terminal or pipe takes, and lone surrogates of broken pages pass as well.
                _say(json.dumps(reading.to_dict()))
            else:
                console.print(render_brief(reading))
    return WRONG_INPUT if failed else 0


@asynccontextmanager
async def _tools(options: argparse.Namespace) -> AsyncIterator[tuple[WebFetcher, ReadingPool, int]]:
    """Open a fetcher and as many reading processes as the inputs can use."""
    settings = Settings.from_env()
    agent = name_agent(str(settings.contact_url or ""))
    workers = min(1 + len(options.inputs) // _INPUTS_A_PROCESS, os.cpu_count() or 1, _MOST_PROCESSES)
    async with (
        WebFetcher(allow_private=settings.allow_private_networks, user_agent=agent) as fetcher,
        ReadingPool(workers, warm_up=warm_up) as think,
    ):
        yield fetcher, think, workers


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _complain(name: str, error: BaseException) -> None:
    sys.stderr.write(f"{texts.INPUT_FAILED.format(name=name, why=explain(error))}\n")

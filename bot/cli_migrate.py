"""`onrecord migrate --to URL`: what SQLite holds to PostgreSQL."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.logs import configure_logging
from bot.settings import Settings
from bot.texts import store as words
from digest import move_store

Told = Callable[[str, str, int, int], None]


async def run_migrate_command(options: argparse.Namespace) -> int:
    """Move the database of the settings to `--to`, and say what to do next."""
    settings = Settings.from_env()
    configure_logging(settings)
    began_at = monotonic()
    with _progress(Console(stderr=True)) as told:
        moved = await move_store(settings.database_url, options.to, told=told)
    said = words.MIGRATED.format(
        rows=sum(one.rows for one in moved),
        tables=len(moved),
        seconds=monotonic() - began_at,
        path=settings.database_url.partition(":///")[2],
    )
    sys.stdout.write(f"{said}\n")
    return 0


@contextmanager
def _progress(console: Console) -> Iterator[Told]:
    """Give what shows how far it has come: a bar on a terminal, a line a table elsewhere."""
    if not console.is_terminal:

        def say(phase: str, table: str, done: int, total: int) -> None:
            if done == total:
                console.print(f"{words.MIGRATE_PHASES[phase]} {table}: {total}", markup=False, soft_wrap=True)

        yield say
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console) as bar:
        task = bar.add_task("", total=None)

        def show(phase: str, table: str, done: int, total: int) -> None:
            bar.update(task, description=f"{words.MIGRATE_PHASES[phase]} {table}", completed=done, total=total)

        yield show

"""`onrecord backup` and `onrecord restore`: the database of the settings to a file, and a file in its place."""

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.clock import read_clock
from bot.logs import configure_logging
from bot.settings import Settings
from bot.texts import store as words
from digest import back_up_store, restore_store


async def run_store_command(options: argparse.Namespace) -> int:
    """Do what `onrecord backup` or `restore` was asked to, and return the exit status."""
    settings = Settings.from_env()
    configure_logging(settings)
    act = {"backup": _back_up, "restore": _restore}[options.command]
    with _interruptible():
        sys.stdout.write(f"{act(settings.database_url, options.file)}\n")
    return 0


def _back_up(url: str, file: Path) -> str:
    size = back_up_store(url, file)
    return words.BACKED_UP.format(path=file, size=words.megabytes(size))


def _restore(url: str, file: Path) -> str:
    kept = restore_store(url, file, now=read_clock())
    return words.RESTORED_OVER.format(path=file, kept=kept) if kept else words.RESTORED.format(path=file)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let signals end what is going on here, in place of asyncio, which waits for it; half a file is removed then."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, answer in before.items():
            signal.signal(number, answer)

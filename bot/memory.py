"""How the process asks the system for memory, and gives it back: so that it does not take more day by day."""

import asyncio
import ctypes
import os
from contextlib import suppress
from datetime import datetime

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
_ARENAS = 2
_SETTING = "MALLOC_ARENA_MAX"


def share_heaps() -> bool:
    """Let all threads to come share two heaps; return whether that is so, which it is not but on glibc.

    By itself glibc gives each new thread another one, up to eight a core, and none gives back what it once took: the
    threads of the database's connections would have 4 MB each lie idle. Who sets MALLOC_ARENA_MAX is heeded.
    """
    if _SETTING in os.environ:
        return False
    with suppress(AttributeError, OSError):
        return bool(ctypes.CDLL(None).mallopt(_ARENA_MAX, _ARENAS))
    return False


async def give_back(_: datetime) -> None:
    """Give the system back what lies free in the heaps, where the C library can."""
    with suppress(AttributeError, OSError):
        # A thread: ctypes lets go of the interpreter meanwhile, so that the loop goes on.
        await asyncio.to_thread(ctypes.CDLL(None).malloc_trim, 0)

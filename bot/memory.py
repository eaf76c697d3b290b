"""How the process asks the system for memory, and gives it back: so that it does not take more day by day."""

import asyncio
import ctypes
import os
from contextlib import suppress
from datetime import datetime

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3  # M_ARENA_MAX and M_MMAP_THRESHOLD of glibc's malloc.h
_ARENAS = 1
_LARGE_BYTES = 128 * 1024  # what malloc begins with
_SETTING = "MALLOC_ARENA_MAX"


def share_heap() -> bool:
    """Let all threads to come share one heap, without what is large; return whether that is so: only on glibc.

    By itself glibc gives each new thread another one, up to eight a core, and none gives back what it once took: what
    the database's threads had for an hour would lie idle in each. And once it has freed a page of 20 MB it puts all up
    to that size into the heap, where what is kept behind it holds it. Who sets MALLOC_ARENA_MAX is heeded.
    """
    if _SETTING in os.environ:
        return False
    with suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        return all(mallopt(*one) for one in ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _LARGE_BYTES)))
    return False


async def give_back(_: datetime) -> None:
    """Give the system back what lies free in the heaps, where the C library can."""
    with suppress(AttributeError, OSError):
        # A thread: ctypes lets go of the interpreter meanwhile, so that the loop goes on.
        await asyncio.to_thread(ctypes.CDLL(None).malloc_trim, 0)

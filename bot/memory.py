"""How the process asks the system for memory: so that it does not take more day by day."""

import ctypes
import os
from contextlib import suppress

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

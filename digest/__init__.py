"""On Record's library: follows news sources, reads articles, composes digests. It knows articles, not Discord.

    sources -> fetch -> clean -> sentences -> summary
                                           -> quotes      } -> brief -> store -> stories -> compose
                                           -> commitments                 |
                                                                      look-ups

These are the public names; everything else is a room of its own. They load when they are first used, so that a process
which only posts does not pay for the libraries that read.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digest.reading.brief import group_articles as group_articles  # placeholder, filled as rooms appear

_HOMES: dict[str, str] = {}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value

"""A role as a process of its own, as `onrecord run` starts it, in the small world of a bench.

Discord and the web are elsewhere, and what takes minutes outside takes seconds here: how often a source is asked.
"""

import sys
from datetime import timedelta

from bot.cli import main
from digest.service import refreshing
from digest.sources.web import WebFetcher
from tests.wire.leading import lead_to

_ASKED_EVERY = timedelta(seconds=4)
_SPACING = 0.05


def _wait(*_: object, **__: object) -> timedelta:
    return _ASKED_EVERY


if __name__ == "__main__":
    rest, gateway, *arguments = sys.argv[1:]
    lead_to(rest, gateway)
    (WebFetcher.__init__.__kwdefaults__ or {}).update(ports=range(65536), spacing=_SPACING)
    vars(refreshing)["next_wait"] = _wait
    sys.exit(main(["run", *arguments]))

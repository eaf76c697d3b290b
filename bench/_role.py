"""A role as a process of its own, as `onrecord run` starts it, in the small world of a bench.

Discord and the web are elsewhere, and what takes minutes outside takes seconds here: how often a source is asked.
"""

import sys
from datetime import timedelta

import discord.gateway
import discord.http
import yarl

from bot.cli import main
from digest.service import refreshing
from digest.sources.web import WebFetcher

_ASKED_EVERY = timedelta(seconds=4)
_SPACING = 0.05


def _wait(*_: object, **__: object) -> timedelta:
    return _ASKED_EVERY


if __name__ == "__main__":
    discord.http.Route.BASE, gateway, *arguments = sys.argv[1:]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    (WebFetcher.__init__.__kwdefaults__ or {}).update(ports=range(65536), spacing=_SPACING)
    vars(refreshing)["next_wait"] = _wait
    sys.exit(main(["run", *arguments]))

"""Where the discord.py clients of a process look for Discord: elsewhere than at discord.com."""

from contextlib import contextmanager

import discord.gateway
import discord.http
import yarl


def lead_to(rest, gateway):
    """Let every client of this process come to these addresses from now on."""
    discord.http.Route.BASE = rest
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


@contextmanager
def led_to(rest, gateway):
    """Let them come there meanwhile."""
    before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    lead_to(rest, gateway)
    try:
        yield
    finally:
        lead_to(*before)

"""Discord without a gateway: a client that sends, and hears of nothing."""

from collections.abc import Callable

import discord

from bot.channels import LONGEST_WAIT_SECONDS, DiscordChannels, Pace
from bot.clock import Now
from bot.delivery import Sender
from bot.views.posts import controls_under
from digest import Service


def ask_at(api_url: str) -> None:
    """Let every client of this process send its requests to this address of Discord's REST API from now on.

    Connections to the gateway go to Discord all the same.
    """
    discord.http.Route.BASE = api_url


class RestClient(discord.Client):
    """Posts where it is told to: `sender` digests, `alerts` what members follow. `login` is all that it needs.

    It is never ready and knows no server: what a channel is it asks, and what it may do there Discord says.
    """

    def __init__(
        self, service: Service, now: Now, *, answered: Callable[[int, str], object] = lambda _status, _scope: None
    ) -> None:
        pace = Pace(answered)
        super().__init__(
            intents=discord.Intents(guilds=True),  # nobody is told: without it discord.py warns
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            max_ratelimit_timeout=LONGEST_WAIT_SECONDS,
            http_trace=pace.trace(),
        )
        self.sender = Sender(service, DiscordChannels(self, pace, controls_under), now)
        self.alerts = Sender(service.alerts, DiscordChannels(self, pace), now)

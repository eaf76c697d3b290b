"""A client without a gateway."""

import discord

from bot.channels import Pace


class RestClient(discord.Client):
    """A client that asks and posts, and hears of nothing."""

    def __init__(self) -> None:
        self.pace = Pace()
        super().__init__(
            intents=discord.Intents.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=30.0,
            http_trace=self.pace.trace(),
        )

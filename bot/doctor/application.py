"""What Discord says of the bot's application: whose token it is, what is turned on for it, and its time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from types import SimpleNamespace
from typing import Any

import discord
from aiohttp import ClientError

from bot import texts
from bot.channels import Pace
from bot.clock import Now
from bot.doctor.findings import Finding, State
from bot.identifies import fetch_starts
from bot.texts import doctor as words


class RestClient(discord.Client):
    """A client that asks by REST alone, and notes how far the machine's clock was ahead of Discord's at an answer."""

    def __init__(self, now: Now) -> None:
        trace = Pace().trace()
        trace.on_request_end.append(self._note)
        super().__init__(intents=discord.Intents.none(), http_trace=trace, max_ratelimit_timeout=30.0)
        self._now = now
        self.ahead: timedelta | None = None

    async def _note(self, _session: object, _context: SimpleNamespace, ended: Any) -> None:
        if said := ended.response.headers.get("Date"):
            self.ahead = self._now() - parsedate_to_datetime(said)


@asynccontextmanager
async def asking(now: Now) -> AsyncIterator[RestClient]:
    """Hand out a client, and close it at the end."""
    async with RestClient(now) as client:
        yield client


async def check_token(client: RestClient, token: str) -> Finding:
    """Log in, and say as whom. Where nobody answers, that is told apart from a refusal."""
    try:
        await client.login(token)
    except discord.LoginFailure:
        return Finding("token", State.WRONG, words.TOKEN_REFUSED, words.TOKEN_REFUSED_REMEDY)
    except (discord.DiscordException, ClientError, OSError) as error:
        says = words.UNREACHABLE.format(why=f"{type(error).__name__}: {error}")
        return Finding("token", State.WRONG, says, words.UNREACHABLE_REMEDY)
    application = client.application
    servers = texts.count(application.approximate_guild_count if application else 0, "server")
    return Finding("token", State.OK, words.TOKEN.format(name=client.user, id=client.application_id, servers=servers))


def judge_application(application: discord.AppInfo) -> Finding:
    """Say what of the application's switches in Discord's developer portal keeps it from working, or is not needed."""
    if application.bot_require_code_grant:
        return Finding("intents", State.WRONG, words.CODE_GRANT, words.CODE_GRANT_REMEDY)
    if application.user_integration_config and not application.guild_integration_config:
        return Finding("intents", State.WRONG, words.NOT_INSTALLABLE, words.NOT_INSTALLABLE_REMEDY)
    # Each has a twin for bots that are in few servers.
    on = [
        name
        for flag, name in words.INTENTS.items()
        if getattr(application.flags, flag) or getattr(application.flags, f"{flag}_limited")
    ]
    if on:
        says = words.PRIVILEGED.format(names=", ".join(on))
        return Finding("intents", State.WARNING, says, words.PRIVILEGED_REMEDY)
    if not application.bot_public:
        return Finding("intents", State.WARNING, words.PRIVATE, words.PRIVATE_REMEDY)
    return Finding("intents", State.OK, words.INTENTS_FINE)


async def check_starts(client: discord.Client, now: Now) -> Finding:
    """Say how often the bot may still connect to the gateway before Discord's count begins anew, and if it waits."""
    try:
        starts = await fetch_starts(client, now)
    except (discord.DiscordException, ClientError, OSError) as error:
        says = words.UNREACHABLE.format(why=f"{type(error).__name__}: {error}")
        return Finding("identifies", State.WRONG, says, words.UNREACHABLE_REMEDY)
    at = f"{starts.anew_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    says = words.STARTS.format(left=starts.left, total=starts.total, at=at, shards=texts.count(starts.shards, "shard"))
    if not starts.suffice_for(starts.shards):
        return Finding("identifies", State.WARNING, says, words.STARTS_REMEDY)
    return Finding("identifies", State.OK, says)

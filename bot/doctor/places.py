"""Whether digests can be posted where they are to be: asked by REST, so that the running bot notices nothing."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from itertools import groupby
from operator import itemgetter

import discord

from bot import texts
from bot.channels import check_place, translated
from bot.doctor.findings import Finding, State
from bot.errors import ChannelGoneError, DeliveryError, ForbiddenChannelError
from bot.texts import doctor as words

_MOST_NAMED = 10


async def check_places(
    client: discord.Client, places: Sequence[tuple[int, int]], in_all: int, *, seconds: float
) -> Finding:
    """Look at these channels (guild, channel), sorted, for so many seconds; say which cannot be posted to, of all."""
    if not in_all:
        return Finding("channels", State.OK, words.PLACES_NONE)
    looked: list[str] = []
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            for guild_id, of_guild in groupby(places, key=itemgetter(0)):
                await _look_at(client, guild_id, [channel_id for _, channel_id in of_guild], looked)
    told = {"looked": texts.count(len(looked), "channel"), "in_all": in_all}
    lost = [why for why in looked if why]
    if lost:
        more = [words.PLACES_MORE.format(number=len(lost) - _MOST_NAMED)] if len(lost) > _MOST_NAMED else []
        says = words.PLACES_LOST.format(**told, lost=len(lost), which=", ".join(lost[:_MOST_NAMED] + more))
        return Finding("channels", State.WARNING, says, words.PLACES_REMEDY)
    if len(looked) < len(places):
        return Finding("channels", State.WARNING, words.PLACES_LATE.format(**told), words.TOO_SLOW_REMEDY)
    return Finding("channels", State.OK, words.PLACES_FINE.format(**told))


async def _look_at(client: discord.Client, guild_id: int, channel_ids: Sequence[int], looked: list[str]) -> None:
    guild, why = None, ""
    try:
        guild = await _fetch_guild(client, guild_id)
    except DeliveryError as error:
        is_out = isinstance(error, (ChannelGoneError, ForbiddenChannelError))
        why = words.PLACE_SERVER if is_out else words.PLACE_UNCLEAR
    for channel_id in channel_ids:
        found = why or await _trouble_in(guild, channel_id)
        looked.append(words.PLACE.format(channel_id=channel_id, guild_id=guild_id, why=found) if found else "")


async def _trouble_in(guild: discord.Guild | None, channel_id: int) -> str:
    try:
        await check_place(guild, channel_id)
    except ForbiddenChannelError as error:
        return words.PLACE_MISSING.format(permissions=", ".join(error.missing) or texts.PERMISSIONS_UNKNOWN)
    except ChannelGoneError:
        return words.PLACE_GONE
    except DeliveryError:
        return words.PLACE_UNCLEAR
    return ""


async def _fetch_guild(client: discord.Client, guild_id: int) -> discord.Guild:
    """Return the server with what else only the gateway tells of it: its channels, and the bot as a member."""
    with translated(guild_id):
        guild = await client.fetch_guild(guild_id, with_counts=False)
        me = await guild.fetch_member(client.user.id if client.user else 0)
        channels = await guild.fetch_channels()
    guild._add_member(me)  # noqa: SLF001 -- permissions are worked out from what a guild knows
    for channel in channels:
        guild._add_channel(channel)  # noqa: SLF001 -- likewise
    return guild

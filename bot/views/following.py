"""Following: what members are told of, where; and the buttons and selects that begin and end it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from functools import partial

import discord

from bot.answers import Interaction, guild_of, say
from bot.channels import Place, missing_permissions, translated
from bot.controls import Act, Pressed, custom_id
from bot.desk import Desk
from bot.errors import (
    ChannelGoneError,
    DeliveryError,
    DirectClosedError,
    ForbiddenChannelError,
    InputError,
)
from bot.render.follows import STOP_ACT, show_added, show_greeting, show_kept, show_words
from bot.render.text import clean, shorten
from bot.texts import follows as words
from digest import is_followable
from digest.errors import NotFoundError
from digest.model import Follow, FollowKind

MOST_CHARACTERS = 100

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a member wants to be told of; without a kind it is guessed, without a zone it is the server's."""

    words: str
    kind: FollowKind | None = None
    is_here: bool = False
    zone: str = ""
    quiet: tuple[time, time] | None = None


def delete_button(user_id: int) -> discord.ui.Button[discord.ui.View]:
    """Return the button that deletes all that is kept of the member in the server where it is pressed."""
    return discord.ui.Button(
        label=words.DELETE_BUTTON, style=discord.ButtonStyle.danger, custom_id=custom_id("follow-delete", user_id)
    )


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the buttons and selects do."""
    return {
        STOP_ACT: partial(_stop, desk),
        "follow-add": partial(_add, desk),
        "follow-delete": partial(_delete, desk),
    }


async def start_following(desk: Desk, interaction: Interaction, wanted: Wanted) -> str:
    """Let the member follow what they want, and return the sentences that say so.

    In their direct messages the bot says what comes there, which shows that it may: DirectClosedError where not, and
    what is followed stays as it was before. InputError, ForbiddenChannelError: they or the bot may not write here.
    """
    follow = await _follow_of(desk, interaction, wanted)
    place = _here(interaction) if wanted.is_here else await _direct(interaction)
    before = {one.follow.id: one.follow for one in await desk.service.list_follows(follow.guild_id, follow.user_id)}
    follow = await desk.service.add_follow(replace(follow, channel_id=place.id), now=desk.now())
    if interaction.guild:
        await desk.service.note_names({follow.guild_id: interaction.guild.name})
    if isinstance(place, discord.DMChannel):
        try:
            await _greet(place, show_greeting(follow, interaction.guild.name if interaction.guild else ""))
        except BaseException:
            await _undo(desk, follow, before.get(follow.id))
            raise
    return show_added(follow, is_guessed=wanted.kind is None)


async def _follow_of(desk: Desk, interaction: Interaction, wanted: Wanted) -> Follow:
    guild_id, phrase = guild_of(interaction), clean(wanted.words)
    quiet_from, quiet_until = wanted.quiet or (None, None)
    follow = Follow(
        guild_id,
        interaction.user.id,
        wanted.kind or await desk.service.guess_followed(guild_id, phrase),
        phrase,
        channel_id=0,
        zone=wanted.zone or await desk.service.get_zone(guild_id),
        is_direct=not wanted.is_here,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
    )
    if not is_followable(follow):
        raise InputError(words.CANNOT_FOLLOW.format(value=shorten(wanted.words, _SHOWN), most=MOST_CHARACTERS))
    return follow


def _here(interaction: Interaction) -> Place:
    channel, may = interaction.channel, interaction.permissions
    if not isinstance(channel, (discord.abc.GuildChannel, discord.Thread)):
        raise ChannelGoneError(interaction.channel_id or 0, "the server has no such channel")
    if not (may.send_messages_in_threads if isinstance(channel, discord.Thread) else may.send_messages):
        raise InputError(words.MAY_NOT_WRITE)
    if missing := missing_permissions(channel):
        raise ForbiddenChannelError(channel.id, "permissions are missing", missing=missing)
    return channel


async def _direct(interaction: Interaction) -> discord.DMChannel:
    try:
        with translated(interaction.user.id):
            return await interaction.user.create_dm()
    except DirectClosedError:
        raise
    except DeliveryError as error:
        raise InputError(words.TRY_AGAIN) from error


async def _greet(channel: discord.DMChannel, sentence: str) -> None:
    try:
        with translated(channel.id):
            await channel.send(sentence, allowed_mentions=discord.AllowedMentions.none())
    except DirectClosedError:
        raise
    except DeliveryError as error:
        raise InputError(words.TRY_AGAIN) from error


async def _undo(desk: Desk, follow: Follow, before: Follow | None) -> None:
    if before is None:
        await desk.service.remove_follow(follow.user_id, follow.id)
    else:
        await desk.service.add_follow(before, now=desk.now())


async def _stop(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    try:
        stopped = await desk.service.remove_follow(interaction.user.id, int(pressed.args))
    except (NotFoundError, ValueError) as error:
        raise InputError(words.NOT_YOURS) from error
    await say(interaction, words.REMOVED.format(words=show_words(stopped)))


async def _add(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    kind = FollowKind(pressed.args) if pressed.args in set(FollowKind) else None
    added = [await start_following(desk, interaction, Wanted(value, kind)) for value in pressed.values]
    await say(interaction, "\n\n".join(added))


async def _delete(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer()
    if pressed.args != str(interaction.user.id):
        raise InputError(words.DELETE_STALE)
    deleted = await desk.service.delete_member(guild_of(interaction), interaction.user.id)
    await say(interaction, words.DELETED.format(**show_kept(deleted)))

"""`/follow`: what a member wants to be told of, for everybody, whatever their permissions."""

from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.answers import Interaction, choices, guild_of, say, show, show_file
from bot.controls import layout_of
from bot.desk import Desk
from bot.errors import InputError
from bot.options import MOST_CHOICES, label, parse_quiet, parse_zone, show_zone, suggest_zones
from bot.render.follows import render_follows, show_kept, show_words, write_member
from bot.render.message import Message
from bot.render.text import shorten
from bot.texts import follows as words
from bot.views.following import MOST_CHARACTERS, Wanted, delete_button, start_following
from digest.model import FollowKind, FollowStatus

_KINDS = [Choice(name=kind.value, value=kind.value) for kind in FollowKind]
_DIRECT, _HERE = "direct", "here"
_PLACES = [Choice(name=words.DIRECT, value=_DIRECT), Choice(name=words.HERE, value=_HERE)]
_SHOWN = 60


@app_commands.guild_only()
class FollowCommands(commands.GroupCog, group_name="follow", group_description=words.ABOUT):
    """What a member follows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(description=words.ABOUT_ADD)
    @app_commands.describe(
        what=words.OPTION_WHAT,
        kind=words.OPTION_KIND,
        where=words.OPTION_WHERE,
        zone=words.OPTION_ZONE,
        quiet_hours=words.OPTION_QUIET,
    )
    @app_commands.choices(kind=_KINDS, where=_PLACES)
    async def add(
        self,
        interaction: Interaction,
        *,
        what: Range[str, 1, MOST_CHARACTERS],
        kind: str = "",
        where: str = _DIRECT,
        zone: Range[str, 0, 100] = "",
        quiet_hours: Range[str, 0, 100] = "",
    ) -> None:
        """Follow somebody or something."""
        await interaction.response.defer(ephemeral=True)
        wanted = Wanted(
            what,
            FollowKind(kind) if kind else None,
            is_here=where == _HERE,
            zone=parse_zone(zone) if zone.strip() else "",
            quiet=parse_quiet(quiet_hours),
        )
        await say(interaction, await start_following(self._desk, interaction, wanted))

    @app_commands.command(name="list", description=words.ABOUT_LIST)
    async def list_(self, interaction: Interaction) -> None:
        """Show what the member follows."""
        await interaction.response.defer(ephemeral=True)
        await show(interaction, render_follows(await self._follows(interaction)).to_dict())

    @app_commands.command(description=words.ABOUT_REMOVE)
    @app_commands.describe(what=words.OPTION_WHICH)
    async def remove(self, interaction: Interaction, what: Range[str, 1, MOST_CHARACTERS]) -> None:
        """Follow something no more."""
        await interaction.response.defer(ephemeral=True)
        meant = _pick(what, await self._follows(interaction)).follow
        await self._desk.service.remove_follow(interaction.user.id, meant.id)
        await say(interaction, words.REMOVED.format(words=show_words(meant)))

    @app_commands.command(description=words.ABOUT_EXPORT)
    async def export(self, interaction: Interaction) -> None:
        """Give the member all that is kept of them."""
        await interaction.response.defer(ephemeral=True)
        guild_id, user_id = guild_of(interaction), interaction.user.id
        record = await self._desk.service.export_member(guild_id, user_id)
        content, is_all = write_member(record, guild_id=guild_id, user_id=user_id, now=self._desk.now())
        sentences = [words.EXPORTED.format(**show_kept(record)), "" if is_all else words.EXPORTED_NEWEST]
        await show_file(interaction, " ".join(filter(None, sentences)), "follows.json", content)

    @app_commands.command(description=words.ABOUT_DELETE)
    async def delete(self, interaction: Interaction) -> None:
        """Ask whether all that is kept of the member is to be deleted."""
        await interaction.response.defer(ephemeral=True)
        record = await self._desk.service.export_member(guild_of(interaction), interaction.user.id)
        if not record.follows and not record.alerts:
            return await say(interaction, words.DELETE_NOTHING)
        ask = Message(words.DELETE_ASK.format(**show_kept(record)))
        return await show(interaction, ask.to_dict(), view=layout_of(delete_button(interaction.user.id)))

    @add.autocomplete("what")
    async def _names(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        found = await self._desk.service.suggest_followed(guild_of(interaction), typed, limit=MOST_CHOICES)
        return choices([(label(name), name) for name, _ in found])

    @add.autocomplete("zone")
    async def _zones(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return choices([(show_zone(zone, self._desk.now()), zone) for zone in suggest_zones(typed)])

    @remove.autocomplete("what")
    async def _followed(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        found = [one.follow for one in await self._follows(interaction)]
        pairs = [(label(one.words), str(one.id)) for one in found if typed.strip().casefold() in one.words.casefold()]
        return choices(pairs[:MOST_CHOICES])

    async def _follows(self, interaction: Interaction) -> tuple[FollowStatus, ...]:
        return await self._desk.service.list_follows(guild_of(interaction), interaction.user.id)


def _pick(typed: str, followed: tuple[FollowStatus, ...]) -> FollowStatus:
    # Ids first: lists offer them, and a number may be followed as a phrase.
    named = " ".join(typed.split()).casefold()
    meant = [one for one in followed if str(one.follow.id) == named]
    meant = meant or [one for one in followed if one.follow.words.casefold() == named]
    if not meant:
        raise InputError(words.WHICH.format(value=shorten(typed, _SHOWN)))
    return meant[0]

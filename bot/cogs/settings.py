"""`/settings`: what holds for a whole server, who changed what there, and all that is kept of it, out and away."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot import texts
from bot.answers import Interaction, choices, guild_of, managers_only, say, show, show_file
from bot.cogs.lookups import Page
from bot.desk import Desk
from bot.errors import InputError
from bot.options import parse_zone, suggest_zones
from bot.render.housekeeping import (
    pack_file,
    render_audit,
    render_cases,
    render_names,
    render_settings,
    show_kept,
    write_cases,
)
from bot.render.retractions import render_retraction
from bot.render.text import shorten
from bot.texts import hiding, housekeeping as words
from bot.views.cases import show_cases
from bot.views.erasing import erase_button
from bot.views.statements import show_edits
from digest.errors import AlreadyExistsError, NotFoundError

_AUDIT_PAGE = 15
_NAME = 100


class _ForManagers(app_commands.Group):
    def __init__(self, desk: Desk, **about: Any) -> None:
        super().__init__(**about)
        self._desk = desk

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let only those pass who may manage the server."""
        return await managers_only(interaction)


class CaseCommands(_ForManagers):
    """What was reported as wrong."""

    @app_commands.command(name="list", description=hiding.ABOUT_CASES_LIST)
    async def list_(self, interaction: Interaction) -> None:
        """Show what waits to be decided."""
        await interaction.response.defer(ephemeral=True)
        await show_cases(self._desk, interaction)

    @app_commands.command(description=hiding.ABOUT_CASES_EXPORT)
    @app_commands.describe(members=hiding.OPTION_MEMBERS)
    async def export(self, interaction: Interaction, members: bool = False) -> None:  # noqa: FBT001, FBT002 -- an option
        """Give all cases as a file."""
        await interaction.response.defer(ephemeral=True)
        cases = await self._desk.service.list_cases(guild_of(interaction))
        if not cases:
            return await show(interaction, render_cases((), number=0).to_dict())
        sentence = hiding.EXPORTED_CASES.format(cases=texts.count(len(cases), "case"))
        return await show_file(interaction, sentence, hiding.CASES_FILE, write_cases(cases, with_members=members))


class NameCommands(_ForManagers):
    """Names that a server hides."""

    @app_commands.command(description=hiding.ABOUT_NAME_ADD)
    @app_commands.describe(name=hiding.OPTION_NAME)
    async def add(self, interaction: Interaction, name: Range[str, 1, _NAME]) -> None:
        """Hide a name."""
        await interaction.response.defer(ephemeral=True)
        desk, shown = self._desk, shorten(name, _NAME)
        try:
            edits = await desk.service.suppress_name(
                guild_of(interaction), name.strip(), now=desk.now(), render=render_retraction
            )
        except ValueError as error:
            raise InputError(hiding.NAME_EMPTY) from error
        except AlreadyExistsError as error:
            raise InputError(hiding.NAME_THERE.format(name=shown)) from error
        await desk.sender.start_open()
        await say(interaction, hiding.NAME_ADDED.format(name=shown, edited=show_edits(edits)))

    @app_commands.command(description=hiding.ABOUT_NAME_REMOVE)
    @app_commands.describe(name=hiding.OPTION_NAME)
    async def remove(self, interaction: Interaction, name: Range[str, 1, _NAME]) -> None:
        """Hide a name no more."""
        await interaction.response.defer(ephemeral=True)
        shown = shorten(name, _NAME)
        try:
            await self._desk.service.release_name(guild_of(interaction), name.strip())
        except NotFoundError as error:
            raise InputError(hiding.NAME_MISSING.format(name=shown)) from error
        await say(interaction, hiding.NAME_REMOVED.format(name=shown))

    @app_commands.command(name="list", description=hiding.ABOUT_NAME_LIST)
    async def list_(self, interaction: Interaction) -> None:
        """List the hidden names."""
        await interaction.response.defer(ephemeral=True)
        await show(interaction, render_names(await self._desk.service.list_names(guild_of(interaction))).to_dict())

    @remove.autocomplete("name")
    async def _names(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        await managers_only(interaction)  # what is suggested is asked before any check of the command
        names = await self._desk.service.list_names(guild_of(interaction))
        return choices([(name, name) for name in names if typed.casefold() in name.casefold()][:25])


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class SettingsCommands(commands.GroupCog, group_name="settings", group_description=words.ABOUT_SETTINGS):
    """What holds for a whole server."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        if group := self.app_command:
            group.add_command(CaseCommands(desk, name="cases", description=hiding.ABOUT_CASES))
            group.add_command(NameCommands(desk, name="suppress-name", description=hiding.ABOUT_NAMES))

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let only those pass who may manage the server."""
        return await managers_only(interaction)

    @app_commands.command(name="show", description=words.ABOUT_SHOW)
    async def show_(self, interaction: Interaction) -> None:
        """Show all that is set."""
        await interaction.response.defer(ephemeral=True)
        service, guild_id = self._desk.service, guild_of(interaction)
        waiting = await service.list_cases(guild_id, is_open=True)
        settings, kept = await service.get_settings(guild_id), await service.count_kept(guild_id)
        await show(interaction, render_settings(settings, kept, open_cases=len(waiting)).to_dict())

    @app_commands.command(description=words.ABOUT_ZONE)
    @app_commands.describe(zone=words.OPTION_ZONE)
    async def zone(self, interaction: Interaction, zone: Range[str, 1, 100]) -> None:
        """Choose the zone of the server's lists."""
        await interaction.response.defer(ephemeral=True)
        service, guild_id, chosen = self._desk.service, guild_of(interaction), parse_zone(zone)
        await service.set_zone(guild_id, chosen)
        await say(interaction, words.ZONE_SET.format(zone=chosen))

    @app_commands.command(name="mark-role", description=words.ABOUT_MARK_ROLE)
    @app_commands.describe(role=words.OPTION_ROLE)
    async def mark_role(self, interaction: Interaction, role: discord.Role | None = None) -> None:
        """Choose who may mark commitments."""
        await interaction.response.defer(ephemeral=True)
        await self._desk.service.set_marker_role(guild_of(interaction), role.id if role else None)
        await say(interaction, words.ROLE_SET.format(role_id=role.id) if role else words.ROLE_CLEARED)

    @app_commands.command(description=words.ABOUT_AUDIT)
    @app_commands.describe(page=texts.OPTION_PAGE)
    async def audit(self, interaction: Interaction, page: Page = 1) -> None:
        """Show who changed what."""
        await interaction.response.defer(ephemeral=True)
        offset = (page - 1) * _AUDIT_PAGE
        entries = await self._desk.service.list_audit(guild_of(interaction), limit=_AUDIT_PAGE, offset=offset)
        await show(interaction, render_audit(entries, offset=offset).to_dict())

    @app_commands.command(name="data-export", description=words.ABOUT_EXPORT)
    async def data_export(self, interaction: Interaction) -> None:
        """Give all that is kept of the server."""
        await interaction.response.defer(ephemeral=True)
        for with_posts in (True, False):
            content = await self._desk.service.export_guild(
                guild_of(interaction), now=self._desk.now(), with_posts=with_posts
            )
            if packed := pack_file(content):
                sentence = words.EXPORTED if with_posts else f"{words.EXPORTED} {words.EXPORTED_SHORT}"
                return await show_file(interaction, sentence, words.EXPORT_FILE, packed)
        return await say(interaction, words.EXPORT_TOO_LARGE)

    @app_commands.command(name="data-delete", description=words.ABOUT_DELETE)
    async def data_delete(self, interaction: Interaction) -> None:
        """Say what deleting all means, and offer it."""
        await interaction.response.defer(ephemeral=True)
        kept = show_kept(await self._desk.service.count_kept(guild_of(interaction)))
        await show(interaction, {"content": words.DELETE_WARNING.format(kept=kept)}, view=erase_button())

    @zone.autocomplete("zone")
    async def _zones(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return choices([(zone, zone) for zone in suggest_zones(typed)])

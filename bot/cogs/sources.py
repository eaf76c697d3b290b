"""`/source`: the publications that the server follows, for those who manage it."""

from discord import app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot import texts
from bot.cogs.answers import Interaction, guild_of, managers_only, say, show
from bot.cogs.desk import Desk
from bot.render.lookups import render_sources
from bot.render.text import shorten

_NAME = 100


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class SourceCommands(commands.GroupCog, group_name="source", group_description=texts.ABOUT_SOURCE):
    """The publications that a server follows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let only those pass who may manage the server."""
        return await managers_only(interaction)

    @app_commands.command(description=texts.ABOUT_SOURCE_ADD)
    @app_commands.describe(url=texts.OPTION_URL)
    async def add(self, interaction: Interaction, url: Range[str, 1, 2000]) -> None:
        """Follow a publication."""
        await interaction.response.defer(ephemeral=True)
        source = await self._desk.service.add_source(guild_of(interaction), with_scheme(url), now=self._desk.now())
        await say(interaction, texts.SOURCE_ADDED.format(name=shorten(source.name or source.url, _NAME)))

    @app_commands.command(name="list", description=texts.ABOUT_SOURCE_LIST)
    async def list_(self, interaction: Interaction) -> None:
        """Show what is followed, and how it does."""
        await interaction.response.defer(ephemeral=True)
        await show(interaction, render_sources(await self._desk.service.list_sources(guild_of(interaction))).to_dict())


def with_scheme(typed: str) -> str:
    """Return the address as typed, with https:// before it if somebody left that out."""
    url = typed.strip().strip("<>")
    return url if "://" in url else f"https://{url}"

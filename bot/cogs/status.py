"""`/status`: how the bot does in this server, for everybody."""

from discord import app_commands
from discord.ext import commands

from bot.answers import Interaction, guild_of, show
from bot.desk import Desk
from bot.render.status import render_status
from bot.texts import status as words


class StatusCommand(commands.Cog):
    """How the bot does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(description=words.ABOUT_STATUS)
    @app_commands.guild_only()
    async def status(self, interaction: Interaction) -> None:
        """Show what was posted last, what comes next, and what is late, paused or failing."""
        await interaction.response.defer(ephemeral=True)
        guild_id, service = guild_of(interaction), self._desk.service
        digests = await service.list_digest_statuses(guild_id, now=self._desk.now())
        await show(interaction, render_status(digests, await service.list_sources(guild_id)).to_dict())

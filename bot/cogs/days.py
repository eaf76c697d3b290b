"""`/today` and `/catchup`: what was posted on a day, and what the last days come to. Only who asks sees them."""

from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.answers import Interaction, choices, guild_of, show
from bot.cogs.dates import parse_day, suggest_days
from bot.controls import layout_of
from bot.desk import Desk
from bot.render.days import find_zone, local_day
from bot.render.recap import render_recap
from bot.render.stale import with_stale
from bot.texts import lookups as words
from bot.views.editions import show_day
from bot.views.sharing import share_button


class DayCommands(commands.Cog):
    """Digests of a day, and of the last days."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(description=words.ABOUT_TODAY)
    @app_commands.describe(date=words.OPTION_DATE)
    @app_commands.guild_only()
    async def today(self, interaction: Interaction, date: Range[str, 1, 60] = words.TODAY) -> None:
        """Show the digest of a day."""
        await interaction.response.defer(ephemeral=True)
        zone = find_zone(await self._desk.service.get_zone(guild_of(interaction)))
        await show_day(interaction, self._desk, parse_day(date, local_day(self._desk.now(), zone)))

    @app_commands.command(description=words.ABOUT_CATCHUP)
    @app_commands.describe(days=words.OPTION_CATCHUP_DAYS)
    @app_commands.guild_only()
    async def catchup(self, interaction: Interaction, days: Range[int, 1, 14] = 3) -> None:
        """Show the digests of the last days as one."""
        await interaction.response.defer(ephemeral=True)
        service, guild_id, now = self._desk.service, guild_of(interaction), self._desk.now()
        recap = await service.catch_up(guild_id, days=days, now=now)
        message = render_recap(recap, days, zone=find_zone(await service.get_zone(guild_id)))
        controls = [share_button()] if message.embeds else []
        message = with_stale(message, await service.list_sources(guild_id), now)
        await show(interaction, message.to_dict(), view=layout_of(*controls))

    @today.autocomplete("date")
    async def _days(self, _: Interaction, typed: str) -> list[Choice[str]]:
        # In UTC: the zone would take a query, and a day more or less is written out.
        return choices(suggest_days(typed, self._desk.now().date()))

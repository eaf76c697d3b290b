"""The commands: each parses, asks the service, renders, responds, and knows nothing else."""

from discord.ext import commands

from bot.cogs.commitments import CommitmentCommands
from bot.cogs.digests import DigestCommands
from bot.cogs.lookups import ArticleCommands, HelpCommand, QuoteCommands
from bot.cogs.retractions import RetractCommand, report_menu
from bot.cogs.settings import SettingsCommands
from bot.cogs.sources import SourceCommands
from bot.cogs.status import StatusCommand
from bot.desk import Desk

__all__ = ["add_commands"]


async def add_commands(bot: commands.Bot, desk: Desk) -> None:
    """Give the bot all its commands."""
    for cog in (DigestCommands, SourceCommands, ArticleCommands, QuoteCommands, CommitmentCommands, StatusCommand):
        await bot.add_cog(cog(desk))
    for more in (RetractCommand, SettingsCommands):
        await bot.add_cog(more(desk))
    bot.tree.add_command(report_menu(desk))
    await bot.add_cog(HelpCommand(bot))

"""The commands: each parses, asks the service, renders, responds, and knows nothing else."""

from discord.ext import commands

from bot.cogs.commitments import CommitmentCommands
from bot.cogs.days import DayCommands
from bot.cogs.digests import DigestCommands
from bot.cogs.follows import FollowCommands
from bot.cogs.lookups import ArticleCommands, HelpCommand, QuoteCommands
from bot.cogs.proofs import ProofMenu
from bot.cogs.retractions import RetractCommand, report_menu
from bot.cogs.settings import SettingsCommands
from bot.cogs.sources import SourceCommands
from bot.cogs.status import StatusCommand
from bot.cogs.stories import StoryCommand
from bot.cogs.why import WhyCommand
from bot.desk import Desk

__all__ = ["add_commands"]

_MANAGING = (DigestCommands, SourceCommands, StatusCommand, RetractCommand, SettingsCommands)
_LOOKING_UP = (DayCommands, ArticleCommands, QuoteCommands, CommitmentCommands, StoryCommand, WhyCommand)
_FOR_MEMBERS = (FollowCommands,)


async def add_commands(bot: commands.AutoShardedBot, desk: Desk) -> None:
    """Give the bot all its commands."""
    for cog in (*_MANAGING, *_LOOKING_UP, *_FOR_MEMBERS):
        await bot.add_cog(cog(desk))
    bot.tree.add_command(report_menu(desk))
    await bot.add_cog(HelpCommand(bot))
    await bot.add_cog(menus := ProofMenu(desk))
    bot.tree.add_command(menus.menu)

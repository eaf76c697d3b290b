"""The commands: each parses, asks the service, renders, responds, and knows nothing else."""

from discord.ext import commands

from bot.cogs.commitments import CommitmentCommands
from bot.cogs.digests import DigestCommands
from bot.cogs.follows import FollowCommands
from bot.cogs.lookups import ArticleCommands, HelpCommand, QuoteCommands
from bot.cogs.sources import SourceCommands
from bot.cogs.status import StatusCommand
from bot.desk import Desk

__all__ = ["add_commands"]


async def add_commands(bot: commands.Bot, desk: Desk) -> None:
    """Give the bot all its commands."""
    cogs = (DigestCommands, SourceCommands, ArticleCommands, QuoteCommands, CommitmentCommands, FollowCommands)
    for cog in (*cogs, StatusCommand):
        await bot.add_cog(cog(desk))
    await bot.add_cog(HelpCommand(bot))

"""Look-ups for everybody: articles and quotes of the server's sources, and help. Only the one who asks sees them."""

from discord import app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot import texts
from bot.answers import Interaction, guild_of, show
from bot.commands import list_commands
from bot.desk import Desk
from bot.render.help import render_help
from bot.render.lookups import render_articles, render_quotes

PAGE_LENGTH = 5

Words = Range[str, 1, 200]
Page = Range[int, 1, 200]


def offset_of(page: int) -> int:
    """Return how many results stand before a page, the first of which is 1."""
    return (page - 1) * PAGE_LENGTH


@app_commands.guild_only()
class ArticleCommands(commands.GroupCog, group_name="article", group_description=texts.ABOUT_ARTICLE):
    """Articles that the server's sources brought."""

    def __init__(self, desk: Desk) -> None:
        self._service = desk.service

    @app_commands.command(description=texts.ABOUT_ARTICLE_SEARCH)
    @app_commands.describe(words=texts.OPTION_WORDS, page=texts.OPTION_PAGE)
    async def search(self, interaction: Interaction, words: Words, page: Page = 1) -> None:
        """Find articles by their words."""
        await interaction.response.defer(ephemeral=True)
        hits = await self._service.search_articles(
            guild_of(interaction), words, limit=PAGE_LENGTH, offset=offset_of(page)
        )
        await show(interaction, render_articles(hits, words, offset=offset_of(page)).to_dict())


@app_commands.guild_only()
class QuoteCommands(commands.GroupCog, group_name="quote", group_description=texts.ABOUT_QUOTE):
    """Who said what."""

    def __init__(self, desk: Desk) -> None:
        self._service = desk.service

    @app_commands.command(description=texts.ABOUT_QUOTE_SEARCH)
    @app_commands.describe(words=texts.OPTION_SPEAKER_WORDS, page=texts.OPTION_PAGE)
    async def search(self, interaction: Interaction, words: Words, page: Page = 1) -> None:
        """Find quotes by their words, speakers and roles."""
        await interaction.response.defer(ephemeral=True)
        hits = await self._service.search_quotes(
            guild_of(interaction), words, limit=PAGE_LENGTH, offset=offset_of(page)
        )
        await show(interaction, render_quotes(hits, words, offset=offset_of(page)).to_dict())


class HelpCommand(commands.Cog):
    """What the bot can do."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    @app_commands.command(name="help", description=texts.ABOUT_HELP)
    @app_commands.guild_only()
    async def help_(self, interaction: Interaction) -> None:
        """Show what there is."""
        await interaction.response.defer(ephemeral=True)
        await show(interaction, render_help(list_commands(self._bot.tree)).to_dict())

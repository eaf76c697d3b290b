"""`/story`: one story over time. Only the one who asks sees it."""

from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot import texts
from bot.answers import Interaction, choices, guild_of
from bot.cogs.lookups import Page
from bot.desk import Desk
from bot.errors import InputError
from bot.options import MOST_CHOICES, label, parse_number
from bot.render.text import shorten
from bot.texts import lookups as words
from bot.views import pages

_SHOWN = 60
_NAMED = 3


class StoryCommand(commands.Cog):
    """Stories that were told here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(description=words.ABOUT_STORY)
    @app_commands.describe(story=words.OPTION_STORY, page=texts.OPTION_PAGE)
    @app_commands.guild_only()
    async def story(self, interaction: Interaction, story: Range[str, 1, 100], page: Page = 1) -> None:
        """Show a story over time."""
        await interaction.response.defer(ephemeral=True)
        story_id = await self._find(guild_of(interaction), story)
        await pages.show_list(interaction, self._desk, pages.STORY, str(story_id), page)

    @story.autocomplete("story")
    async def _stories(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        hits = await self._desk.service.suggest_stories(guild_of(interaction), typed, limit=MOST_CHOICES)
        return choices([(label(hit.headline), str(hit.id)) for hit in hits])

    async def _find(self, guild_id: int, typed: str) -> int:
        number = parse_number(typed)
        if number is not None:
            return number
        hits = await self._desk.service.suggest_stories(guild_id, typed, limit=_NAMED + 1)
        if len(hits) == 1:
            return hits[0].id
        headlines = "; ".join(shorten(hit.headline, _SHOWN) for hit in hits[:_NAMED])
        text = words.WHICH_STORY if hits else words.WRONG_STORY
        raise InputError(text.format(value=shorten(typed, _SHOWN), headlines=headlines))

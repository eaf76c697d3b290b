"""`/why`: what became of a story or a sentence, and the numbers that decided it."""

import re

from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.answers import Interaction, choices, guild_of, show
from bot.controls import layout_of
from bot.desk import Desk
from bot.errors import InputError
from bot.render.message import Embed
from bot.render.text import shorten
from bot.render.why import choice_of, render_why, show_sentence
from bot.texts import why as words
from bot.views.sharing import share_button
from digest import NotFoundError
from digest.model import EditionStory, Traced

_PLACE = re.compile(r"(\d{1,18}):(\d{1,9})", re.ASCII)
_SHOWN = 60
_MOST_CHOICES = 25


class WhyCommand(commands.Cog):
    """Why something is there or not."""

    def __init__(self, desk: Desk) -> None:
        self._service = desk.service

    @app_commands.command(description=words.ABOUT)
    @app_commands.describe(story=words.OPTION_STORY, sentence=words.OPTION_SENTENCE)
    @app_commands.guild_only()
    async def why(self, interaction: Interaction, story: Range[str, 1, 300], sentence: Range[str, 1, 600] = "") -> None:
        """Say why a story or a sentence is in a digest or not."""
        await interaction.response.defer(ephemeral=True)
        guild_id = guild_of(interaction)
        found = await self._find(guild_id, story)
        told = await self._explain(guild_id, found, sentence) if sentence.strip() else None
        await show(interaction, render_why(found, told).to_dict(), view=layout_of(share_button()))

    @why.autocomplete("story")
    async def _stories(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        found = await self._service.suggest_considered(guild_of(interaction), typed, limit=_MOST_CHOICES)
        return choices([choice_of(one) for one in found])

    async def _find(self, guild_id: int, asked: str) -> tuple[EditionStory | Traced, ...]:
        place = _PLACE.fullmatch(asked.strip())
        if place:
            return (await self._service.get_edition_story(guild_id, int(place[1]), int(place[2])),)
        found = await self._service.trace(guild_id, asked)
        if not found:
            raise InputError(words.NOTHING.format(value=shorten(asked, _SHOWN)))
        return found

    async def _explain(self, guild_id: int, found: tuple[EditionStory | Traced, ...], sentence: str) -> Embed:
        stories = [one for one in found if isinstance(one, EditionStory)]
        if not stories:
            return Embed(words.SENTENCE_TITLE, description=words.NO_STORY_FOR_SENTENCE)
        said = words.NO_SENTENCE
        for article_id in (one.article_id for one in stories[0].evidence):
            try:
                reason = await self._service.explain_sentence(guild_id, article_id, sentence)
            except NotFoundError:
                said = words.NO_TEXT
                continue
            if reason:
                return show_sentence(reason)
        return Embed(words.SENTENCE_TITLE, description=said)

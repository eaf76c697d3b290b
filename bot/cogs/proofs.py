"""The menu of a message of ours: the articles behind it, and the proof of what it says."""

import json

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers import Interaction, guild_of, say, show
from bot.controls import layout_of
from bot.desk import Desk
from bot.errors import InputError
from bot.render.cards import label_of
from bot.render.stories import render_sources
from bot.texts import proofs as words
from bot.views.posts import select_stories
from bot.views.proofs import select_statement
from bot.views.sharing import share_button
from digest.model import EditionStory


class ProofMenu(commands.Cog):
    """Sources and proof of a message."""

    def __init__(self, desk: Desk) -> None:
        self._service = desk.service
        self.menu = app_commands.guild_only(
            app_commands.ContextMenu(name=words.MENU, callback=self.sources, extras={"about": words.ABOUT_SOURCES})
        )

    async def sources(self, interaction: Interaction, message: discord.Message) -> None:
        """Show the articles that the message was made of."""
        await interaction.response.defer(ephemeral=True)
        if interaction.client.user is None or message.author.id != interaction.client.user.id:
            return await say(interaction, words.NO_POST)
        stories = await self._told_by(guild_of(interaction), message.id)
        chooser = select_statement(stories) if len(stories) == 1 else _choose(stories)
        return await show(interaction, render_sources(stories).to_dict(), view=layout_of(*chooser, share_button()))

    async def _told_by(self, guild_id: int, message_id: int) -> tuple[EditionStory, ...]:
        found = await self._service.find_post(guild_id, message_id)
        if found is None:
            raise InputError(words.NO_STORIES)
        edition_id, payload = found
        stories = await self._service.list_stories(guild_id, edition_id)
        numbers = {number for number, *_ in json.loads(payload).get("stories", ())}
        # What was posted before messages said which stories they tell may be about any of the edition's.
        return tuple(one for one in stories if one.number in numbers or not numbers)


def _choose(stories: tuple[EditionStory, ...]) -> list[discord.ui.Select[discord.ui.View]]:
    labels = [label_of(one.story, one.number) for one in stories]
    rows = [(label.number, label.headline, label.outlets) for label in labels]
    return list(select_stories("proof", stories[0].edition_id, rows, placeholder=words.CHOOSE_STATEMENT))

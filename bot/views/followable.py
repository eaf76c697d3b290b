"""Follow under a post: who of a story can be followed; the act follow-add does the rest."""

from collections.abc import Mapping

import discord

from bot.answers import Interaction, show
from bot.controls import Act, Pressed, custom_id, layout_of
from bot.desk import Desk
from bot.errors import InputError
from bot.render import limits
from bot.render.message import Message
from bot.render.people import list_people
from bot.render.text import shorten_plain
from bot.texts import following as words
from bot.views.stories import Place, ask_which, list_meant


class FollowActs:
    """The act that offers whom to follow."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def acts(self) -> Mapping[str, Act]:
        """Return the acts by their names."""
        return {"follow": self._follow}

    async def _follow(self, interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        stories = await list_meant(self._desk, interaction, Place.of(pressed))
        if len(stories) > 1:
            await ask_which(interaction, "follow", stories)
            return
        selects = [
            discord.ui.Select[discord.ui.View](
                custom_id=custom_id("follow-add", kind.value),
                placeholder=words.CHOOSE[kind],
                options=[
                    discord.SelectOption(label=shorten_plain(name, limits.OPTION), value=name)
                    for name in names[: limits.OPTIONS]
                ],
            )
            for kind, names in list_people(stories[0]).items()
            if names
        ]
        if not selects:
            raise InputError(words.NOBODY)
        await show(interaction, Message(words.WHOM).to_dict(), view=layout_of(*selects))

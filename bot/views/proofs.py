"""Proof: which statement, and where it stands in its article."""

from collections.abc import Mapping, Sequence

import discord

from bot.answers import Interaction, show
from bot.controls import Act, Pressed, custom_id, layout_of
from bot.desk import Desk
from bot.errors import InputError
from bot.render import limits
from bot.render.message import Message
from bot.render.proofs import render_proof
from bot.render.statements import find_statement, list_statements, option_of
from bot.texts import proofs as words
from bot.views.sharing import share_button
from bot.views.stories import Place, ask_which, list_meant
from digest.model import EditionStory

_MOST = (limits.ROWS - 1) * limits.OPTIONS  # a row is for Share


class ProofActs:
    """Acts that show where words come from."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def acts(self) -> Mapping[str, Act]:
        """Return the acts by their names."""
        return {"proof": self._proof, "prove": self._prove}

    async def _proof(self, interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        stories = await list_meant(self._desk, interaction, Place.of(pressed))
        if len(stories) > 1:
            await ask_which(interaction, "proof", stories)
            return
        rest = len(list_statements(stories[0])) - _MOST
        more = [words.MORE_STATEMENTS.format(number=rest)] if rest > 0 else []
        message = Message("\n".join([words.WHICH_STATEMENT, *more]))
        await show(interaction, message.to_dict(), view=layout_of(*select_statement(stories)))

    async def _prove(self, interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        (story, *_) = await list_meant(self._desk, interaction, Place.of(Pressed(pressed.args)))
        found = find_statement(story, pressed.values[0] if pressed.values else "")
        if found is None:
            raise InputError(words.GONE_STATEMENT)
        await show(interaction, render_proof(found).to_dict(), view=layout_of(share_button()))


def select_statement(stories: Sequence[EditionStory]) -> list[discord.ui.Select[discord.ui.View]]:
    """Return selects of the one story's statements, those that are shown first: one for every 25, four at most."""
    (story,) = stories
    options = [option_of(one) for one in list_statements(story)[:_MOST]]
    return [
        discord.ui.Select(
            custom_id=custom_id("prove", story.edition_id, story.number, *([f"p{place}"] if place else [])),
            placeholder=words.CHOOSE_STATEMENT if place == 0 else words.CHOOSE_FURTHER.format(first=first + 1),
            options=[
                discord.SelectOption(label=label, value=key, description=who)
                for label, key, who in options[first : first + limits.OPTIONS]
            ],
        )
        for place, first in enumerate(range(0, len(options), limits.OPTIONS))
    ]

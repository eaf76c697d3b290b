"""Deleting all of a server: a button that opens a form, in which the server's name has to be typed."""

from collections.abc import Mapping

import discord

from bot.answers import Interaction, guild_of, managers_only, say
from bot.controls import Act, Pressed, custom_id, form_of, layout_of
from bot.desk import Desk
from bot.errors import InputError
from bot.render.housekeeping import show_kept
from bot.render.text import shorten
from bot.texts import housekeeping as words

_NAME = 100


def erase_button() -> discord.ui.View:
    """Return the button that asks for the server's name."""
    button: discord.ui.Button[discord.ui.View] = discord.ui.Button(
        label=words.DELETE_BUTTON, style=discord.ButtonStyle.danger, custom_id=custom_id("erase")
    )
    return layout_of(button)


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what button and form do."""

    async def ask(interaction: Interaction, _: Pressed) -> None:
        await managers_only(interaction)
        name: discord.ui.TextInput[discord.ui.View] = discord.ui.TextInput(
            label=words.DELETE_NAME, custom_id="name", max_length=_NAME
        )
        await interaction.response.send_modal(form_of(words.DELETE_TITLE, custom_id("erase-all"), name))

    async def erase(interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)  # the button stays for another try
        await managers_only(interaction)
        guild_id, name = guild_of(interaction), interaction.guild.name if interaction.guild else ""
        if not name or _folded(pressed.fields.get("name", "")) != _folded(name):
            raise InputError(words.DELETE_WRONG.format(name=shorten(name, _NAME)))
        erased = await desk.service.erase_guild(guild_id)
        await say(interaction, words.DELETED.format(kept=show_kept(erased)))

    return {"erase": ask, "erase-all": erase}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())

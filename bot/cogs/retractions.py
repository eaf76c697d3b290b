"""`/retract`, and **Report a wrong extraction** on a message: what was read wrong, and what becomes of it."""

import re

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.answers import Interaction, choices, guild_of, managers_only
from bot.desk import Desk
from bot.errors import InputError
from bot.options import MOST_CHOICES, parse_number, pick_commitment, suggest_commitments
from bot.texts import hiding as words
from bot.views.statements import REPORT, RETRACT, offer, origin_of_commitment, origin_of_message

_MESSAGE = re.compile(r"(?:https?://(?:\w+\.)?discord(?:app)?\.com/channels/(\d{1,20})/\d{1,20}/)?(\d{1,20})")
_LARGEST = 2**63 - 1


class RetractCommand(commands.Cog):
    """Taking back what is wrong."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let only those pass who may manage the server."""
        return await managers_only(interaction)

    @app_commands.command(description=words.ABOUT_RETRACT)
    @app_commands.describe(message=words.OPTION_MESSAGE, commitment=words.OPTION_COMMITMENT)
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def retract(
        self, interaction: Interaction, message: Range[str, 1, 200] = "", commitment: Range[str, 1, 100] = ""
    ) -> None:
        """Offer what a message, or a commitment, has to be taken back or brought back."""
        await interaction.response.defer(ephemeral=True)
        if bool(message) == bool(commitment):
            raise InputError(words.WHICH_RETRACT)
        origin = await self._commitment(interaction, commitment) if commitment else _message(interaction, message)
        await offer(self._desk, interaction, RETRACT, origin)

    @retract.autocomplete("commitment")
    async def _commitments(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        found = await self._desk.service.suggest_commitments(guild_of(interaction), typed, limit=MOST_CHOICES)
        return choices(suggest_commitments(found))

    async def _commitment(self, interaction: Interaction, typed: str) -> str:
        number = parse_number(typed)
        if number is None:
            found = await self._desk.service.suggest_commitments(guild_of(interaction), typed, limit=2)
            number = pick_commitment(typed, found).id
        return origin_of_commitment(number)


def report_menu(desk: Desk) -> app_commands.ContextMenu:
    """Return the command in a message's menu by which everybody reports what is wrong in it."""

    async def report(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.defer(ephemeral=True)
        await offer(desk, interaction, REPORT, origin_of_message(message.id))

    menu = app_commands.ContextMenu(name=words.REPORT, callback=report, extras={"about": words.ABOUT_REPORT})
    return app_commands.guild_only(menu)


def _message(interaction: Interaction, typed: str) -> str:
    found = _MESSAGE.fullmatch(typed.strip().strip("<>"))
    if found is None or int(found[2]) > _LARGEST or (found[1] and int(found[1]) != interaction.guild_id):
        raise InputError(words.NO_MESSAGE)
    return origin_of_message(int(found[2]))

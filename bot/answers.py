"""How commands answer: payloads and sentences to the one who asked, and what a failed command says."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import discord
import structlog
from discord import app_commands

from bot import texts
from bot.channels import message_arguments
from bot.errors import BotError, explain
from digest.errors import DigestError

_log = structlog.stdlib.get_logger(__name__)

Interaction = discord.Interaction[discord.Client]


async def say(interaction: Interaction, sentence: str) -> None:
    """Answer with a sentence that only the one who asked can see, deferred or not; it replaces what stood there."""
    if interaction.response.is_done():
        await interaction.edit_original_response(content=sentence, embeds=[], view=None)
    else:
        await interaction.response.send_message(sentence, ephemeral=True)


async def show(interaction: Interaction, *payloads: Mapping[str, Any], view: discord.ui.View | None = None) -> None:
    """Answer a deferred command with messages in Discord's REST form, that only the one who asked can see.

    The first one bears the `view`, if there is one.
    """
    first, *rest = payloads
    await interaction.edit_original_response(**message_arguments(first), view=view)
    for payload in rest:
        await interaction.followup.send(**message_arguments(payload), ephemeral=True)


async def show_file(interaction: Interaction, sentence: str, name: str, content: bytes) -> None:
    """Answer a deferred command with a sentence and a file, that only the one who asked can see."""
    await interaction.edit_original_response(content=sentence, attachments=[discord.File(io.BytesIO(content), name)])


def guild_of(interaction: Interaction) -> int:
    """Return the id of the server that the command was used in."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    return interaction.guild_id


async def managers_only(interaction: Interaction) -> bool:
    """Let those pass who may manage the server. Discord hides the commands from others, and servers can change that."""
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])
    return True


def choices(pairs: Sequence[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """Return pairs of label and value as Discord's choices."""
    return [app_commands.Choice(name=name, value=value) for name, value in pairs]


class Tree(app_commands.CommandTree[discord.Client]):
    """The command tree, whose errors become sentences."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Say what went wrong and what to do; what nobody expected goes to the log with everything."""
        await apologise(interaction, error)


async def apologise(interaction: Interaction, error: Exception) -> None:
    """Say what went wrong and what to do; what nobody expected goes to the log with everything.

    In the place of the answer that is awaited; beside a message whose control was pressed, because that still works.
    """
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if not isinstance(cause, (BotError, DigestError, app_commands.CheckFailure)):
        command = interaction.command.qualified_name if interaction.command else None
        _log.error("command failed", command=command, guild_id=interaction.guild_id, exc_info=cause)
    if interaction.type is discord.InteractionType.autocomplete:
        return
    try:
        if interaction.response.type is discord.InteractionResponseType.deferred_message_update:
            await interaction.followup.send(explain_refusal(cause), ephemeral=True)
        else:
            await say(interaction, explain_refusal(cause))
    except discord.HTTPException as failed:
        _log.warning("the answer came too late", guild_id=interaction.guild_id, why=str(failed))


def explain_refusal(error: BaseException) -> str:
    """Return the sentence for an error of a command: a refusal by a check, or whatever `explain` knows."""
    if isinstance(error, app_commands.MissingPermissions):
        return texts.ERROR_NO_PERMISSION.format(missing=texts.PERMISSION_MANAGE_GUILD)
    if isinstance(error, app_commands.NoPrivateMessage):
        return texts.ERROR_GUILD_ONLY
    return explain(error)

"""Share: what only one member saw, shown to the channel, with who shares it."""

from collections.abc import Mapping
from functools import partial

import discord

from bot.answers import Interaction, guild_of
from bot.controls import Act, Pressed, custom_id
from bot.desk import Desk
from bot.errors import InputError
from bot.render import limits
from bot.texts import controls as words


def share_button() -> discord.ui.Button[discord.ui.View]:
    """Return the button that shares the message that it is on."""
    return discord.ui.Button(label=words.SHARE, style=discord.ButtonStyle.secondary, custom_id=custom_id("share"))


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the button does."""
    return {"share": partial(_share, desk)}


async def _share(desk: Desk, interaction: Interaction, _: Pressed) -> None:
    shown = interaction.message
    may_write = interaction.permissions.send_messages
    if isinstance(interaction.channel, discord.Thread):  # which has a permission of its own
        may_write = interaction.permissions.send_messages_in_threads
    if shown is None or not may_write:
        raise InputError(words.SHARE_NOT_HERE)
    if await desk.service.is_hidden(guild_of(interaction), _text_of(shown)):
        raise InputError(words.SHARE_HIDDEN)
    # What is shown was rendered by us for this server; whoever pressed adds nothing to it.
    by = words.SHARED_BY.format(user_id=interaction.user.id)
    content = "\n".join(filter(None, (by, shown.content)))
    await interaction.response.send_message(
        content if limits.measure(content) <= limits.CONTENT else shown.content,
        embeds=shown.embeds,
        allowed_mentions=discord.AllowedMentions.none(),
    )


def _text_of(message: discord.Message) -> str:
    embeds = [
        (one.author.name, one.title, one.description, *(field.value for field in one.fields), one.footer.text)
        for one in message.embeds
    ]
    return "\n\n".join(filter(None, (message.content, *(text for texts in embeds for text in texts))))

"""Deleting a digest: asked first, with what goes and what stays."""

from collections.abc import Mapping
from functools import partial

import discord

from bot.answers import Interaction, guild_of, managers_only, say, show
from bot.controls import Act, Pressed, custom_id, layout_of
from bot.desk import Desk
from bot.render.message import Message
from bot.render.text import shorten
from bot.texts import setup as words
from bot.views.audit import record
from digest.model import Subscription

_NAME = 60


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the two buttons do."""
    return {"digest-delete": partial(_delete, desk), "digest-keep": partial(_keep, desk)}


async def ask_to_delete(interaction: Interaction, subscription: Subscription) -> None:
    """Answer a deferred command with what would go, and the buttons that decide."""
    name = shorten(subscription.name, _NAME)
    asked = Message(words.DELETE_ASK.format(name=name, channel_id=subscription.channel_id))
    buttons = [
        discord.ui.Button[discord.ui.View](label=text, style=style, custom_id=custom_id(act, subscription.id))
        for act, text, style in (
            ("digest-delete", words.DELETE, discord.ButtonStyle.danger),
            ("digest-keep", words.KEEP, discord.ButtonStyle.secondary),
        )
    ]
    await show(interaction, asked.to_dict(), view=layout_of(*buttons))


async def _delete(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    subscription = await _get(desk, interaction, pressed)
    await desk.service.delete_subscription(subscription.guild_id, subscription.id)
    await record(desk, interaction, "digest delete", subscription.name)
    await say(interaction, words.DELETED.format(name=shorten(subscription.name, _NAME)))


async def _keep(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    subscription = await _get(desk, interaction, pressed)
    await say(interaction, words.KEPT.format(name=shorten(subscription.name, _NAME)))


async def _get(desk: Desk, interaction: Interaction, pressed: Pressed) -> Subscription:
    await interaction.response.defer()
    await managers_only(interaction)
    return await desk.service.get_subscription(guild_of(interaction), int(pressed.args))

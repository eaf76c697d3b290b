"""Deliveries as discord.py sends them, and how a message tells that it is one."""

import json
from collections.abc import Mapping
from typing import Any

import discord

from bot.channels.buttons import view_of
from bot.marks import bears, mark_of, marked
from digest.model import Delivery


def message_arguments(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a message in Discord's REST form as the arguments that discord.py's ways of sending take."""
    embeds = [discord.Embed.from_dict(embed) for embed in payload.get("embeds", ())]
    view = {"view": view_of(payload["components"])} if payload.get("components") else {}
    return {"content": payload.get("content") or None, "embeds": embeds, **view}


def payload_of(delivery: Delivery) -> dict[str, Any]:
    """Return the payload with the mark by which the message is found again."""
    return marked(json.loads(delivery.payload), mark_of(delivery))


def reference_of(delivery: Delivery, place_id: int) -> dict[str, Any]:
    """Return what makes the message an answer to another one, nothing where it is none."""
    if not delivery.reply_to:
        return {}
    answered = discord.MessageReference(
        message_id=delivery.reply_to,
        channel_id=place_id,
        guild_id=delivery.guild_id,
        fail_if_not_exists=False,
    )
    return {"reference": answered}


def is_marked(message: discord.Message, mark: str) -> bool:
    """Return whether the message bears the mark."""
    return bears(mark, message.content, (embed.footer.text for embed in message.embeds))

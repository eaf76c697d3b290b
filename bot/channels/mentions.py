"""Whom a message may ping: nobody, but the role that its digest is for."""

from collections.abc import Mapping
from typing import Any

import discord


def allowed_mentions(payload: Mapping[str, Any]) -> discord.AllowedMentions:
    """Return what a payload may ping: the role that it names under its own key, and nothing else."""
    allowed = discord.AllowedMentions.none()
    if payload.get("role"):
        allowed.roles = [discord.Object(payload["role"])]
    return allowed

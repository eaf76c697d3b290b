"""Whom a message may ping: nobody, but the role that its digest is for, or the one member whom it tells something."""

from collections.abc import Mapping
from typing import Any

import discord


def allowed_mentions(payload: Mapping[str, Any]) -> discord.AllowedMentions:
    """Return what a payload may ping: the role or the user that it names under a key of its own, and nothing else."""
    allowed = discord.AllowedMentions.none()
    if payload.get("role"):
        allowed.roles = [discord.Object(payload["role"])]
    if payload.get("user"):
        allowed.users = [discord.Object(payload["user"])]
    return allowed

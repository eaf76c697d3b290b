"""The one door to a server's record of who changed what: commands of those who manage it, and presses that change."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import discord
from discord import app_commands

from bot.answers import Interaction
from bot.commands import is_for_managers
from bot.desk import Desk
from digest.model import AuditEntry

READS_ONLY = frozenset(
    {
        *("digest list", "digest preview", "digest history", "source list", "source health", "source test"),
        *("digest setup", "digest edit", "digest delete"),  # what they open changes something
        *("source export", "source add", "retract"),  # these two change something by a later press
        *("settings show", "settings audit", "settings cases list", "settings cases export", "settings data-export"),
        *("settings suppress-name list", "settings data-delete"),
    }
)
"""Commands of managers that change nothing by themselves. All others are put on record."""

_LONGEST = 300

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu


async def record(desk: Desk, interaction: Interaction, action: str, subject: str) -> None:
    """Put on record that who pressed or typed did this to that in the server."""
    if interaction.guild_id is None:
        return
    user = interaction.user
    entry = AuditEntry(user.id, user.display_name, action, subject[:_LONGEST], desk.now())
    await desk.service.record_audit(interaction.guild_id, entry)


async def record_command(desk: Desk, interaction: Interaction, command: AnyCommand) -> None:
    """Put a command on record that did its work, if it is one by which managers change something."""
    if isinstance(command, app_commands.ContextMenu) or not is_for_managers(command):
        return
    if command.qualified_name not in READS_ONLY:
        data: Mapping[str, Any] = dict(interaction.data or {})
        subject = " · ".join(f"{name}: {value}" for name, value in _options(data.get("options", ())))
        await record(desk, interaction, command.qualified_name, subject)


def _options(options: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for one in options:
        if "value" in one:
            yield one["name"], _shown(one)
        yield from _options(one.get("options", ()))


def _shown(option: Mapping[str, Any]) -> str:
    kind, value = option.get("type"), str(option["value"])
    if kind == discord.AppCommandOptionType.channel.value:
        return f"<#{value}>"
    if kind == discord.AppCommandOptionType.role.value:
        return f"<@&{value}>"
    if "://" in value:  # the rest of an address may be a secret
        try:
            return urlsplit(value).hostname or "…"
        except ValueError:
            return "…"
    return value

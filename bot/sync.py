"""Discord's list of our commands, replaced only where it differs from ours: there is a limit a day on changes."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
import structlog
from discord.ext import commands

_log = structlog.stdlib.get_logger(__name__)

# What Discord adds to a command, and what it fills in where we leave it open.
_ADDED = frozenset({"id", "application_id", "guild_id", "version", "integration_types", "contexts", "handler"})
_TRANSLATIONS = frozenset(
    {"name_localizations", "description_localizations", "name_localized", "description_localized"}
)


async def sync_commands(bot: commands.AutoShardedBot, guild_id: int | None = None) -> bool:
    """Register the bot's commands, in one guild or for all, if Discord does not have them so; return whether it was so.

    Never in both places: they would show twice there.
    """
    guild = discord.Object(guild_id) if guild_id else None
    if guild:
        bot.tree.copy_global_to(guild=guild)
    ours = [command.to_dict(bot.tree) for command in bot.tree.get_commands(guild=guild)]
    application_id = bot.application_id or 0
    theirs: Sequence[Mapping[str, Any]] = (
        await bot.http.get_guild_commands(application_id, guild.id)
        if guild
        else await bot.http.get_global_commands(application_id)
    )
    if are_same(ours, theirs):
        return False
    await bot.tree.sync(guild=guild)
    _log.info("commands registered", number=len(ours), guild_id=guild_id)
    return True


def are_same(ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the two lists hold the same commands, whatever their order and what Discord adds to them."""
    return _by_name(ours) == _by_name(theirs)


def _by_name(all_commands: Sequence[Mapping[str, Any]]) -> dict[tuple[int, str], dict[str, Any]]:
    return {(one.get("type") or 1, one["name"]): _stripped(one) for one in all_commands}


def _stripped(command: Mapping[str, Any]) -> dict[str, Any]:
    """Leave what makes a command what it is: the absent, the empty and the false are the same to Discord."""
    kept = {name: value for name, value in command.items() if name not in _ADDED | _TRANSLATIONS}
    for name in ("options", "choices"):
        if kept.get(name):
            kept[name] = [_stripped(one) for one in kept[name]]
    permissions = kept.get("default_member_permissions")
    if permissions is not None:
        kept["default_member_permissions"] = str(permissions)
    return {name: value for name, value in kept.items() if value not in (None, False, [], "")}

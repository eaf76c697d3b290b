"""The commands as the tree has them: for `/help`, and for the page that lists them."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands

from bot.render.help import CommandLine, OptionLine

FOR_MANAGERS = {"for_managers": True}
"""The extras of a command that checks by itself who may use it, for which Discord knows no permission of its own."""

Tree = app_commands.CommandTree[discord.Client]


def list_commands(tree: Tree) -> tuple[CommandLine, ...]:
    """Return every command of the tree by its full name, those of a message's menu last."""
    typed = sorted(_typed(tree), key=lambda one: one.name)
    menus = tree.get_commands(type=discord.AppCommandType.message)
    return (*typed, *(CommandLine(one.name, str(one.extras.get("about", "")), is_menu=True) for one in menus))


def _typed(tree: Tree) -> Iterator[CommandLine]:
    for one in tree.walk_commands():
        if isinstance(one, app_commands.Command):
            options = tuple(map(_option, one.parameters))
            yield CommandLine(one.qualified_name, one.description, is_for_managers(one), options=options)


def _option(one: app_commands.Parameter) -> OptionLine:
    return OptionLine(one.display_name, one.description, one.required, tuple(choice.name for choice in one.choices))


def is_for_managers(command: app_commands.Command[Any, ..., Any]) -> bool:
    """Return whether only who manages the server may use the command."""
    top = command.root_parent or command
    is_closed = bool(top.default_permissions and top.default_permissions.manage_guild)
    return is_closed or FOR_MANAGERS.items() <= command.extras.items()

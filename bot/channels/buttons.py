"""Buttons of messages in Discord's REST form, as discord.py sends them."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord


def view_of(rows: Sequence[Mapping[str, Any]]) -> discord.ui.View:
    """Return rows of buttons as a view of which discord.py keeps nothing in memory: their ids say what they do."""
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for one in row["components"]:
            style = discord.ButtonStyle(one["style"])
            view.add_item(discord.ui.Button(label=one["label"], custom_id=one["custom_id"], style=style, row=number))
    view.stop()
    return view

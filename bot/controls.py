"""Buttons, selects and forms that outlive a restart: what they do stands in their custom_id, and nowhere else."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias

import discord

from bot.answers import Interaction, apologise, say
from bot.render.ids import custom_id
from bot.texts import controls as words

__all__ = ["Act", "Control", "Pressed", "custom_id", "form_of", "layout_of", "perform", "submit"]

_ID = re.compile(r"or:(?P<act>[a-z-]+)(?::(?P<args>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What somebody did: the arguments of the custom_id, what they chose in a select, what they wrote in a form."""

    args: str = ""
    values: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


Act: TypeAlias = Callable[[Interaction, Pressed], Awaitable[None]]
"""Answers a press. What it raises becomes a sentence; what can take long it defers first."""


class Control(discord.ui.DynamicItem[discord.ui.Item[Any]], template=_ID):
    """Every button and select of ours, whenever and by whichever process its message was posted."""

    def __init__(self, item: discord.ui.Item[Any], act: str, args: str) -> None:
        super().__init__(item)
        self._act = act
        self._args = args

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return what was pressed."""
        return cls(item, match["act"], match["args"] or "")

    async def callback(self, interaction: Interaction) -> None:
        """Do what its id says."""
        done: Mapping[str, Any] = dict(interaction.data or {})
        await perform(interaction, self._act, Pressed(self._args, tuple(map(str, done.get("values", ())))))


async def submit(interaction: Interaction) -> None:
    """Do what the custom_id of a form says that somebody filled in; of other interactions nothing."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    filled: Mapping[str, Any] = dict(interaction.data or {})
    found = _ID.fullmatch(filled.get("custom_id", ""))
    if found:
        fields = dict(_inputs(filled.get("components", ())))
        await perform(interaction, found["act"], Pressed(found["args"] or "", fields=fields))


async def perform(interaction: Interaction, act: str, pressed: Pressed) -> None:
    """Do an act of the client's, and say what went wrong with it."""
    acts: Mapping[str, Act] = getattr(interaction.client, "acts", {})
    try:
        if act in acts:
            await acts[act](interaction, pressed)
        else:  # of a version that had it
            await say(interaction, words.UNKNOWN)
    except Exception as error:  # noqa: BLE001 -- a press is a command: the one place where its errors become a sentence
        await apologise(interaction, error)


def layout_of(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """Return a view of buttons and selects of which discord.py keeps nothing in memory: their ids say what they do."""
    view = discord.ui.View(timeout=None)
    for one in items:
        view.add_item(one)
    view.stop()
    return view


def form_of(title: str, form_id: str, *inputs: discord.ui.Item[Any]) -> discord.ui.Modal:
    """Return a form of which discord.py keeps nothing in memory: its id says what becomes of what is written."""
    form = discord.ui.Modal(title=title, custom_id=form_id)
    for one in inputs:
        form.add_item(one)
    form.stop()
    return form


def _inputs(components: Any) -> Iterator[tuple[str, str]]:
    for one in components:
        if "value" in one:
            yield one["custom_id"], one["value"]
        yield from _inputs([*one.get("components", ()), *([one["component"]] if one.get("component") else ())])

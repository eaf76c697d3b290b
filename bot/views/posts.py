"""The controls under a posted digest: a select of its stories, and buttons for what its cards have no room for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord

from bot.controls import custom_id, layout_of
from bot.render import limits
from bot.render.under import BUTTONS
from bot.texts import posts as words

_MOST_SELECTS = limits.ROWS - 1


def controls_under(payload: Mapping[str, Any], edition_id: int) -> discord.ui.View | None:
    """Return the controls of a message of the edition, by the stories that its payload names; None where it has none.

    Where it tells one story, the buttons are about that, else about the edition.
    """
    stories = payload.get("stories", ())
    if not stories:
        return None
    only = (stories[0][0],) if len(stories) == 1 else ()
    buttons = [
        discord.ui.Button[discord.ui.View](label=label, custom_id=custom_id(act, edition_id, *only))
        for act, label in BUTTONS.items()
    ]
    return layout_of(*(select_stories("story", edition_id, stories) if len(stories) > 1 else ()), *buttons)


def select_stories(
    act: str, edition_id: int, stories: Sequence[Sequence[Any]], *, placeholder: str = words.CHOOSE_STORY
) -> Iterator[discord.ui.Select[discord.ui.View]]:
    """Return selects of stories (number, headline, outlets) whose choice does `act`: one for every 25, four at most."""
    for place, first in enumerate(range(0, min(len(stories), _MOST_SELECTS * limits.OPTIONS), limits.OPTIONS)):
        yield discord.ui.Select(
            custom_id=custom_id(act, edition_id, *([f"p{place}"] if place else [])),  # no two may be alike
            placeholder=placeholder,
            options=[
                discord.SelectOption(label=headline, value=str(number), description=outlets)
                for number, headline, outlets in stories[first : first + limits.OPTIONS]
            ],
        )

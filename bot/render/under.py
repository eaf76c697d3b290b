"""What stands under a posted digest: which buttons and selects, by the acts that they do and by what they say. Pure."""

from collections.abc import Sequence

from bot.render.message import StoryLabel
from bot.texts import posts as words

BUTTONS = {
    "quotes": words.ALL_QUOTES,
    "commitments": words.COMMITMENTS,
    "proof": words.PROOF,
    "follow": words.FOLLOW,
}
"""What each button says, by its act, whose arguments are the edition and, under a single story, its number."""


def name_controls(stories: Sequence[StoryLabel]) -> tuple[str, ...]:
    """Return what the controls under a message with these stories say, where they can only be looked at."""
    if not stories:
        return ()
    choice = (words.SELECT.format(placeholder=words.CHOOSE_STORY),) if len(stories) > 1 else ()
    return (*choice, *BUTTONS.values())

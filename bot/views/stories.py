"""What the controls under a digest do: a story in full, its quotes and commitments by the page."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import discord

from bot.answers import Interaction, guild_of, show
from bot.controls import Act, Pressed, custom_id, layout_of
from bot.desk import Desk
from bot.render.cards import label_of
from bot.render.days import find_zone, local_day
from bot.render.message import Message
from bot.render.stories import list_committed, render_committed, render_quotes, render_story
from bot.render.under import BUTTONS
from bot.texts import proofs as words
from bot.views.posts import select_stories
from bot.views.sharing import share_button
from digest import NotFoundError
from digest.model import EditionStory, LedgerEntry

_ARGS = re.compile(r"(?P<edition>\d{1,18})(?::(?P<number>\d{1,9}))?(?::(?P<page>\d{1,6}))?(?::p\d+)?", re.ASCII)
Buttons = list[discord.ui.Item[discord.ui.View]]


@dataclass(frozen=True, slots=True)
class Place:
    """What a control is about: an edition, a story of it by its number (0: all that it shows), and a page of a list."""

    edition_id: int
    number: int = 0
    page: int = 0

    @classmethod
    def of(cls, pressed: Pressed) -> "Place":
        """Return what was pressed, or chosen in a select of stories; NotFoundError for what none of ours can say."""
        found = _ARGS.fullmatch(pressed.args)
        if found is None:
            raise NotFoundError(f"no place in an edition: {pressed.args}")
        chosen = pressed.values[0] if pressed.values and pressed.values[0].isdecimal() else "0"
        return cls(int(found["edition"]), int(found["number"] or chosen), int(found["page"] or 0))


async def list_meant(desk: Desk, interaction: Interaction, place: Place) -> tuple[EditionStory, ...]:
    """Return the story that is meant, or all that the edition shows; NotFoundError where it is not this guild's."""
    guild_id = guild_of(interaction)
    if place.number:
        return (await desk.service.get_edition_story(guild_id, place.edition_id, place.number),)
    return await desk.service.list_stories(guild_id, place.edition_id)


async def ask_which(interaction: Interaction, act: str, stories: Sequence[EditionStory]) -> None:
    """Let whoever pressed choose one of the stories, for the act."""
    labels = [label_of(one.story, one.number) for one in stories]
    rows = [(label.number, label.headline, label.outlets) for label in labels]
    view = layout_of(*select_stories(act, stories[0].edition_id, rows))
    await show(interaction, Message(words.CHOOSE_STORY).to_dict(), view=view)


def buttons_of(story: EditionStory, *without: str) -> Buttons:
    """Return the buttons of one story, as they stand under a post, and Share."""
    return [
        *(
            discord.ui.Button[discord.ui.View](label=label, custom_id=custom_id(act, story.edition_id, story.number))
            for act, label in BUTTONS.items()
            if act not in without
        ),
        share_button(),
    ]


class StoryActs:
    """Acts about the stories of an edition. Each looks them up anew, for the guild that it is used in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def acts(self) -> Mapping[str, Act]:
        """Return the acts by their names."""
        return {
            "story": self._story,
            "quotes": self._quotes,
            "quotes-page": self._turn_quotes,
            "commitments": self._commitments,
            "commitments-page": self._turn_commitments,
        }

    async def _story(self, interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        (story, *_) = await list_meant(self._desk, interaction, Place.of(pressed))
        await show(interaction, render_story(story).to_dict(), view=layout_of(*buttons_of(story)))

    async def _quotes(self, interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._show_quotes(interaction, Place.of(pressed))

    async def _turn_quotes(self, interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer()
        await self._show_quotes(interaction, Place.of(pressed))

    async def _show_quotes(self, interaction: Interaction, place: Place) -> None:
        stories = await list_meant(self._desk, interaction, place)
        message, pages = render_quotes(stories, place.page)
        await show(interaction, message.to_dict(), view=_pager("quotes-page", place, pages))

    async def _commitments(self, interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._show_commitments(interaction, Place.of(pressed))

    async def _turn_commitments(self, interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer()
        await self._show_commitments(interaction, Place.of(pressed))

    async def _show_commitments(self, interaction: Interaction, place: Place) -> None:
        stories = await list_meant(self._desk, interaction, place)
        entries = await self._entries(guild_of(interaction), stories)
        today = local_day(self._desk.now(), find_zone(stories[0].zone))
        message, pages = render_committed(stories, entries, place.page, today=today)
        await show(interaction, message.to_dict(), view=_pager("commitments-page", place, pages))

    async def _entries(self, guild_id: int, stories: Sequence[EditionStory]) -> dict[int, LedgerEntry]:
        entries = {}
        for entry_id in sorted({one.entry_id for one in list_committed(stories) if one.entry_id}):
            with suppress(NotFoundError):  # nothing of it that this guild may see
                entries[entry_id] = await self._desk.service.get_commitment(guild_id, entry_id)
        return entries


def _pager(act: str, place: Place, pages: int) -> discord.ui.View:
    turns = [(words.PREVIOUS, place.page - 1), (words.NEXT, place.page + 1)] if pages > 1 else []
    return layout_of(
        *(
            discord.ui.Button[discord.ui.View](
                label=label,
                custom_id=custom_id(act, place.edition_id, place.number, max(page, 0)) + f":p{at}",
                disabled=not 0 <= page < pages,
            )
            for at, (label, page) in enumerate(turns)
        ),
        share_button(),
    )

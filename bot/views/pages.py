"""Lists of look-ups, page by page: the same list for the command and for the buttons under its answer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, TypeAlias

import discord

from bot.answers import Interaction, guild_of, show
from bot.controls import Act, Pressed, custom_id, layout_of
from bot.desk import Desk
from bot.render import limits
from bot.render.articles import count_quotes, render_commitments_of, render_quotes_of
from bot.render.days import find_zone, local_day
from bot.render.ids import LONGEST_ID
from bot.render.lookups import render_articles, render_commitments, render_due, render_quotes, render_said
from bot.render.message import Message
from bot.render.stale import with_stale
from bot.render.storylines import render_story
from bot.render.text import shorten_plain
from bot.texts import UNTITLED, lookups as words
from bot.views.sharing import share_button
from digest.model import ArticleHit, CommitmentKind

PAGE_LENGTH = 5
MOST_PAGES = 200

_ACT = "page"
_ARTICLE = "article"
_STEPS = 10  # of a story
_LABEL = 100

Button: TypeAlias = discord.ui.Button[discord.ui.View]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list, whether another one follows, and the articles on it that can be opened."""

    message: Message
    has_more: bool
    articles: tuple[ArticleHit, ...] = ()


List: TypeAlias = Callable[[Desk, int, str, int], Awaitable[Listed]]
"""Gives a page, counted from 1, of what a guild asks for: words, or what else the list goes by."""


async def show_list(interaction: Interaction, desk: Desk, name: str, asked: str, page: int) -> None:
    """Answer a deferred command or press with a page of a list, its buttons, and what it may be missing."""
    guild_id = guild_of(interaction)
    listed = await LISTS[name](desk, guild_id, asked, page)
    statuses = await desk.service.list_sources(guild_id)
    buttons = _buttons(name, asked, page, has_more=listed.has_more)
    message = listed.message if buttons or not listed.has_more else _naming_option(listed.message, page + 1)
    message = with_stale(message, statuses, desk.now())
    controls = [
        *([article_select(listed.articles)] if listed.articles else []),
        *buttons,
        *([share_button()] if message.embeds else []),
    ]
    await show(interaction, message.to_dict(), view=layout_of(*controls))


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the buttons do."""
    return {_ACT: partial(_turn, desk)}


def article_select(hits: Sequence[ArticleHit]) -> discord.ui.Select[discord.ui.View]:
    """Return the select that opens one of these articles."""
    options = [
        discord.SelectOption(
            label=shorten_plain(hit.title, _LABEL) or UNTITLED,
            description=shorten_plain(hit.site, _LABEL) or None,
            value=str(hit.id),
        )
        for hit in hits
    ]
    return discord.ui.Select(placeholder=words.OPEN_ARTICLE, custom_id=custom_id(_ARTICLE), options=options)


def list_button(label: str, name: str, asked: str) -> Button:
    """Return the button that shows the first page of a list in an answer of its own."""
    return discord.ui.Button(label=label, custom_id=custom_id(_ACT, name, 0, asked))


async def _turn(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    name, page, asked = pressed.args.split(":", 2)
    if page == "0":  # of another list than the message shows
        await interaction.response.defer(ephemeral=True, thinking=True)
    else:
        await interaction.response.defer()
    await show_list(interaction, desk, name, asked, max(int(page), 1))


def _buttons(name: str, asked: str, page: int, *, has_more: bool) -> list[Button]:
    pages = {words.PREVIOUS: page - 1, words.NEXT: page + 1}
    is_there = {words.PREVIOUS: page > 1, words.NEXT: has_more and page < MOST_PAGES}
    if not any(is_there.values()) or _length(name, MOST_PAGES, asked) > LONGEST_ID:
        return []
    return [
        discord.ui.Button(label=label, custom_id=custom_id(_ACT, name, max(to, 1), asked), disabled=not is_there[label])
        for label, to in pages.items()
    ]


def _length(*args: Any) -> int:
    return limits.measure(":".join(("or", _ACT, *map(str, args))))


def _naming_option(message: Message, page: int) -> Message:
    *before, last = message.embeds
    footer = words.PAGE_OPTION.format(footer=last.footer, page=page)
    return replace(message, embeds=(*before, replace(last, footer=footer)))


def _offset(page: int, length: int = PAGE_LENGTH) -> int:
    return (page - 1) * length


# --- the lists -------------------------------------------------------------------------------------------------------


async def _articles(desk: Desk, guild_id: int, asked: str, page: int) -> Listed:
    offset = _offset(page)
    found = await desk.service.search_articles(guild_id, asked, limit=PAGE_LENGTH + 1, offset=offset)
    hits = found[:PAGE_LENGTH]
    return Listed(render_articles(hits, asked, offset=offset), len(found) > PAGE_LENGTH, hits)


async def _quotes(desk: Desk, guild_id: int, asked: str, page: int) -> Listed:
    offset = _offset(page)
    found = await desk.service.search_quotes(guild_id, asked, limit=PAGE_LENGTH + 1, offset=offset)
    return Listed(render_quotes(found[:PAGE_LENGTH], asked, offset=offset), len(found) > PAGE_LENGTH)


async def _said(desk: Desk, guild_id: int, asked: str, page: int) -> Listed:
    offset, service = _offset(page), desk.service
    found = await service.list_said(guild_id, asked, limit=PAGE_LENGTH + 1, offset=offset)
    known = await service.describe_speaker(guild_id, asked)
    return Listed(render_said(found[:PAGE_LENGTH], asked, known, offset=offset), len(found) > PAGE_LENGTH)


async def _commitments(desk: Desk, guild_id: int, asked: str, page: int) -> Listed:
    chosen, _, query = asked.partition(":")
    kind, offset = CommitmentKind(chosen) if chosen else None, _offset(page)
    zone = find_zone(await desk.service.get_zone(guild_id))
    found = await desk.service.list_commitments(guild_id, query, kind=kind, limit=PAGE_LENGTH + 1, offset=offset)
    message = render_commitments(found[:PAGE_LENGTH], query, kind=kind, zone=zone, offset=offset)
    return Listed(message, len(found) > PAGE_LENGTH)


async def _due(desk: Desk, guild_id: int, asked: str, page: int) -> Listed:
    days, offset = int(asked), _offset(page)
    zone = find_zone(await desk.service.get_zone(guild_id))
    first = local_day(desk.now(), zone)
    found = await desk.service.list_due(
        guild_id, first=first, last=first + timedelta(days), limit=PAGE_LENGTH + 1, offset=offset
    )
    return Listed(render_due(found[:PAGE_LENGTH], days, zone=zone, offset=offset), len(found) > PAGE_LENGTH)


async def _story(desk: Desk, guild_id: int, asked: str, page: int) -> Listed:
    zone = find_zone(await desk.service.get_zone(guild_id))
    story = await desk.service.get_story(guild_id, int(asked))
    offset = min(_offset(page, _STEPS), _offset(-(-len(story.steps) // _STEPS), _STEPS))
    message = render_story(story, zone=zone, offset=offset, limit=_STEPS)
    return Listed(message, offset + _STEPS < len(story.steps))


async def _quotes_of(desk: Desk, guild_id: int, asked: str, page: int) -> Listed:
    record, offset = await desk.service.get_article(guild_id, int(asked)), _offset(page)
    message = render_quotes_of(record, offset=offset, limit=PAGE_LENGTH)
    return Listed(message, offset + PAGE_LENGTH < count_quotes(record))


async def _commitments_of(desk: Desk, guild_id: int, asked: str, page: int) -> Listed:
    record, offset = await desk.service.get_article(guild_id, int(asked)), _offset(page)
    zone = find_zone(await desk.service.get_zone(guild_id))
    message = render_commitments_of(record, zone=zone, offset=offset, limit=PAGE_LENGTH)
    return Listed(message, offset + PAGE_LENGTH < len(record.entries))


ARTICLES, QUOTES, SAID, COMMITMENTS, DUE, STORY = "a", "q", "by", "c", "d", "s"
QUOTES_OF, COMMITMENTS_OF = "aq", "ac"
LISTS: Mapping[str, List] = {
    ARTICLES: _articles,
    QUOTES: _quotes,
    SAID: _said,
    COMMITMENTS: _commitments,
    DUE: _due,
    STORY: _story,
    QUOTES_OF: _quotes_of,
    COMMITMENTS_OF: _commitments_of,
}
"""By the names that stand in the buttons' ids: they stay what they are, or older buttons die."""

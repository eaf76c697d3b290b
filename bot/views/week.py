"""The last seven days in a set-up: shown, day by day, and of each story more or less asked for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import blake2b
from typing import TypeAlias

import discord

from bot import texts
from bot.answers import Interaction, guild_of, say, show
from bot.controls import Act, Pressed, layout_of
from bot.desk import Desk
from bot.errors import InputError
from bot.options import MOST_CHOICES, MOST_KEYWORDS, label, parse_keywords
from bot.render.days import short_day
from bot.render.embeds import render_messages
from bot.render.message import Message
from bot.render.setup import count_stories, render_week, show_rules, stories_of
from bot.render.text import shorten
from bot.texts import setup as words
from bot.views.drafts import Draft, change_draft, get_draft, id_of
from bot.views.panel import button
from digest.errors import Limit, LimitError
from digest.model import PastDay, Story, Week

_HEADLINE = 120

_Words: TypeAlias = tuple[str, ...]


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the controls under the week and its days do."""
    return {
        "setup-week": partial(_show_week, desk),
        "setup-day": partial(_show_day, desk),
        "setup-story": partial(_show_story, desk),
        "setup-more": partial(_make_rule, desk, is_more=True),
        "setup-less": partial(_make_rule, desk, is_more=False),
    }


async def get_week(desk: Desk, interaction: Interaction, draft: Draft) -> Week:
    """Return the last seven days of what is being set up; InputError where it does not say yet when it comes."""
    draft.check_complete()
    return await desk.service.preview_week(guild_of(interaction), draft.order, now=desk.now())


async def _show_week(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    is_again = pressed.args.endswith(":again")  # in the place of the week that is shown, or beside the panel
    await interaction.response.defer(ephemeral=True, thinking=not is_again)
    draft, _ = await get_draft(desk, interaction, pressed)
    week = await get_week(desk, interaction, draft)
    days = [
        discord.SelectOption(
            label=words.DAY_CHOICE.format(day=short_day(day.day), stories=count_stories(day)), value=str(day.day)
        )
        for day in week.days
        if day.digests
    ]
    select = [_select("setup-day", words.CHOOSE_DAY, days, interaction, draft)] if days else []
    layout = layout_of(*select, *_ways_on(interaction, draft))
    await show(interaction, render_week(draft.order.name, week).to_dict(), view=layout)


async def _show_day(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    draft, _ = await get_draft(desk, interaction, pressed)
    day = _day_of(await get_week(desk, interaction, draft), pressed.values[0])
    stories = _by_key(day)
    if not stories:
        return await say(interaction, words.DAY_EMPTY.format(day=short_day(day.day)))
    options = [
        discord.SelectOption(label=label(story.headline), value=key) for key, story in [*stories.items()][:MOST_CHOICES]
    ]
    select = _select("setup-story", words.CHOOSE_STORY, options, interaction, draft, str(day.day))
    messages = [message for digest in day.digests for message in render_messages(digest)]
    return await show(interaction, *(message.to_dict() for message in messages), view=layout_of(select))


async def _show_story(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    draft, day = await get_draft(desk, interaction, pressed)
    story = _by_key(_day_of(await get_week(desk, interaction, draft), day)).get(pressed.values[0])
    if story is None:
        raise InputError(words.STORY_GONE.format(again=words.WEEK_AGAIN))
    found = (await desk.service.suggest_rules(guild_of(interaction), story))[:MOST_CHOICES]
    headline = shorten(story.headline, _HEADLINE) or texts.UNTITLED
    if not found:
        return await say(interaction, words.STORY_NO_WORDS.format(headline=headline))
    options = [discord.SelectOption(label=label(phrase), value=phrase) for phrase in found]
    most = min(len(options), MOST_KEYWORDS)
    selects = [
        _select(act, title, options, interaction, draft, most=most)
        for act, title in (("setup-more", words.CHOOSE_MORE), ("setup-less", words.CHOOSE_LESS))
    ]
    asked = Message(words.STORY_ASK.format(headline=headline))
    return await show(interaction, asked.to_dict(), view=layout_of(*selects))


async def _make_rule(desk: Desk, interaction: Interaction, pressed: Pressed, *, is_more: bool) -> None:
    await interaction.response.defer()
    chosen = parse_keywords(",".join(pressed.values))
    draft = await change_draft(desk, interaction, pressed, lambda draft, _: _ruled(draft, chosen, is_more=is_more))
    made = Message(words.RULES_NOW.format(rules=show_rules(draft.order)))
    await show(interaction, made.to_dict(), view=layout_of(*_ways_on(interaction, draft)))


def _ruled(draft: Draft, chosen: _Words, *, is_more: bool) -> Draft:
    """Return the draft with these words among those of which there is to be more, or less, and not among the others."""
    order = draft.order
    wanted, unwanted = (order.keywords, order.less) if is_more else (order.less, order.keywords)
    wanted = tuple(dict.fromkeys((*wanted, *chosen)))
    unwanted = tuple(word for word in unwanted if word not in chosen)
    if len(wanted) > MOST_KEYWORDS:
        raise LimitError(Limit.KEYWORDS if is_more else Limit.LESS, MOST_KEYWORDS)
    more, less = (wanted, unwanted) if is_more else (unwanted, wanted)
    return replace(draft, order=replace(order, keywords=more, less=less))


def _ways_on(interaction: Interaction, draft: Draft) -> list[discord.ui.Button[discord.ui.View]]:
    return [
        button("setup-week", words.WEEK_AGAIN, interaction, draft, "again"),
        button("setup-show", words.WEEK_TO_PANEL, interaction, draft),
    ]


def _day_of(week: Week, wanted: str) -> PastDay:
    try:
        chosen = date.fromisoformat(wanted)
    except ValueError as error:
        raise InputError(words.STORY_GONE.format(again=words.WEEK_AGAIN)) from error
    return next((day for day in week.days if day.day == chosen), PastDay(chosen))


def _by_key(day: PastDay) -> dict[str, Story]:
    """Return the stories of a day by what names them in a select: their place may change, their first article not."""
    return {_key_of(story.briefs[0].article.url): story for story in stories_of(day)}


def _key_of(url: str) -> str:
    return blake2b(url.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _select(
    act: str,
    placeholder: str,
    options: list[discord.SelectOption],
    interaction: Interaction,
    draft: Draft,
    *args: str,
    most: int = 1,
) -> discord.ui.Select[discord.ui.View]:
    made = id_of(act, interaction, draft, *args)
    return discord.ui.Select(custom_id=made, placeholder=placeholder, options=options, max_values=most)

"""A day's digests: shown as they stand, chosen among several, given as a page; and the next one before it comes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

import discord

from bot import texts
from bot.answers import Interaction, guild_of, show, show_file
from bot.controls import Act, Pressed, custom_id, layout_of
from bot.desk import Desk
from bot.render import limits
from bot.render.days import find_zone, full_day, local_day
from bot.render.editions import render_edition_page
from bot.render.embeds import render_messages
from bot.render.issued import about_next, label_digest, render_day, show_coming
from bot.render.message import Message
from bot.texts import lookups as words
from bot.views.sharing import share_button
from digest.model import IssuedDigest, Subscription

_MOST_CHOICES = 25
_TITLE = "{name} · {day}"

_Select = discord.ui.Select[discord.ui.View]
_Button = discord.ui.Button[discord.ui.View]


async def show_day(interaction: Interaction, desk: Desk, day: date) -> None:
    """Answer a deferred command or press with the digest of a day; of several, with the choice."""
    guild_id = guild_of(interaction)
    zone = find_zone(await desk.service.get_zone(guild_id))
    today = local_day(desk.now(), zone)
    found = await desk.service.list_issued(guild_id, day)
    content = await _still_to_come(desk, guild_id, today) if found and day == today else ""
    if len(found) == 1:
        return await _show_issued(interaction, found[0], content)
    if found:
        options = [
            discord.SelectOption(label=label_digest(one, find_zone(one.subscription.zone)), value=str(one.edition_id))
            for one in found[-_MOST_CHOICES:]
        ]
        chooser: _Select = discord.ui.Select(
            placeholder=words.DAY_CHOICE, custom_id=custom_id("edition"), options=options
        )
        message = replace(render_day(found, day), content=content)
        return await show(interaction, message.to_dict(), view=layout_of(chooser, share_button()))
    return await _show_none(interaction, desk, day, today)


def page_button(edition_id: int) -> _Button:
    """Return the button that gives an edition as a page."""
    return discord.ui.Button(label=words.AS_PAGE, custom_id=custom_id("edition-page", edition_id))


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the controls do."""
    return {
        "day": partial(_open_day, desk),
        "edition": partial(_open_edition, desk),
        "edition-page": partial(_give_page, desk),
    }


async def _open_day(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await show_day(interaction, desk, date.fromisoformat(pressed.args))


async def _open_edition(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await _show_issued(interaction, await desk.service.get_issued(guild_of(interaction), int(pressed.values[0])))


async def _give_page(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    issued = await desk.service.get_issued(guild_of(interaction), int(pressed.args))
    page = render_edition_page(
        issued.payloads,
        title=_TITLE.format(name=issued.subscription.name or texts.NAME, day=full_day(issued.day)),
        zone=issued.subscription.zone,
        posted_at=issued.composed_at,
        now=desk.now(),
    )
    name = words.PAGE_FILE.format(day=issued.day.isoformat(), number=issued.edition_id)
    await show_file(interaction, words.PAGE_SENTENCE, name, page.encode("utf-8", "replace"))


async def _show_issued(interaction: Interaction, issued: IssuedDigest, content: str = "") -> None:
    payloads = [json.loads(payload) for payload in issued.payloads]
    # Of several messages, sharing the first alone would show a part as if it were the whole.
    controls: list[_Button] = [page_button(issued.edition_id), *([share_button()] if len(payloads) == 1 else [])]
    if issued.message_id:
        channel = interaction.guild.get_channel(issued.channel_id) if interaction.guild else None
        # A thread of a forum has the id of its first message.
        place = issued.message_id if isinstance(channel, discord.ForumChannel) else issued.channel_id
        address = f"https://discord.com/channels/{guild_of(interaction)}/{place}/{issued.message_id}"
        controls.append(discord.ui.Button(label=words.GO_TO_MESSAGE, url=address))
    first = payloads[0] | {"content": _joined(payloads[0].get("content") or "", content)}
    await show(interaction, first, *payloads[1:], view=layout_of(*controls))


async def _still_to_come(desk: Desk, guild_id: int, today: date) -> str:
    subscriptions = await desk.service.list_subscriptions(guild_id)
    runs = await desk.service.map_next_runs(guild_id)
    return show_coming([one for one in subscriptions if _is_on(one, runs.get(one.id), today)], runs)


async def _show_none(interaction: Interaction, desk: Desk, day: date, today: date) -> None:
    guild_id = guild_of(interaction)
    nearest = await desk.service.find_nearest_days(guild_id, day)
    buttons = [_day_button(one) for one in nearest if one]
    if day != today:
        sentence = words.NO_POST_ON.format(day=full_day(day)) if buttons else words.NO_POST_EVER
        return await _say(interaction, sentence, buttons)
    subscriptions = await desk.service.list_subscriptions(guild_id)
    runs = await desk.service.map_next_runs(guild_id)
    coming = min(((runs[one.id], one.id, one) for one in subscriptions if one.id in runs), default=None)
    if coming is None:
        nothing = words.NO_POST_TODAY if subscriptions else texts.NO_DIGEST
        return await _say(interaction, nothing, buttons)
    next_at, _, subscription = coming
    if not _is_on(subscription, next_at, today):
        when = about_next(words.COMES_NEXT, subscription, next_at)
        return await _say(interaction, f"{words.NO_POST_TODAY} {when}", buttons)
    return await _preview(interaction, desk, subscription, next_at, buttons)


async def _preview(
    interaction: Interaction, desk: Desk, subscription: Subscription, next_at: datetime, buttons: Sequence[_Button]
) -> None:
    composed = await desk.service.preview_digest(subscription.guild_id, subscription, now=desk.now())
    if not composed.stories:
        return await _say(interaction, about_next(words.NOT_YET_NOTHING, subscription, next_at), buttons)
    first, *rest = render_messages(composed)
    content = _joined(about_next(words.NOT_YET, subscription, next_at), first.content)
    messages = [replace(first, content=content), *rest]
    return await show(interaction, *(one.to_dict() for one in messages), view=layout_of(*buttons))


async def _say(interaction: Interaction, sentence: str, buttons: Sequence[_Button]) -> None:
    content = _joined(sentence, words.NEAREST if buttons else "")
    await show(interaction, Message(content=content).to_dict(), view=layout_of(*buttons))


def _day_button(day: date) -> _Button:
    return discord.ui.Button(label=full_day(day), custom_id=custom_id("day", day.isoformat()))


def _is_on(subscription: Subscription, at: datetime | None, day: date) -> bool:
    return at is not None and local_day(at, find_zone(subscription.zone)) == day


def _joined(*parts: str) -> str:
    joined = "\n".join(filter(None, parts))
    return joined if limits.measure(joined) <= limits.CONTENT else parts[0]

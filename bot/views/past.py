"""What became of a digest's editions, page by page."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import discord

from bot.answers import Interaction, guild_of, managers_only, show
from bot.controls import Act, Pressed, custom_id, layout_of
from bot.desk import Desk
from bot.render.days import find_zone
from bot.render.past import label_past, render_past
from bot.texts import setup as words
from digest.model import PastEdition, Subscription

EDITIONS_A_PAGE = 10


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the buttons for older and newer editions do."""
    return {"digest-older": partial(_turn, desk), "digest-newer": partial(_turn, desk)}


async def show_past(desk: Desk, interaction: Interaction, subscription: Subscription, page: int) -> None:
    """Answer a deferred interaction with one page of the editions, from 1, and the buttons to the others."""
    offset = (page - 1) * EDITIONS_A_PAGE
    found = await desk.service.list_past_editions(
        subscription.guild_id, subscription.id, limit=EDITIONS_A_PAGE + 1, offset=offset
    )
    shown = found[:EDITIONS_A_PAGE]
    forums = {one.id for one in interaction.guild.forums} if interaction.guild else set[int]()
    buttons = [
        discord.ui.Button[discord.ui.View](
            label=text, custom_id=custom_id(act, subscription.id, number), disabled=is_off
        )
        for act, text, number, is_off in (
            ("digest-newer", words.NEWER, page - 1, page == 1),
            ("digest-older", words.OLDER, page + 1, len(found) <= EDITIONS_A_PAGE),
        )
    ]
    message = render_past(subscription.name, shown, page, forums=forums)
    await show(interaction, message.to_dict(), view=layout_of(*_opener(subscription, shown), *buttons))


def _opener(subscription: Subscription, shown: Sequence[PastEdition]) -> Iterator[discord.ui.Select[discord.ui.View]]:
    """Return a select of the posted digests, which opens one as `/today` does; none where none is there."""
    zone = find_zone(subscription.zone)
    options = [
        discord.SelectOption(label=label, value=str(one.edition.id))
        for one in shown
        if (label := label_past(one, zone))
    ]
    if options:
        yield discord.ui.Select(placeholder=words.HISTORY_OPEN, custom_id=custom_id("edition"), options=options)


async def _turn(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer()
    await managers_only(interaction)
    subscription_id, page = map(int, pressed.args.split(":"))
    subscription = await desk.service.get_subscription(guild_of(interaction), subscription_id)
    await show_past(desk, interaction, subscription, page)

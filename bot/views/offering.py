"""What can be followed at an address, to choose from: what was found is kept, so that the buttons outlive a restart."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import discord

from bot.answers import Interaction, guild_of, managers_only, say, show
from bot.controls import Act, Pressed, custom_id, layout_of
from bot.desk import Desk
from bot.errors import InputError
from bot.render.sources import name_source, render_offers
from bot.render.text import shorten_plain
from bot.texts import sources as words
from bot.views.audit import record
from digest.errors import NotFoundError
from digest.model import Offer, SourceKind

_PURPOSE = "source"
_LABEL = 100


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the buttons and the select do."""
    return {
        "offer-choose": partial(_choose, desk),
        "offer-follow": partial(_follow, desk),
        "offer-leave": partial(_leave, desk),
    }


async def ask(desk: Desk, interaction: Interaction, offers: Sequence[Offer]) -> None:
    """Answer a deferred command with the offers, and with what lets the member choose or leave them."""
    kept = [(one.source.name, one.source.url, one.source.kind) for one in offers]
    payload = json.dumps({"token": str(interaction.id), "offers": kept}, ensure_ascii=False)
    await desk.service.keep_draft(guild_of(interaction), interaction.user.id, payload, purpose=_PURPOSE, now=desk.now())
    sentence = words.OFFER_ASK_ONE if len(offers) == 1 else words.OFFER_ASK
    view = _controls(str(interaction.id), [(name, kind) for name, _, kind in kept])
    await show(interaction, render_offers(offers).to_dict() | {"content": sentence}, view=view)


async def _choose(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    kept = await _kept(desk, interaction, pressed.args)
    (place,) = pressed.values
    offers = [(name, SourceKind(kind)) for name, _, kind in kept]
    await interaction.response.edit_message(view=_controls(pressed.args, offers, int(place)))


async def _follow(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer()
    token, _, place = pressed.args.partition(":")
    _, url, kind = (await _kept(desk, interaction, token))[int(place)]
    source = await desk.service.add_source(guild_of(interaction), url, now=desk.now(), kind=SourceKind(kind))
    await record(desk, interaction, "source add", source.name)
    await say(interaction, words.SOURCE_ADDED.format(name=name_source(source)))


async def _leave(_: Desk, interaction: Interaction, __: Pressed) -> None:
    await interaction.response.defer()
    await say(interaction, words.OFFER_LEFT)


async def _kept(desk: Desk, interaction: Interaction, token: str) -> list[tuple[str, str, str]]:
    await managers_only(interaction)
    try:
        payload = await desk.service.get_draft(
            guild_of(interaction), interaction.user.id, purpose=_PURPOSE, now=desk.now()
        )
    except NotFoundError as error:
        raise InputError(words.OFFER_LATE) from error
    found: dict[str, Any] = json.loads(payload)
    if found["token"] != token:
        raise InputError(words.OFFER_LATE)
    return [(name, url, kind) for name, url, kind in found["offers"]]


def _controls(token: str, offers: Sequence[tuple[str, SourceKind]], place: int = 0) -> discord.ui.View:
    follow = discord.ui.Button[discord.ui.View](
        label=words.OFFER_FOLLOW,
        style=discord.ButtonStyle.primary,
        custom_id=custom_id("offer-follow", token, place),
        row=1,
    )
    leave = discord.ui.Button[discord.ui.View](
        label=words.OFFER_CANCEL, custom_id=custom_id("offer-leave", token), row=1
    )
    options = [
        discord.SelectOption(
            label=shorten_plain(name, _LABEL) or str(number),
            description=words.KINDS[kind],
            value=str(number),
            default=number == place,
        )
        for number, (name, kind) in enumerate(offers)
    ]
    choice = discord.ui.Select[discord.ui.View](
        placeholder=words.OFFER_CHOICE, options=options, custom_id=custom_id("offer-choose", token), row=0
    )
    return layout_of(*([choice] if len(offers) > 1 else []), follow, leave)

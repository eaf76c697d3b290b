"""What can be followed at an address, to choose from: buttons and a select that only the one who asked can see."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import discord

from bot.answers import Interaction, apologise, say
from bot.render.text import shorten_plain
from bot.texts import sources as words
from digest.model import Offer

SECONDS = 600.0  # Discord lets an answer be changed for fifteen minutes
_LABEL = 100

Follow = Callable[[Interaction, Offer], Awaitable[None]]
"""Follows what was chosen, and says so."""


class OfferView(discord.ui.View):
    """Lets the one who asked choose what to follow, or leave it; what nobody chose in ten minutes is left."""

    def __init__(self, asked: Interaction, offers: tuple[Offer, ...], follow: Follow) -> None:
        super().__init__(timeout=SECONDS)
        self._asked = asked
        self._offers = offers
        self._follow = follow
        self._place = 0
        if len(offers) > 1:
            self.add_item(_Choice(offers))

    @discord.ui.button(label=words.OFFER_FOLLOW, style=discord.ButtonStyle.primary, row=1)
    async def follow(self, interaction: Interaction, _: "discord.ui.Button[OfferView]") -> None:
        """Take what is chosen, once."""
        self.stop()
        await interaction.response.defer()
        await self._follow(interaction, self._offers[self._place])

    @discord.ui.button(label=words.OFFER_CANCEL, style=discord.ButtonStyle.secondary, row=1)
    async def leave(self, interaction: Interaction, _: "discord.ui.Button[OfferView]") -> None:
        """Take nothing."""
        self.stop()
        await interaction.response.defer()
        await say(interaction, words.OFFER_LEFT)

    def point_at(self, place: int, interaction: Interaction) -> None:
        """Let Follow mean the offer at this place, from 0; the ten minutes begin anew."""
        self._place = place
        self._asked = interaction  # what may change the message then: the first one's token would have run out

    async def on_timeout(self) -> None:
        """Say that nothing was added, and take the buttons away."""
        with suppress(discord.HTTPException):  # the message may have been dismissed
            await say(self._asked, words.OFFER_LATE)

    async def on_error(self, interaction: Interaction, error: Exception, _: "discord.ui.Item[Any]") -> None:
        """Say what went wrong and what to do."""
        await apologise(interaction, error)


class _Choice(discord.ui.Select[OfferView]):
    def __init__(self, offers: tuple[Offer, ...]) -> None:
        options = [
            discord.SelectOption(
                label=shorten_plain(offer.source.name, _LABEL) or str(number),
                description=words.KINDS[offer.source.kind],
                value=str(number),
                default=number == 0,
            )
            for number, offer in enumerate(offers)
        ]
        super().__init__(placeholder=words.OFFER_CHOICE, options=options, row=0)

    async def callback(self, interaction: Interaction) -> None:
        """Point at what was chosen; the answer keeps showing all."""
        place = int(self.values[0])
        for number, option in enumerate(self.options):
            option.default = number == place
        if self.view is not None:
            self.view.point_at(place, interaction)
        await interaction.response.edit_message(view=self.view)

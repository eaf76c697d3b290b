"""Buttons and selects under an answer that only the one who asked can see."""

import discord

from bot.cogs.answers import Interaction
from bot.render.text import shorten_plain
from bot.texts import sources as words
from digest.model import Offer

SECONDS = 600.0  # Discord lets an answer be changed for fifteen minutes
_LABEL = 100


class OfferView(discord.ui.View):
    """Lets somebody choose what to follow; `chosen` is that, None where they left it or took too long."""

    def __init__(self, offers: tuple[Offer, ...]) -> None:
        super().__init__(timeout=SECONDS)
        self.chosen: Offer | None = None
        self.is_late = False
        self._offers = offers
        self._place = 0
        if len(offers) > 1:
            self.add_item(_Choice(offers))

    @discord.ui.button(label=words.OFFER_FOLLOW, style=discord.ButtonStyle.primary)
    async def follow(self, interaction: Interaction, _: "discord.ui.Button[OfferView]") -> None:
        """Take what is chosen."""
        await interaction.response.defer()
        self.chosen = self._offers[self._place]
        self.stop()

    @discord.ui.button(label=words.OFFER_CANCEL, style=discord.ButtonStyle.secondary)
    async def leave(self, interaction: Interaction, _: "discord.ui.Button[OfferView]") -> None:
        """Take nothing."""
        await interaction.response.defer()
        self.stop()

    async def on_timeout(self) -> None:
        """Note that nobody chose."""
        self.is_late = True

    def point_at(self, place: int) -> None:
        """Let Follow mean the offer at this place, from 0."""
        self._place = place


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
            self.view.point_at(place)
        await interaction.response.edit_message(view=self.view)

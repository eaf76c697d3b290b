"""Which digest is meant: what commands about one offer, and what they take."""

from discord.app_commands import Choice

from bot import texts
from bot.answers import Interaction, choices, guild_of
from bot.desk import Desk
from bot.options import MOST_CHOICES, label, pick_subscription
from bot.render.digests import show_times
from digest.model import Subscription


async def pick_digest(desk: Desk, interaction: Interaction, typed: str | None) -> Subscription:
    """Return the digest of the server that is meant; InputError where that is none, or several."""
    subscriptions = await desk.service.list_subscriptions(guild_of(interaction))
    return pick_subscription(typed, subscriptions, interaction.channel_id)


async def offer_digests(desk: Desk, interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Return the digests of the server that what is typed may mean."""
    subscriptions = await desk.service.list_subscriptions(guild_of(interaction))
    pairs = [(_choice(interaction, one), str(one.id)) for one in subscriptions]
    return choices([pair for pair in pairs if typed.casefold() in pair[0].casefold()][:MOST_CHOICES])


def _choice(interaction: Interaction, one: Subscription) -> str:
    channel = interaction.guild.get_channel_or_thread(one.channel_id) if interaction.guild else None
    name = channel.name if channel else texts.UNKNOWN_CHANNEL
    return label(
        texts.SUBSCRIPTION_CHOICE.format(name=one.name, channel=name, times=show_times(one.times), zone=one.zone)
    )

"""An article's card and its buttons."""

from collections.abc import Mapping
from functools import partial

from bot.answers import Interaction, guild_of, show
from bot.controls import Act, Pressed, layout_of
from bot.desk import Desk
from bot.render.articles import count_quotes, render_article
from bot.render.days import find_zone
from bot.texts import lookups as words
from bot.views import pages
from bot.views.sharing import share_button


async def show_article(interaction: Interaction, desk: Desk, article_id: int) -> None:
    """Answer a deferred command or press with an article's card."""
    guild_id = guild_of(interaction)
    record = await desk.service.get_article(guild_id, article_id)
    zone = find_zone(await desk.service.get_zone(guild_id))
    quotes, commitments = count_quotes(record), len(record.entries)
    controls = [
        *([pages.list_button(words.QUOTES.format(number=quotes), pages.QUOTES_OF, str(record.id))] * bool(quotes)),
        *(
            [pages.list_button(words.COMMITMENTS.format(number=commitments), pages.COMMITMENTS_OF, str(record.id))]
            * bool(commitments)
        ),
        share_button(),
    ]
    await show(interaction, render_article(record, zone=zone).to_dict(), view=layout_of(*controls))


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the select of a list does."""
    return {"article": partial(_open, desk)}


async def _open(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await show_article(interaction, desk, int(pressed.values[0]))

"""Cases that wait: a page of them, each with what can be done about it."""

from collections.abc import Mapping

import discord

from bot.answers import Interaction, guild_of, managers_only, say
from bot.channels import message_arguments
from bot.controls import Act, Pressed, custom_id, layout_of
from bot.desk import Desk
from bot.render.housekeeping import render_cases
from bot.texts import hiding as words
from bot.views.audit import record
from bot.views.statements import retract, show_statement

_PAGE = 5

_Button = discord.ui.Button[discord.ui.View]


async def show_cases(desk: Desk, interaction: Interaction, page: int = 0) -> None:
    """Answer with the cases that wait, five a page, the oldest first."""
    waiting = await desk.service.list_cases(guild_of(interaction), is_open=True)
    pages = max((len(waiting) - 1) // _PAGE + 1, 1)
    page = min(max(page, 0), pages - 1)
    listed = waiting[page * _PAGE : (page + 1) * _PAGE]
    buttons: list[_Button] = []
    for case in listed:
        label = words.RETRACT_CASE.format(id=case.id)
        style = discord.ButtonStyle.danger
        buttons.append(_Button(label=label, style=style, custom_id=custom_id("case-retract", case.id)))
        label = words.DISMISS_CASE.format(id=case.id)
        buttons.append(_Button(label=label, custom_id=custom_id("case-dismiss", case.id)))
    for name, to in [(words.PREVIOUS, page - 1), (words.NEXT, page + 1)] if pages > 1 else []:
        buttons.append(_Button(label=name, custom_id=custom_id("cases", to), disabled=not 0 <= to < pages))
    arguments = message_arguments(render_cases(listed, number=len(waiting)).to_dict())
    await interaction.edit_original_response(**arguments, view=layout_of(*buttons) if buttons else None)


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the buttons do."""

    async def turn(interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer()
        await managers_only(interaction)
        await show_cases(desk, interaction, int(pressed.args))

    async def take_back(interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await managers_only(interaction)
        case = await desk.service.get_case(guild_of(interaction), int(pressed.args))
        await say(interaction, await retract(desk, interaction, case))

    async def dismiss(interaction: Interaction, pressed: Pressed) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await managers_only(interaction)
        case = await desk.service.get_case(guild_of(interaction), int(pressed.args))
        await desk.service.dismiss_case(guild_of(interaction), case.id)
        await record(desk, interaction, "case: dismiss", show_statement(case.statement))
        await say(interaction, words.DISMISSED.format(id=case.id))

    return {"cases": turn, "case-retract": take_back, "case-dismiss": dismiss}

"""Every press asks again who may: those of managers, by name, whoever presses."""

import discord
import pytest

from bot.controls import custom_id, layout_of
from tests.bot.conftest import follow, set_up

FOR_MANAGERS = {
    *("setup-step", "setup-back", "setup-next", "setup-show", "setup-channel", "setup-days", "setup-style"),
    *("setup-all", "setup-page", "setup-role", "setup-catch-up", "setup-habits", "setup-sources", "setup-form"),
    *("setup-times", "setup-rules", "setup-save", "setup-week", "setup-day", "setup-story", "setup-more"),
    *("setup-less", "setup-test", "digest-delete", "digest-keep", "digest-older", "digest-newer"),
    *("retract", "retract-note", "cases", "case-retract", "case-dismiss", "offer-choose", "offer-follow"),
    *("erase", "erase-all"),
}
FOR_EVERYBODY = {
    *("share", "page", "article", "day", "edition", "edition-page", "story", "quotes", "quotes-page", "commitments"),
    *("commitments-page", "proof", "prove", "follow", "follow-add", "follow-stop", "follow-delete", "report"),
    *("report-note", "statements", "offer-leave"),
}


def test_of_every_act_it_is_said_who_may(simcord_bot):
    assert set(simcord_bot.acts) == FOR_MANAGERS | FOR_EVERYBODY


async def press(simcord_bot, server, by, act, args="1:1:1"):
    options = [discord.SelectOption(label="1", value="1")]
    chooser = discord.ui.Select(custom_id=custom_id(act, args), options=options)
    message = await simcord_bot.get_channel(server.channel.id).send("x", view=layout_of(chooser))
    pressed = await by.select(message, ["1"])
    said = [*([pressed.response] if pressed.response else []), *pressed.followups]
    return said[-1].content


@pytest.mark.parametrize("act", sorted(FOR_MANAGERS))
async def test_who_does_not_manage_the_server_is_told_so(server, service, simcord_bot, act):
    await follow(server, "https://gazette.example")
    await set_up(server)
    before = (list(service.subscriptions.values()), dict(service.sources), list(service.audit[server.id]))
    shown = await press(simcord_bot, server, server.reader, act)
    assert "Manage Server" in shown
    assert (list(service.subscriptions.values()), dict(service.sources), list(service.audit[server.id])) == before


async def test_names_that_are_hidden_are_suggested_to_managers_alone(server, service, simcord_env):
    service.names[server.id] = ["Ilse Brandt"]
    root = next(one for one in await simcord_env.bot.tree.fetch_commands() if one.name == "settings")
    server.guild.set_command_permissions(root, {server.reader: True})
    ask = "settings suppress-name remove", "name", ""
    assert [one["name"] for one in await server.manager.autocomplete(server.channel, *ask)] == ["Ilse Brandt"]
    assert await server.reader.autocomplete(server.channel, *ask) == []


@pytest.mark.parametrize("act", sorted((FOR_MANAGERS | FOR_EVERYBODY) - {"share", "offer-leave", "report"}))
async def test_in_direct_messages_a_press_is_answered_by_a_sentence(simcord_env, simcord_bot, capsys, act):
    user = simcord_env.create_user("somebody")
    there = await (await simcord_bot.fetch_user(user.id)).create_dm()
    args = {
        "follow-delete": str(user.id),
        "edition-page": "1",
        "page": "quotes:1:",
        "report-note": "m1:x",
        "day": "2026-11-23",
    }.get(act, "1:1:1")
    options = [discord.SelectOption(label="1", value="1")]
    chooser = discord.ui.Select(custom_id=custom_id(act, args), options=options)
    message = await there.send("x", view=layout_of(chooser))
    pressed = await user.select(message, ["1"])
    said = [*([pressed.response] if pressed.response else []), *pressed.followups]
    assert said[-1].content not in ("", "x")
    assert "command failed" not in capsys.readouterr().out

"""Buttons, selects and forms do what their ids say, and survive restarts; what is shared is said to be."""

import discord
import pytest

from bot.channels import message_arguments
from bot.controls import custom_id, form_of, layout_of
from bot.errors import InputError
from bot.render.message import Embed, Message
from bot.texts import controls as words
from bot.views.sharing import share_button
from digest.model import Case, Statement, StatementKind
from tests.builders import NOW


def button(act, *args):
    return discord.ui.Button(label=act, custom_id=custom_id(act, *args))


async def post(server, simcord_bot, *items, content="Something"):
    """Answer in the channel with controls, as a command would."""
    channel = simcord_bot.get_channel(server.channel.id)
    return await channel.send(content, view=layout_of(*items))


@pytest.fixture
def seen(simcord_bot):
    pressed = []

    async def remember(interaction, what):
        pressed.append(what)
        await interaction.response.send_message("done", ephemeral=True)

    async def fail(_interaction, _what):
        raise InputError("That cannot be used.")

    async def ask(interaction, _what):
        words = discord.ui.TextInput(label="Words", custom_id="words")
        await interaction.response.send_modal(form_of("Tell me", custom_id("remember", "form"), words))

    simcord_bot.acts = {**simcord_bot.acts, "remember": remember, "fail": fail, "ask": ask}
    return pressed


async def test_a_button_gives_its_arguments(server, simcord_bot, seen):
    message = await post(server, simcord_bot, button("remember", 7, "a:b"))
    await server.reader.click(message, label="remember")
    assert [one.args for one in seen] == ["7:a:b"]


async def test_a_select_gives_what_was_chosen(server, simcord_bot, seen):
    options = [discord.SelectOption(label=one, value=one) for one in ("red", "blue")]
    chooser = discord.ui.Select(custom_id=custom_id("remember", 3), options=options, placeholder="Colour", max_values=2)
    message = await post(server, simcord_bot, chooser)
    await server.reader.select(message, ["blue"])
    assert [(one.args, one.values) for one in seen] == [("3", ("blue",))]


async def test_a_form_gives_what_was_written_and_discord_py_keeps_nothing_of_it(server, simcord_bot, seen):
    message = await post(server, simcord_bot, button("ask"))
    shown = await server.reader.click(message, label="ask")
    assert not simcord_bot._connection._view_store._modals
    result = await server.reader.submit_modal(shown, {"words": "ports & harbours"})
    assert result.response.content == "done"
    assert [(one.args, one.fields) for one in seen] == [("form", {"words": "ports & harbours"})]


@pytest.mark.usefixtures("seen")
async def test_nothing_of_a_message_is_kept_in_memory(server, simcord_bot):
    await post(server, simcord_bot, button("remember", 7))
    assert not simcord_bot.persistent_views
    assert not simcord_bot._connection._view_store._views


@pytest.mark.usefixtures("seen")
async def test_an_error_of_a_button_is_a_sentence(server, simcord_bot):
    message = await post(server, simcord_bot, button("fail"))
    result = await server.reader.click(message, label="fail")
    assert (result.response.content, result.ephemeral) == ("That cannot be used.", True)


async def test_a_button_of_another_version_says_so(server, simcord_bot):
    message = await post(server, simcord_bot, button("long-gone"))
    result = await server.reader.click(message, label="long-gone")
    assert "another version" in result.response.content


def test_an_id_that_is_too_long_is_refused_where_it_is_made():
    with pytest.raises(ValueError, match="more than 100"):
        custom_id("page", "x" * 100)


async def test_what_is_shared_names_who_shares_it_and_pings_nobody(server, simcord_bot):
    message = await post(server, simcord_bot, share_button(), content="A look-up")
    result = await server.reader.click(message, label="Share")
    assert not result.ephemeral
    assert result.response.content == f"-# shared by <@{server.reader.id}>\nA look-up"


@pytest.mark.parametrize("is_name", [True, False])
async def test_what_was_hidden_since_it_was_shown_is_not_shared(server, simcord_bot, service, is_name):
    embed = Message(embeds=(Embed("A look-up", description="> “Nobody left\\. the\nroom”\n> — **Ilse Brandt**"),))
    channel = simcord_bot.get_channel(server.channel.id)
    message = await channel.send(**message_arguments(embed.to_dict()), view=layout_of(share_button()))
    assert (await server.reader.click(message, label="Share")).response.embeds
    if is_name:
        service.names[server.id] = ["Brandt"]
    else:
        statement = Statement(1, StatementKind.QUOTE, "Nobody left. the\nroom")
        service.cases[server.id] = [Case(statement, 7, "Ada", NOW, retracted_at=NOW)]
    refused = await server.reader.click(message, label="Share")
    assert (refused.response.content, refused.ephemeral) == (words.SHARE_HIDDEN, True)
    assert not refused.response.embeds


@pytest.mark.parametrize(("in_channel", "in_threads"), [(False, True), (True, False)])
async def test_in_a_thread_who_may_write_in_threads_may_share(server, simcord_bot, in_channel, in_threads):
    channel = simcord_bot.get_channel(server.channel.id)
    thread = await channel.create_thread(name="Ports", type=discord.ChannelType.public_thread)
    message = await thread.send("A look-up", view=layout_of(share_button()))
    everyone = channel.guild.default_role
    await channel.set_permissions(everyone, send_messages=in_channel, send_messages_in_threads=in_threads)
    result = await server.reader.click(message, label="Share")
    assert result.ephemeral != in_threads

"""Commands are registered for all or in a guild, keep their ids, and have limits."""

import discord
import pytest
from discord import app_commands

from tests.wire.server import logged_in


@pytest.fixture
async def client(wire, channel, new_client):  # noqa: ARG001 -- it is there before the client logs in
    async with logged_in(new_client(), wire.world.token) as logged:
        yield logged


@pytest.fixture
def tree(client):
    tree = app_commands.CommandTree(client)

    @tree.command(description="Says hello")
    async def hello(interaction, name: str):
        """Nobody calls it here."""

    @tree.context_menu(name="hello")
    async def hello_to(interaction, member: discord.Member):
        """Nobody calls it here."""

    return tree


async def test_commands_that_are_put_can_be_fetched_and_keep_their_ids(tree):
    first = await tree.sync()
    second = await tree.sync()
    fetched = await tree.fetch_commands()
    assert [(one.name, one.type) for one in fetched] == [
        ("hello", discord.AppCommandType.chat_input),
        ("hello", discord.AppCommandType.user),
    ]
    assert [one.id for one in first] == [one.id for one in second] == [one.id for one in fetched]
    assert fetched[0].options[0].required


async def test_a_guilds_commands_are_its_own(wire, guild, tree):
    tree.copy_global_to(guild=guild)
    await tree.sync(guild=guild)
    assert list(wire.world.commands) == [guild.id]
    with pytest.raises(discord.Forbidden):
        await tree.sync(guild=discord.Object(7))


async def test_a_command_can_be_fetched_and_deleted_by_its_id(wire, tree):
    (slash, menu) = await tree.sync()
    assert (await tree.fetch_command(slash.id)).name == "hello"
    await slash.delete()
    with pytest.raises(discord.NotFound) as caught:
        await tree.fetch_command(slash.id)
    assert caught.value.code == 10063
    assert [one["id"] for one in wire.world.commands[None].values()] == [str(menu.id)]


async def test_a_single_command_can_be_added(wire, client):
    body = {"name": "late", "description": "d", "type": 1}
    await client.http.upsert_global_command(client.application_id, body)
    await client.http.upsert_global_command(client.application_id, body | {"description": "e"})
    assert [one.status for one in wire.rest.sent("POST", "/commands")] == [201, 200]
    assert wire.world.commands[None]["late"]["description"] == "e"


async def test_two_hundred_new_commands_a_day_and_no_more(wire, watch):
    def batch(start):
        return [{"name": f"c{number}", "description": "d"} for number in range(start, start + 100)]

    wire.world.put_commands(None, batch(0))
    wire.world.put_commands(None, batch(0))
    wire.world.put_commands(None, batch(100))
    with pytest.raises(Exception, match="daily application command creates"):
        wire.world.put_commands(None, [*batch(100), {"name": "more", "description": "d"}])
    assert len(wire.world.commands[None]) == 100
    watch.pass_(days=1, seconds=1)
    wire.world.put_commands(None, [{"name": "more", "description": "d"}])
    assert list(wire.world.commands[None]) == ["more"]


async def test_commands_over_a_limit_are_refused_and_complained_of(wire, client):
    tree = app_commands.CommandTree(client)
    options = app_commands.Choice

    @tree.command(description="Says hello")
    @app_commands.choices(name=[options(name=f"{number}", value=f"{number}") for number in range(26)])
    async def hello(interaction, name: str):
        """Nobody calls it here."""

    with pytest.raises(discord.HTTPException) as caught:
        await tree.sync()
    assert caught.value.code == 50035
    assert any("more than 25 choices" in one for one in wire.rest.take_complaints())
    assert wire.world.commands == {}

"""Messages on the wire are as on Discord where a bot relies on it, seen through the unmodified client."""

import io
from datetime import timedelta

import discord
import pytest

from tests.wire.nouns import Kind
from tests.wire.permissions import (
    ATTACH_FILES,
    EMBED_LINKS,
    MANAGE_MESSAGES,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    VIEW_CHANNEL,
)
from tests.wire.server import logged_in


@pytest.fixture
def bulletin(wire, guild):
    return wire.world.add_channel(guild, "bulletin", kind=Kind.ANNOUNCEMENT)


@pytest.fixture
async def client(wire, channel, bulletin, new_client):  # noqa: ARG001 -- they are there before it logs in
    async with logged_in(new_client(), wire.world.token) as logged:
        yield logged


@pytest.fixture
def place(client, channel):
    return client.get_channel(channel.id)


async def test_a_message_that_is_sent_stands_in_the_history(client, place):
    sent = await place.send("hello", embed=discord.Embed(title="t"))
    history = [message async for message in place.history()]
    assert [(message.id, message.content, message.embeds[0].title) for message in history] == [(sent.id, "hello", "t")]
    assert history[0].author == client.user


async def test_history_after_a_time_is_read_page_by_page(wire, watch, channel, place):
    for number in range(250):
        watch.pass_(seconds=1)
        wire.world.create_message(channel.id, {"content": str(number)})
    since = watch() - timedelta(seconds=220)
    found = [int(message.content) async for message in place.history(limit=None, after=since, oldest_first=True)]
    assert found == list(range(30, 250))
    assert len(wire.rest.sent("GET", "/messages")) == 3


async def test_history_around_a_message_has_what_is_next_to_it(wire, channel, place):
    ids = [wire.world.create_message(channel.id, {"content": str(number)}).id for number in range(9)]
    found = [message.id async for message in place.history(limit=5, around=discord.Object(ids[4]))]
    assert sorted(found) == ids[2:7]


async def test_the_same_nonce_makes_one_message_while_its_window_lasts(watch, place):
    first = await place.send("one", nonce="n")
    watch.pass_(minutes=2)
    assert (await place.send("one", nonce="n")).id == first.id
    watch.pass_(minutes=2)
    assert (await place.send("one", nonce="n")).id != first.id


async def test_a_resend_of_a_deleted_message_is_unknown(channel, place):
    await place.send("one", nonce="n")
    channel.messages.clear()
    with pytest.raises(discord.NotFound) as caught:
        await place.send("one", nonce="n")
    assert caught.value.code == 10008


async def test_an_edit_changes_what_it_names_and_nothing_else(watch, channel, place):
    sent = await place.send("one", embed=discord.Embed(title="t"))
    watch.pass_(minutes=1)
    edited = await sent.edit(content="two")
    assert (edited.content, edited.embeds[0].title) == ("two", "t")
    assert edited.edited_at == watch()
    assert channel.messages[sent.id].content == "two"


async def test_a_deleted_message_is_gone(channel, place):
    sent = await place.send("one")
    await sent.delete()
    assert channel.messages == {}
    with pytest.raises(discord.NotFound) as caught:
        await place.fetch_message(sent.id)
    assert caught.value.code == 10008


async def test_a_message_can_be_fetched_with_the_right_to_read_history_only(wire, channel, place):
    sent = await place.send("one")
    assert (await place.fetch_message(sent.id)).content == "one"
    await wire.change_channel(channel, denied=READ_MESSAGE_HISTORY)
    with pytest.raises(discord.Forbidden):
        await place.fetch_message(sent.id)


async def test_what_another_wrote_can_be_deleted_with_manage_messages_and_never_edited(wire, guild, channel, place):
    author = wire.world.add_member(guild, "reader").user
    foreign = wire.world.create_message(channel.id, {"content": "theirs"})
    foreign.author = author
    message = await place.fetch_message(foreign.id)
    with pytest.raises(discord.Forbidden) as caught:
        await message.edit(content="ours")
    assert caught.value.code == 50005
    with pytest.raises(discord.Forbidden):
        await message.delete()
    wire.world.guilds[guild.id].roles[guild.id].permissions |= MANAGE_MESSAGES
    await message.delete()
    assert channel.messages == {}


async def test_a_file_comes_with_its_name_and_its_description(wire, channel, place):
    file = discord.File(io.BytesIO(b"<html></html>"), "digest.html", description="The page")
    sent = await place.send("one", file=file)
    (attachment,) = channel.messages[sent.id].attachments
    assert (attachment["filename"], attachment["size"], attachment["description"]) == ("digest.html", 13, "The page")
    (request,) = wire.rest.sent("POST", "/messages")
    assert request.files[0].body == b"<html></html>"
    assert request.body["content"] == "one"


async def test_a_file_needs_its_permission(wire, channel, place):
    await wire.change_channel(channel, denied=ATTACH_FILES)
    with pytest.raises(discord.Forbidden):
        await place.send(file=discord.File(io.BytesIO(b"x"), "x.txt"))


async def test_a_reply_needs_the_message_and_the_history(wire, channel, place):
    first = await place.send("one")
    reply = await first.reply("two")
    assert reply.reference.message_id == first.id
    await wire.change_channel(channel, denied=READ_MESSAGE_HISTORY)
    with pytest.raises(discord.HTTPException) as caught:
        await first.reply("three")
    assert caught.value.code == 160002


async def test_only_what_allowed_mentions_let_through_is_pinged(wire, guild, channel, place):
    role = wire.world.add_role(guild, "news")
    text = f"@everyone <@&{role.id}> <@{wire.world.owner.id}>"
    await place.send(text)
    await place.send(text, allowed_mentions=discord.AllowedMentions(roles=[discord.Object(role.id)]))
    await place.send(text, allowed_mentions=discord.AllowedMentions.all())
    pinged = [message.pings for message in channel.messages.values()]
    # Nobody gave the bot the right to ping everyone.
    assert pinged == [frozenset(), {role.id}, {role.id, wire.world.owner.id}]


async def test_a_message_of_an_announcement_channel_is_published_once(bulletin, place, client):
    sent = await client.get_channel(bulletin.id).send("one")
    await sent.publish()
    assert bulletin.messages[sent.id].flags & 1
    with pytest.raises(discord.HTTPException) as caught:
        await sent.publish()
    assert caught.value.code == 40033
    with pytest.raises(discord.HTTPException) as caught:
        await (await place.send("one")).publish()
    assert caught.value.code == 50024


async def test_nothing_can_be_sent_into_a_forum_itself(wire, guild, client):
    forum = wire.world.add_channel(guild, "stories", kind=Kind.FORUM)
    with pytest.raises(discord.HTTPException) as caught:
        await client.get_partial_messageable(forum.id).send("one")
    assert caught.value.code == 50008


@pytest.mark.parametrize(("denied", "code"), [(VIEW_CHANNEL, 50001), (SEND_MESSAGES, 50013)])
async def test_what_is_not_allowed_is_refused_with_discords_code(wire, channel, place, denied, code):
    await wire.change_channel(channel, denied=denied)
    with pytest.raises(discord.Forbidden) as caught:
        await place.send("one")
    assert caught.value.code == code


async def test_a_missing_right_can_be_silent(wire, channel, place):
    await wire.change_channel(channel, denied=EMBED_LINKS | READ_MESSAGE_HISTORY)
    assert (await place.send("one", embed=discord.Embed(title="t"))).embeds == []
    assert [message async for message in place.history()] == []
    assert not place.permissions_for(place.guild.me).embed_links


async def test_a_channel_that_is_gone_is_unknown(wire, channel, place):
    wire.world.remove_channel(channel)
    with pytest.raises(discord.NotFound) as caught:
        await place.send("one")
    assert caught.value.code == 10003

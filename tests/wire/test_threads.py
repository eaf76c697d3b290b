"""Threads and forum posts on the wire, through the unmodified client."""

import discord
import pytest

from tests.waiting import until
from tests.wire.nouns import Kind
from tests.wire.permissions import (
    CREATE_PUBLIC_THREADS,
    MANAGE_THREADS,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
)
from tests.wire.server import logged_in


@pytest.fixture
def forum(wire, guild):
    return wire.world.add_channel(guild, "stories", kind=Kind.FORUM, tags=("world", "local"))


@pytest.fixture
async def client(wire, channel, forum, new_client):  # noqa: ARG001 -- they are there before it logs in
    async with logged_in(new_client(), wire.world.token) as logged:
        yield logged


@pytest.fixture
def place(client, channel):
    return client.get_channel(channel.id)


async def test_a_thread_on_a_message_has_the_messages_id_and_takes_messages(guild, place):
    sent = await place.send("one")
    thread = await sent.create_thread(name="story")
    assert thread.id == sent.id
    inside = await thread.send("two")
    assert [message.content for message in guild.channels[thread.id].messages.values()] == ["two"]
    assert inside.channel.id == thread.id
    with pytest.raises(discord.HTTPException) as caught:
        await sent.create_thread(name="again")
    assert caught.value.code == 160004


async def test_a_thread_without_a_message_is_private_unless_it_is_said_to_be_public(client, guild, place):
    guild.roles[guild.id].permissions |= 1 << 36
    private = await place.create_thread(name="hidden")
    public = await place.create_thread(name="open", type=discord.ChannelType.public_thread)
    kinds = [guild.channels[thread.id].kind for thread in (private, public)]
    assert kinds == [Kind.PRIVATE_THREAD, Kind.PUBLIC_THREAD]
    await until(lambda: client.get_channel(public.id))


async def test_a_forum_post_is_a_thread_with_its_first_message(wire, guild, client, forum):
    place = client.get_channel(forum.id)
    made = await place.create_thread(name="Five ports agree", content="one", applied_tags=[place.available_tags[0]])
    thread = guild.channels[made.thread.id]
    assert (thread.parent_id, thread.thread.tags) == (forum.id, [forum.tags[0]["id"]])
    assert made.message.id == made.thread.id
    assert [message.content for message in thread.messages.values()] == ["one"]
    (request,) = wire.rest.sent("POST", "/threads")
    assert "nonce" not in request.body["message"]


async def test_the_first_message_of_a_forum_post_is_posted_twice_when_it_is_sent_twice(guild, client, forum):
    place = client.get_channel(forum.id)
    for _ in range(2):
        await place.create_thread(name="Five ports agree", content="one")
    assert len([one for one in guild.channels.values() if one.parent_id == forum.id]) == 2


@pytest.mark.parametrize(
    ("denied", "act"),
    [
        (CREATE_PUBLIC_THREADS, lambda sent, _: sent.create_thread(name="x")),
        (SEND_MESSAGES_IN_THREADS, lambda _, thread: thread.send("x")),
    ],
    ids=["create", "send"],
)
async def test_threads_have_permissions_of_their_own(wire, channel, place, denied, act):
    sent, other = await place.send("one"), await place.send("two")
    thread = await other.create_thread(name="story")
    await wire.change_channel(channel, denied=denied)
    with pytest.raises(discord.Forbidden) as caught:
        await act(sent, thread)
    assert caught.value.code == 50013


async def test_a_thread_can_be_written_in_where_its_channel_cannot(wire, channel, place):
    thread = await (await place.send("one")).create_thread(name="story")
    await wire.change_channel(channel, denied=SEND_MESSAGES)
    assert (await thread.send("two")).content == "two"


async def test_an_archived_thread_opens_with_the_next_message_unless_it_is_locked(wire, guild, place):
    guild.roles[guild.id].permissions |= MANAGE_THREADS
    thread = await (await place.send("one")).create_thread(name="story")
    state = guild.channels[thread.id].thread
    await thread.edit(archived=True)
    assert state.is_archived
    assert [one.id async for one in place.archived_threads()] == [thread.id]
    await thread.send("two")
    assert not state.is_archived
    await thread.edit(archived=True, locked=True)
    guild.roles[guild.id].permissions &= ~MANAGE_THREADS
    with pytest.raises(discord.HTTPException) as caught:
        await thread.send("three")
    assert caught.value.code == 50083
    assert wire.rest.take_complaints() == []


async def test_who_is_in_a_thread_is_known(guild, place):
    thread = await (await place.send("one")).create_thread(name="story")
    members = guild.channels[thread.id].thread.members
    await thread.leave()
    assert members == {}
    await thread.join()
    assert len(members) == 1


async def test_the_guild_lists_its_active_threads(client, guild, place):
    thread = await (await place.send("one")).create_thread(name="story")
    gone = await (await place.send("two")).create_thread(name="old")
    await gone.edit(archived=True)
    assert [one.id for one in await client.get_guild(guild.id).active_threads()] == [thread.id]


async def test_a_thread_that_is_deleted_is_gone(guild, place):
    guild.roles[guild.id].permissions |= MANAGE_THREADS
    thread = await (await place.send("one")).create_thread(name="story")
    await thread.delete()
    assert thread.id not in guild.channels


async def test_a_client_knows_after_its_start_the_threads_that_it_may_see(wire, channel, new_client):
    thread = wire.world.add_thread(channel, "story", wire.world.bot)
    async with logged_in(new_client(), wire.world.token) as client:
        assert client.get_channel(channel.id).get_thread(thread.id).name == "story"

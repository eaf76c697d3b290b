"""Where digests can go: announcement channels, threads, forums, media, voice; each part stands there once, in order."""

from dataclasses import replace

import pytest

from bot.channels import DiscordChannels, Pace
from bot.delivery import Sender
from digest.model import DeliveryState
from tests.bot.deliveries import Crash, DyingOutbox, FakeOutbox, delivery, is_shown_once
from tests.wire.conftest import PAYLOAD, knowing
from tests.wire.faults import RateLimited, Reset, Status
from tests.wire.loops import hasty
from tests.wire.nouns import CROSSPOSTED, Kind
from tests.wire.permissions import EMBED_LINKS, SEND_MESSAGES_IN_THREADS

PUBLISH = ("POST", "/channels/*/messages/*/crosspost")
OPEN = ("POST", "/channels/*/threads")
TROUBLES = [Status(500, after=True), Status(502, after=True), Status(503, after=True), Reset(after=True)]


@pytest.fixture
def pace():
    return Pace()


@pytest.fixture
def open_client(wire, new_client, pace, log_in):
    return lambda: log_in(new_client(http_trace=pace.trace(), max_ratelimit_timeout=30), wire.world.token)


def parts_for(channel, number=3, **changes):
    return [
        delivery(one, guild_id=channel.guild_id, channel_id=channel.id, payload=PAYLOAD, **changes)
        for one in range(1, number + 1)
    ]


def threads_of(guild, forum):
    return [one for one in guild.channels.values() if one.parent_id == forum.id]


# --- announcement channels ---


@pytest.fixture
def announcements(wire, guild):
    return wire.world.add_channel(guild, "announcements", kind=Kind.ANNOUNCEMENT)


async def test_what_an_announcement_channel_takes_is_published(announcements, open_client, watch, pace):
    outbox = FakeOutbox(*parts_for(announcements, 2))
    async with open_client() as client:
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 2
    assert is_shown_once(announcements, outbox)
    assert all(message.flags & CROSSPOSTED for message in announcements.messages.values())


@pytest.mark.parametrize("away", [{"seconds": 5}, {"minutes": 10}], ids=str)
async def test_what_a_crash_left_unpublished_is_published_and_twice_is_no_error(
    announcements, open_client, watch, pace, away
):
    outbox = FakeOutbox(*parts_for(announcements, 1))
    for dying in (DyingOutbox(outbox, "finish_delivery", "before"), outbox):
        async with open_client() as client:
            try:
                await Sender(dying, DiscordChannels(client, pace), watch).post_open()
            except Crash:
                watch.pass_(**away)
    (message,) = announcements.messages.values()
    assert message.flags & CROSSPOSTED
    assert outbox.states() == [DeliveryState.SENT]


@pytest.mark.parametrize("fault", [RateLimited(3000), Status(403), Status(503), Reset()], ids=str)
async def test_what_cannot_be_published_holds_nothing_back(wire, announcements, open_client, watch, *, pace, fault):
    outbox = FakeOutbox(*parts_for(announcements, 2))
    wire.faults.next(*PUBLISH, fault, times=1)
    async with open_client() as client:
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 2
    assert is_shown_once(announcements, outbox)
    assert [bool(one.flags & CROSSPOSTED) for one in announcements.messages.values()] == [False, True]


async def test_the_limit_of_publishing_keeps_no_part_waiting(wire, announcements, open_client, watch, pace):
    wire.rest.buckets.narrow("POST", "/channels/{channel}/messages/{message}/crosspost", 2, per=3600)
    outbox = FakeOutbox(*parts_for(announcements, 4))
    async with open_client() as client:
        with hasty():
            assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 4
    assert is_shown_once(announcements, outbox)
    # discord.py gives up one before the last that is allowed.
    assert sum(bool(one.flags & CROSSPOSTED) for one in announcements.messages.values()) in (1, 2)


# --- threads, voice and stage channels ---


@pytest.mark.parametrize("kind", [Kind.VOICE, Kind.STAGE], ids=str)
async def test_a_voice_channels_text_is_a_text_channel(wire, guild, open_client, watch, *, pace, kind):
    place = wire.world.add_channel(guild, "talk", kind=kind)
    outbox = FakeOutbox(*parts_for(place))
    async with open_client() as client:
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 3
    assert is_shown_once(place, outbox)


async def test_an_archived_thread_is_opened_by_the_post(wire, channel, open_client, watch, pace):
    thread = wire.world.add_thread(channel, "story", wire.world.bot)
    thread.thread.is_archived = True
    outbox = FakeOutbox(*parts_for(thread, 2))
    async with open_client() as client:
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 2
    assert is_shown_once(thread, outbox)
    assert not thread.thread.is_archived


@knowing
@pytest.mark.parametrize("is_archived", [True, False])
async def test_a_locked_thread_is_a_lost_channel_and_says_what_to_grant(
    wire, channel, open_client, watch, *, pace, is_archived
):
    thread = wire.world.add_thread(channel, "story", wire.world.bot)
    thread.thread.is_archived, thread.thread.is_locked = is_archived, True
    outbox = FakeOutbox(*parts_for(thread, 2))
    async with open_client() as client:
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 0
    assert outbox.states() == [DeliveryState.HELD] * 2
    assert "Manage Threads" in outbox.paused[100]
    assert thread.messages == {}


async def test_a_thread_that_is_locked_unseen_is_a_lost_channel_too(wire, channel, open_client, watch, pace):
    thread = wire.world.add_thread(channel, "story", wire.world.bot)
    outbox = FakeOutbox(*parts_for(thread, 1))
    async with open_client() as client:
        thread.thread.is_archived = thread.thread.is_locked = True
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 0
    assert "Manage Threads" in outbox.paused[100]


@knowing
async def test_an_archived_thread_where_the_bot_may_not_embed_gets_nothing_half(wire, guild, open_client, watch, pace):
    place = wire.world.add_channel(guild, denied=EMBED_LINKS)
    thread = wire.world.add_thread(place, "story", wire.world.bot)
    thread.thread.is_archived = True
    outbox = FakeOutbox(*parts_for(thread, 1))
    async with open_client() as client:
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 0
    assert "Embed Links" in outbox.paused[100]
    assert thread.messages == {}


# --- forums and media channels ---


@pytest.fixture(params=[Kind.FORUM, Kind.MEDIA], ids=str)
def forum(wire, guild, request):
    return wire.world.add_channel(guild, "digests", kind=request.param, tags=("news",), requires_tag=True)


async def test_an_edition_opens_one_thread_in_a_forum_and_its_parts_go_into_it(guild, forum, open_client, watch, pace):
    outbox = FakeOutbox(*parts_for(forum), *parts_for(forum, 1, edition_id=2, id=4, nonce="nonce-4"))
    async with open_client() as client:
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 4
    first, second = threads_of(guild, forum)
    assert list(first.messages) == [outbox.rows[number].message_id for number in (1, 2, 3)]
    assert list(second.messages) == [outbox.rows[4].message_id]
    assert first.name == "📰 World"
    assert first.thread.tags == [forum.tags[0]["id"]]


@pytest.mark.parametrize("fault", TROUBLES, ids=str)
async def test_a_thread_whose_answer_got_lost_is_found_and_not_opened_again(
    wire, guild, forum, open_client, watch, *, pace, fault
):
    outbox = FakeOutbox(*parts_for(forum))
    wire.faults.next(*OPEN, fault)
    async with open_client() as client:
        with hasty():
            assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 3
    (thread,) = threads_of(guild, forum)
    assert list(thread.messages) == [row.message_id for row in outbox.rows.values()]


@pytest.mark.parametrize("is_archived", [True, False])
@pytest.mark.parametrize("away", [{"seconds": 5}, {"minutes": 10}, {"days": 3}], ids=str)
async def test_a_thread_that_a_crash_left_in_doubt_is_found_among_others(
    wire, guild, forum, open_client, watch, *, pace, away, is_archived
):
    outbox = FakeOutbox(*parts_for(forum))
    async with open_client() as client:
        dying = DyingOutbox(outbox, "finish_delivery", "before")
        with pytest.raises(Crash):
            await Sender(dying, DiscordChannels(client, pace), watch).post_open()
        (thread,) = threads_of(guild, forum)
        for number in range(60):
            other = wire.world.add_thread(forum, f"other {number}", wire.world.owner)
            other.thread.is_archived, other.thread.archived_at = True, watch()
    watch.pass_(**away)
    thread.thread.is_archived, thread.thread.archived_at = is_archived, watch()
    async with open_client() as client:
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 3
    assert len(threads_of(guild, forum)) == 61
    assert list(thread.messages) == [row.message_id for row in outbox.rows.values()]


async def test_a_later_part_in_doubt_is_looked_for_in_its_thread(guild, forum, open_client, watch, pace):
    outbox = FakeOutbox(*parts_for(forum))
    async with open_client() as client:
        channels = DiscordChannels(client, pace)
        outbox.rows[2] = replace(outbox.rows[2], payload="[]")  # a mistake of ours stops it here
        await Sender(outbox, channels, watch).post_open()
        opening = outbox.rows[1].message_id
        outbox.rows[2] = replace(outbox.rows[2], payload=PAYLOAD, opening=opening)
        posted = await channels.post(outbox.rows[2])
        watch.pass_(hours=1)
        assert await Sender(outbox, channels, watch).post_open() == 2
    assert outbox.rows[2].message_id == posted
    (thread,) = threads_of(guild, forum)
    assert list(thread.messages) == [row.message_id for row in outbox.rows.values()]


async def test_a_reminder_answers_inside_the_thread_of_the_message(guild, forum, open_client, watch, pace):
    outbox = FakeOutbox(*parts_for(forum, 2))
    async with open_client() as client:
        sender = Sender(outbox, DiscordChannels(client, pace), watch)
        await sender.post_open()
        answered = outbox.rows[2].message_id
        outbox.rows[3] = replace(parts_for(forum)[2], edition_id=2, part=1, reply_to=answered)
        outbox.answered[3] = 2
        (thread,) = threads_of(guild, forum)
        thread.thread.is_archived = True
        assert await sender.post_open() == 1
    answer = thread.messages[outbox.rows[3].message_id]
    assert answer.reference["message_id"] == str(answered)
    assert threads_of(guild, forum) == [thread]


async def test_a_thread_that_was_deleted_takes_the_rest_of_its_edition_with_it(
    wire, guild, forum, open_client, *, watch, pace
):
    outbox = FakeOutbox(*parts_for(forum, 2))
    outbox.rows[3] = replace(parts_for(forum)[2], edition_id=2, part=1, reply_to=7)
    outbox.answered[3] = 1
    async with open_client() as client:
        sender = Sender(outbox, DiscordChannels(client, pace), watch)
        await sender.post_open()
        (thread, *_) = threads_of(guild, forum)
        await wire.delete_channel(thread)
        outbox.rows[4] = replace(parts_for(forum, 4)[3], edition_id=3, part=1, reply_to=8)
        outbox.answered[4] = 1
        assert await sender.post_open() == 1
    assert (outbox.rows[4].message_id, outbox.paused) == (0, {})


async def test_a_thread_that_somebody_locked_loses_one_answer_and_not_the_forum(guild, forum, open_client, watch, pace):
    outbox = FakeOutbox(*parts_for(forum, 1))
    async with open_client() as client:
        sender = Sender(outbox, DiscordChannels(client, pace), watch)
        await sender.post_open()
        (thread,) = threads_of(guild, forum)
        thread.thread.is_archived = thread.thread.is_locked = True
        outbox.rows[2] = replace(parts_for(forum)[1], edition_id=2, part=1, reply_to=outbox.rows[1].message_id)
        outbox.answered[2] = 1
        assert await sender.post_open() == 0
    assert (outbox.rows[2].state, outbox.paused) == (DeliveryState.FAILED, {})


@knowing
async def test_a_forum_where_the_bot_may_not_write_in_threads_is_lost_before_half_an_edition_stands_there(
    guild, forum, open_client, *, watch, pace
):
    forum.denied = SEND_MESSAGES_IN_THREADS
    outbox = FakeOutbox(*parts_for(forum))
    async with open_client() as client:
        await Sender(outbox, DiscordChannels(client, pace), watch).post_open()
    assert threads_of(guild, forum) == []
    assert "Send Messages in Threads" in outbox.paused[100]


# --- corrections ---

CORRECTED = '{"content": "📰 **World**", "embeds": [{"title": "Six ports agree", "footer": {"text": "On Record"}}]}'


async def test_a_correction_takes_the_place_of_the_message(channel, open_client, watch, pace):
    outbox = FakeOutbox(*parts_for(channel, 1))
    async with open_client() as client:
        sender = Sender(outbox, DiscordChannels(client, pace), watch)
        await sender.post_open()
        (message,) = channel.messages.values()
        outbox.rows[2] = replace(parts_for(channel, 2)[1], edition_id=2, payload=CORRECTED, edits=message.id)
        assert await sender.post_open() == 1
    assert (message.embeds[0]["title"], len(channel.messages)) == ("Six ports agree", 1)
    assert outbox.rows[2].message_id == message.id
    assert message.pings == frozenset()


async def test_a_correction_of_a_message_that_was_deleted_since_is_done(channel, open_client, watch, pace):
    outbox = FakeOutbox(replace(parts_for(channel, 1)[0], edits=5))
    async with open_client() as client:
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 1
    assert (outbox.rows[1].state, outbox.rows[1].message_id) == (DeliveryState.SENT, 0)
    assert channel.messages == {}


async def test_a_correction_of_what_another_bot_posted_is_done_and_loses_no_channel(
    wire, guild, channel, open_client, watch, *, pace
):
    foreign = wire.world.create_message(channel.id, {"content": "by the bot that was here before"})
    foreign.author = wire.world.add_member(guild, "predecessor").user
    edit = replace(parts_for(channel, 1)[0], payload=CORRECTED, edits=foreign.id)
    outbox = FakeOutbox(edit, parts_for(channel, 2)[1])
    async with open_client() as client:
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 2
    assert [(row.state, bool(row.message_id)) for row in outbox.rows.values()] == [
        (DeliveryState.SENT, False),
        (DeliveryState.SENT, True),
    ]
    assert (outbox.paused, foreign.content) == ({}, "by the bot that was here before")


@pytest.mark.parametrize("fault", [Status(503), Status(500, after=True), Reset(), Reset(after=True)], ids=str)
async def test_a_correction_meets_trouble_like_a_post(wire, channel, open_client, watch, *, pace, fault):
    outbox = FakeOutbox(*parts_for(channel, 1))
    async with open_client() as client:
        sender = Sender(outbox, DiscordChannels(client, pace), watch)
        await sender.post_open()
        (message,) = channel.messages.values()
        outbox.rows[2] = replace(parts_for(channel, 2)[1], edition_id=2, payload=CORRECTED, edits=message.id)
        wire.faults.next("PATCH", "/channels/*/messages/*", fault)
        with hasty():
            assert await sender.post_open() == 1
    assert message.embeds[0]["title"] == "Six ports agree"


@pytest.mark.parametrize("is_locked", [True, False])
async def test_a_correction_in_an_archived_thread_leaves_it_archived(
    guild, forum, open_client, watch, *, pace, is_locked
):
    outbox = FakeOutbox(*parts_for(forum, 2))
    async with open_client() as client:
        sender = Sender(outbox, DiscordChannels(client, pace), watch)
        await sender.post_open()
        (thread,) = threads_of(guild, forum)
        thread.thread.is_archived, thread.thread.is_locked = True, is_locked
        edited = outbox.rows[2].message_id
        outbox.rows[3] = replace(parts_for(forum)[2], edition_id=2, part=1, payload=CORRECTED, edits=edited)
        outbox.answered[3] = 2
        await sender.post_open()
    assert thread.thread.is_archived
    title = "Five ports agree" if is_locked else "Six ports agree"
    assert thread.messages[edited].embeds[0]["title"] == title
    assert outbox.rows[3].state is (DeliveryState.FAILED if is_locked else DeliveryState.SENT)
    assert outbox.paused == {}

"""With the real client logged in, a part is posted once, also after a restart, and trouble is called by its name."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels import DiscordChannels, Pace
from bot.delivery import Sender
from bot.errors import ChannelGoneError, ForbiddenChannelError, InterruptedDeliveryError, RejectedPartError
from digest.model import DeliveryState
from tests.bot.deliveries import Crash, DyingOutbox, FakeOutbox, delivery
from tests.wire.conftest import knowing
from tests.wire.loops import hasty
from tests.wire.permissions import EMBED_LINKS, READ_MESSAGE_HISTORY, SEND_MESSAGES, VIEW_CHANNEL
from tests.wire.server import logged_in_by_rest

PAYLOAD = '{"content": "📰 **World**", "embeds": [{"title": "Five ports agree", "footer": {"text": "On Record"}}]}'


@pytest.fixture
def part(guild, channel):
    return delivery(1, guild_id=guild.id, channel_id=channel.id, payload=PAYLOAD)


@pytest.mark.parametrize(
    ("away", "asked"),
    [
        ({"seconds": 5}, "POST"),
        ({"seconds": 119}, "POST"),
        ({"seconds": 121}, "GET"),
        ({"minutes": 10}, "GET"),
        ({"days": 3}, "GET"),
    ],
    ids=str,
)
async def test_a_crash_between_post_and_finish_posts_nothing_again_after_the_restart(
    wire, channel, part, *, new_client, log_in, away, asked
):
    outbox, watch = FakeOutbox(part), wire.world.now
    dying = DyingOutbox(outbox, "finish_delivery", "before")
    async with log_in(new_client(), wire.world.token) as client:
        with pytest.raises(Crash):
            await Sender(dying, DiscordChannels(client, Pace()), watch).post_open()
    watch.pass_(**away)
    async with log_in(new_client(), wire.world.token) as client:
        assert await Sender(outbox, DiscordChannels(client, Pace()), watch).post_open() == 1
    assert list(channel.messages) == [outbox.rows[1].message_id]
    assert outbox.states() == [DeliveryState.SENT]
    assert [one.method for one in wire.rest.requests if one.path.endswith("/messages")] == ["POST", asked]


@pytest.mark.parametrize(
    ("ahead", "is_set_right"),
    [({"minutes": 5}, False), ({"hours": 20}, False), ({"minutes": 30}, True), ({"days": 3}, True)],
    ids=str,
)
async def test_a_part_in_doubt_is_found_though_the_clock_was_ahead(
    wire, watch, channel, part, *, new_client, log_in, ahead, is_set_right
):
    outbox, ahead = FakeOutbox(part), timedelta(**ahead)

    def fast():
        return watch() + ahead

    async with log_in(new_client(), wire.world.token) as client:
        channels = DiscordChannels(client, Pace())
        with pytest.raises(Crash):
            await Sender(DyingOutbox(outbox, "finish_delivery", "before"), channels, fast).post_open()
        watch.pass_(minutes=5)
        assert await Sender(outbox, channels, watch if is_set_right else fast).post_open() == 1
    assert list(channel.messages) == [outbox.rows[1].message_id]


async def test_a_part_that_never_arrived_is_posted_after_a_long_time_away(
    wire, watch, channel, part, *, new_client, log_in
):
    outbox = FakeOutbox(part)
    with pytest.raises(Crash):
        await Sender(DyingOutbox(outbox, "begin_delivery", "after"), DiscordChannels(None, Pace()), watch).post_open()
    watch.pass_(hours=5)
    wire.world.create_message(channel.id, {"content": "another message of ours"})
    async with log_in(new_client(), wire.world.token) as client:
        await Sender(outbox, DiscordChannels(client, Pace()), watch).post_open()
    assert len(channel.messages) == 2
    assert outbox.states() == [DeliveryState.SENT]


async def test_the_message_is_as_rendered_bears_its_mark_and_pings_nobody(
    wire, watch, channel, part, *, new_client, log_in
):
    async with log_in(new_client(), wire.world.token) as client:
        await Sender(FakeOutbox(part), DiscordChannels(client, Pace()), watch).post_open()
    (request,) = wire.rest.sent("POST", "/messages")
    assert request.body["allowed_mentions"] == {"parse": []}
    assert (request.body["nonce"], request.body["enforce_nonce"]) == (part.nonce, True)
    (message,) = channel.messages.values()
    assert message.content == "📰 **World**"
    assert message.embeds[0]["title"] == "Five ports agree"
    assert message.embeds[0]["footer"]["text"].startswith("On Record · ")


async def test_a_message_that_was_deleted_before_the_resend_counts_as_delivered(
    wire, watch, channel, part, *, new_client, log_in
):
    outbox = FakeOutbox(part)
    async with log_in(new_client(), wire.world.token) as client:
        with pytest.raises(Crash):
            await Sender(
                DyingOutbox(outbox, "finish_delivery", "before"), DiscordChannels(client, Pace()), watch
            ).post_open()
        channel.messages.clear()
        await Sender(outbox, DiscordChannels(client, Pace()), watch).post_open()
    assert outbox.states() == [DeliveryState.SENT]
    assert channel.messages == {}


async def test_an_answer_is_a_reply_that_pings_nobody(wire, watch, channel, part, *, new_client, log_in):
    first = wire.world.create_message(channel.id, {"content": "the digest of 3 November"})
    answer = replace(part, reply_to=first.id)
    outbox = FakeOutbox(answer)
    async with log_in(new_client(), wire.world.token) as client:
        assert await Sender(outbox, DiscordChannels(client, Pace()), watch).post_open() == 1
    (request,) = wire.rest.sent("POST", "/messages")
    assert request.body["message_reference"] == {
        "type": 0,
        "message_id": first.id,
        "channel_id": channel.id,
        "guild_id": channel.guild_id,
        "fail_if_not_exists": False,
    }
    assert request.body["allowed_mentions"] == {"parse": []}
    _, message = channel.messages.values()
    assert message.reference["message_id"] == str(first.id)
    assert message.pings == frozenset()


async def test_an_answer_to_a_message_that_was_deleted_is_posted_all_the_same(
    wire, watch, channel, part, *, new_client, log_in
):
    first = wire.world.create_message(channel.id, {"content": "the digest of 3 November"})
    channel.messages.clear()
    outbox = FakeOutbox(replace(part, reply_to=first.id))
    async with log_in(new_client(), wire.world.token) as client:
        assert await Sender(outbox, DiscordChannels(client, Pace()), watch).post_open() == 1
    assert outbox.states() == [DeliveryState.SENT]
    assert [message.content for message in channel.messages.values()] == ["📰 **World**"]


async def test_what_answers_nothing_names_no_message(wire, watch, part, *, new_client, log_in):
    async with log_in(new_client(), wire.world.token) as client:
        await Sender(FakeOutbox(part), DiscordChannels(client, Pace()), watch).post_open()
    (request,) = wire.rest.sent("POST", "/messages")
    assert "message_reference" not in request.body


async def test_a_channel_that_is_gone_is_called_gone(wire, channel, part, *, new_client, log_in):
    async with log_in(new_client(), wire.world.token) as client:
        wire.world.remove_channel(channel)
        with pytest.raises(ChannelGoneError):
            await DiscordChannels(client, Pace()).post(part)


@knowing
@pytest.mark.parametrize(
    ("denied", "name"),
    [
        (SEND_MESSAGES, "Send Messages"),
        (EMBED_LINKS, "Embed Links"),
        (READ_MESSAGE_HISTORY, "Read Message History"),
    ],
)
async def test_what_is_missing_is_named_and_nothing_is_half_posted(wire, guild, *, new_client, log_in, denied, name):
    channel = wire.world.add_channel(guild, denied=denied)
    part = delivery(1, guild_id=guild.id, channel_id=channel.id, payload=PAYLOAD)
    async with log_in(new_client(), wire.world.token) as client:
        for step in (DiscordChannels(client, Pace()).post, DiscordChannels(client, Pace()).find):
            with pytest.raises(ForbiddenChannelError) as caught:
                await step(part)
            assert name in caught.value.missing
    assert channel.messages == {}


@pytest.mark.parametrize(("denied", "is_posted"), [(VIEW_CHANNEL, False), (SEND_MESSAGES, False), (EMBED_LINKS, True)])
async def test_without_a_gateway_what_is_missing_is_told_by_discord(wire, guild, new_client, *, denied, is_posted):
    channel = wire.world.add_channel(guild, denied=denied)
    outbox = FakeOutbox(*(delivery(one, guild_id=guild.id, channel_id=channel.id, payload=PAYLOAD) for one in (1, 2)))
    async with logged_in_by_rest(new_client(), wire.world.token) as client:
        assert await Sender(outbox, DiscordChannels(client, Pace()), wire.world.now).post_open() == 0
    assert outbox.states() == [DeliveryState.HELD] * 2
    assert len(channel.messages) == is_posted  # Discord leaves embeds out without a word: one is seen, and no more
    assert "Embed Links" in outbox.paused[100]


async def test_without_a_gateway_a_history_that_may_not_be_read_is_not_an_empty_one(wire, guild, channel, new_client):
    part = delivery(1, guild_id=guild.id, channel_id=channel.id, payload=PAYLOAD, attempted_at=wire.world.now())
    async with logged_in_by_rest(new_client(), wire.world.token) as client:
        channels = DiscordChannels(client, Pace())
        assert await channels.find(part) is None
        channel.denied = READ_MESSAGE_HISTORY
        with pytest.raises(ForbiddenChannelError) as caught:
            await channels.find(part)
    assert caught.value.missing == ("Read Message History",)


async def test_without_a_gateway_what_a_channel_is_is_asked_once_in_minutes(wire, guild, channel, new_client):
    parts = [delivery(one, guild_id=guild.id, channel_id=channel.id, payload=PAYLOAD) for one in range(1, 6)]
    async with logged_in_by_rest(new_client(), wire.world.token) as client:
        channels = DiscordChannels(client, Pace())
        for part in parts:
            await channels.post(part)
        assert len(wire.rest.sent("GET", f"/channels/{channel.id}")) == 1
        loop = asyncio.get_running_loop()
        with hasty():
            await asyncio.sleep(301)
        assert loop.time() > 300
        await channels.post(delivery(9, guild_id=guild.id, channel_id=channel.id, payload=PAYLOAD))
    assert len(wire.rest.sent("GET", f"/channels/{channel.id}")) == 2


async def test_a_channel_that_was_closed_unseen_is_forbidden(wire, channel, part, *, new_client, log_in):
    async with log_in(new_client(), wire.world.token) as client:
        channel.denied = SEND_MESSAGES
        with pytest.raises(ForbiddenChannelError):
            await DiscordChannels(client, Pace()).post(part)


async def test_a_message_that_is_too_long_is_rejected_for_good(wire, guild, channel, *, new_client, log_in):
    long = delivery(1, guild_id=guild.id, channel_id=channel.id, payload='{"content": "' + "x" * 2001 + '"}')
    async with log_in(new_client(), wire.world.token) as client:
        with pytest.raises(RejectedPartError):
            await DiscordChannels(client, Pace()).post(long)
    assert wire.rest.take_complaints() == [
        "POST /channels/{channel}/messages: over Discord's limits: content is too long"
    ]


async def test_a_discord_that_is_not_there_is_trouble_that_may_pass(wire, part, *, new_client, log_in):
    async with log_in(new_client(), wire.world.token) as client:
        await wire.go_away()
        for step in (DiscordChannels(client, Pace()).post, DiscordChannels(client, Pace()).find):
            with pytest.raises(InterruptedDeliveryError):
                await step(part)

"""Our delivery on a Discord that misbehaves: each part stands in its channel once, and its state says what happened."""

import asyncio
from dataclasses import replace

import pytest

from bot.channels import DiscordChannels, Pace
from bot.delivery import Sender
from bot.errors import DeliveryError, InterruptedDeliveryError
from digest.model import DeliveryState
from tests.bot.deliveries import FakeOutbox, delivery, is_shown_once
from tests.wire.faults import Drop, RateLimited, Refused, Reset, Slow, Status
from tests.wire.loops import hasty
from tests.wire.server import logged_in

SEND = ("POST", "/channels/*/messages")
LOOK = ("GET", "/channels/*/messages")
PAYLOAD = '{"content": "📰 **World**", "embeds": [{"title": "Five ports agree", "footer": {"text": "On Record"}}]}'
TRIES = 7
REQUEST_SECONDS = 300  # aiohttp's time-out, which discord.py leaves as it is

PASSING = {
    "500": Status(500),
    "502": Status(502),
    "504": Status(504),
    "500 after": Status(500, after=True),
    "502 after": Status(502, after=True),
    "504 after": Status(504, after=True),
    "429": RateLimited(retry_after=5),
    "429 global": RateLimited(retry_after=5, is_global=True),
    "429 shared": RateLimited(retry_after=5, scope="shared"),
}
# What the client raises on, and the sender tries again a little later.
SHORT = {
    "503": Status(503),
    "503 after": Status(503, after=True),
    "reset before": Reset(),
    "reset after": Reset(after=True),
    "drop before": Drop(),
    "drop after": Drop(after=True),
    "outage 403": Refused(403, 40333, "internal network error"),
}
HOLDING = {
    "ban": RateLimited(retry_after=5, via=False),
    "proxy 403": Status(403, text="<html>Access denied</html>"),
    "proxy 404": Status(404, text="<html>Not found</html>"),
    "proxy 400": Status(400, text="<html>Bad request</html>"),
    "proxy 403 after": Status(403, text="<html>Access denied</html>", after=True),
    "403 of another kind": Refused(403, 40001, "Unauthorized"),
}


def cases(table):
    return pytest.mark.parametrize("fault", table.values(), ids=table.keys())


@cases(PASSING)
async def test_what_the_client_rides_out_is_sent_in_the_same_turn(wire, channel, outbox, sender, *, fault):
    wire.faults.next(*SEND, fault)
    with hasty():
        assert await sender.post_open() == 1
    assert is_shown_once(channel, outbox)
    assert len(wire.rest.sent("POST", "/messages")) == 2


@cases(SHORT)
async def test_what_the_client_raises_on_is_tried_again_in_the_same_turn(wire, channel, outbox, sender, *, fault):
    wire.faults.next(*SEND, fault)
    with hasty():
        assert await sender.post_open() == 1
    assert is_shown_once(channel, outbox)
    assert len(wire.rest.sent("POST", "/messages")) == 2


@cases(SHORT)
@pytest.mark.parametrize("away", [{"seconds": 15}, {"minutes": 10}], ids=str)
async def test_a_trouble_that_lasts_holds_the_part_back_for_the_next_turn(
    wire, watch, channel, outbox, sender, *, fault, away
):
    wire.faults.next(*SEND, fault, times=TRIES)
    with hasty():
        assert await sender.post_open() == 0
        assert outbox.states() == [DeliveryState.SENDING]
        watch.pass_(**away)
        assert await sender.post_open() == 1
    assert is_shown_once(channel, outbox)


async def test_the_tries_of_one_turn_are_over_within_about_a_minute(wire, outbox, sender):
    loop = asyncio.get_running_loop()
    wire.faults.next(*SEND, Status(503), times=TRIES)
    with hasty():
        began = loop.time()
        assert await sender.post_open() == 0
        assert 45 < loop.time() - began < 75
    assert outbox.states() == [DeliveryState.SENDING]


async def test_after_a_minute_of_trouble_nothing_more_is_tried_in_this_turn(wire, watch, outbox, client):
    class Ageing(DiscordChannels):
        async def turn(self):
            watch.pass_(seconds=35)

    wire.faults.next(*SEND, Status(503), times=2)
    with hasty():
        assert await Sender(outbox, Ageing(client, Pace()), watch).post_open() == 0
    assert outbox.states() == [DeliveryState.SENDING]


async def test_a_try_that_comes_after_the_nonces_window_looks_first(wire, watch, channel, outbox, client):
    class Ageing(DiscordChannels):
        async def turn(self):
            watch.pass_(seconds=50)

    part = next(iter(outbox.rows.values()))
    outbox.rows[part.id] = replace(part, state=DeliveryState.SENDING, attempted_at=watch())
    wire.faults.next(*SEND, Reset(after=True))
    watch.pass_(seconds=40)
    with hasty():
        assert await Sender(outbox, Ageing(client, Pace()), watch).post_open() == 1
    assert is_shown_once(channel, outbox)
    assert [one.method for one in wire.rest.requests if one.path.endswith("/messages")] == ["POST", "GET"]


@cases(HOLDING)
@pytest.mark.parametrize("away", [{"seconds": 15}, {"seconds": 119}, {"minutes": 10}, {"days": 1}], ids=str)
async def test_what_only_time_can_mend_holds_the_part_back_for_the_next_turn(
    wire, watch, channel, outbox, sender, *, fault, away
):
    wire.faults.next(*SEND, fault)
    assert await sender.post_open() == 0
    assert outbox.states() == [DeliveryState.SENDING]
    watch.pass_(**away)
    assert await sender.post_open() == 1
    assert is_shown_once(channel, outbox)
    assert await sender.post_open() == 0


@cases(HOLDING)
async def test_what_only_time_can_mend_is_called_trouble_that_may_pass(wire, client, part, *, fault):
    wire.faults.next(*SEND, fault)
    with pytest.raises(DeliveryError) as caught:
        await DiscordChannels(client, Pace()).post(part)
    assert type(caught.value) is DeliveryError


@cases(SHORT)
async def test_what_the_client_raises_on_is_called_an_interruption(wire, client, part, *, fault):
    wire.faults.next(*SEND, fault)
    with pytest.raises(InterruptedDeliveryError):
        await DiscordChannels(client, Pace()).post(part)


@cases(HOLDING)
async def test_one_fault_after_the_other_makes_no_second_message(wire, watch, channel, outbox, sender, *, fault):
    wire.faults.next(*SEND, fault, Reset(after=True), Status(503), fault)
    with hasty():
        for _ in range(2):
            assert await sender.post_open() == 0
            watch.pass_(seconds=15)
        assert await sender.post_open() == 1
    assert is_shown_once(channel, outbox)


async def test_a_discord_that_is_down_for_minutes_gets_the_part_when_it_is_back(wire, watch, channel, outbox, sender):
    wire.faults.next(*SEND, Status(503), times=3 * TRIES)
    wire.faults.next(*LOOK, Status(503), times=3 * TRIES)
    with hasty():
        for _ in range(6):
            assert await sender.post_open() == 0
            watch.pass_(seconds=45)
        assert await sender.post_open() == 1
    assert is_shown_once(channel, outbox)


@pytest.mark.parametrize(
    ("fault", "times"),
    # Where a connection ends aiohttp itself asks once more for what is only read.
    [(Status(503), 1), (Reset(), 2), (Drop(), 2), (Reset(after=True), 2)],
    ids=str,
)
async def test_as_long_as_it_cannot_look_it_posts_nothing_again(wire, watch, channel, outbox, sender, *, fault, times):
    wire.faults.next(*SEND, Reset(after=True), times=TRIES)
    with hasty():
        assert await sender.post_open() == 0
        watch.pass_(minutes=10)
        wire.faults.next(*LOOK, fault, times=times * TRIES)
        assert await sender.post_open() == 0
        assert len(wire.rest.sent("POST", "/messages")) == TRIES
        assert await sender.post_open() == 1
    assert is_shown_once(channel, outbox)


async def test_a_discord_that_answers_500_to_everything_the_client_tries_holds_the_part_back(
    wire, channel, outbox, sender
):
    wire.faults.next(*SEND, Status(500), times=5 * TRIES)
    with hasty():
        assert await sender.post_open() == 0
        assert outbox.states() == [DeliveryState.SENDING]
        assert await sender.post_open() == 1
    assert is_shown_once(channel, outbox)


async def test_a_message_that_comes_after_the_client_gave_up_is_found_or_makes_no_second_one(
    wire, watch, channel, outbox, client
):
    wire.faults.next(*SEND, Slow(REQUEST_SECONDS + 60))
    with hasty():
        sending = asyncio.create_task(Sender(outbox, DiscordChannels(client, Pace()), watch).post_open())
        await asyncio.sleep(1)
        watch.pass_(seconds=REQUEST_SECONDS)
        assert await sending == 0
        assert channel.messages == {}
        # It looks and finds nothing, posts, and only then does the first request have its effect.
        assert await Sender(outbox, DiscordChannels(client, Pace()), watch).post_open() == 1
        watch.pass_(seconds=60)
        await asyncio.sleep(120)
    assert is_shown_once(channel, outbox)
    assert [one.status for one in wire.rest.sent("POST", "/messages")] == [200, 200]


async def test_a_message_whose_answer_is_too_slow_is_found_and_not_posted_again(wire, watch, channel, outbox, sender):
    wire.faults.next(*SEND, Slow(REQUEST_SECONDS + 60, after=True))
    with hasty():
        sending = asyncio.create_task(sender.post_open())
        await asyncio.sleep(1)
        watch.pass_(seconds=REQUEST_SECONDS)
        assert await sending == 0
        assert await sender.post_open() == 1
        await asyncio.sleep(120)
    assert is_shown_once(channel, outbox)
    assert len(wire.rest.sent("POST", "/messages")) == 1


# --- several parts, several channels ---


@cases(HOLDING)
async def test_a_fault_holds_back_what_follows_in_its_channel_and_nothing_elsewhere(
    wire, guild, channel, client, watch, *, fault
):
    other = wire.world.add_channel(guild, "other")
    await wire.regain_guild(guild)
    parts = [delivery(number, guild_id=guild.id, channel_id=channel.id, payload=PAYLOAD) for number in (1, 2, 3)]
    elsewhere = delivery(4, guild_id=guild.id, channel_id=other.id, payload=PAYLOAD)
    outbox = FakeOutbox(*parts, elsewhere)
    sender = Sender(outbox, DiscordChannels(client, Pace()), watch)
    wire.faults.next("POST", f"/channels/{channel.id}/messages", fault)
    assert await sender.post_open() == 1
    assert outbox.states() == [
        DeliveryState.SENDING,
        DeliveryState.PENDING,
        DeliveryState.PENDING,
        DeliveryState.SENT,
    ]
    watch.pass_(seconds=15)
    assert await sender.post_open() == 3
    assert [outbox.rows[number].message_id for number in (1, 2, 3)] == list(channel.messages)
    assert [outbox.rows[4].message_id] == list(other.messages)


async def test_at_our_own_pace_a_hundred_channels_cause_no_429(wire, guild, new_client, watch):
    channels = [wire.world.add_channel(guild, f"c{number}") for number in range(100)]
    outbox = FakeOutbox(
        *(
            delivery(number, guild_id=guild.id, channel_id=one.id, payload=PAYLOAD)
            for number, one in enumerate(channels, start=1)
        )
    )
    pace = Pace()
    async with logged_in(new_client(http_trace=pace.trace()), wire.world.token) as client:
        assert await Sender(outbox, DiscordChannels(client, pace), watch).post_open() == 100
    assert [len(one.messages) for one in channels] == [1] * 100
    assert wire.rest.invalid_requests == []


async def test_forty_channels_at_once_go_out_once_each_across_the_limit_of_all_requests(wire, guild, client, watch):
    wire.rest.buckets.narrow_global(25, per=30)
    channels = [wire.world.add_channel(guild, f"c{number}") for number in range(40)]
    outbox = FakeOutbox(
        *(
            delivery(number, guild_id=guild.id, channel_id=one.id, payload=PAYLOAD)
            for number, one in enumerate(channels, start=1)
        )
    )
    with hasty():
        assert await Sender(outbox, DiscordChannels(client, Pace()), watch).post_open() == 40
    assert [len(one.messages) for one in channels] == [1] * 40
    assert {one.scope for one in wire.rest.requests if one.status == 429} == {"global"}


async def test_a_channel_whose_bucket_is_narrow_gets_its_parts_in_order_without_a_429(
    wire, guild, channel, client, watch
):
    wire.rest.buckets.narrow("POST", "/channels/{channel}/messages", 2, per=5)
    outbox = FakeOutbox(
        *(delivery(number, guild_id=guild.id, channel_id=channel.id, payload=PAYLOAD) for number in range(1, 8))
    )
    with hasty():
        assert await Sender(outbox, DiscordChannels(client, Pace()), watch).post_open() == 7
    assert is_shown_once(channel, outbox)
    assert wire.rest.invalid_requests == []

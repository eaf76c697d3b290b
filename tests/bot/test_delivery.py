"""An edition reaches its channel once, whatever happens on the way."""

import pytest

from bot.delivery import NONCE_WINDOW, Sender
from bot.errors import ChannelGoneError, DeliveryError, ForbiddenChannelError, RejectedPartError
from digest.model import DeliveryState
from tests.bot.deliveries import Crash, DyingOutbox, FakeDiscord, FakeOutbox, Watch, delivery

SENT, PENDING, SENDING, FAILED = (
    DeliveryState.SENT,
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.FAILED,
)


@pytest.fixture
def watch():
    return Watch()


async def test_the_parts_of_an_edition_are_posted_in_order(watch):
    discord, outbox = FakeDiscord(watch), FakeOutbox(delivery(2), delivery(3), delivery(1))
    assert await Sender(outbox, discord, watch).post_open() == 3
    assert discord.posted() == [(1, 1), (1, 2), (1, 3)]
    assert outbox.states() == [SENT, SENT, SENT]
    assert [row.message_id for row in outbox.rows.values()] == [2, 3, 1]


async def test_a_part_is_written_down_as_begun_before_it_is_sent(watch):
    outbox = FakeOutbox(delivery(1))
    discord = FakeDiscord(watch, troubles=[("before", Crash())])
    with pytest.raises(Crash):
        await Sender(outbox, discord, watch).post_open()
    assert outbox.rows[1].state is SENDING
    assert outbox.rows[1].attempted_at == watch()


@pytest.mark.parametrize("away", [{"seconds": 1}, {"seconds": 119}, {"seconds": 121}, {"minutes": 4}, {"days": 2}])
@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_crash_while_posting_is_made_good_with_one_message(watch, moment, away):
    outbox, discord = FakeOutbox(delivery(1), delivery(2)), FakeDiscord(watch, troubles=[(moment, Crash())])
    with pytest.raises(Crash):
        await Sender(outbox, discord, watch).post_open()
    watch.pass_(**away)
    await Sender(outbox, discord, watch).post_open()
    assert discord.posted() == [(1, 1), (1, 2)]
    assert outbox.states() == [SENT, SENT]


@pytest.mark.parametrize("away", [{"seconds": 1}, {"seconds": 121}, {"days": 2}])
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("call", ["open_deliveries", "begin_delivery", "finish_delivery"])
async def test_a_crash_around_any_write_is_made_good_with_one_message(watch, call, moment, away):
    outbox, discord = FakeOutbox(delivery(1)), FakeDiscord(watch)
    with pytest.raises(Crash):
        await Sender(DyingOutbox(outbox, call, moment), discord, watch).post_open()
    watch.pass_(**away)
    await Sender(outbox, discord, watch).post_open()
    assert discord.posted() == [(1, 1)]
    assert outbox.states() == [SENT]


async def test_a_clock_that_was_set_back_doubles_nothing(watch):
    outbox, discord = FakeOutbox(delivery(1)), FakeDiscord(watch, troubles=[("after", Crash())])
    with pytest.raises(Crash):
        await Sender(outbox, discord, watch).post_open()
    discord.window *= 0
    watch.pass_(hours=-1)
    await Sender(outbox, discord, watch).post_open()
    assert discord.posted() == [(1, 1)]


async def test_trouble_that_may_pass_holds_the_channel_back_until_the_next_tick_and_no_other(watch):
    outbox = FakeOutbox(delivery(1), delivery(2), delivery(3, edition_id=2, channel_id=11, part=1))
    discord = FakeDiscord(watch, troubles=[("before", DeliveryError(10, "503"))])
    assert await Sender(outbox, discord, watch).post_open() == 1
    assert discord.posted(10) == []
    assert discord.posted(11) == [(2, 1)]
    assert outbox.paused == {}
    watch.pass_(seconds=15)
    assert await Sender(outbox, discord, watch).post_open() == 2
    assert discord.posted(10) == [(1, 1), (1, 2)]


async def test_an_answer_that_got_lost_for_hours_doubles_nothing(watch):
    lost = ("after", DeliveryError(10, "connection dropped"))
    outbox, discord = FakeOutbox(delivery(1)), FakeDiscord(watch, troubles=[("before", DeliveryError(10, "503")), lost])
    sender = Sender(outbox, discord, watch)
    for minutes in (3, 3, 60, 1):
        await sender.post_open()
        watch.pass_(minutes=minutes)
    assert discord.posted() == [(1, 1)]
    assert outbox.states() == [SENT]


@pytest.mark.parametrize(
    "error",
    [ChannelGoneError(10, "404"), ForbiddenChannelError(10, "403", missing=("Embed Links",))],
    ids=["gone", "forbidden"],
)
async def test_a_lost_channel_pauses_what_posts_there_with_a_reason_that_says_what_to_do(watch, error):
    outbox = FakeOutbox(delivery(1), delivery(2), delivery(3, edition_id=2, channel_id=11, part=1))
    discord = FakeDiscord(watch, troubles=[("before", error)])
    await Sender(outbox, discord, watch).post_open()
    assert list(outbox.paused) == [100]
    assert "Embed Links" in outbox.paused[100] or "gone" in outbox.paused[100]
    assert outbox.states() == [FAILED, FAILED, SENT]


async def test_a_crash_while_giving_up_is_made_good(watch):
    outbox = FakeOutbox(delivery(1), delivery(2))
    gone = ("before", ChannelGoneError(10, "404"))
    with pytest.raises(Crash):
        await Sender(
            DyingOutbox(outbox, "fail_delivery", "after"), FakeDiscord(watch, troubles=[gone]), watch
        ).post_open()
    await Sender(outbox, FakeDiscord(watch, troubles=[gone]), watch).post_open()
    assert outbox.states() == [FAILED, FAILED]
    assert list(outbox.paused) == [100]


async def test_a_part_that_discord_never_takes_stops_neither_the_next_part_nor_the_next_day(watch):
    outbox = FakeOutbox(delivery(1), delivery(2))
    discord = FakeDiscord(watch, troubles=[("before", RejectedPartError(10, "400 (code 50035): too long"))])
    assert await Sender(outbox, discord, watch).post_open() == 1
    assert outbox.states() == [FAILED, SENT]
    assert "50035" in outbox.failed[1]
    assert outbox.paused == {}


async def test_a_mistake_of_ours_in_one_channel_leaves_the_others_alone(watch):
    outbox = FakeOutbox(delivery(1), delivery(2, edition_id=2, channel_id=11))
    discord = FakeDiscord(watch, troubles=[("before", ZeroDivisionError())])
    assert await Sender(outbox, discord, watch).post_open() == 1
    assert outbox.states() == [SENDING, SENT]


async def test_a_channel_that_cannot_even_be_given_up_leaves_the_others_alone(watch):
    outbox = FakeOutbox(delivery(1), delivery(2, edition_id=2, channel_id=11))
    outbox.get_edition = None
    discord = FakeDiscord(watch, troubles=[("before", ChannelGoneError(10, "404"))])
    assert await Sender(outbox, discord, watch).post_open() == 1
    assert outbox.states() == [SENDING, SENT]


async def test_two_calls_at_once_post_once(watch):
    import asyncio

    outbox, discord = FakeOutbox(delivery(1), delivery(2)), FakeDiscord(watch)
    sender = Sender(outbox, discord, watch)
    assert sorted(await asyncio.gather(sender.post_open(), sender.post_open())) == [0, 2]
    assert discord.posted() == [(1, 1), (1, 2)]


def test_the_window_for_the_same_nonce_is_inside_that_of_discord():
    assert FakeDiscord(None).window > NONCE_WINDOW

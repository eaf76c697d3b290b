"""An edition reaches its channel once, whatever happens on the way."""

import asyncio

import pytest

from bot.delivery import NONCE_WINDOW, Sender
from bot.errors import ChannelGoneError, DeliveryError, ForbiddenChannelError, RejectedPartError
from digest.model import DeliveryState
from tests.bot.deliveries import Crash, DyingOutbox, FakeDiscord, FakeOutbox, Watch, delivery

SENT, PENDING, SENDING, FAILED, HELD = (
    DeliveryState.SENT,
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.FAILED,
    DeliveryState.HELD,
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


async def test_a_part_that_somebody_else_began_since_it_was_listed_is_looked_for(watch):
    outbox, discord = FakeOutbox(delivery(1)), FakeDiscord(watch)
    listed = await outbox.open_deliveries(now=watch())

    class Listed:
        def __getattr__(self, name):
            return getattr(outbox, name)

        async def open_deliveries(self, *, now, channel_id=None):  # noqa: ARG002 -- the signature is the service's
            return listed

    with pytest.raises(Crash):
        await Sender(DyingOutbox(outbox, "finish_delivery", "before"), discord, watch).post_open()
    watch.pass_(minutes=5)
    assert await Sender(Listed(), discord, watch).post_open() == 1
    assert (discord.posted(), outbox.states()) == ([(1, 1)], [SENT])


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
    assert outbox.states() == [HELD, HELD, SENT]


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_crash_while_giving_up_is_made_good(watch, moment):
    outbox = FakeOutbox(delivery(1), delivery(2))
    gone = ("before", ChannelGoneError(10, "404"))
    with pytest.raises(Crash):
        await Sender(
            DyingOutbox(outbox, "lose_channel", moment), FakeDiscord(watch, troubles=[gone]), watch
        ).post_open()
    await Sender(outbox, FakeDiscord(watch, troubles=[gone]), watch).post_open()
    assert outbox.states() == [HELD, HELD]
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
    outbox.lose_channel = None
    discord = FakeDiscord(watch, troubles=[("before", ChannelGoneError(10, "404"))])
    assert await Sender(outbox, discord, watch).post_open() == 1
    assert outbox.states() == [SENDING, SENT]


async def test_two_calls_at_once_post_once(watch):
    outbox, discord = FakeOutbox(delivery(1), delivery(2)), FakeDiscord(watch)
    sender = Sender(outbox, discord, watch)
    assert sorted(await asyncio.gather(sender.post_open(), sender.post_open())) == [0, 2]
    assert discord.posted() == [(1, 1), (1, 2)]


def test_the_window_for_the_same_nonce_is_inside_that_of_discord():
    assert FakeDiscord(None).window > NONCE_WINDOW


# --- each channel by itself ---


class SlowDiscord(FakeDiscord):
    """One of its channels answers when it is let."""

    def __init__(self, now, slow):
        super().__init__(now)
        self.slow, self.may_answer = slow, asyncio.Event()

    async def post(self, part):
        if part.channel_id == self.slow:
            await self.may_answer.wait()
        return await super().post(part)


async def test_a_slow_channel_keeps_nobody_waiting_and_gets_its_parts_in_order(watch):
    outbox = FakeOutbox(delivery(1), delivery(2), delivery(3, edition_id=2, channel_id=11, part=1))
    discord = SlowDiscord(watch, slow=10)
    sender = Sender(outbox, discord, watch)
    await sender.start_open()
    assert await sender.post_open(11) in (0, 1)
    outbox.rows[4] = delivery(4, edition_id=3, channel_id=11, part=1)
    await sender.start_open()
    await sender.post_open(11)
    assert outbox.states() == [SENDING, PENDING, SENT, SENT]
    discord.may_answer.set()
    assert await sender.post_open() == 0
    assert discord.posted(10) == [(1, 1), (1, 2)]
    assert discord.posted(11) == [(2, 1), (3, 1)]


async def test_what_comes_while_its_channel_is_served_is_posted_behind_that(watch):
    outbox = FakeOutbox(delivery(1))
    discord = SlowDiscord(watch, slow=10)
    sender = Sender(outbox, discord, watch)
    await sender.start_open()
    outbox.rows[2] = delivery(2, edition_id=2, part=1)
    waiting = asyncio.create_task(sender.post_open(10))
    await asyncio.sleep(0)
    discord.may_answer.set()
    assert await waiting == 1
    assert discord.posted() == [(1, 1), (2, 1)]


async def test_who_stops_waiting_for_a_post_does_not_stop_it(watch):
    outbox, discord = FakeOutbox(delivery(1)), SlowDiscord(watch, slow=10)
    sender = Sender(outbox, discord, watch)
    waiting = asyncio.create_task(sender.post_open())
    while outbox.states() != [SENDING]:  # noqa: ASYNC110 -- the outbox records, it does not signal
        await asyncio.sleep(0)
    waiting.cancel()
    discord.may_answer.set()
    await sender.post_open()
    assert outbox.states() == [SENT]


async def test_at_the_end_what_is_being_posted_may_finish_and_what_hangs_is_cut(watch):
    outbox = FakeOutbox(delivery(1), delivery(2, edition_id=2, channel_id=11, part=1))
    sender = Sender(outbox, SlowDiscord(watch, slow=10), watch)
    await sender.start_open()
    await sender.stop(drain=0.05)
    assert outbox.states() == [SENDING, SENT]
    await sender.stop()


async def test_every_request_has_its_turn(watch):
    outbox, discord = FakeOutbox(delivery(1), delivery(2)), FakeDiscord(watch)
    await Sender(outbox, discord, watch).post_open()
    assert discord.turns == 2
    lost = delivery(3, state=SENDING, attempted_at=watch(), part=3)
    outbox.rows[3] = lost
    watch.pass_(minutes=5)
    await Sender(outbox, discord, watch).post_open()
    assert discord.turns == 4  # it looks, and posts


async def test_a_part_that_was_settled_since_it_was_listed_is_left_and_the_rest_waits_for_a_new_look(watch):
    outbox, discord = FakeOutbox(delivery(1), delivery(2)), FakeDiscord(watch)
    listed = await outbox.open_deliveries(now=watch())
    await outbox.finish_delivery(1, 7, now=watch())

    async def stale(*, now, channel_id=None):  # noqa: ARG001 -- the service's signature
        return listed

    fresh, outbox.open_deliveries = outbox.open_deliveries, stale
    sender = Sender(outbox, discord, watch)
    assert await sender.post_open() == 0
    assert discord.posted() == []
    outbox.open_deliveries = fresh
    assert await sender.post_open() == 1
    assert discord.posted() == [(1, 2)]


# --- corrections ---


async def test_a_correction_takes_the_place_of_the_message_and_posts_none(watch):
    outbox, discord = FakeOutbox(delivery(1)), FakeDiscord(watch)
    sender = Sender(outbox, discord, watch)
    await sender.post_open()
    outbox.rows[2] = delivery(2, edition_id=2, part=1, edits=1, payload='{"content": "corrected"}')
    assert await sender.post_open() == 1
    assert [part.payload for part, _ in discord.messages] == ['{"content": "corrected"}']
    assert outbox.rows[2].message_id == 1


async def test_a_correction_after_a_crash_is_simply_made_again(watch):
    outbox, discord = FakeOutbox(delivery(1)), FakeDiscord(watch)
    await Sender(outbox, discord, watch).post_open()
    outbox.rows[2] = delivery(2, edition_id=2, part=1, edits=1)
    with pytest.raises(Crash):
        await Sender(DyingOutbox(outbox, "finish_delivery", "before"), discord, watch).post_open()
    watch.pass_(hours=3)
    assert await Sender(outbox, discord, watch).post_open() == 1
    assert len(discord.messages) == 1


async def test_a_correction_of_a_message_that_was_deleted_is_done(watch):
    outbox, discord = FakeOutbox(delivery(1, edits=99)), FakeDiscord(watch)
    assert await Sender(outbox, discord, watch).post_open() == 1
    assert (outbox.rows[1].state, outbox.rows[1].message_id) == (SENT, 0)

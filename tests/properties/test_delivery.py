"""Promise 6: for any sequence of ticks, crashes and restarts a part is posted once: never twice, never missed."""

import asyncio
from contextlib import suppress

from hypothesis import example, given, settings, strategies as st
from structlog.testing import capture_logs

from bot.delivery import NONCE_WINDOW, Sender
from bot.errors import DeliveryError
from digest.model import DeliveryState
from tests.bot.deliveries import Crash, DyingOutbox, FakeDiscord, FakeOutbox, Watch, delivery

CALLS = ("open_deliveries", "begin_delivery", "finish_delivery")
MOMENTS = st.sampled_from(["before", "after"])

# What happens to a run of the process: it dies around a write, it dies or fails around a post, or nothing happens.
death = st.tuples(st.just("dies"), st.sampled_from(CALLS), MOMENTS)
trouble = st.tuples(st.just("post"), MOMENTS, st.sampled_from([Crash(), DeliveryError(10, "503"), ZeroDivisionError()]))
fates = st.one_of(death, trouble, st.just(("lives",)))
runs = st.lists(st.tuples(fates, st.integers(0, 400)), max_size=12)
shapes = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=4)


def parts_of(shapes):
    """Deliveries of editions, given as (channel, number of parts)."""
    numbered = [
        (edition, channel, part)
        for edition, (channel, parts) in enumerate(shapes, start=1)
        for part in range(1, parts + 1)
    ]
    return [
        delivery(number, edition_id=edition, channel_id=channel, part=part)
        for number, (edition, channel, part) in enumerate(numbered, start=1)
    ]


async def live(outbox, discord, watch, fate):
    match fate:
        case ("dies", call, moment):
            outbox = DyingOutbox(outbox, call, moment)
        case ("post", moment, error):
            discord.troubles.append((moment, error))
    with suppress(Crash):
        await Sender(outbox, discord, watch).post_open()
    discord.troubles.clear()


async def play(shapes, runs):
    watch = Watch()
    outbox, discord = FakeOutbox(*parts_of(shapes)), FakeDiscord(watch)
    for fate, seconds in runs:
        await live(outbox, discord, watch, fate)
        watch.pass_(seconds=seconds)
    watch.pass_(seconds=NONCE_WINDOW.total_seconds())
    await live(outbox, discord, watch, ("lives",))
    return outbox, discord


@given(shapes, runs)
@example([(1, 2)], [(("dies", "finish_delivery", "before"), 119)])
@example([(1, 2)], [(("dies", "finish_delivery", "before"), 120)])
@example([(1, 1)], [(("post", "before", DeliveryError(10, "503")), 200), (("post", "after", Crash()), 200)])
@settings(deadline=None)
def test_every_part_is_posted_once_and_in_order_whatever_dies(shapes, runs):
    with capture_logs():  # to print thousands of tracebacks takes minutes
        outbox, discord = asyncio.run(play(shapes, runs))
    assert set(outbox.states()) == {DeliveryState.SENT}
    assert len(discord.messages) == len(outbox.rows)
    for channel_id in {part.channel_id for part in outbox.rows.values()}:
        posted = discord.posted(channel_id)
        assert posted == sorted(set(posted))

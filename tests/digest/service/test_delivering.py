from dataclasses import replace
from datetime import time, timedelta

import pytest

from digest.errors import NotFoundError
from digest.model import DeliveryState
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import Newsroom, print_urls, story

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
async def newsroom(store):
    return await Newsroom.reporting(store, story(1), story(2))


@pytest.fixture
async def edition(newsroom):
    saved = await newsroom.service.save_subscription(subscription(times=(time(9),)), now=NOW)
    return await newsroom.service.issue_now(1, saved.id, now=NOW, render=print_urls)


async def parts(newsroom, edition):
    return (await newsroom.service.get_edition(1, edition.id)).deliveries


async def test_a_part_goes_from_pending_to_sending_to_sent(newsroom, edition):
    first, second = edition.deliveries
    begun = await newsroom.service.begin_delivery(first.id, now=NOW)
    assert (begun.state, begun.attempted_at, begun.nonce) == (DeliveryState.SENDING, NOW, first.nonce)
    assert await newsroom.service.open_deliveries(now=NOW) == (begun, second)
    await newsroom.service.finish_delivery(first.id, 77, now=LATER)
    # In a forum it goes into the thread that the first message opened.
    assert await newsroom.service.open_deliveries(now=LATER) == (replace(second, opening=77),)
    sent, _ = await parts(newsroom, edition)
    assert (sent.state, sent.message_id) == (DeliveryState.SENT, 77)


async def test_what_was_begun_is_open_after_a_restart_since_its_first_attempt(newsroom, edition):
    first, _ = edition.deliveries
    await newsroom.service.begin_delivery(first.id, now=NOW)
    again = await newsroom.service.begin_delivery(first.id, now=LATER)
    assert again.attempted_at == NOW
    assert (await newsroom.service.open_deliveries(now=LATER))[0] == again


async def test_a_part_that_failed_is_not_tried_again(newsroom, edition):
    first, second = edition.deliveries
    await newsroom.service.fail_delivery(first.id, "too large", now=NOW)
    assert await newsroom.service.open_deliveries(now=LATER) == (second,)
    with pytest.raises(NotFoundError):
        await newsroom.service.begin_delivery(first.id, now=LATER)
    assert (await parts(newsroom, edition))[0].state is DeliveryState.FAILED

"""Rate limits come with Discord's headers, and the unmodified client keeps to them."""

import asyncio

import discord
import pytest

from tests.wire.buckets import GLOBAL
from tests.wire.loops import hasty
from tests.wire.server import logged_in

MESSAGES = "/channels/{channel}/messages"


@pytest.fixture
async def client(wire, channel, new_client):  # noqa: ARG001 -- it is there before the client logs in
    async with logged_in(new_client(), wire.world.token) as logged:
        yield logged


@pytest.fixture
def place(client, channel):
    return client.get_channel(channel.id)


def statuses(wire):
    return [one.status for one in wire.rest.sent("POST", "/messages")]


async def test_every_answer_tells_how_much_of_its_bucket_is_left(wire, channel, client):
    wire.rest.buckets.narrow("POST", MESSAGES, 5, per=2.0)
    url = f"{discord.http.Route.BASE}/channels/{channel.id}/messages"
    headers = {"Authorization": f"Bot {wire.world.token}"}
    session = client.http._HTTPClient__session
    async with session.post(url, json={"content": "one"}, headers=headers) as answer:
        told = {name: value for name, value in answer.headers.items() if name.startswith("X-RateLimit")}
    assert (told["X-RateLimit-Limit"], told["X-RateLimit-Remaining"]) == ("5", "4")
    assert 0 < float(told["X-RateLimit-Reset-After"]) <= 2
    assert float(told["X-RateLimit-Reset"]) > 1_700_000_000
    assert len(told["X-RateLimit-Bucket"]) == 32


async def test_a_bucket_that_is_used_up_answers_429_as_discord_does(wire, channel, client):
    wire.rest.buckets.narrow("POST", MESSAGES, 1, per=20)
    url = f"{discord.http.Route.BASE}/channels/{channel.id}/messages"
    headers = {"Authorization": f"Bot {wire.world.token}"}
    session = client.http._HTTPClient__session
    async with session.post(url, json={"content": "one"}, headers=headers) as answer:
        assert answer.status == 200
    async with session.post(url, json={"content": "two"}, headers=headers) as answer:
        body = await answer.json()
        assert answer.status == 429
        assert answer.headers["X-RateLimit-Scope"] == "user"
        assert answer.headers["X-RateLimit-Remaining"] == "0"
        assert answer.headers["Retry-After"] == "20"
        assert answer.headers["Via"]
    assert (body["global"], 19 < body["retry_after"] <= 20) == (False, True)
    assert [one.status for one in wire.rest.invalid_requests] == [429]
    assert len(channel.messages) == 1


async def test_the_client_waits_by_the_headers_and_meets_no_429(wire, channel, place):
    wire.rest.buckets.narrow("POST", MESSAGES, 3, per=1.0)
    started = asyncio.get_running_loop().time()
    with hasty():
        await asyncio.gather(*(place.send(str(number)) for number in range(9)))
        took = asyncio.get_running_loop().time() - started
    assert statuses(wire) == [200] * 9
    assert wire.rest.invalid_requests == []
    assert len(channel.messages) == 9
    assert took >= 2


async def test_the_client_gives_the_answer_that_empties_its_bucket_only_when_the_bucket_is_full_again(
    wire, channel, place
):
    wire.rest.buckets.narrow("POST", MESSAGES, 1, per=30)
    with hasty():
        sending = asyncio.ensure_future(place.send("one"))
        while not channel.messages:  # noqa: ASYNC110 -- the wire records, it does not signal
            await asyncio.sleep(0.1)
        created = asyncio.get_running_loop().time()
        await sending
        assert asyncio.get_running_loop().time() - created > 20


async def test_channels_have_buckets_of_their_own(wire, guild, client):
    wire.rest.buckets.narrow("POST", MESSAGES, 2, per=60)
    for number in range(3):
        channel = wire.world.add_channel(guild, f"c{number}")
        await client.http.send_message(channel.id, params=_content("one"))
    assert statuses(wire) == [200] * 3


async def test_methods_have_buckets_of_their_own(wire, place):
    wire.rest.buckets.narrow("GET", MESSAGES, 2, per=60)
    assert [message async for message in place.history()] == []
    for _ in range(3):
        await place.send("one")
    assert statuses(wire) == [200] * 3


def test_fifty_requests_a_second_are_let_through_as_on_discord():
    assert GLOBAL == (50, 1.0)


async def test_all_requests_together_have_a_limit_and_the_client_waits_for_the_rest(wire, guild, client):
    wire.rest.buckets.narrow_global(50, per=30)
    channels = [wire.world.add_channel(guild, f"c{number}") for number in range(60)]
    sends = [client.http.send_message(one.id, params=_content("one")) for one in channels]
    with hasty():
        await asyncio.gather(*sends)
    refused = [one for one in wire.rest.requests if one.status == 429]
    assert refused
    assert {one.scope for one in refused} == {"global"}
    # Each message once, however often it was asked for.
    assert [len(one.messages) for one in channels] == [1] * 60


async def test_a_global_429_stops_all_routes_until_it_is_over(wire, channel, place):
    wire.rest.buckets.narrow_global(1, per=30)
    await place.send("one")
    sends = [asyncio.ensure_future(place.send("two"))]
    with hasty():
        await asyncio.sleep(0.05)
        asked_before = len(wire.rest.requests)
        sends.append(asyncio.ensure_future(place.guild.fetch_channel(channel.id)))
        await asyncio.sleep(0.05)
        assert len(wire.rest.requests) == asked_before
        await asyncio.gather(*sends)
    assert len(channel.messages) == 2


def _content(text):
    return discord.http.handle_message_parameters(content=text)

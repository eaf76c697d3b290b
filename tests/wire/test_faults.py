"""What the unmodified client does when Discord misbehaves: the facts that our delivery is built on."""

import asyncio

import aiohttp
import discord
import pytest

from tests.wire.faults import Drop, Faults, RateLimited, Reset, Slow, Status
from tests.wire.loops import hasty
from tests.wire.server import logged_in

SEND = ("POST", "/channels/*/messages")
RETRY_SECONDS = 1 + 3 + 5 + 7 + 9  # what discord.py waits in all before it gives up
REQUEST_SECONDS = 300  # aiohttp's time-out, which discord.py leaves as it is


@pytest.fixture
async def place(wire, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        yield client.get_channel(channel.id)


def statuses(wire):
    return [one.status for one in wire.rest.sent("POST", "/messages")]


def contents(channel):
    return [message.content for message in channel.messages.values()]


@pytest.mark.parametrize("code", [500, 502, 504, 524])
async def test_the_client_sends_again_after_a(wire, channel, place, code):
    wire.faults.next(*SEND, Status(code))
    with hasty():
        await place.send("one")
    assert statuses(wire) == [code, 200]
    assert contents(channel) == ["one"]


async def test_the_client_gives_up_after_five_answers_of_500(wire, channel, place):
    wire.faults.next(*SEND, Status(500), times=5)
    started = asyncio.get_running_loop().time()
    with hasty(), pytest.raises(discord.DiscordServerError):
        await place.send("one")
    assert asyncio.get_running_loop().time() - started >= RETRY_SECONDS
    assert statuses(wire) == [500] * 5
    assert contents(channel) == []


async def test_the_client_raises_on_503_at_once(wire, channel, place):
    wire.faults.next(*SEND, Status(503))
    with pytest.raises(discord.DiscordServerError) as caught:
        await place.send("one")
    assert (caught.value.status, statuses(wire), contents(channel)) == (503, [503], [])


@pytest.mark.parametrize("code", [500, 502, 504])
async def test_a_message_that_was_created_before_the_5xx_is_not_created_again(wire, channel, place, code):
    """The client draws a nonce for every send of its own."""
    wire.faults.next(*SEND, Status(code, after=True))
    with hasty():
        sent = await place.send("one")
    assert list(channel.messages) == [sent.id]


async def test_the_client_waits_for_a_429_and_sends_again(wire, channel, place):
    wire.faults.next(*SEND, RateLimited(retry_after=3))
    started = asyncio.get_running_loop().time()
    with hasty():
        await place.send("one")
        took = asyncio.get_running_loop().time() - started
    assert statuses(wire) == [429, 200]
    assert took >= 3
    assert contents(channel) == ["one"]


async def test_the_client_holds_every_route_for_a_global_429(wire, channel, place):
    wire.faults.next(*SEND, RateLimited(retry_after=30, is_global=True))
    sending = asyncio.ensure_future(place.send("one"))
    with hasty():
        await asyncio.sleep(0.1)
        asked_before = len(wire.rest.requests)
        fetching = asyncio.ensure_future(place.guild.fetch_channel(channel.id))
        await asyncio.sleep(0.05)
        assert len(wire.rest.requests) == asked_before
        await asyncio.gather(sending, fetching)
    assert contents(channel) == ["one"]


async def test_the_client_takes_a_429_without_via_for_a_ban_and_raises(wire, channel, place):
    wire.faults.next(*SEND, RateLimited(retry_after=0.1, via=False))
    with pytest.raises(discord.HTTPException) as caught:
        await place.send("one")
    assert (caught.value.status, contents(channel)) == (429, [])


async def test_the_client_raises_rather_than_wait_longer_than_it_may(wire, channel, new_client):
    wire.faults.next(*SEND, RateLimited(retry_after=31))
    async with logged_in(new_client(max_ratelimit_timeout=30), wire.world.token) as client:
        with pytest.raises(discord.RateLimited):
            await client.get_channel(channel.id).send("one")
    assert contents(channel) == []


@pytest.mark.parametrize("fault", [Reset, Drop])
@pytest.mark.parametrize(("after", "there"), [(False, []), (True, ["one"])], ids=["before", "after"])
async def test_the_client_raises_when_its_connection_ends_whether_or_not_the_message_was_created(
    wire, channel, place, *, fault, after, there
):
    wire.faults.next(*SEND, fault(after=after))
    with pytest.raises(aiohttp.ClientError):
        await place.send("one")
    assert statuses(wire) == [499]
    assert contents(channel) == there


@pytest.mark.parametrize("fault", [Reset(), Drop()], ids=str)
async def test_what_is_only_read_is_asked_for_once_more_when_the_connection_ends(wire, place, fault):
    """By aiohttp, where the connection was used before; a second time it raises."""
    wire.faults.next("GET", "/channels/*/messages", fault)
    assert [message async for message in place.history()] == []
    wire.faults.next("GET", "/channels/*/messages", fault, times=2)
    with pytest.raises(aiohttp.ClientError):
        assert [message async for message in place.history()] == []
    assert [one.status for one in wire.rest.sent("GET", "/messages")] == [499, 200, 499, 499]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_the_client_waits_for_a_slow_answer_less_than_five_minutes(wire, channel, place, after):
    wire.faults.next(*SEND, Slow(REQUEST_SECONDS - 60, after=after))
    with hasty():
        await place.send("one")
    assert contents(channel) == ["one"]


async def test_the_client_gives_up_after_five_minutes_and_the_message_comes_all_the_same(wire, channel, place):
    wire.faults.next(*SEND, Slow(REQUEST_SECONDS + 60))
    with hasty():
        with pytest.raises(TimeoutError):
            await place.send("one")
        assert contents(channel) == []
        await asyncio.sleep(120)
    assert contents(channel) == ["one"]


async def test_a_client_that_waits_out_a_429_longer_than_the_nonces_window_creates_a_second_message(
    wire, watch, channel, place
):
    """Created, its answer lost, then a 429 for minutes: the client's own next try comes too late for the nonce."""
    wire.faults.next(*SEND, Status(502, after=True), RateLimited(retry_after=240))
    sending = asyncio.ensure_future(place.send("one", nonce="n"))
    with hasty():
        while len(statuses(wire)) < 2:  # noqa: ASYNC110 -- the wire records, it does not signal
            await asyncio.sleep(1)
        watch.pass_(seconds=240)
        await sending
    assert contents(channel) == ["one", "one"]


async def test_a_page_of_html_in_place_of_an_answer_is_an_error_without_a_code(wire, place):
    wire.faults.next(*SEND, Status(403, text="<html>Access denied</html>"))
    with pytest.raises(discord.Forbidden) as caught:
        await place.send("one")
    assert caught.value.code == 0


async def test_a_fault_meets_the_route_that_it_names_once(wire, channel, new_client):
    wire.faults.next("GET", "/channels/*", Status(503))
    async with logged_in(new_client(), wire.world.token) as client:
        with pytest.raises(discord.DiscordServerError):
            await client.fetch_channel(channel.id)
        assert (await client.fetch_channel(channel.id)).name == "news"


# --- the script itself ---


def test_faults_come_in_their_order_and_each_as_often_as_it_is_said():
    faults = Faults()
    faults.next("GET", "/a/*", Status(500), Status(502), times=2)
    assert [faults.take("GET", "/a/1").code for _ in range(4)] == [500, 500, 502, 502]
    assert faults.take("GET", "/a/1") is None


def test_a_star_stands_for_one_step_of_a_path():
    faults = Faults()
    faults.next("GET", "/channels/*/messages", Status(500))
    for path in ("/channels/1", "/channels/1/messages/2", "/channels/1/2/messages"):
        assert faults.take("GET", path) is None
    assert faults.take("POST", "/channels/1/messages") is None
    assert faults.take("GET", "/channels/1/messages") == Status(500)


async def test_a_fault_that_never_happened_is_named_at_the_end(wire):
    wire.faults.next(*SEND, Status(503), times=2)
    (wrong,) = wire.wrongs()
    assert "POST /channels/*/messages" in wrong
    assert "2 times" in wrong
    for _ in range(2):
        wire.faults.take("POST", "/channels/1/messages")
    assert wire.wrongs() == []


async def test_a_path_that_the_wire_does_not_serve_is_complained_of(wire, place):
    with pytest.raises(discord.NotFound):
        await place.webhooks()
    assert any("does not serve" in one for one in wire.rest.take_complaints())

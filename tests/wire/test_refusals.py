"""What Discord refuses an answer for, and what becomes of it, on the unmodified client."""

from datetime import timedelta

import pytest

from tests.wire.errors import NobodyAnsweredError
from tests.wire.loops import hasty


async def test_a_first_answer_after_three_seconds_is_refused_with_10062(watch, channel, reader, bot):
    seen = await reader.invoke("late", channel, wait=False)
    watch.pass_(seconds=3, milliseconds=1)
    bot.gate.set()
    assert (await bot.trouble()).code == 10062
    assert seen.answer is None


async def test_a_first_answer_at_three_seconds_is_in_time(watch, channel, reader, bot):
    seen = await reader.invoke("late", channel, wait=False)
    watch.pass_(seconds=3)
    bot.gate.set()
    await seen.until(lambda one: one.is_visible)


async def test_a_second_answer_is_refused_with_40060(channel, reader, bot):
    await reader.invoke("twice", channel)
    assert (await bot.trouble()).code == 40060


@pytest.mark.parametrize(
    ("passed", "code"), [(timedelta(minutes=15), None), (timedelta(minutes=15, seconds=1), 50027)], ids=str
)
async def test_a_token_lives_for_fifteen_minutes(watch, channel, reader, bot, *, passed, code):
    seen = await reader.invoke("slow", channel, wait=False)
    await seen.until(lambda one: one.is_thinking)
    watch.pass_(seconds=passed.total_seconds())
    bot.gate.set()
    if code is None:
        await seen.until(lambda one: one.is_visible)
        return
    error = await bot.trouble()
    assert (error.status, error.code) == (401, code)
    assert seen.is_thinking


async def test_a_followup_before_any_answer_is_an_unknown_webhook(channel, reader, bot):
    await reader.invoke("hasty", channel, wait=False)
    assert (await bot.trouble()).code == 10015


async def test_an_answer_over_a_limit_is_refused_and_complained_of(wire, channel, reader, bot):
    await reader.invoke("long", channel, wait=False)
    assert (await bot.trouble()).code == 50035
    assert any("content is too long" in one for one in wire.rest.take_complaints())


async def test_a_bot_that_says_nothing_is_said_to_be_silent(channel, reader):
    with hasty(), pytest.raises(NobodyAnsweredError):
        await (await reader.invoke("silent", channel, wait=False)).until(lambda one: one.is_visible, patience=0.1)


async def test_an_answer_of_the_wrong_kind_is_refused(wire, channel, reader, bot):
    await reader.invoke("wrong", channel, wait=False)
    assert (await bot.trouble()).code == 50035
    assert any("UPDATE is no answer to COMMAND" in one for one in wire.rest.take_complaints())


async def test_interactions_are_exempt_from_the_limit_of_all_requests(wire, channel, reader):
    wire.rest.buckets.narrow_global(1, per=60)
    for _ in range(3):
        await reader.invoke("greet", channel, name="Ada")
    assert wire.rest.invalid_requests == []


async def test_a_command_goes_to_the_bot_as_discord_nests_it(wire, channel, reader):
    await reader.invoke("tools inner deep", channel)
    (session,) = wire.gateway.sessions.values()
    (event,) = [message["d"] for message in session.sent if message["t"] == "INTERACTION_CREATE"]
    assert event["data"]["options"] == [
        {"name": "inner", "type": 2, "options": [{"name": "deep", "type": 1, "options": []}]}
    ]
    assert event["attachment_size_limit"] == 10 * 1024 * 1024

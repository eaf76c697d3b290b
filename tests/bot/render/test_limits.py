"""What Discord would refuse."""

import pytest

from bot.marks import ROOM_FOR_MARK
from bot.render import Embed, Field, Message, limits
from bot.render.limits import breaches, fits, measure

LONG = "x" * 4096


def test_a_character_outside_the_first_plane_counts_twice():
    assert measure("a🙂é") == 4


def test_a_message_at_every_limit_fits():
    embed = Embed(title="x" * 256, description="x" * 4096, author="x" * 256, footer="x" * 1000)
    assert fits(Message("x" * 2000, (embed,)))
    assert fits(Message("", (Embed(title="x"),) * 10))


@pytest.mark.parametrize(
    ("message", "limit"),
    [
        (Message("x" * 2001), "content: 2001 of 2000"),
        (Message("🙂" * 1001), "content: 2002 of 2000"),
        (Message("", (Embed(title="x"),) * 11), "embeds: 11 of 10"),
        (Message("", (Embed(title="x" * 257),)), "title: 257 of 256"),
        (Message("", (Embed(description=LONG + "x"),)), "description: 4097 of 4096"),
        (Message("", (Embed(footer="x" * 2049),)), "footer: 2049 of 2048"),
        (Message("", (Embed(author="x" * 257),)), "author: 257 of 256"),
        (Message("", (Embed(description=LONG),) * 2), "embeds together: 8192 of 6000"),
        (Message("", (Embed(fields=(Field("x", "x" * 1025),)),)), "field value: 1025 of 1024"),
        (Message("", (Embed(fields=(Field("x" * 257, "x"),)),)), "field name: 257 of 256"),
        (Message("", (Embed(fields=(Field("x", " "),)),)), "empty value"),
        (Message("", (Embed(fields=(Field("x", "x"),) * 26),)), "fields: 26 of 25"),
        (Message("  "), "nothing to show"),
    ],
)
def test_each_breach_is_named_with_both_numbers(message, limit):
    assert limit in breaches(message)
    assert not fits(message)


def test_there_is_room_for_the_mark_that_a_channel_adds():
    assert limits.ROOM_FOR_MARK >= ROOM_FOR_MARK

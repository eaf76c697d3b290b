"""A bot of its own is killed a few times, really, and Discord shows all of it once; the count would tell else."""

import pytest

from bench._crashing import Doom
from bench._dying_wire import take_account
from bench._mortal_bot import POINTS
from bench.crashes import _dooms, measure_crashes
from bot.marks import mark_of
from tests.bot.deliveries import Watch, delivery
from tests.stores import url_of
from tests.wire import messages
from tests.wire.world import World

RIGHT = ("doubled", "missed", "out of order", "articles doubled", "articles missed", "not on record")


def test_a_bot_that_is_killed_again_and_again_doubles_and_misses_nothing(tmp_path):
    dooms = [
        Doom(0, point="issue: before commit"),
        Doom(0, point="begin: after commit", times=2),
        Doom(200, point="post: accepted", times=2),
        Doom(0, point="finish: not yet"),
        Doom(125, point="between parts"),
        Doom(0, seconds=1.0),
    ]
    figures = measure_crashes(url_of(tmp_path / "onrecord.db"), dooms)
    assert figures["killed"] == len(dooms)
    assert figures["lives that began with a part in doubt"] >= 2
    assert figures["requests to look"] >= 1
    assert {name: figures[name] for name in RIGHT} == dict.fromkeys(RIGHT, 0)
    assert figures["parts"] >= 12
    assert figures["errors that the bot logged"] == {}
    assert figures["refused by the wire"] == 0


def test_every_point_kills_after_every_gap_and_the_same_seed_draws_the_same_deaths():
    dooms = _dooms(5, 1)
    assert {doom.point for doom in dooms} == {"", *POINTS}
    assert sum(doom.seconds is not None for doom in dooms) == 5
    assert len({(doom.point, doom.gap) for doom in dooms if doom.point}) == 6 * len(POINTS)
    assert dooms == _dooms(5, 1) != _dooms(5, 2)


@pytest.fixture
def world():
    return World(Watch())


@pytest.fixture
def channel(world):
    return world.add_channel(world.add_guild())


def show(world, channel, *parts):
    """Post them, as the bot does, and return them as the store keeps them then."""
    sent = []
    for part in parts:
        body = {"content": part.payload, "embeds": [{"title": "News", "footer": {"text": mark_of(part)}}]}
        sent.append(messages.post(world, channel, world.bot, body).id)
    return sent


def parts_in(channel, *ids):
    return [
        delivery(number, channel_id=channel.id, payload=f"https://gazette.example/{number}", message_id=id_)
        for number, id_ in enumerate(ids, start=1)
    ]


def account(channel, parts):
    return take_account([channel], parts, [part.payload for part in parts])


def test_what_stands_there_once_and_in_order_is_right(world, channel):
    ids = show(world, channel, *parts_in(channel, None, None))
    counted = account(channel, parts_in(channel, *ids))
    assert (counted.parts, counted.doubled, counted.missed, counted.out_of_order) == (2, 0, 0, 0)
    assert (counted.articles_doubled, counted.articles_missed, counted.not_on_record) == (0, 0, 0)


def test_what_stands_there_twice_is_counted(world, channel):
    parts = parts_in(channel, None, None)
    show(world, channel, parts[0], parts[1], parts[1])
    counted = account(channel, parts)
    assert (counted.doubled, counted.articles_doubled, counted.missed, counted.articles_missed) == (1, 1, 0, 0)
    assert counted.not_on_record == 2


def test_what_is_not_there_is_counted_and_so_is_an_article_that_never_became_a_part(world, channel):
    parts = parts_in(channel, None, None)
    show(world, channel, parts[0])
    counted = take_account([channel], parts, [*(part.payload for part in parts), "https://gazette.example/9"])
    assert (counted.missed, counted.articles_missed, counted.doubled) == (1, 2, 0)


def test_what_stands_there_in_another_order_is_counted(world, channel):
    parts = parts_in(channel, None, None, None)
    show(world, channel, parts[0], parts[2], parts[1])
    assert account(channel, parts).out_of_order == 1

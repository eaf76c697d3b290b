"""Which servers a process hears of, and what an operator writes for that."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from bot.shards import Shards, parse_shards


@pytest.mark.parametrize(
    ("words", "ids", "count"),
    [
        ("0-3/16", (0, 1, 2, 3), 16),
        ("5/16", (5,), 16),
        ("0/1", (0,), 1),
        ("15-15/16", (15,), 16),
        (" 0-1/2\n", (0, 1), 2),
        ("00-01/02", (0, 1), 2),
    ],
)
def test_the_first_to_the_last_of_so_many_is_understood(words, ids, count):
    assert parse_shards(words) == Shards(ids, count)


@pytest.mark.parametrize(
    "words",
    [
        *("", "0", "0-3", "/16", "-1/16", "0-/16", "0-3/", "0-3/16/2", "a/16", "0–3/16", "0,3/16", "0-3 / 16", "٣/16"),
        *("999999999999/9999999999999", "1" * 5000, "0-3/16\x00"),
    ],
)
def test_what_is_written_otherwise_is_said(words):
    with pytest.raises(ValueError, match=r"0-3/16"):
        parse_shards(words)


@pytest.mark.parametrize("words", ["16/16", "3-2/16", "0-16/16", "0/0", "7/3"])
def test_shards_that_there_are_not_are_said(words):
    with pytest.raises(ValueError, match="shards there are"):
        parse_shards(words)


@given(st.integers(0, 2**63 - 1), st.integers(1, 64), st.data())
def test_every_server_is_held_by_one_process_and_by_the_shard_of_discords_formula(guild_id, count, data):
    parted = data.draw(st.lists(st.integers(1, count - 1), unique=True, max_size=5)) if count > 1 else []
    bounds = [0, *sorted(parted), count]
    processes = [Shards(tuple(range(*two)), count) for two in pairwise(bounds)]
    (holder,) = [one for one in processes if one.hold(guild_id)]
    assert (guild_id >> 22) % count in holder.ids
    assert [one.are_first for one in processes] == [True] + [False] * (len(processes) - 1)

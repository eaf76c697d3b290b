"""The page about the wire tells the truth: its examples run, and what it names is there."""

import ast
import re
from pathlib import Path

import discord
import pytest

from tests.wire import faults, loops, server
from tests.wire.gateway import Gateway
from tests.wire.members import Person
from tests.wire.server import WireDiscord

PAGE = (Path(__file__).parents[2] / "docs" / "wire.md").read_text("utf8")
BLOCKS = re.findall(r"^```python\n(.+?)^```", PAGE, re.MULTILINE | re.DOTALL)
KNOWN = {**vars(faults), **vars(loops), **vars(server), "discord": discord}


def test_the_page_has_two_examples():
    assert len(BLOCKS) == 2


@pytest.mark.parametrize("block", BLOCKS, ids=["a lost answer", "a command"])
async def test_an_example_of_the_page_runs_as_it_stands(wire, guild, channel, block):
    (name,) = [one.name for one in ast.parse(block).body if isinstance(one, ast.AsyncFunctionDef)]
    names = dict(KNOWN)
    exec(compile(block, "docs/wire.md", "exec"), names)
    function = names[name]
    wanted = function.__code__.co_varnames[: function.__code__.co_argcount]
    await function(**{one: {"wire": wire, "guild": guild, "channel": channel}[one] for one in wanted})


@pytest.mark.parametrize("thing", [WireDiscord, Gateway, Person], ids=lambda thing: thing.__name__)
def test_everything_that_a_test_can_do_stands_on_the_page(thing):
    inner = {"connect", "dispatch", "close", "serve", "wrongs", "operations", "role", "id", "reads"}
    public = [name for name in vars(thing) if not name.startswith("_") and callable(getattr(thing, name))]
    assert [name for name in public if name not in inner and name not in PAGE] == []


def test_every_fault_stands_on_the_page():
    kinds = [name for name, value in vars(faults).items() if hasattr(value, "meet")]
    assert len(kinds) == 6
    assert [name for name in kinds if f"`{name}(" not in PAGE and f"{name}(" not in PAGE] == []

"""Commands are registered when they changed, and only then."""

import copy

import discord
import pytest

from bot.client import OnRecordBot
from bot.cogs import Desk, add_commands
from bot.sync import are_same
from tests.bot.deliveries import Watch
from tests.bot.services import FakeService
from tests.wire.world import command_as_kept

MENU = discord.AppCommandType.message.value


@pytest.fixture
async def ours():
    bot = OnRecordBot(FakeService(), Watch())
    await add_commands(bot, Desk(None, None, None))
    return [command.to_dict(bot.tree) for command in bot.tree.get_commands()]


async def test_what_discord_adds_and_leaves_out_makes_no_difference(ours):
    theirs = [command_as_kept(one) | {"id": "1", "version": "2", "integration_types": [0]} for one in ours]
    assert are_same(ours, list(reversed(theirs)))


def _describe(commands):
    commands[0]["description"] = "Another description"


def _permit(commands):
    digest = next(one for one in commands if one["name"] == "digest")
    digest["default_member_permissions"] = "8"


def _require(commands):
    search = next(one for one in commands if one["name"] == "article")["options"][0]
    search["options"][0]["required"] = False


def _forget(commands):
    commands.pop()


def _add_choice(commands):
    listing = next(one for one in commands if one["name"] == "commitment")["options"][0]
    kind = next(one for one in listing["options"] if one["name"] == "kind")
    kind["choices"].append({"name": "more", "value": "more"})


@pytest.mark.parametrize("change", [_describe, _permit, _require, _forget, _add_choice], ids=lambda one: one.__name__)
async def test_every_change_of_a_command_is_seen(ours, change):
    theirs = copy.deepcopy([command_as_kept(one) for one in ours])
    change(theirs)
    assert not are_same(ours, theirs)


async def test_all_commands_keep_to_discords_limits(ours):
    def check(command, *, is_menu=False):
        assert 1 <= len(command["name"]) <= 32
        assert is_menu or 1 <= len(command["description"]) <= 100
        assert len(command.get("options") or ()) <= 25
        for option in command.get("options") or ():
            check(option)

    for command in ours:
        check(command, is_menu=command["type"] == 3)
    assert ours

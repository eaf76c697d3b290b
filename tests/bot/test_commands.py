"""Every command answers the one who asked alone; who may use which, and what breaks."""

from types import SimpleNamespace

import pytest
from discord import app_commands
from simcord import SetupError, assert_error
from structlog.testing import capture_logs

from bot import texts
from bot.answers import explain_refusal, guild_of
from bot.client import OnRecordBot
from bot.errors import DeliveryError
from digest.errors import (
    AlreadyExistsError,
    Fault,
    InvalidFeedError,
    ReadingError,
    RefusedError,
    StoreError,
    UnreachableError,
    UnsafeError,
)
from tests.bot.conftest import answer, set_up
from tests.bot.deliveries import ONE_SHARD, Watch

URL = "https://gazette.example/feed"


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (UnreachableError(URL, "x", fault=Fault.TIME), "did not answer in time"),
        (RefusedError(URL, "no", status=403), "403"),
        (UnsafeError(URL, "private address"), "not fetched"),
        (InvalidFeedError(URL, "nothing"), "feed"),
        (ReadingError(URL, "killed"), "too long"),
        (AlreadyExistsError(URL), "already"),
        (StoreError("locked"), "database"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_a_source_that_cannot_be_added_is_answered_with_a_sentence(
    simcord_env, server, service, *, trouble, words
):
    service.trouble = trouble
    result = await server.manager.slash(server.channel, "source add", url=URL)
    assert words in answer(result)
    assert str(trouble) not in answer(result)
    assert_error(simcord_env, type(trouble))


async def test_readers_see_look_ups_and_no_administration(server):
    available = server.reader.available_commands(server.channel)
    ledger = {f"commitment {name}" for name in ("list", "due", "show", "mark", "export")}
    # Discord can hide whole groups only: who may mark is asked when somebody does.
    quotes = {f"quote {name}" for name in ("search", "by", "export")}
    others = {"article search", "article show", "catchup", "help", "status", "story", "today", "why"}
    follows = {f"follow {name}" for name in ("add", "list", "remove", "export", "delete")}
    assert set(available) == others | quotes | ledger | follows
    with pytest.raises(SetupError):
        await server.reader.slash(server.channel, "digest now")


@pytest.mark.parametrize("command", ["digest now", "source list"])
async def test_a_reader_whom_a_server_lets_see_administration_is_still_refused(simcord_env, server, *, command):
    root = next(one for one in await simcord_env.bot.tree.fetch_commands() if one.name == command.split()[0])
    server.guild.set_command_permissions(root, {server.reader: True})
    assert "Manage Server" in answer(await server.reader.slash(server.channel, command))
    assert_error(simcord_env, app_commands.MissingPermissions)


async def test_a_mistake_of_ours_is_answered_without_its_traceback(simcord_env, server, service):
    service.trouble = ZeroDivisionError("secret detail")
    with capture_logs() as logged:
        result = await server.manager.slash(server.channel, "source list")
    assert "secret" not in answer(result)
    assert "wrong" in answer(result)
    assert_error(simcord_env, ZeroDivisionError)
    assert [str(line["exc_info"]) for line in logged if line["log_level"] == "error"] == ["secret detail"]


async def test_an_answer_that_comes_too_late_is_only_logged(simcord_env, server, service):
    service.trouble = DeliveryError(1, "x")
    simcord_env.inject_error("PATCH", "/webhooks/*/*/messages/@original", status=404, code=10015)
    result = await server.manager.slash(server.channel, "source list")
    assert result.response is None or not result.response.content
    assert_error(simcord_env, DeliveryError)


async def test_commands_work_after_a_restart_and_are_not_registered_again(simcord_env, server, service):
    await simcord_env.restart_bot(OnRecordBot(service, Watch(), shards=ONE_SHARD))
    assert answer(await set_up(server))
    puts = [one for one in simcord_env.http_requests if one.method == "PUT" and one.path.endswith("/commands")]
    assert len(puts) == 1


def test_outside_of_a_server_the_answer_says_so():
    with pytest.raises(app_commands.NoPrivateMessage) as caught:
        guild_of(SimpleNamespace(guild_id=None))
    assert explain_refusal(caught.value) == texts.ERROR_GUILD_ONLY

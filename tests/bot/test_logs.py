"""The log is for people or for machines, and holds no secret."""

import io
import json
import logging

import pytest
import structlog

from bot.logs import configure_logging
from bot.settings import Settings

TOKEN = "abc.def.ghi"


def log_to(stream, **settings):
    configure_logging(Settings(_env_file=None, discord_token=TOKEN, **settings), stream)
    return structlog.stdlib.get_logger("bot.test")


def test_json_has_one_object_a_line_for_ours_and_for_libraries():
    stream = io.StringIO()
    log_to(stream, log_format="json").info("posted", channel_id=7)
    logging.getLogger("discord.http").warning("limited for %s s", 3)
    ours, theirs = map(json.loads, stream.getvalue().splitlines())
    assert (ours["event"], ours["channel_id"], ours["level"], ours["logger"]) == ("posted", 7, "info", "bot.test")
    assert (theirs["event"], theirs["logger"]) == ("limited for 3 s", "discord.http")


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_the_token_is_never_written_not_even_from_a_traceback(log_format):
    stream = io.StringIO()
    log = log_to(stream, log_format=log_format)
    try:
        int(f"bad header: Bot {TOKEN}")
    except ValueError:
        log.exception("failed", header=f"Bot {TOKEN}")
    logging.getLogger("aiohttp").error("sent %s", TOKEN)
    written = stream.getvalue()
    assert "bad header" in written
    assert "ValueError" in written
    assert TOKEN not in written


def test_ticks_of_the_scheduler_and_levels_below_the_setting_are_left_out():
    stream = io.StringIO()
    log = log_to(stream, log_level="WARNING")
    log.info("quiet")
    logging.getLogger("apscheduler.executors").info("job executed")
    log.warning("loud")
    assert stream.getvalue().count("\n") == 1
    assert "loud" in stream.getvalue()

"""The log is for people or for machines, and holds no secret."""

import io
import json
import logging
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
import structlog

from bot.logs import configure_logging
from bot.settings import Settings

TOKEN = "abc.def.ghi"
ROOT = Path(__file__).parents[2]


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


def test_a_password_among_the_options_of_an_address_that_is_not_ours_is_not_written():
    stream = io.StringIO()
    log_to(stream).warning("no way to host/name?sslpassword=hunter2&password=hunter3")
    assert "hunter" not in stream.getvalue()


FEED = "https://ada:hunter2@feeds.example/private/s3cr3t-path?key=k3y"


@pytest.mark.parametrize("log_format", ["console", "json"])
@pytest.mark.parametrize("password", ["pa ss/w@rd", 'quo"te\\back', "p%40ss%2Fword", "ümlaut-secret"])
def test_no_password_of_the_database_and_no_address_of_a_feed_is_written_in_any_spelling(log_format, password):
    stream = io.StringIO()
    written_out = quote(unquote(password), safe="")
    log = log_to(stream, log_format=log_format, database_url=f"postgresql+psycopg://owner:{written_out}@host/name")
    forms = {password, quote(password, safe=""), quote(password, safe="").lower(), unquote(password)}
    hidden_url = quote(FEED, safe="")
    try:
        int(f"{forms} {FEED} {hidden_url} {TOKEN}")
    except ValueError:
        log.exception("failed", address=FEED, password=password, nested={"urls": [FEED, hidden_url]})
    for form in forms:
        logging.getLogger("psycopg").error("cannot connect with %s to %r", form, FEED)
    written = stream.getvalue()
    assert "feeds.example" in written
    for secret in (*forms, json.dumps(password)[1:-1], TOKEN, "hunter2", "s3cr3t", "k3y"):
        assert secret not in written
    if log_format == "json":
        for line in map(json.loads, written.splitlines()):
            assert {"timestamp", "level", "event", "logger", "role"} <= line.keys()


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_what_stands_in_local_variables_is_not_written(log_format):
    stream = io.StringIO()
    log = log_to(stream, log_format=log_format)

    def fail(reader):
        raise ValueError(len(reader))

    try:
        fail("ada" + "-reads")
    except ValueError:
        log.exception("failed")
    assert "ada-reads" not in stream.getvalue()


def test_a_line_that_cannot_be_made_says_so_without_what_it_was_given(capsys):
    stream = io.StringIO()
    log_to(stream, log_format="json")
    logging.getLogger("library").error("%d", TOKEN)
    assert json.loads(stream.getvalue())["logger"] == "library"
    assert TOKEN not in stream.getvalue() + capsys.readouterr().err


ENDED = """
import sys
from bot.logs import configure_logging
from bot.settings import Settings

configure_logging(Settings(_env_file=None, log_format="json", discord_token=sys.argv[1]))
raise RuntimeError(f"Bot {sys.argv[1]}")
"""


def test_an_error_that_nobody_catches_is_a_line_of_the_log_without_secrets():
    command = [sys.executable, "-c", ENDED, TOKEN]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    (line,) = map(json.loads, ended.stderr.splitlines())
    assert (line["level"], line["exception"][0]["exc_type"]) == ("critical", "RuntimeError")
    assert TOKEN not in ended.stderr

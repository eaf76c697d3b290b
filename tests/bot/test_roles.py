"""Which part of the whole a process is: what the command line says of it, and what it needs."""

import asyncio
import re

import pytest

from bot.cli import main
from bot.errors import SettingsError
from bot.role import QueueName, Role, RoleName, parse_queues
from bot.roles import run_role
from bot.settings import Settings

POSTGRES = "postgresql+psycopg://somebody@127.0.0.1:1/news"


@pytest.mark.parametrize(
    ("names", "queues"),
    [
        ("read", [QueueName.READ]),
        ("read,fetch,deliver", [QueueName.READ, QueueName.FETCH, QueueName.DELIVER]),
        (" Deliver, deliver ,", [QueueName.DELIVER]),
    ],
)
def test_queues_are_named_with_commas_between_them(names, queues):
    assert parse_queues(names) == tuple(queues)


@pytest.mark.parametrize("names", ["", ",", "posts", "read;fetch"])
def test_what_is_no_queue_is_refused(names):
    with pytest.raises(ValueError, match=r"queue|valid QueueName"):
        parse_queues(names)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "king"], "invalid choice: 'king'"),
        (["run", "worker", "--queues", "posts"], "some of read, fetch and deliver"),
        (["run", "gateway", "--shards", "4/2"], "shard"),
    ],
)
def test_a_part_that_is_none_is_a_sentence_and_exit_status_2(arguments, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert re.search(said, capsys.readouterr().err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "clock", "--shards", "0/1"], "--shards: is an option of onrecord run gateway"),
        (["run", "--queues", "read"], "--queues: is an option of onrecord run worker"),
    ],
)
def test_an_option_of_another_part_is_refused_with_exit_status_2(arguments, said, capsys):
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def problems_of(role, **settings):
    with pytest.raises(SettingsError) as refused:
        asyncio.run(run_role(role, Settings(_env_file=None, **settings), asyncio.Event()))
    return [name for name, _ in refused.value.problems]


def test_each_part_says_all_that_it_misses():
    assert problems_of(Role(RoleName.GATEWAY)) == ["DATABASE_URL", "DISCORD_TOKEN"]
    assert problems_of(Role(RoleName.CLOCK)) == ["DATABASE_URL"]
    assert problems_of(Role(RoleName.WORKER), database_url=POSTGRES) == ["DISCORD_TOKEN"]
    assert problems_of(Role(RoleName.WORKER, queues=(QueueName.READ,))) == ["DATABASE_URL"]

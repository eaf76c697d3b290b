"""Every request of every test, and every answer of the wire, is held against Discord's own description of its API.

Where that lies beside us, or where the environment says that it is.
"""

import subprocess
import sys
from pathlib import Path

import discord
import pytest

from tests.wire import openapi
from tests.wire.server import logged_in

ROOT = Path(__file__).parents[2]


@pytest.fixture
def described():
    if openapi.description() is None:
        pytest.skip(f"NOT CHECKED against Discord's OpenAPI description: no {openapi.BESIDE}, no {openapi.ENVIRONMENT}")
    return openapi.description()


def test_the_openapi_description_is_used_where_it_lies_beside_the_project(described):
    assert described.complaint("POST", "/channels/1/messages", {"content": "x"}) is None
    assert "content" in described.complaint("POST", "/channels/1/messages", {"content": "x" * 4001})


def test_without_the_description_nothing_is_checked_and_that_is_said():
    """In a process of its own, with the variable that names the file set to one that is not there."""
    program = (
        "import os; os.environ['DISCORD_OPENAPI'] = 'absent.json'\n"
        "from tests.wire import openapi; print(openapi.where(), openapi.description())"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said.split() == ["None", "None"]


@pytest.mark.parametrize(
    ("method", "path", "body", "complaint"),
    [
        ("POST", "/channels/1/messages", {"embeds": [{"title": "x" * 257}]}, "embeds/0/title"),
        ("POST", "/channels/1/messages", {"embeds": [{}] * 11}, "embeds"),
        ("POST", "/channels/1/messages", {"nonce": "x" * 26}, "nonce"),
        ("POST", "/channels/1/messages", None, "required"),
        ("PUT", "/applications/1/commands", [{"name": "x" * 33, "description": "d"}], "0/name"),
        ("POST", "/channels/1/messages/2/threads", {}, "name"),
        ("PATCH", "/webhooks/1/token/messages/@original", {"content": "x" * 4001}, "content"),
        ("POST", "/interactions/1/token/callback", {"type": 99}, "type: 99"),
        ("POST", "/nowhere", {}, "describes no such request"),
        ("PUT", "/channels/1/messages", {}, "describes no such request"),
    ],
)
def test_a_body_that_is_not_as_described_is_complained_of(described, *, method, path, body, complaint):
    assert complaint in described.complaint(method, path, body)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/channels/1/messages", None),
        ("GET", "/channels/1/messages/2", None),
        ("DELETE", "/webhooks/1/token/messages/@original", None),
        ("PATCH", "/webhooks/1/token/messages/2", {"content": "x"}),
        ("POST", "/interactions/1/token/callback", {"type": 5, "data": {"flags": 64}}),
        ("PUT", "/applications/1/guilds/2/commands", [{"name": "x", "description": "d", "type": 1}]),
    ],
)
def test_a_body_that_is_as_described_is_not(described, method, path, body):
    assert described.complaint(method, path, body) is None


@pytest.mark.usefixtures("described")
async def test_what_the_wire_itself_answers_is_held_against_the_description_too(wire, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        channel.name = 7
        with pytest.raises(AttributeError):
            (await client.fetch_channel(channel.id)).name.casefold()
        channel.name = "news"
    (wrong,) = wire.rest.take_complaints()
    assert wrong.startswith("the wire's answer to GET /channels/{channel_id}: name: 7 is not")


@pytest.mark.usefixtures("described")
async def test_what_the_description_refuses_fails_the_test_that_sent_it(wire, channel, new_client):
    async with logged_in(new_client(), wire.world.token) as client:
        colour = {"title": "x", "color": 0x1000000}
        await client.get_channel(channel.id).send(embed=discord.Embed.from_dict(colour))
    (wrong,) = wire.wrongs()
    assert "embeds/0/color" in wrong
    assert wire.rest.take_complaints() == [wrong]
    assert wire.wrongs() == []


@pytest.mark.parametrize("room", ["bot", "digest", "docs", "seeds", "tests"])
def test_none_of_the_description_is_copied_into_the_project(room):
    assert [path for path in (ROOT / room).rglob("*.json") if '"openapi"' in path.read_text("utf8")] == []

"""Our own table of Discord's limits: at a limit a body passes, one beyond it is refused and complained of."""

import discord
import pytest

from tests.wire.calls import File
from tests.wire.errors import WireError
from tests.wire.limits import check_edit, check_message, check_thread
from tests.wire.limits_commands import check_commands, wrong_choices
from tests.wire.limits_components import wrong_modal
from tests.wire.nouns import COMPONENTS_V2
from tests.wire.server import logged_in


def wrongs(check, *args, **kwargs):
    """What a check refuses a body for."""
    try:
        check(*args, **kwargs)
    except WireError as error:
        return [one["message"] for one in error.body["errors"]["_errors"]]
    return []


def buttons(number, **changes):
    return [{"type": 2, "style": 1, "label": "x", "custom_id": f"b{one}"} | changes for one in range(number)]


def row(*components):
    return {"type": 1, "components": list(components)}


def select(number=1, **changes):
    named = [{"label": f"{one}", "value": f"{one}"} for one in range(number)]
    return {"type": 3, "custom_id": "s", "options": named} | changes


def named(length):
    return {"options": [{"label": "x" * length, "value": "v"}]}


def fields(number, name=1, value=1):
    return [{"name": "n" * name, "value": "v" * value} for _ in range(number)]


def text(length):
    return {"type": 10, "content": "x" * length}


MESSAGES = [
    ("content", lambda n: {"content": "x" * n}, 2000, "content is too long"),
    ("nonce", lambda n: {"content": "x", "nonce": "x" * n}, 25, "nonce is too long"),
    ("embeds", lambda n: {"embeds": [{"title": "x"}] * n}, 10, "too many embeds"),
    (
        "in all",
        lambda n: {"embeds": [{"description": "x" * (n // 2)}, {"description": "x" * (n - n // 2)}]},
        6000,
        "all",
    ),
    ("title", lambda n: {"embeds": [{"title": "x" * n}]}, 256, "title"),
    ("description", lambda n: {"embeds": [{"description": "x" * n}]}, 4096, "description"),
    ("fields", lambda n: {"embeds": [{"fields": fields(n)}]}, 25, "fields"),
    ("field name", lambda n: {"embeds": [{"fields": fields(1, name=n)}]}, 256, "field name"),
    ("field value", lambda n: {"embeds": [{"fields": fields(1, value=n)}]}, 1024, "field value"),
    ("footer", lambda n: {"embeds": [{"footer": {"text": "x" * n}}]}, 2048, "footer"),
    ("author", lambda n: {"embeds": [{"author": {"name": "x" * n}}]}, 256, "author"),
    ("rows", lambda n: {"components": [row(*buttons(1, custom_id=f"{one}")) for one in range(n)]}, 5, "5 action rows"),
    ("buttons", lambda n: {"components": [row(*buttons(n))]}, 5, "five buttons"),
    (
        "selects",
        lambda n: {"components": [row(*[select(custom_id=f"{one}") for one in range(n)])]},
        1,
        "one of anything",
    ),
    ("label", lambda n: {"components": [row(*buttons(1, label="x" * n))]}, 80, "label"),
    ("custom_id", lambda n: {"components": [row(*buttons(1, custom_id="x" * n))]}, 100, "custom_id"),
    ("options", lambda n: {"components": [row(select(n))]}, 25, "25 options"),
    ("placeholder", lambda n: {"components": [row(select(placeholder="x" * n))]}, 150, "placeholder"),
    ("option", lambda n: {"components": [row(select(**named(n)))]}, 100, "label"),
    ("V2 components", lambda n: {"flags": COMPONENTS_V2, "components": [text(1)] * n}, 40, "40 components"),
    ("V2 text", lambda n: {"flags": COMPONENTS_V2, "components": [text(n)]}, 4000, "texts are too long"),
    ("mentioned users", lambda n: {"content": "x", "allowed_mentions": {"users": [*map(str, range(n))]}}, 100, "users"),
]


@pytest.mark.parametrize(
    ("make", "limit", "complaint"), [case[1:] for case in MESSAGES], ids=[one[0] for one in MESSAGES]
)
def test_a_message_passes_at_a_limit_and_not_one_beyond(make, limit, complaint):
    assert wrongs(check_message, {"content": ""} | make(limit)) == []
    (wrong,) = wrongs(check_message, {"content": ""} | make(limit + 1))
    assert complaint in wrong


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({}, "empty"),
        ({"content": "x", "flags": COMPONENTS_V2, "components": [text(1)]}, "no content"),
        ({"content": "x", "components": buttons(1)}, "action rows"),
        ({"content": "x", "components": [row(*buttons(1), *buttons(1))]}, "twice"),
        ({"content": "x", "components": [row()]}, "empty"),
        ({"content": "x", "components": [row({"type": 2, "style": 5, "label": "x"})]}, "url"),
        ({"content": "x", "components": [row(select(2, max_values=1, min_values=2))]}, "do not fit"),
        ({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, "both"),
    ],
)
def test_a_message_that_contradicts_itself_is_refused(body, complaint):
    assert any(complaint in wrong for wrong in wrongs(check_message, body))


def test_an_edit_may_leave_everything_out_but_has_the_same_limits():
    assert wrongs(check_edit, {}) == []
    assert wrongs(check_edit, {"content": "x" * 2001}) == ["content is too long"]


def test_files_have_limits_in_number_and_size():
    def files(number, size):
        return [File("x", "text/plain", bytes(size))] * number

    mebi = 1024 * 1024
    assert wrongs(check_message, {}, files(10, 2 * mebi)) == []
    assert wrongs(check_message, {}, files(11, 1)) == ["too many files"]
    assert wrongs(check_message, {}, files(1, 10 * mebi + 1)) == ["the file x is too large"]
    assert wrongs(check_message, {}, files(3, 9 * mebi)) == ["the files are too large in all"]


def test_a_threads_name_has_1_to_100_characters():
    assert wrongs(check_thread, {"name": "x" * 100}) == []
    assert wrongs(check_thread, {"name": ""}) == wrongs(check_thread, {"name": "x" * 101}) != []
    assert wrongs(check_thread, {"name": "x", "message": {}}, has_message=True) == ["the message is empty"]
    assert len(wrongs(check_thread, {"name": "x", "auto_archive_duration": 61})) == 1
    assert wrongs(check_thread, {"name": "x", "applied_tags": ["1"] * 6}) == ["too many tags"]


# --- commands ---


def command(**changes):
    return {"name": "source", "description": "d"} | changes


def option(**changes):
    return {"type": 3, "name": "words", "description": "d"} | changes


def choice(name=1, value=1):
    return {"name": "n" * name, "value": "v" * value}


COMMANDS = [
    ("name", lambda n: command(name="x" * n), 32),
    ("description", lambda n: command(description="x" * n), 100),
    ("options", lambda n: command(options=[option(name=f"o{one}") for one in range(n)]), 25),
    ("option name", lambda n: command(options=[option(name="x" * n)]), 32),
    ("option description", lambda n: command(options=[option(description="x" * n)]), 100),
    ("choices", lambda n: command(options=[option(choices=[choice()] * n)]), 25),
    ("choice name", lambda n: command(options=[option(choices=[choice(name=n)])]), 100),
    ("choice value", lambda n: command(options=[option(choices=[choice(value=n)])]), 100),
]


@pytest.mark.parametrize(("make", "limit"), [case[1:] for case in COMMANDS], ids=[one[0] for one in COMMANDS])
def test_a_command_passes_at_a_limit_and_not_one_beyond(make, limit):
    assert wrongs(check_commands, [make(limit)]) == []
    assert len(wrongs(check_commands, [make(limit + 1)])) == 1


def test_a_command_has_8000_characters_in_all():
    # 7 for the command, 503 for each of the 15, and 404 and `more` for the last option.
    long = [option(name=f"o{one:02}", description="x" * 100, choices=[choice(100, 100)] * 2) for one in range(15)]

    def sized(more):
        last = option(name="last", description="x" * 100, choices=[choice(100, 100), choice(100, more)])
        return command(options=[*long, last])

    assert wrongs(check_commands, [sized(44)]) == []
    (wrong,) = wrongs(check_commands, [sized(45)])
    assert "8000 characters" in wrong


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (command(name="Source"), "no name"),
        (command(name="two words"), "no name"),
        (command(description=""), "1 to 100"),
        (command(options=[option(), option(name="other", required=True)]), "required"),
        (command(options=[option(), option()]), "same name"),
        (command(options=[option(), option(type=1, name="sub")]), "mixed"),
        (command(options=[option(choices=[choice()], autocomplete=True)]), "both"),
        (command(type=2), "context menu"),
    ],
)
def test_a_command_that_contradicts_itself_is_refused(body, complaint):
    (wrong,) = wrongs(check_commands, [body])
    assert complaint in wrong


def test_so_many_commands_and_each_once():
    assert wrongs(check_commands, [command(name=f"c{one}") for one in range(100)]) == []
    assert wrongs(check_commands, [command(name=f"c{one}") for one in range(101)]) == [
        "more than 100 commands of type 1"
    ]
    assert len(wrongs(check_commands, [{"type": 3, "name": f"c{one}"} for one in range(16)])) == 1
    assert wrongs(check_commands, [command(), command()]) == ["the command 'source' is there twice"]
    assert wrongs(check_commands, [command(), {"type": 2, "name": "source"}]) == []


def test_an_autocomplete_has_25_choices():
    assert [*wrong_choices([choice()] * 25)] == []
    assert [*wrong_choices([choice()] * 26)] == ["more than 25 choices"]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"title": "x" * 46}, "title"),
        ({"components": []}, "1 to 5"),
        ({"components": [row({"type": 4, "custom_id": f"{one}", "label": "l"}) for one in range(6)]}, "1 to 5"),
        ({"components": [row({"type": 4, "custom_id": "i", "label": "l" * 46})]}, "label"),
        ({"components": [row({"type": 4, "custom_id": "i", "label": "l", "max_length": 4001})]}, "lengths"),
        ({"components": [row({"type": 4, "custom_id": "i", "label": "l", "value": "x" * 4001})]}, "value"),
    ],
)
def test_a_modal_has_limits(changes, complaint):
    good = {"title": "t" * 45, "custom_id": "m", "components": [row({"type": 4, "custom_id": "i", "label": "l" * 45})]}
    assert [*wrong_modal(good)] == []
    (wrong,) = wrong_modal(good | changes)
    assert complaint in wrong


# --- over the wire ---


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2001},
        {"embed": discord.Embed(title="x" * 257)},
        {"embeds": [discord.Embed(description="x" * 3001)] * 2},
        {"embeds": [discord.Embed(title="x")] * 10, "content": "", "nonce": "x" * 26},
    ],
    ids=["content", "title", "all embeds", "nonce"],
)
async def test_a_message_over_a_limit_is_refused_and_complained_of(wire, channel, new_client, body):
    async with logged_in(new_client(), wire.world.token) as client:
        with pytest.raises(discord.HTTPException) as caught:
            await client.get_channel(channel.id).send(**body)
    assert (caught.value.status, caught.value.code) == (400, 50035)
    assert channel.messages == {}
    assert any("over Discord's limits" in one for one in wire.rest.take_complaints())

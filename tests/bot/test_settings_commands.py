"""`/settings`, `/retract` and reports: who may, what becomes of it, and that it is put on record."""

import json
import zipfile
from dataclasses import replace
from io import BytesIO

import discord
import pytest
from discord import SelectOption, app_commands
from simcord import assert_error

from bot.controls import custom_id, layout_of
from bot.errors import InputError
from bot.render.embeds import render_digest
from bot.render.message import Embed, Message
from bot.texts import hiding as words
from digest.editions.hidden import extracts_of
from digest.model import (
    Case,
    Digest,
    Extract,
    GuildSettings,
    MessageStatements,
    Period,
    Statement,
    StatementKind,
    Story,
)
from tests.bot.conftest import answer, build_server, follow, set_up
from tests.builders import NOW, brief, entry_on_record

QUOTE = Statement(1, StatementKind.QUOTE, "Nobody left the room happy")
COMMANDS = (
    ("settings show", {}),
    ("settings zone", {"zone": "Europe/Berlin"}),
    ("settings mark-role", {}),
    ("settings audit", {}),
    ("settings cases list", {}),
    ("settings cases export", {}),
    ("settings suppress-name add", {"name": "Ada"}),
    ("settings suppress-name remove", {"name": "Ada"}),
    ("settings suppress-name list", {}),
    ("settings data-export", {}),
    ("settings data-delete", {}),
    ("retract", {"commitment": "1"}),
)


def payload():
    one = Story(brief().article.title, (brief(),))
    (part,) = render_digest(Digest("World", Period(NOW, NOW), "UTC", (one,)))
    return part.payload


@pytest.fixture
async def post(server, simcord_bot, service):
    """A message of the bot's that shows the builders' story."""
    message = await simcord_bot.get_channel(server.channel.id).send("digest")
    service.messages[server.id, message.id] = MessageStatements(payload(), extracts_of(1, brief()))
    return message


@pytest.fixture
def entry(server, service):
    told = entry_on_record()
    service.ledger[server.id] = [told]
    statement = Statement(1, StatementKind.COMMITMENT, told.newest.what)
    service.tellings[server.id, 1] = ((statement, told.newest, False),)
    return told


def case(number=1, **changes):
    return replace(Case(QUOTE, 5, "Bo", NOW, "wrong speaker", id=number, outlet="Gazette"), **changes)


async def file_of(result):
    (attachment,) = result.response.attachments
    return await attachment.read()


def options_of(result):
    (row,) = [row for row in result.response.components if "options" in row["components"][0]]
    return [SelectOption.from_dict(one) for one in row["components"][0]["options"]]


async def take_back(server, chooser, key=None, note=""):
    options = options_of(chooser)
    shown = await server.manager.select(chooser.response, [key or options[0].value])
    return await server.manager.submit_modal(shown, {"note": note} if note else {})


@pytest.mark.parametrize(("command", "options"), COMMANDS, ids=str)
async def test_it_is_for_who_manages_the_server(server, simcord_env, *, command, options):
    root = next(one for one in await simcord_env.bot.tree.fetch_commands() if one.name == command.split()[0])
    server.guild.set_command_permissions(root, {server.reader: True})
    result = await server.reader.slash(server.channel, command, **options)
    assert answer(result) == "You need the permission Manage Server in this server for that."
    assert_error(simcord_env, app_commands.MissingPermissions)


async def test_the_zone_is_chosen_and_shown(server, service):
    assert "Europe/Berlin" in answer(await server.manager.slash(server.channel, "settings zone", zone="berlin"))
    assert service.settings[server.id] == GuildSettings("Europe/Berlin")
    shown = await server.manager.slash(server.channel, "settings show")
    assert "Europe/Berlin" in shown.response.embeds[0].description
    offered = await server.manager.autocomplete(server.channel, "settings zone", "zone", "berl")
    assert [one["value"] for one in offered] == ["Europe/Berlin"]


async def test_a_zone_that_there_is_not_changes_nothing(simcord_env, server, service):
    result = await server.manager.slash(server.channel, "settings zone", zone="Atlantis")
    assert "no time zone" in result.response.content
    assert service.settings == {}
    assert_error(simcord_env, InputError)


@pytest.mark.usefixtures("entry")
async def test_a_role_may_mark_beside_managers(simcord_env, server, service):
    role = server.guild.create_role("markers")
    mark = {"commitment": "1", "standing": "kept"}
    refused = await server.reader.slash(server.channel, "commitment mark", **mark)
    assert "Manage Server" in refused.response.content
    await server.manager.slash(server.channel, "settings mark-role", role=role)
    assert service.settings[server.id].marker_role_id == role.id
    refused = await server.reader.slash(server.channel, "commitment mark", **mark)
    assert f"<@&{role.id}>" in refused.response.content
    marker = server.guild.add_member(server.guild._env.create_user("marker"), roles=[role])
    for allowed in (marker, server.manager):
        await allowed.slash(server.channel, "commitment mark", **mark)
    assert len(service.ledger[server.id][0].marks) == 2
    assert [one.by_id for one in service.audit[server.id] if one.action == "commitment mark"] == [
        server.manager.id,
        marker.id,
    ]
    await server.manager.slash(server.channel, "settings mark-role")
    assert service.settings[server.id].marker_role_id is None
    assert_error(simcord_env, app_commands.MissingPermissions)
    assert_error(simcord_env, InputError)


async def test_what_managers_change_is_put_on_record_and_nothing_else(simcord_env, server, service):
    await follow(server, "https://gazette.example/key/feed?token=hush")
    await set_up(server, name="World")
    await server.manager.slash(server.channel, "digest pause")
    await server.manager.slash(server.channel, "digest list")
    await server.manager.slash(server.channel, "digest pause", digest="Atlantis")  # refused
    await server.reader.slash(server.channel, "help")
    told = [(one.action, one.subject) for one in service.audit[server.id]]
    assert [action for action, _ in told] == ["digest pause", "digest setup", "source add"]
    assert told[1][1] == f"World · <#{server.channel.id}>"
    assert not any("hush" in subject for _, subject in told)
    shown = (await server.manager.slash(server.channel, "settings audit")).response.embeds[0].description
    assert shown.index("digest pause") < shown.index("digest setup")
    assert_error(simcord_env, InputError)


async def test_no_changes_and_no_more_pages_are_said(server):
    assert answer(await server.manager.slash(server.channel, "settings audit")) == "Nothing was changed here yet."
    assert answer(await server.manager.slash(server.channel, "settings audit", page=9)) == "No more results."


async def test_a_name_is_hidden_listed_and_shown_again(simcord_env, server, service):
    add = ("settings suppress-name add", "settings suppress-name remove", "settings suppress-name list")
    assert "hidden here from now on" in answer(await server.manager.slash(server.channel, add[0], name="Ada *Quill*"))
    listed = await server.manager.slash(server.channel, add[2])
    assert "Ada \\*Quill\\*" in listed.response.embeds[0].description
    assert "hidden already" in answer(await server.manager.slash(server.channel, add[0], name="ada *quill*"))
    assert "letter or digit" in answer(await server.manager.slash(server.channel, add[0], name="…"))
    offered = await server.manager.autocomplete(server.channel, add[1], "name", "ada")
    assert [one["value"] for one in offered] == ["Ada *Quill*"]
    assert "shown again" in answer(await server.manager.slash(server.channel, add[1], name="Ada *Quill*"))
    assert "not hidden" in answer(await server.manager.slash(server.channel, add[1], name="Ada *Quill*"))
    assert answer(await server.manager.slash(server.channel, add[2])) == "No name is hidden here."
    service.names[server.id] = [str(number) for number in range(100)]
    assert "At most 100" in answer(await server.manager.slash(server.channel, add[0], name="one more"))
    assert_error(simcord_env, InputError)
    assert_error(simcord_env, InputError)
    assert_error(simcord_env, InputError)
    assert_error(simcord_env, InputError)


async def test_what_is_chosen_of_a_message_is_taken_back_with_a_note_and_brought_back(server, service, post):
    link = f"https://discord.com/channels/{server.id}/{server.channel.id}/{post.id}"
    chooser = await server.manager.slash(server.channel, "retract", message=link)
    options = options_of(chooser)
    assert [one.label.partition(":")[0] for one in options] == ["line", "line", "quote", "commitment"]
    done = await take_back(server, chooser, options[2].value, note="she never said it")
    assert "Taken back: quote “Nobody left" in done.response.content
    (kept,) = service.cases[server.id]
    assert (kept.statement, kept.note, kept.by_id, kept.retracted_at) == (
        QUOTE,
        "she never said it",
        server.manager.id,
        NOW,
    )
    pressed_again = await server.manager.select(chooser.response, [options[2].value])
    assert pressed_again.response.content == words.STATEMENT_GONE
    again = await server.manager.slash(server.channel, "retract", message=str(post.id))
    last = options_of(again)[-1]
    assert last.label.startswith("bring back the quote")
    back = await server.manager.select(again.response, [last.value])
    assert "Brought back" in back.response.content
    assert service.cases[server.id] == []
    assert [one.action for one in service.audit[server.id]] == ["retract: bring back", "retract"]


async def test_more_than_25_statements_are_chosen_page_by_page(server, service, post):
    lines = [f"Line number {number} stands." for number in range(30)]
    shown = Message("x", (Embed(description=" ".join(lines)),)).to_json()
    extracts = tuple(Extract(Statement(1, StatementKind.SENTENCE, line), brief(), 0) for line in lines)
    service.messages[server.id, post.id] = MessageStatements(shown, extracts)
    first = await server.manager.slash(server.channel, "retract", message=str(post.id))
    assert len(options_of(first)) == 25
    second = await server.manager.click(first.response, label="Next")
    assert [one.label for one in options_of(second)] == [f"line: {line}" for line in lines[25:]]
    await take_back(server, second)
    assert [one.statement.words for one in service.cases[server.id]] == [lines[25]]


@pytest.mark.usefixtures("entry")
async def test_a_telling_of_a_commitment_is_taken_back(server, service):
    for typed in ("1", "No. 1", "inspect every"):
        chooser = await server.manager.slash(server.channel, "retract", commitment=typed)
        await take_back(server, chooser)
    assert {one.statement.words for one in service.cases[server.id]} == {"inspect every ship"}


@pytest.mark.parametrize(
    "typed", ["0", "hello", "https://discord.com/channels/1/2/3", "9" * 20, "<@1>", "1; DROP TABLE"]
)
async def test_what_is_no_message_of_ours_is_said(simcord_env, server, typed):
    assert answer(await server.manager.slash(server.channel, "retract", message=typed)) == words.NO_MESSAGE
    assert_error(simcord_env, InputError)


async def test_one_of_both_has_to_be_named(simcord_env, server):
    assert answer(await server.manager.slash(server.channel, "retract")) == words.WHICH_RETRACT
    assert_error(simcord_env, InputError)


async def test_a_message_of_another_server_is_none(simcord_env, post):
    other = build_server(simcord_env, "Quay")
    assert answer(await other.manager.slash(other.channel, "retract", message=str(post.id))) == words.NO_MESSAGE
    assert_error(simcord_env, InputError)


async def test_a_press_asks_again_who_may(server, service, simcord_bot, post):
    service.cases[server.id] = [case(1)]
    for act in ("retract", "retract-note", "statements", "case-retract", "case-dismiss", "cases", "erase", "erase-all"):
        args = {"retract": f"m{post.id}", "retract-note": f"m{post.id}:x", "statements": f"retract:m{post.id}:0"}
        button = discord.ui.Button(label=act, custom_id=custom_id(act, args.get(act, "1")))
        message = await simcord_bot.get_channel(server.channel.id).send("x", view=layout_of(button))
        result = await server.reader.click(message, label=act)
        said = [one.content for one in (result.response, *result.followups) if one]
        assert "Manage Server" in "".join(said)
    assert service.cases[server.id] == [case(1)]
    assert service.erased == []


async def test_everybody_reports_what_is_wrong_and_managers_decide(server, service, post):
    chooser = await server.reader.context_menu(server.channel, words.REPORT, post)
    options = options_of(chooser)
    shown = await server.reader.select(chooser.response, [options[2].value])
    done = await server.reader.submit_modal(shown, {"note": "@everyone wrong *speaker*"})
    assert done.response.content == words.REPORTED
    listed = await server.manager.slash(server.channel, "settings cases list")
    description = listed.response.embeds[0].description
    assert "No. 1" in description
    assert "@everyone" not in description
    assert "\\*speaker\\*" in description
    decided = await server.manager.click(listed.response, label="Retract No. 1")
    assert "Taken back" in decided.response.content
    assert service.cases[server.id][0].retracted_at == NOW


async def test_a_case_is_dismissed_and_pressing_again_says_that_it_is_gone(server, service):
    service.cases[server.id] = [case(1), case(2)]
    listed = await server.manager.slash(server.channel, "settings cases list")
    assert "Dismissed" in (await server.manager.click(listed.response, label="Dismiss No. 2")).response.content
    assert [one.id for one in service.cases[server.id]] == [1]
    again = await server.manager.click(listed.response, label="Dismiss No. 2")
    assert "no such thing" in again.response.content
    assert [one.action for one in service.audit[server.id]] == ["case: dismiss"]


async def test_cases_are_turned_page_by_page(server, service):
    service.cases[server.id] = [case(number, note="x" * 500) for number in range(1, 13)]
    listed = await server.manager.slash(server.channel, "settings cases list")
    assert "12 wait" in listed.response.embeds[0].footer.text
    turned = await server.manager.click(listed.response, label="Next")
    assert "No. 6" in turned.response.embeds[0].description


async def test_a_reporter_with_too_many_open_cases_is_told(server, service, post):
    service.cases[server.id] = [case(number, by_id=server.reader.id) for number in range(1, 21)]
    chooser = await server.reader.context_menu(server.channel, words.REPORT, post)
    shown = await server.reader.select(chooser.response, [options_of(chooser)[0].value])
    done = await server.reader.submit_modal(shown, {"note": "wrong"})
    assert "20 of your reports" in done.response.content


async def test_on_other_messages_nothing_is_reported(simcord_env, server):
    message = await server.reader.send(server.channel, "hello")
    result = await server.reader.context_menu(server.channel, words.REPORT, message)
    assert answer(result) == words.NO_MESSAGE
    assert_error(simcord_env, InputError)


@pytest.mark.parametrize("members", [False, True])
async def test_cases_come_as_a_file_without_members_unless_asked(server, service, members):
    service.cases[server.id] = [case(1, method="subject before the verb", url="https://a.example/1")]
    result = await server.manager.slash(server.channel, "settings cases export", members=members)
    (told,) = json.loads(await file_of(result))["cases"]
    assert (told["words"], told["rule"], told["url"]) == (
        [QUOTE.words],
        "subject before the verb",
        "https://a.example/1",
    )
    assert ("by_name" in told) is members
    assert ("Bo" in json.dumps(told)) is members


async def test_no_cases_are_said(server):
    for command in ("list", "export"):
        assert answer(await server.manager.slash(server.channel, f"settings cases {command}")) == words.CASES_NONE


async def test_all_that_is_kept_comes_as_a_zip(server):
    result = await server.manager.slash(server.channel, "settings data-export")
    with zipfile.ZipFile(BytesIO(await file_of(result))) as folder:
        (name,) = folder.namelist()
        assert json.loads(folder.read(name)) == {"guild_id": str(server.id), "with_posts": True}


async def test_all_is_deleted_only_under_the_servers_name(server, service):
    await set_up(server)
    asked = await server.manager.slash(server.channel, "settings data-delete")
    assert "1 digest" in asked.response.content
    for typed, erased in (("Harbor", []), ("harbour ", [server.id])):
        form = await server.manager.click(asked.response, label="Delete it all…")
        result = await server.manager.submit_modal(form, {"name": typed})
        assert service.erased == erased
        assert ("Deleted: 1 digest" in result.response.content) is bool(erased)

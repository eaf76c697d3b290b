"""Members use commands, buttons, selects and modals of a bot on the unmodified client, and see what it answers."""

import pytest

from tests.wire.errors import NobodyAnsweredError, NotOfferedError
from tests.wire.interactions import Answer
from tests.wire.loops import hasty
from tests.wire.nouns import Kind
from tests.wire.permissions import ADMINISTRATOR, EMBED_LINKS, MANAGE_GUILD, USE_APPLICATION_COMMANDS, VIEW_CHANNEL
from tests.wire.server import logged_in
from tests.wire.showcase import Showcase

# --- commands ---


async def test_a_slash_command_is_answered_in_the_channel(channel, reader):
    seen = await reader.invoke("greet", channel, name="Ada")
    assert (seen.content, seen.is_ephemeral) == ("Hello Ada from reader in #news", False)
    assert seen.original in reader.reads(channel)


async def test_an_ephemeral_answer_is_seen_by_its_member_only(wire, guild, channel, reader):
    seen = await reader.invoke("whisper", channel)
    assert (seen.content, seen.is_ephemeral) == ("Only you", True)
    assert channel.messages == {}
    other = await wire.member(guild, "other")
    with pytest.raises(NotOfferedError, match="does not see"):
        await other.press(seen.original, "ok")
    pressed = await reader.press(seen.original, "ok")
    assert pressed.content == "Pressed"


async def test_options_of_every_type_arrive_as_what_they_stand_for(wire, guild, channel, reader):
    role = await wire.role(guild, "press")
    seen = await reader.invoke(
        "tools every", channel, text="x", whole=3, part=0.5, yes=True, who=reader, where=channel, role=role
    )
    assert seen.content == f"x 3 0.5 True reader #news {role.id}"


async def test_a_command_of_a_nested_group_is_found(channel, reader):
    assert (await reader.invoke("tools inner deep", channel)).content == "deep"


async def test_what_the_bot_is_told_of_the_place_and_the_people(wire, guild, channel):
    async with logged_in(Showcase(), wire.world.token):
        manager = await wire.member(guild, "manager", permissions=MANAGE_GUILD)
        seen = await manager.invoke("facts", channel)
    told = dict(line.split("=") for line in seen.content.splitlines())
    assert told["locale"] == "en-GB"
    assert told["context"] == "guild"
    assert told["owners"] == str(guild.id)
    assert int(told["permissions"]) == wire.world.permissions(channel, manager.member)
    assert int(told["app_permissions"]) == wire.world.permissions(channel)


@pytest.mark.parametrize(
    ("command", "options", "complaint"),
    [
        ("absent", {}, "no command"),
        ("tools", {}, "is a group"),
        ("tools absent", {}, "no subcommand"),
        ("greet", {}, "required"),
        ("greet", {"name": "Ada", "age": 3}, "no option"),
        ("greet", {"name": 3}, "no value of type STRING"),
        ("greet", {"name": "x" * 21}, "too long"),
        ("pick", {"colour": "mauve"}, "no choice"),
        ("count", {"number": 0}, "too short"),
        ("count", {"number": 11}, "too much"),
        ("count", {"number": True}, "no value of type INTEGER"),
    ],
)
async def test_only_what_is_registered_can_be_invoked(wire, channel, reader, *, command, options, complaint):
    with pytest.raises(NotOfferedError, match=complaint):
        await reader.invoke(command, channel, **options)
    assert wire.world.interactions == {}


async def test_a_choice_can_be_named_by_what_it_shows(channel, reader):
    assert (await reader.invoke("pick", channel, colour="Red")).content == "#f00"
    assert (await reader.invoke("pick", channel, colour="#f00")).content == "#f00"


async def test_a_channel_of_another_type_is_not_offered(wire, guild, channel, reader):
    forum = wire.world.add_channel(guild, "stories", kind=Kind.FORUM)
    assert (await reader.invoke("place", channel, where=channel)).content == "#news"
    with pytest.raises(NotOfferedError, match="not offered"):
        await reader.invoke("place", channel, where=forum)


async def test_a_command_is_shown_to_those_with_its_default_permissions_only(wire, guild, channel, reader):
    with pytest.raises(NotOfferedError, match="lacks permissions"):
        await reader.invoke("manage", channel)
    manager = await wire.member(guild, "manager", permissions=MANAGE_GUILD)
    assert (await manager.invoke("manage", channel)).content == "managed"
    chief = await wire.member(guild, "chief", permissions=ADMINISTRATOR)
    assert (await chief.invoke("manage", channel)).content == "managed"


@pytest.mark.parametrize("denied", [USE_APPLICATION_COMMANDS, VIEW_CHANNEL])
async def test_commands_need_a_permission_of_their_own(wire, channel, reader, denied):
    await wire.change_channel(channel, denied=denied)
    with pytest.raises(NotOfferedError, match="may use no commands"):
        await reader.invoke("greet", channel, name="Ada")


async def test_an_answer_keeps_its_embeds_where_the_bot_may_not_embed(wire, channel, reader):
    await wire.change_channel(channel, denied=EMBED_LINKS)
    assert (await reader.invoke("card", channel)).embeds[0]["title"] == "Card"


async def test_user_and_message_commands_get_their_target(wire, channel, reader):
    assert (await reader.use_on("Who", reader, channel)).content == "reader"
    message = wire.world.create_message(channel.id, {"content": "words"})
    assert (await reader.use_on("Quote", message, channel)).content == "words"


# --- autocomplete ---


async def test_autocomplete_offers_choices_for_what_is_typed(channel, reader):
    assert await reader.autocomplete("find", channel, "what", what="po") == [("port", "port"), ("pole", "pole")]
    with pytest.raises(NotOfferedError, match="no autocomplete"):
        await reader.autocomplete("greet", channel, "name", name="A")


async def test_more_than_25_choices_fail_the_whole_list(wire, channel, reader):
    with hasty(), pytest.raises(NobodyAnsweredError):
        await reader.autocomplete("find", channel, "what", patience=0.3, what="many")
    assert any("25 choices" in one for one in wire.rest.take_complaints())


# --- components and modals ---


async def test_a_button_and_a_select_change_their_message(channel, reader):
    seen = await reader.invoke("panel", channel)
    pressed = await reader.press(seen.original, "count")
    assert pressed.answer is Answer.UPDATE
    assert seen.content == "1"
    await reader.choose(seen.original, "colours", "red", "blue")
    assert seen.content == "red, blue"


async def test_what_is_not_on_the_message_cannot_be_used(channel, reader):
    seen = await reader.invoke("panel", channel)
    for attempt in (
        reader.press(seen.original, "absent"),
        reader.press(seen.original, "colours"),
        reader.press(seen.original, "off"),
        reader.choose(seen.original, "count", "red"),
        reader.choose(seen.original, "colours", "green"),
        reader.choose(seen.original, "colours"),
    ):
        with pytest.raises(NotOfferedError):
            await attempt


async def test_a_select_of_members_brings_them_along(channel, reader):
    seen = await reader.invoke("panel", channel)
    assert (await reader.choose(seen.original, "people", reader)).content == "chose reader"


async def test_a_press_that_is_only_acknowledged_changes_nothing(channel, reader):
    seen = await reader.invoke("panel", channel)
    pressed = await reader.press(seen.original, "quiet", wait=False)
    await pressed.until(lambda one: one.answer is not None)
    assert pressed.answer is Answer.DEFERRED_UPDATE
    assert seen.content == "0"


async def test_a_modal_is_filled_in_and_sent_off(channel, reader):
    asked = await reader.invoke("form", channel)
    assert asked.modal["title"] == "Tell me"
    with pytest.raises(NotOfferedError, match="too short"):
        await reader.submit(asked, words="")
    with pytest.raises(NotOfferedError, match="has no"):
        await reader.submit(asked, other="x")
    assert (await reader.submit(asked, words="five ports")).content == "five ports"


async def test_a_modal_under_a_label_is_filled_in_too(channel, reader):
    asked = await reader.invoke("labelled", channel)
    assert (await reader.submit(asked, words="five ports")).content == "five ports"


# --- deferred answers, follow-ups, edits ---


async def test_a_deferred_answer_is_seen_as_thinking_until_it_is_edited(channel, reader, bot):
    seen = await reader.invoke("slow", channel, wait=False)
    await seen.until(lambda one: one.is_thinking)
    assert seen.original.id in channel.messages
    bot.gate.set()
    await seen.until(lambda one: one.is_visible)
    assert (seen.content, seen.is_ephemeral) == ("done", False)


async def test_who_sees_a_deferred_answer_is_fixed_by_the_defer(channel, reader):
    seen = await reader.invoke("hidden", channel)
    assert (seen.content, seen.is_ephemeral) == ("first", True)
    await seen.until(lambda one: len(one.messages) == 3)
    assert [(one.content, one.is_ephemeral) for one in seen.followups] == [("second", False), ("third", True)]
    assert [one.content for one in channel.messages.values()] == ["second"]


async def test_an_answer_and_a_followup_can_be_edited_read_and_deleted(channel, reader, bot):
    seen = await reader.invoke("changing", channel)
    await seen.until(lambda one: one.messages == [] and one.answer is not None)
    assert channel.messages == {}
    # What the bot read back between its edits.
    assert bot.read_back == ["two", "four"]


async def test_a_callback_gives_the_message_where_it_is_asked_for_one(wire, channel, reader, bot):
    seen = await reader.invoke("greet", channel, name="Ada")
    callback = await bot.callbacks.get()
    assert callback.message_id == seen.original.id
    assert callback.resource.content == seen.content
    (request,) = wire.rest.sent("POST", "/callback")
    assert (request.query, request.status) == ({"with_response": "1"}, 200)

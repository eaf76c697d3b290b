"""`/follow`: members follow, list, remove, export and delete, whatever their permissions, and see their own alone."""

import json
from dataclasses import replace
from datetime import time

import discord
import pytest
from simcord import assert_error

from bot.controls import custom_id, layout_of
from bot.errors import ForbiddenChannelError, InputError
from bot.render.follows import STOP_ACT
from bot.texts import follows as words
from digest.errors import LimitError
from digest.model import AlertRecord, DeliveryState, FollowKind
from tests.bot.conftest import answer, build_server, set_up
from tests.builders import NOW

PERSON, ORGANISATION, PHRASE = FollowKind.PERSON, FollowKind.ORGANISATION, FollowKind.PHRASE


@pytest.fixture(autouse=True)
def _known(service):
    service.known = {"Ilse Brandt": PERSON, "The ports": ORGANISATION}


async def add(server, what="Ilse Brandt", /, **options):
    return await server.reader.slash(server.channel, "follow add", what=what, **options)


def written_to(member):
    return [message.content for message in member.user.dm_channel.history()]


async def test_what_is_followed_comes_to_direct_messages_where_the_bot_says_so_first(server, service):
    shown = answer(await add(server))
    assert "You follow **Ilse Brandt**, a person" in shown
    assert "direct messages" in shown
    assert "I took it for a person" in shown
    (status,) = service.follows.values()
    follow = status.follow
    assert (follow.guild_id, follow.user_id, follow.kind) == (server.id, server.reader.id, PERSON)
    assert (follow.is_direct, follow.channel_id, follow.zone) == (True, server.reader.user.dm_channel.id, "UTC")
    (greeting,) = written_to(server.reader)
    assert "**Ilse Brandt**" in greeting
    assert "**Harbour**" in greeting


@pytest.mark.parametrize(
    ("what", "kind", "expected"),
    [
        ("the ports", "", ORGANISATION),
        ("common rule", "", PHRASE),
        ("Ilse Brandt", "phrase", PHRASE),
        ("common rule", "organisation", ORGANISATION),
    ],
)
async def test_a_kind_is_guessed_and_said_or_chosen(server, service, what, kind, expected):
    shown = answer(await add(server, what, **({"kind": kind} if kind else {})))
    assert [one.follow.kind for one in service.follows.values()] == [expected]
    assert words.KINDS[expected] in shown
    assert ("I took it for" in shown) == (not kind)


async def test_what_is_followed_comes_here_with_a_mention(server, service):
    shown = answer(await add(server, where="here", quiet_hours="22:00-7:00", zone="europe/berlin"))
    (status,) = service.follows.values()
    follow = status.follow
    assert (follow.is_direct, follow.channel_id) == (False, server.channel.id)
    assert (follow.zone, follow.quiet_from, follow.quiet_until) == ("Europe/Berlin", time(22), time(7))
    assert f"<#{server.channel.id}>, with a mention" in shown
    assert "nothing from 22:00 to 07:00 (Europe/Berlin)" in shown
    assert written_to(server.reader) == []


async def test_the_zone_is_that_of_the_servers_oldest_digest(server, service):
    await set_up(server, zone="Asia/Tokyo")
    await set_up(server, name="Other")
    await add(server)
    assert [one.follow.zone for one in service.follows.values()] == ["Asia/Tokyo"]


@pytest.mark.parametrize(("who", "words"), [("reader", "may not write"), ("bot", "Embed Links")])
async def test_who_may_not_write_here_is_not_told_here(simcord_env, server, service, simcord_bot, *, who, words):
    denied = discord.PermissionOverwrite(**({"send_messages": False} if who == "reader" else {"embed_links": False}))
    target = server.reader if who == "reader" else simcord_bot.user
    closed = server.guild.create_text_channel("closed", overwrites={target: denied})
    result = await server.reader.slash(closed, "follow add", what="Ilse Brandt", where="here")
    assert words in answer(result)
    assert service.follows == {}
    assert_error(simcord_env, InputError if who == "reader" else ForbiddenChannelError)


@pytest.mark.parametrize("what", ["x", "…", "\u200b\u202e", "  \t ", "*_~`|>"])
async def test_words_that_say_nothing_are_refused_with_what_to_do(simcord_env, server, service, what):
    assert "cannot be followed" in answer(await add(server, what, kind="phrase"))
    assert service.follows == {}
    assert_error(simcord_env, InputError)


@pytest.mark.parametrize("wrong", [{"zone": "UTC+2"}, {"zone": "nowhere"}, {"quiet_hours": "late"}])
async def test_wrong_options_are_refused_with_what_to_do(simcord_env, server, service, wrong):
    assert answer(await add(server, **wrong))
    assert service.follows == {}
    assert_error(simcord_env, InputError)


@pytest.mark.parametrize(
    "what",
    ["@everyone here", "<@1> <#2>", "[x](https://evil.example)", "'; DROP TABLE x; --", "شهر", "\u202eabc\x00"],
)
async def test_any_words_are_shown_as_they_are_and_ping_nobody(server, what):
    shown = answer(await add(server, what))
    listed = await server.reader.slash(server.channel, "follow list")
    for text in (shown, listed.response.embeds[0].description, *written_to(server.reader)):
        assert "@everyone" not in text
        assert "](https://" not in text
        assert "<@1>" not in text


async def test_a_member_who_has_as_many_as_there_may_be_is_told_what_makes_room(simcord_env, server, service):
    service.most_follows = 1
    await add(server)
    assert "`/follow remove` makes room" in answer(await add(server, "The ports"))
    assert "You follow" in answer(await add(server, "ilse brandt"))
    assert len(service.follows) == 1
    assert_error(simcord_env, LimitError)


async def test_the_list_shows_what_where_since_when_and_why_it_is_paused(server, service):
    await add(server)
    await add(server, "common rule", where="here", quiet_hours="22-7")
    service.follows[2] = replace(service.follows[2], told=3, paused_because="I may not post in <#1>.")
    result = await server.reader.slash(server.channel, "follow list")
    assert result.ephemeral
    shown = result.response.embeds[0].description
    for part in (
        "**Ilse Brandt** · a person",
        "in direct messages",
        f"<#{server.channel.id}>",
        "told you of 3 articles",
    ):
        assert part in shown
    assert "Paused: I may not post in <#1>." in shown
    assert "quiet from 22:00 to 07:00 (UTC)" in shown
    other = await server.manager.slash(server.channel, "follow list")
    assert "You follow nothing" in answer(other)


async def test_a_list_of_25_fits_into_one_message(server):
    for number in range(25):
        await add(server, f"{100 + number} {'_*' * 45}", kind="phrase")
    result = await server.reader.slash(server.channel, "follow list")
    assert len(result.response.embeds[0].description) <= 4096


async def test_a_follow_is_removed_by_what_autocomplete_offers_or_by_its_words(simcord_env, server, service):
    await add(server)
    await add(server, "The ports")
    ((offered),) = await server.reader.autocomplete(server.channel, "follow remove", "what", "port")
    assert (offered["name"], offered["value"]) == ("The ports", "2")
    assert "**The ports** no more" in answer(await server.reader.slash(server.channel, "follow remove", what="2"))
    shown = answer(await server.reader.slash(server.channel, "follow remove", what="ILSE  brandt"))
    assert "**Ilse Brandt** no more" in shown
    assert service.follows == {}
    assert "do not follow" in answer(await server.reader.slash(server.channel, "follow remove", what="1"))
    assert_error(simcord_env, InputError)


async def test_nobody_removes_what_another_follows(simcord_env, server, service):
    await add(server)
    shown = answer(await server.manager.slash(server.channel, "follow remove", what="1"))
    assert "do not follow" in shown
    assert len(service.follows) == 1
    assert_error(simcord_env, InputError)


async def test_names_are_offered_that_are_known_here(server):
    found = await server.reader.autocomplete(server.channel, "follow add", "what", "il")
    assert [one["value"] for one in found] == ["Ilse Brandt"]
    zones = await server.reader.autocomplete(server.channel, "follow add", "zone", "berl")
    assert (zones[0]["value"], zones[0]["name"]) == ("Europe/Berlin", "Europe/Berlin · now 09:00")


async def test_all_that_is_kept_is_exported_as_a_file(server, service):
    await add(server)
    record = AlertRecord('{"content": "told"}', NOW, DeliveryState.SENT, NOW)
    service.told[server.id, server.reader.id] = (record,)
    result = await server.reader.slash(server.channel, "follow export")
    assert result.ephemeral
    assert "1 follow, 1 message" in result.response.content
    (file,) = result.response.attachments
    kept = json.loads(await file.read())
    assert [one["what"] for one in kept["follows"]] == ["Ilse Brandt"]
    assert kept["messages"][0]["message"] == {"content": "told"}
    assert kept["member"] == str(server.reader.id)


async def test_all_that_is_kept_is_deleted_when_the_member_confirms(server, service):
    await add(server)
    await server.manager.slash(server.channel, "follow add", what="The ports")
    asked = await server.reader.slash(server.channel, "follow delete")
    assert "1 follow" in asked.response.content
    assert len(service.follows) == 2
    done = await server.reader.click(asked.response, label="Delete all of it")
    assert "Deleted: 1 follow" in done.response.content
    assert [one.follow.words for one in service.follows.values()] == ["The ports"]
    assert "nothing of you" in answer(await server.reader.slash(server.channel, "follow delete"))


async def post(simcord_bot, server, *items):
    return await simcord_bot.get_channel(server.channel.id).send("told", view=layout_of(*items))


def button(number):
    return discord.ui.Button(label="Stop", custom_id=custom_id(STOP_ACT, number))


async def test_only_the_member_stops_a_follow_by_the_button_of_what_told_them(server, service, simcord_bot):
    await add(server, where="here")
    message = await post(simcord_bot, server, button(1))
    result = await server.manager.click(message, label="Stop")
    assert "somebody else's" in answer(result)
    assert len(service.follows) == 1
    result = await server.reader.click(message, label="Stop")
    assert "**Ilse Brandt** no more" in answer(result)
    assert service.follows == {}
    assert "any more" in answer(await server.reader.click(message, label="Stop"))


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "1:2"])
async def test_a_button_with_anything_else_in_it_does_nothing(server, service, simcord_bot, number):
    await add(server)
    message = await post(simcord_bot, server, button(number))
    assert "any more" in answer(await server.reader.click(message, label="Stop"))
    assert len(service.follows) == 1


async def test_a_follow_is_stopped_in_direct_messages(server, service, simcord_bot):
    await add(server)
    direct = await (await simcord_bot.fetch_user(server.reader.id)).create_dm()
    message = await direct.send("told", view=layout_of(button(1)))
    result = await server.reader.user.click(message, label="Stop")
    assert "no more" in result.response.content
    assert service.follows == {}


async def test_people_of_a_post_are_followed_by_a_select(server, service, simcord_bot):
    options = [discord.SelectOption(label=one, value=one) for one in ("Ilse Brandt", "Tomas Brandel")]
    select = discord.ui.Select(custom_id=custom_id("follow-add", "person"), options=options, max_values=2)
    message = await post(simcord_bot, server, select)
    result = await server.reader.select(message, ["Ilse Brandt", "Tomas Brandel"])
    shown = answer(result)
    assert "**Ilse Brandt**" in shown
    assert "**Tomas Brandel**" in shown
    assert "I took it for" not in shown
    assert [one.follow.kind for one in service.follows.values()] == [PERSON, PERSON]


async def test_another_servers_follows_are_not_shown(simcord_env, server, service):
    await add(server)
    other = build_server(simcord_env, "Other")
    assert "You follow nothing" in answer(await other.reader.slash(other.channel, "follow list"))
    assert "nothing of you" in answer(await other.reader.slash(other.channel, "follow delete"))
    assert len(service.follows) == 1

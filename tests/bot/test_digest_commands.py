"""`/digest`: what is posted where and when, and what to do where that cannot be."""

from dataclasses import replace
from datetime import time

import discord
import pytest
from simcord import assert_error

from bot.errors import ChannelGoneError, ForbiddenChannelError, InputError, explain
from digest.model import BY_HAND, CatchUp
from tests.bot.conftest import answer, build_server, follow, set_up
from tests.builders import NOW, brief


async def test_a_digest_is_set_up_and_its_next_run_told_in_the_readers_time(server, service):
    result = await set_up(server, time="18:30, 8", zone="berlin", name="World")
    (saved,) = service.subscriptions.values()
    assert (saved.guild_id, saved.channel_id, saved.zone, saved.name) == (
        server.id,
        server.channel.id,
        "Europe/Berlin",
        "World",
    )
    assert [str(one) for one in saved.times] == ["08:00:00", "18:30:00"]
    # NOW is 9 in the morning in Berlin: next is half past six in the evening.
    assert "<t:1795455000:F>" in answer(result)
    assert server.channel.mention in answer(result)


async def test_due_days_are_answered_where_that_is_wanted_and_the_answer_says_which(server, service):
    assert "I do not answer" in answer(await set_up(server))
    assert not service.subscriptions[1].answers_due
    said = answer(await set_up(server, answers=True))
    assert "On the day on which a commitment falls due, I answer the post that showed it." in said
    assert service.subscriptions[1].answers_due


async def test_keywords_are_kept_and_said(server, service):
    said = answer(await set_up(server, keywords="Port of Sarn, rail"))
    assert "Stories that name one of these come further up: port of sarn, rail." in said
    assert service.subscriptions[1].keywords == ("port of sarn", "rail")
    assert "further up" not in answer(await set_up(server))
    assert service.subscriptions[1].keywords == ()


async def test_a_digest_takes_the_sources_that_are_named(server, service):
    for name in ("gazette", "quay"):
        await follow(server, f"https://{name}.example/")
    await set_up(server, sources="quay.example")
    assert service.subscriptions[1].source_ids == (2,)
    await set_up(server, sources="all")
    assert service.subscriptions[1].source_ids == ()


async def test_setting_up_again_changes_the_digest_and_another_name_makes_another(server, service):
    await set_up(server)
    await set_up(server, time="9:15")
    assert [str(one.times[0]) for one in service.subscriptions.values()] == ["09:15:00"]
    await set_up(server, name="Sports")
    assert len(service.subscriptions) == 2


async def test_setting_up_again_lets_a_paused_digest_run(server, service):
    await set_up(server)
    await service.pause_subscription(1, "Grant me Embed Links.")
    await set_up(server)
    assert not service.subscriptions[1].paused_because


async def test_quiet_hours_and_what_becomes_of_missed_digests_are_kept_and_said(server, service):
    said = answer(await set_up(server, quiet_hours="22-7", catch_up="skip", nothing_new=True))
    assert "Quiet from 22:00 to 07:00." in said
    assert "not running: none; what is new waits for the next digest." in said
    assert "a line says so" in said
    saved = service.subscriptions[1]
    assert (saved.quiet_from, saved.quiet_until) == (time(22), time(7))
    assert (saved.catch_up, saved.says_when_empty) == (CatchUp.SKIP, True)
    plain = answer(await set_up(server))
    assert "Quiet" not in plain
    assert "not running" not in plain
    assert service.subscriptions[1].catch_up is CatchUp.MERGE


async def test_the_list_tells_when_each_digest_comes_next_its_quiet_hours_and_what_is_paused(server):
    assert "no digest yet" in answer(await server.manager.slash(server.channel, "digest list"))
    await set_up(server, quiet_hours="22-7")
    await set_up(server, name="Sports")
    await server.manager.slash(server.channel, "digest pause", digest="Sports")
    (listed,) = (await server.manager.slash(server.channel, "digest list")).response.embeds
    news, sports = listed.description.split("\n\n")
    assert news.split("\n") == [
        f"**News** · {server.channel.mention} · 08:00 (Europe/Berlin) · all sources of this server",
        "Next: <t:1795503600:F>, <t:1795503600:R>.",
        "-# Quiet from 22:00 to 07:00.",
    ]
    assert sports.split("\n")[1].startswith("⏸️ Paused: somebody who manages this server wanted it so.")


async def test_a_digest_is_paused_and_comes_again(server, service):
    await set_up(server)
    assert "is paused" in answer(await server.manager.slash(server.channel, "digest pause"))
    assert service.subscriptions[1].paused_because == BY_HAND
    assert "paused already: somebody" in answer(await server.manager.slash(server.channel, "digest pause"))
    assert "none to leave out" in answer(await server.manager.slash(server.channel, "digest skip"))
    assert "again. Next: <t:1795503600:F>" in answer(await server.manager.slash(server.channel, "digest resume"))
    assert not service.subscriptions[1].paused_because
    assert "is not paused. Next" in answer(await server.manager.slash(server.channel, "digest resume"))


async def test_a_digest_that_lost_its_channel_says_why_and_comes_again_when_it_may_post(simcord_env, server, service):
    await set_up(server)
    await service.pause_subscription(1, "Grant me Embed Links.")
    assert "already: Grant me Embed Links." in answer(await server.manager.slash(server.channel, "digest pause"))
    service.subscriptions[1] = replace(service.subscriptions[1], channel_id=99)
    assert "gone" in answer(await server.manager.slash(server.channel, "digest resume"))
    assert service.subscriptions[1].paused_because == "Grant me Embed Links."
    assert_error(simcord_env, ChannelGoneError)


async def test_the_next_digest_is_left_out_and_the_one_after_it_named(server):
    await set_up(server)
    said = answer(await server.manager.slash(server.channel, "digest skip"))
    assert "leaves out <t:1795503600:F>" in said
    assert "Next: <t:1795590000:F>" in said


async def test_a_set_up_without_sources_says_how_to_add_one(server):
    assert "/source add" in answer(await set_up(server))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"time": "25:00"}, "25:00"),
        ({"time": "soon"}, "soon"),
        ({"time": "1,2,3,4,5,6,7"}, "6"),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"sources": "Nowhere Times"}, "Nowhere Times"),
        ({"quiet_hours": "at night"}, "at night"),
        ({"quiet_hours": "7-7"}, "22:00-7:00"),
        ({"quiet_hours": "22-8:30"}, "08:00 lies in the quiet hours"),
    ],
    ids=str,
)
async def test_a_set_up_that_cannot_be_is_answered_with_what_would_do(simcord_env, server, service, *, options, words):
    assert words in answer(await set_up(server, **options)).replace("\\", "")
    assert service.subscriptions == {}
    assert_error(simcord_env, InputError)


async def test_a_channel_where_the_bot_may_not_post_is_refused_by_naming_what_is_missing(simcord_env, server, service):
    closed = server.guild.create_text_channel(
        "closed",
        overwrites={
            server.guild.default_role: discord.PermissionOverwrite(embed_links=False, read_message_history=False)
        },
    )
    result = await set_up(server, channel=closed)
    assert "Embed Links, Read Message History" in answer(result)
    assert closed.mention in answer(result)
    assert service.subscriptions == {}
    assert_error(simcord_env, ForbiddenChannelError)


async def test_what_somebody_typed_cannot_ping_from_an_answer(simcord_env, server):
    result = await set_up(server, zone="@everyone **<@1>**")
    assert "@everyone" not in answer(result)
    assert "<@1>" not in answer(result)
    assert_error(simcord_env, InputError)


async def test_now_posts_what_is_new_once(server, service):
    await set_up(server)
    result = await server.manager.slash(server.channel, "digest now")
    assert server.channel.mention in answer(result)
    (message,) = server.channel.history()
    assert message.embeds[0].title == "Five ports agree on a common rule"
    again = await server.manager.slash(server.channel, "digest now")
    assert "nothing new" in answer(again)
    assert len(server.channel.history()) == 1
    assert [row.message_id for row in service.rows.values()] == [message.id]


async def test_now_of_a_paused_digest_posts_and_says_why_it_is_paused(server, service):
    await set_up(server)
    await service.pause_subscription(1, "Grant me Embed Links.")
    result = await server.manager.slash(server.channel, "digest now")
    assert "Grant me Embed Links." in answer(result)
    assert "/digest resume" in answer(result)
    assert len(server.channel.history()) == 1


async def test_now_in_a_channel_that_is_gone_says_so(simcord_env, server, service):
    await set_up(server)
    service.subscriptions[1] = replace(service.subscriptions[1], channel_id=99)
    assert "gone" in answer(await server.manager.slash(server.channel, "digest now"))
    assert_error(simcord_env, ChannelGoneError)
    assert service.rows == {}


async def test_a_digest_whose_channel_is_gone_is_said_to_come_again_with_another_channel_alone(server, service):
    await set_up(server)
    await service.pause_subscription(1, explain(ChannelGoneError(10, "404")))
    listed = (await server.manager.slash(server.channel, "digest list")).response.embeds[0].description
    assert "its channel is gone. Give it another with `/digest edit`, then `/digest resume`" in listed


async def test_now_while_discord_takes_nothing_says_that_it_is_on_its_way(simcord_env, server, service):
    await set_up(server)
    simcord_env.inject_error("POST", "/channels/*/messages", status=404)  # a proxy's, without a code
    assert "on its way" in answer(await server.manager.slash(server.channel, "digest now"))
    assert server.channel.history() == []
    assert service.paused == {}


async def test_now_where_the_right_was_lost_unseen_says_what_to_grant(simcord_env, server, service):
    await set_up(server)
    simcord_env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    assert "Send Messages" in answer(await server.manager.slash(server.channel, "digest now"))
    assert service.subscriptions[1].paused_because


async def test_a_message_that_discord_rejects_is_said_to_be_rejected(simcord_env, server, service):
    await set_up(server)
    simcord_env.inject_error("POST", "/channels/*/messages", status=400, code=50035)
    assert "not take" in answer(await server.manager.slash(server.channel, "digest now"))
    assert not service.subscriptions[1].paused_because


async def test_preview_shows_all_parts_to_the_manager_alone_and_posts_nothing(server, service):
    await set_up(server)
    service.news = [brief(title=f"Story {number}") for number in range(30)]
    result = await server.manager.slash(server.channel, "digest preview")
    messages = [result.response, *result.followups]
    assert len(messages) > 1
    assert all(message.ephemeral for message in messages)
    assert "Story 29" in {embed.title for message in messages for embed in message.embeds}
    assert server.channel.history() == []
    assert len(service.news) == 30


async def test_preview_with_nothing_new_says_so(server, service):
    await set_up(server)
    service.news.clear()
    assert "nothing new" in answer(await server.manager.slash(server.channel, "digest preview"))


@pytest.mark.parametrize("command", ["digest now", "digest preview", "digest pause", "digest resume", "digest skip"])
async def test_without_a_digest_the_answer_says_how_to_make_one(simcord_env, server, *, command):
    assert "/digest setup" in answer(await server.manager.slash(server.channel, command))
    assert_error(simcord_env, InputError)


async def test_of_several_digests_the_channels_own_is_meant_and_others_by_name(simcord_env, server):
    other = server.guild.create_text_channel("sports")
    await set_up(server)
    await set_up(server, channel=other, name="Sports")
    preview = await server.manager.slash(other, "digest preview")
    assert "Sports" in preview.response.content
    preview = await server.manager.slash(other, "digest preview", digest="news")
    assert "News" in preview.response.content
    elsewhere = server.guild.create_text_channel("elsewhere")
    assert "several" in answer(await server.manager.slash(elsewhere, "digest preview"))
    assert "Weather" in answer(await server.manager.slash(elsewhere, "digest preview", digest="Weather"))
    assert len(simcord_env.errors) == 2


async def test_a_digest_of_another_server_is_not_there(simcord_env, server, service):
    other = build_server(simcord_env, "Other")
    await set_up(server)
    assert "no digest" in answer(await other.manager.slash(other.channel, "digest now", digest="1"))
    assert_error(simcord_env, InputError)
    assert service.editions == {}


async def test_zones_are_offered_by_city_at_most_25(server):
    offered = await server.manager.autocomplete(server.channel, "digest setup", "zone", "new y")
    assert offered == [{"name": "America/New_York · now 03:00", "value": "America/New_York"}]
    assert len(await server.manager.autocomplete(server.channel, "digest setup", "zone", "")) == 25
    assert await server.manager.autocomplete(server.channel, "digest setup", "zone", "zzz") == []


async def test_sources_are_offered_one_after_the_other(server):
    for name in ("gazette", "quay"):
        await follow(server, f"https://{name}.example/")

    async def offered(typed):
        return await server.manager.autocomplete(server.channel, "digest setup", "sources", typed)

    assert [one["value"] for one in await offered("")] == ["all", "1", "2"]
    assert await offered("1, qu") == [{"name": "gazette.example, quay.example", "value": "1,2"}]


async def test_many_sources_with_long_names_stay_within_25_choices_of_100_characters(server, service):
    for number in range(60):
        await service.add_source(server.id, f"https://{'n' * 150}{number}.example/", now=NOW)
    offered = await server.manager.autocomplete(server.channel, "digest setup", "sources", "1, 2, 3,")
    assert len(offered) == 25
    assert all(0 < len(one["name"]) <= 100 and len(one["value"]) <= 100 for one in offered)


async def test_digests_are_offered_with_their_channel_and_times(server):
    await set_up(server)
    offered = await server.manager.autocomplete(server.channel, "digest now", "digest", "ne")
    assert offered == [{"name": "News in #news, 08:00 Europe/Berlin", "value": "1"}]
    assert await server.manager.autocomplete(server.channel, "digest now", "digest", "zzz") == []

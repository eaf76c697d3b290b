"""Looking after digests: changing one, what became of its editions, and its end."""

from dataclasses import replace

import pytest
from simcord import assert_error

from bot.errors import InputError
from tests.bot.conftest import answer, build_server, set_up
from tests.bot.deliveries import Watch
from tests.bot.walks import Walk, labels
from tests.builders import NOW


@pytest.fixture
def walk(simcord_env, server, service):
    return Walk(simcord_env, server, service, Watch())


async def test_a_digest_is_changed_in_the_panel_and_stays_paused(walk, server, service):
    await set_up(server, name="World", keywords="rail")
    await service.pause_subscription(1, "by hand")
    await walk.begin("digest edit", digest="World")
    assert "More: rail." in walk.text
    await walk.choose("setup-step", "look")
    await walk.choose("setup-style", "brief")
    await walk.click("Save")
    assert service.subscriptions[1].style == "brief"
    assert service.subscriptions[1].keywords == ("rail",)


async def test_setting_up_again_by_options_leaves_what_no_option_says(server, service):
    await set_up(server)
    service.subscriptions[1] = replace(service.subscriptions[1], weekdays=(0,), less=("golf",), max_stories=3)
    await set_up(server, time="9")
    saved = service.subscriptions[1]
    assert (saved.weekdays, saved.less, saved.max_stories, str(saved.times[0])) == ((0,), ("golf",), 3, "09:00:00")


async def test_history_tells_of_each_edition_with_a_link_and_pages_by_buttons(walk, server, service):
    await set_up(server)
    for number in range(1, 13):
        edition = service._freeze(service.subscriptions[1], ["{}"], NOW)
        await service.finish_delivery(edition.deliveries[0].id, number, now=NOW)
    shown = await walk.begin("digest history")
    assert shown.ephemeral
    first, *rest, page = walk.text.split("\n")
    assert f"[see it](https://discord.com/channels/{server.id}/{server.channel.id}/12)" in first
    assert "asked for beside the schedule · 1 story · ✅ posted" in first
    assert (len(rest), page) == (9, "-# Page 1")
    await walk.click("Older")
    assert len(walk.text.split("\n")) == 3
    await walk.click("Newer")
    assert len(walk.text.split("\n")) == 11
    beyond = await walk.begin("digest history", page=9)
    assert "no further editions" in beyond.content


async def test_history_before_the_first_edition_says_so(walk, server):
    await set_up(server)
    assert "Nothing was posted" in (await walk.begin("digest history")).content


async def test_a_digest_is_deleted_only_when_it_is_confirmed(walk, server, service):
    await set_up(server, name="World")
    await server.manager.slash(server.channel, "digest now")
    asked = await walk.begin("digest delete", digest="World")
    assert f"Delete **World** of <#{server.channel.id}>?" in asked.content
    assert "What stands in channels stays" in asked.content
    await walk.click("Keep it")
    assert "stays as it is" in asked.content
    assert 1 in service.subscriptions
    asked = await walk.begin("digest delete", digest="World")
    await walk.click("Delete it")
    assert "is deleted" in asked.content
    assert labels(asked) == []
    assert (service.subscriptions, service.editions) == ({}, {})
    assert len(server.channel.history()) == 1


async def test_a_digest_that_is_gone_already_is_said_to_be_gone(walk, server):
    await set_up(server)
    first = await walk.begin("digest delete", digest="News")
    await walk.begin("digest delete", digest="News")
    await walk.click("Delete it")
    pressed = await walk.click("Delete it", on=first)
    assert "may have been removed" in pressed.followups[-1].content


@pytest.mark.parametrize("act", ["digest-delete:1", "digest-older:1:2"])
async def test_of_another_servers_digest_nothing_is_shown_or_deleted(simcord_env, simcord_bot, server, *, service, act):
    from tests.bot.test_setup_panel import press

    await set_up(server)
    other = build_server(simcord_env, "Other")
    pressed = await press(simcord_bot, other, other.manager, f"or:{act}")
    assert "no such thing here" in pressed.followups[-1].content
    refused = await press(simcord_bot, server, server.reader, f"or:{act}")
    assert "Manage Server" in refused.followups[-1].content
    assert 1 in service.subscriptions


@pytest.mark.parametrize("command", ["digest edit", "digest history", "digest delete"])
async def test_what_looks_after_a_digest_offers_those_of_the_server_and_says_where_there_is_none(
    simcord_env, server, *, command
):
    assert "no digest" in answer(await server.manager.slash(server.channel, command, digest="World"))
    assert_error(simcord_env, InputError)
    await set_up(server, name="World")
    offered = await server.manager.autocomplete(server.channel, command, "digest", "wor")
    assert [one["value"] for one in offered] == ["1"]

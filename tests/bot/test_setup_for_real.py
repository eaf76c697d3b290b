"""A set-up over the real service and its database, from the first press to the end of the digest."""

import pytest

from bot.client import OnRecordBot
from digest.model import Style
from tests.bot.conftest import set_up
from tests.bot.deliveries import ONE_SHARD, Watch
from tests.bot.walks import Walk, id_of
from tests.builders import NOW
from tests.digest.service.newsroom import FEED, Newsroom
from tests.digest.service.test_setting_up import WEEK
from tests.stores import new_store


@pytest.fixture
async def newsroom():
    async with new_store() as store:
        made = Newsroom(store)
        made.publish(*WEEK)
        yield made


@pytest.fixture
def service(newsroom):
    return newsroom.service


@pytest.fixture
def simcord_bot(service):
    return OnRecordBot(service, Watch(), shards=ONE_SHARD)


@pytest.fixture
async def walk(simcord_env, server, service):
    await service.add_source(server.id, FEED, now=NOW)
    return Walk(simcord_env, server, service, Watch())


async def test_the_week_is_read_seen_and_ruled_before_anything_is_saved(walk, server, service):
    await walk.begin(time="8:00", zone="Europe/Berlin", name="World")
    await walk.choose("setup-channel", server.channel)
    week = (await walk.click("Last seven days")).response
    assert "0 of 7 pages of these days read" in week.embeds[0].description
    await service.read_due(now=NOW)
    await walk.click("The week again", on=week)
    assert week.embeds[0].description.endswith("-# 7 pages of these days read.")
    told = [day for day in range(16, 24) if f"{day} Nov** · 1 story" in week.embeds[0].description]
    day = (await walk.choose("setup-day", f"2026-11-{told[0]}", on=week)).response
    chosen = next(one for row in day.components for one in row["components"])["options"][0]["value"]
    story = (await walk.choose("setup-story", chosen, on=day)).response
    await walk.choose("setup-less", "Ilse Brandt", on=story)
    await walk.choose("setup-step", "look")
    await walk.choose("setup-style", "brief")
    await walk.click("Save")
    (saved,) = await service.list_subscriptions(server.id)
    assert (saved.name, saved.less, saved.style) == ("World", ("ilse brandt",), Style.BRIEF)


async def test_a_digest_is_posted_looked_back_at_and_deleted(walk, server, service):
    await set_up(server, name="World")
    await service.read_due(now=NOW)
    await server.manager.slash(server.channel, "digest now")
    shown = await walk.begin("digest history")
    assert "✅ posted · [see it]" in shown.embeds[0].description
    await walk.begin("digest edit")
    assert "**World** goes to" in walk.text
    await walk.begin("digest delete", digest="World")
    await walk.click("Delete it")
    assert await service.list_subscriptions(server.id) == ()
    assert len(server.channel.history()) == 1


async def test_a_set_up_of_another_server_is_not_touched_by_the_same_member(simcord_env, server, service):
    walk = Walk(simcord_env, server, service, Watch())
    await walk.begin(name="World")
    assert id_of(walk.shown, "setup-save").startswith(f"or:setup-save:{server.manager.id}:")
    await service.keep_draft(server.id + 1, server.manager.id, "not ours", now=NOW)
    await walk.choose("setup-step", "look")
    assert await service.get_draft(server.id + 1, server.manager.id, now=NOW) == "not ours"

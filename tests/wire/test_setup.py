"""A digest set up over the wire: the panel's components and forms pass Discord's limits, and the whole walk works."""

import pytest

from digest.model import Style
from tests.bot.services import FakeService
from tests.builders import NOW, brief, subscription
from tests.waiting import until
from tests.wire.limits_components import flattened
from tests.wire.nouns import Kind
from tests.wire.offers import button, follow
from tests.wire.permissions import VIEW_CHANNEL

URL = "https://gazette.example/feed"


@pytest.fixture
def service():
    made = FakeService()
    made.past = {0: [brief(title="Port strike begins")]}
    made.pages = (5, 3)
    return made


@pytest.fixture
def bot(our_bot):
    return our_bot


def control(message, act):
    return next(
        one["custom_id"] for one in flattened(message.components) if one.get("custom_id", "").startswith(f"or:{act}:")
    )


async def change(manager, panel, act, value):
    """Choose in the panel, and wait until it shows what has become of it."""
    before = panel.embeds
    pressed = await manager.choose(panel, control(panel, act), value, wait=False)
    await pressed.until(lambda _: panel.embeds != before)


async def open_(manager, place, **options):
    asked = await manager.invoke("digest setup", place, **options)
    await asked.until(lambda one: one.components)
    return asked.original


async def test_a_digest_is_set_up_and_saved(channel, manager, service):
    await follow(manager, channel, URL)
    panel = await open_(manager, channel)
    for act, value in (("setup-channel", channel), ("setup-step", "look"), ("setup-style", "brief")):
        await change(manager, panel, act, value)
    await change(manager, panel, "setup-step", "times")
    form = await manager.press(panel, button(panel, "Times, zone, name"), wait=False)
    await form.until(lambda one: one.modal)
    sent = await manager.submit(form, name="World", times="8, 18:30", zone="berlin", quiet="", stories="5", wait=False)
    await sent.until(lambda _: "08:00, 18:30 (Europe/Berlin)" in panel.embeds[0]["description"])
    saved = await manager.press(panel, button(panel, "Save"), wait=False)
    await saved.until(lambda _: "**World** goes to" in panel.content)
    (one,) = service.subscriptions.values()
    assert (one.name, one.style, one.max_stories) == ("World", Style.BRIEF, 5)


@pytest.fixture
async def archived(guild, channel, service, bot):
    """A digest in a thread that was archived, which the client forgets."""
    thread = await (await bot.get_channel(channel.id).send("hello")).create_thread(name="story")
    await thread.edit(archived=True)
    await until(lambda: not thread.guild.get_thread(thread.id))
    known = await service.save_subscription(subscription(guild_id=guild.id, channel_id=thread.id), now=NOW)
    await service.pause_subscription(known.id, "by hand")
    return guild.channels[thread.id]


async def test_a_digest_is_looked_after_though_its_thread_was_archived(channel, archived, manager, service):
    resumed = await manager.invoke("digest resume", channel)
    assert "gone" not in resumed.content
    assert [one.paused_because for one in service.subscriptions.values()] == [""]
    asked = await manager.invoke("digest edit", channel)
    await asked.until(lambda one: one.components)
    panel = asked.original
    assert "gone" not in panel.embeds[0]["description"]
    saved = await manager.press(panel, button(panel, "Save"), wait=False)
    await saved.until(lambda _: f"goes to <#{archived.id}>" in panel.content)
    tested = await manager.press(panel, button(panel, "Post a test"))
    await tested.until(lambda one: "The test is in" in one.content)
    assert [one.content.startswith("🧪") for one in archived.messages.values()] == [True]


@pytest.mark.usefixtures("archived")
async def test_a_digest_can_be_moved_out_of_a_thread_that_the_bot_sees_no_more(wire, guild, channel, manager):
    elsewhere = wire.world.add_channel(guild, "elsewhere")
    await wire.change_channel(channel, denied=VIEW_CHANNEL)
    asked = await manager.invoke("digest edit", elsewhere)
    await asked.until(lambda one: one.components)
    assert "I may not post in" in asked.embeds[0]["description"]
    await change(manager, asked.original, "setup-channel", elsewhere)
    panel = asked.original
    saved = await manager.press(panel, button(panel, "Save"), wait=False)
    await saved.until(lambda _: f"goes to <#{elsewhere.id}>" in panel.content)


async def test_its_week_is_looked_at_and_less_of_a_story_asked_for(channel, manager):
    panel = await open_(manager, channel, channel=channel, time="8", zone="Berlin")
    week = await manager.press(panel, button(panel, "Last seven days"))
    await week.until(lambda one: one.embeds)
    assert "Port strike begins" in week.embeds[0]["description"]
    assert "5 of 8 pages" in week.embeds[0]["description"]
    day = await manager.choose(week.original, control(week.original, "setup-day"), "2026-11-23")
    await day.until(lambda one: one.embeds)
    chosen = next(one for one in flattened(day.original.components) if one.get("options"))["options"][0]["value"]
    story = await manager.choose(day.original, control(day.original, "setup-story"), chosen)
    await story.until(lambda one: one.components)
    ruled = await manager.choose(story.original, control(story.original, "setup-less"), "Ilse Brandt", wait=False)
    await ruled.until(lambda _: "Less: ilse brandt." in story.original.content)


async def test_a_test_is_posted_that_pings_nobody_and_counts_for_nothing(channel, manager, service):
    panel = await open_(manager, channel, channel=channel, time="8", zone="Berlin")
    tested = await manager.press(panel, button(panel, "Post a test"))
    await tested.until(lambda one: "see it" in one.content)
    (message,) = manager.reads(channel)
    assert message.content.startswith("🧪 A test")
    assert message.pings == frozenset()
    assert service.rows == {}


async def test_a_test_in_a_forum_opens_a_thread_of_its_own(wire, guild, channel, manager):
    forum = wire.world.add_channel(guild, "stories", kind=Kind.FORUM)
    await wire.regain_guild(guild)
    panel = await open_(manager, channel, channel=forum, time="8", zone="Berlin")
    tested = await manager.press(panel, button(panel, "Post a test"))
    await tested.until(lambda one: "see it" in one.content)
    threads = [one for one in guild.channels.values() if getattr(one, "parent_id", None) == forum.id]
    assert len(threads) == 1


async def test_every_step_of_the_panel_passes_discords_limits_with_many_sources_of_odd_names(
    wire, guild, channel, manager, service
):
    for number in range(60):
        await service.add_source(guild.id, f"https://{'n' * 150}{number}.example/", now=wire.world.now())
    panel = await open_(manager, channel, channel=channel, time="8", zone="Berlin")
    for step in ("times", "look", "sources", "more", "rules", "channel"):
        await change(manager, panel, "setup-step", step)

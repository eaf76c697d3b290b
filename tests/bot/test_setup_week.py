"""The week before, in a set-up: days, stories, rules that show at once, and a test that counts for nothing."""

import discord
import pytest

from tests.bot.deliveries import Watch
from tests.bot.walks import Walk, id_of
from tests.builders import NOW, brief


def told(title, number=1):
    return brief(title=title, url=f"https://gazette.example/{number}")


@pytest.fixture
async def walk(simcord_env, server, service):
    await service.add_source(server.id, "https://gazette.example/feed", now=NOW)
    service.past = {0: [told("Football cup won", 2), told("Port strike begins")], 2: [told("Rail sold", 3)]}
    service.pages = (34, 26)
    walk = Walk(simcord_env, server, service, Watch())
    await walk.begin(channel=server.channel, time="8:00", zone="Europe/Berlin", name="World")
    return walk


def lines(message):
    return message.embeds[0].description.split("\n")


async def test_each_day_has_a_line_and_its_headlines_and_what_is_still_read_is_said(walk):
    shown = (await walk.click("Last seven days")).response
    assert shown.ephemeral
    assert lines(shown) == [
        "**Mon 23 Nov** · 2 stories",
        "• Football cup won",
        "• Port strike begins",
        "**Sun 22 Nov** · nothing new",
        "**Sat 21 Nov** · 1 story",
        "• Rail sold",
        *(f"**{day} Nov** · nothing new" for day in ("Fri 20", "Thu 19", "Wed 18", "Tue 17")),
        "-# 34 of 60 pages of these days read; the others are being read. Press “The week again” in a minute.",
    ]
    walk.service.pages = (60, 0)
    await walk.click("The week again", on=shown)
    assert lines(shown)[-1] == "-# 60 pages of these days read."


async def test_a_day_is_seen_as_it_would_have_been_posted(walk):
    shown = (await walk.click("Last seven days")).response
    day = (await walk.choose("setup-day", "2026-11-23", on=shown)).response
    assert day.ephemeral
    assert "**World** · Mon 23 Nov — 2 stories" in day.content
    assert {"Port strike begins", "Football cup won"} <= {embed.title for embed in day.embeds}
    empty = (await walk.choose("setup-day", "2026-11-22", on=shown)).response
    assert "nothing to post" in empty.content
    assert walk.server.channel.history() == []


@pytest.mark.parametrize(("act", "rule"), [("setup-more", "More: football."), ("setup-less", "Less: football.")])
async def test_of_a_story_more_or_less_can_be_asked_for_and_the_week_shows_it_at_once(walk, act, rule):
    week = (await walk.click("Last seven days")).response
    day = (await walk.choose("setup-day", "2026-11-23", on=week)).response
    (chosen,) = [one["value"] for one in options(day, "setup-story") if one["label"] == "Football cup won"]
    story = (await walk.choose("setup-story", chosen, on=day)).response
    assert "**Football cup won**" in story.content
    offered = [one["value"] for one in options(story, act)]
    assert "Football" in offered
    assert len(offered) <= 25
    await walk.choose(act, "Football", on=story)
    assert rule in story.content
    assert walk.draft.order.keywords + walk.draft.order.less == ("football",)
    await walk.click("The week again", on=story)
    headlines = ["• Football cup won", "• Port strike begins"]
    assert lines(story)[1:3] == (headlines if act == "setup-more" else headlines[::-1])
    await walk.click("To the set-up", on=story)
    assert rule in story.embeds[0].description
    assert walk.service.subscriptions[1].less == ()  # nothing counts before Save


def options(message, act):
    made = id_of(message, act)
    return next(one["options"] for row in message.components for one in row["components"] if one["custom_id"] == made)


async def test_a_word_is_asked_for_more_or_for_less_and_never_for_both(walk):
    week = (await walk.click("Last seven days")).response
    day = (await walk.choose("setup-day", "2026-11-23", on=week)).response
    chosen = options(day, "setup-story")[0]["value"]
    for act in ("setup-more", "setup-less"):
        story = (await walk.choose("setup-story", chosen, on=day)).response
        await walk.choose(act, "Ilse Brandt", on=story)
    assert (walk.draft.order.keywords, walk.draft.order.less) == ((), ("ilse brandt",))


async def test_more_than_twenty_words_are_refused_in_a_sentence(walk):
    await walk.choose("setup-step", "rules")
    await walk.fill("Edit more and less", more=", ".join(f"w{number}" for number in range(20)), less="")
    week = (await walk.click("Last seven days")).response
    day = (await walk.choose("setup-day", "2026-11-23", on=week)).response
    story = (await walk.choose("setup-story", options(day, "setup-story")[0]["value"], on=day)).response
    pressed = await walk.choose("setup-more", "Ilse Brandt", on=story)
    assert "at most 20" in pressed.followups[-1].content
    assert len(walk.draft.order.keywords) == 20


async def test_a_story_that_is_not_there_any_more_is_said_to_be_gone(walk):
    week = (await walk.click("Last seven days")).response
    day = (await walk.choose("setup-day", "2026-11-23", on=week)).response
    chosen = options(day, "setup-story")[0]["value"]
    walk.service.past = {}
    pressed = await walk.choose("setup-story", chosen, on=day)
    assert "not among them any more" in pressed.response.content


async def test_without_a_time_there_is_no_week_and_it_is_said_why(walk):
    await walk.begin()
    pressed = await walk.click("Last seven days")
    assert "Before that, choose" in pressed.response.content


# --- the test ---


async def test_a_test_is_posted_with_its_mark_pings_nobody_and_counts_for_nothing(walk, server, service):
    role = server.guild.create_role("readers", mentionable=True)
    await walk.choose("setup-step", "more")
    await walk.choose("setup-role", role)
    pressed = await walk.click("Post a test")
    (message,) = server.channel.history()
    assert message.content.split("\n")[0] == "🧪 A test of what is being set up: it counts for nothing."
    assert message.content.split("\n")[1].startswith("📰 **World**")
    assert not message.role_mentions
    assert str(role.id) not in message.content
    assert f"/{server.channel.id}/{message.id}" in pressed.response.content
    assert (service.editions, service.rows, len(service.news)) == ({}, {}, 1)


async def test_where_nothing_is_new_the_newest_day_is_the_test(walk, server, service):
    service.news.clear()
    service.past.pop(0)
    await walk.click("Post a test")
    (message,) = server.channel.history()
    assert "Rail sold" in {embed.title for embed in message.embeds}
    service.past = {}
    pressed = await walk.click("Post a test")
    assert "nothing to test with" in pressed.response.content
    assert len(server.channel.history()) == 1


async def test_a_test_where_the_bot_may_not_post_says_what_to_grant_and_one_that_fails_says_so(
    simcord_env, walk, server
):
    simcord_env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    pressed = await walk.click("Post a test")
    assert "Send Messages" in pressed.response.content
    closed = server.guild.create_text_channel(
        "closed", overwrites={server.guild.default_role: discord.PermissionOverwrite(embed_links=False)}
    )
    await walk.choose("setup-channel", closed)
    pressed = await walk.click("Post a test")
    assert "Embed Links" in pressed.response.content
    assert closed.history() == []

"""The set-up as a walk: every step by itself, each after a restart; who may press; what cannot be."""

from dataclasses import replace
from datetime import time

import discord
import pytest
from simcord import assert_error

from bot import texts
from bot.errors import InputError
from bot.views.drafts import Draft
from digest.errors import LimitError
from digest.model import CatchUp, Style, Subscription
from tests.bot.conftest import set_up
from tests.bot.deliveries import Watch
from tests.bot.walks import Walk, id_of, labels
from tests.builders import NOW, subscription


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
async def walk(simcord_env, server, service, watch):
    await service.add_source(server.id, "https://gazette.example/feed", now=NOW)
    return Walk(simcord_env, server, service, watch)


async def test_a_digest_is_set_up_step_by_step_with_a_restart_before_each(walk, server, service):
    shown = await walk.begin()
    assert shown.ephemeral
    assert "has no channel yet" in walk.text
    await walk.choose("setup-channel", server.channel)
    await walk.click("Next")
    await walk.fill("Times, zone, name", name="World", times="18:30, 8", zone="berlin", quiet="22-7", stories="5")
    assert "It comes at 08:00, 18:30 (Europe/Berlin), every day." in walk.text
    await walk.click("Next")
    await walk.choose("setup-days", "0", "4")
    await walk.choose("setup-style", "brief")
    await walk.click("Next")
    await walk.choose("setup-sources", "1")
    await walk.click("Next")
    await walk.choose("setup-catch-up", "skip")
    await walk.choose("setup-habits", "answers", "empty")
    await walk.click("Next")
    await walk.fill("Edit more and less", more="Port Strike, rail", less="football")
    assert service.subscriptions == {}
    assert walk.text.split("\n")[:5] == [
        f"**World** goes to <#{server.channel.id}>.",
        "It comes at 08:00, 18:30 (Europe/Berlin), on Monday, Friday.",
        "It is made of 1 source: gazette\\.example.",
        "Each story has a headline and a sentence, at most 5 stories.",
        "It pings nobody.",
    ]
    assert "More: port strike, rail. Less: football." in walk.text
    await walk.click("Save")
    (saved,) = service.subscriptions.values()
    assert saved == Subscription(
        server.id,
        server.channel.id,
        (time(8), time(18, 30)),
        "Europe/Berlin",
        weekdays=(0, 4),
        source_ids=(1,),
        name="World",
        max_stories=5,
        id=1,
        answers_due=True,
        keywords=("port strike", "rail"),
        catch_up=CatchUp.SKIP,
        quiet_from=time(22),
        quiet_until=time(7),
        says_when_empty=True,
        style=Style.BRIEF,
        less=("football",),
    )
    assert "**World** goes to" in walk.shown.content


async def test_after_saving_the_same_buttons_change_the_digest_that_is_there(walk, server, service):
    await walk.begin(channel=server.channel, time="8:00", zone="Europe/Berlin")
    assert walk.shown.content.startswith("**News** goes to")
    assert [one.id for one in service.subscriptions.values()] == [1]
    await walk.choose("setup-step", "times")
    await walk.fill("Times, zone, name", name="Renamed", times="9", zone="Europe/Berlin", quiet="", stories="8")
    await walk.click("Save")
    assert [(one.id, one.name, one.times) for one in service.subscriptions.values()] == [(1, "Renamed", (time(9),))]


async def test_what_is_given_of_the_options_is_chosen_already(walk):
    await walk.begin(zone="berlin", name="World", keywords="rail")
    order = walk.draft.order
    assert (order.zone, order.name, order.keywords) == ("Europe/Berlin", "World", ("rail",))
    assert "has no channel yet" in walk.text
    assert walk.service.subscriptions == {}


async def test_a_source_that_is_followed_no_more_is_left_out_or_others_are_asked_for(walk, server, service):
    await service.add_source(server.id, "https://two.example/feed", now=NOW)
    await walk.begin(channel=server.channel, zone="berlin", sources="1")
    await walk.fill_times()
    await service.remove_source(server.id, 1)
    pressed = await walk.click("Save")
    assert "in the step “sources”" in pressed.followups[-1].content
    assert service.subscriptions == {}
    await walk.choose("setup-step", "sources")
    assert "made of sources that this server follows no more" in walk.text
    await walk.choose("setup-sources", "2")
    assert "It is made of 1 source: two\\.example." in walk.text
    await walk.click("Save")
    assert [one.source_ids for one in service.subscriptions.values()] == [(2,)]


async def test_who_would_put_a_new_digest_in_the_place_of_another_is_told_before(walk, server, service):
    await set_up(server, keywords="rail")
    await walk.begin(name="news")
    assert "already" not in walk.text
    await walk.choose("setup-channel", server.channel)
    assert f"There is a digest called **news** in <#{server.channel.id}> already" in walk.text
    await walk.fill_times(name="Other")
    assert "already" not in walk.text
    await walk.click("Save")
    assert [one.keywords for one in service.subscriptions.values()] == [("rail",), ()]
    assert "already" not in walk.text


@pytest.mark.parametrize("name", ["   ", "\u200b", "\u202e\u2800"], ids=ascii)
async def test_a_name_that_shows_nothing_is_none(simcord_env, walk, server, service, name):
    shown = await set_up(server, name=name)
    assert "shows nothing as a name" in shown.response.content
    assert service.subscriptions == {}
    assert_error(simcord_env, InputError)
    await walk.begin(zone="berlin")
    await walk.fill_times(name=name)
    assert walk.draft.order.times == ()


async def test_a_paused_digest_that_is_changed_says_that_it_is_paused_and_what_lets_it_come_again(walk, service):
    server = walk.server
    await set_up(server)
    await service.pause_subscription(1, texts.ERROR_CHANNEL_GONE)
    await walk.begin("digest edit")
    assert "⚠️ Paused: its channel is gone. Give it another" in walk.text
    other = server.guild.create_text_channel("elsewhere")
    await walk.choose("setup-channel", other)
    await walk.click("Save")
    assert f"goes to <#{other.id}>" in walk.shown.content
    assert "`/digest resume` lets it come again" in walk.shown.content
    await server.manager.slash(server.channel, "digest resume")
    await walk.begin("digest edit")
    assert "Paused" not in walk.text


async def test_what_is_chosen_while_a_digest_is_saved_stays_chosen(walk, server, service):
    await walk.begin(channel=server.channel, zone="berlin")
    await walk.fill_times()
    saving = service.set_up_subscription

    def choose(payload):
        draft = Draft.from_json(payload)
        return replace(draft, order=replace(draft.order, style=Style.BRIEF)).to_json()

    async def save_slowly(order, *, now):
        await service.change_draft(server.id, server.manager.id, choose, now=now)
        return await saving(order, now=now)

    service.set_up_subscription = save_slowly
    await walk.click("Save")
    assert [one.style for one in service.subscriptions.values()] == [Style.CARDS]
    assert (walk.draft.order.id, walk.draft.order.style) == (1, Style.BRIEF)
    assert "Each story has a headline and a sentence" in walk.text


async def test_saving_a_digest_that_was_deleted_meanwhile_says_so(walk, service):
    await set_up(walk.server)
    await walk.begin("digest edit")
    await service.delete_subscription(walk.server.id, 1)
    pressed = await walk.click("Save")
    assert "deleted meanwhile" in pressed.followups[-1].content
    assert service.subscriptions == {}


async def test_saving_too_early_says_what_is_missing_and_the_panel_stays(walk):
    await walk.begin()
    pressed = await walk.click("Save")
    assert "Before that, choose: a channel, a time, a time zone." in pressed.followups[-1].content
    assert "has no channel yet" in walk.text
    assert "Save" in labels(walk.shown)
    assert pressed.followups[-1].ephemeral


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"times": "soon"}, "soon"),
        ({"zone": "Mars"}, "Mars"),
        ({"quiet": "at night"}, "22:00-7:00"),
        ({"stories": "26"}, "from 1 to 25"),
        ({"stories": "x"}, "from 1 to 25"),
        ({"times": "1,2,3,4,5,6,7"}, "6 times"),
    ],
    ids=str,
)
async def test_what_cannot_be_in_a_form_is_said_and_nothing_changes(walk, values, words):
    await walk.begin(time="8:00", zone="Europe/Berlin")
    before = walk.draft
    await walk.choose("setup-step", "times")
    filled = {"name": "News", "times": "9", "zone": "Berlin", "quiet": "", "stories": "8"} | values
    sent = await walk.fill("Times, zone, name", **filled)
    assert words in sent.followups[-1].content
    assert walk.draft.order == before.order


@pytest.mark.parametrize(
    "name",
    ["@everyone **<@1>**", "\u202eabc", "a\nb\tc", "'; DROP TABLE drafts; --", "👩‍👩‍👧" * 7, "discord.gg/abc", "   "],
    ids=ascii,
)
async def test_any_name_is_shown_as_it_is_and_does_nothing(walk, server, name):
    await walk.begin(channel=server.channel, time="8:00", zone="Europe/Berlin")
    await walk.choose("setup-step", "times")
    await walk.fill("Times, zone, name", name=name, times="9", zone="Berlin", quiet="", stories="8")
    await walk.click("Save")
    shown = walk.shown.content + walk.text
    assert "@everyone" not in shown
    assert "<@1>" not in shown
    assert "discord.gg/" not in shown


async def test_many_sources_are_chosen_page_by_page_and_all_at_once(walk, service, server):
    for number in range(60):
        await service.add_source(server.id, f"https://{number}.example/", now=NOW)
    await walk.begin()
    await walk.choose("setup-step", "sources")
    await walk.choose("setup-sources", "1", "2")
    await walk.click("Next 25")
    await walk.choose("setup-sources", "30", "26")
    assert walk.draft.order.source_ids == (1, 2, 26, 30)
    assert "made of 4 sources: gazette\\.example, 0\\.example" in walk.text
    await walk.click("Next 25")
    await walk.click("Next 25")
    await walk.choose("setup-sources", "2")
    assert walk.draft.order.source_ids == (26, 30, 2)
    await walk.click("All sources")
    assert walk.draft.order.source_ids == ()
    assert "all sources of this server (61)" in walk.text


async def test_a_source_that_was_removed_meanwhile_is_not_taken(walk, service, server):
    await service.add_source(server.id, "https://quay.example/", now=NOW)
    await walk.begin()
    await walk.choose("setup-step", "sources")
    await service.remove_source(server.id, 2)
    pressed = await walk.choose("setup-sources", "2")
    assert "not followed any more" in pressed.followups[-1].content
    assert walk.draft.order.source_ids == ()


# --- warnings ---


async def test_what_the_bot_lacks_in_the_channel_is_named_with_where_to_grant_it_and_saving_is_refused(walk, server):
    closed = server.guild.create_text_channel(
        "closed",
        overwrites={server.guild.default_role: discord.PermissionOverwrite(embed_links=False)},
    )
    await walk.begin(time="8", zone="berlin")
    await walk.choose("setup-channel", closed)
    assert f"In <#{closed.id}> I still need: Embed Links." in walk.text
    assert "Permissions" in walk.text
    pressed = await walk.click("Save")
    assert "Embed Links" in pressed.followups[-1].content
    assert walk.service.subscriptions == {}
    assert "Save" in labels(walk.shown)


async def test_a_role_that_may_not_be_mentioned_is_warned_of_and_one_that_may_is_not(walk, server):
    everyone = server.guild.default_role
    quiet = server.guild.create_text_channel(
        "quiet", overwrites={everyone: discord.PermissionOverwrite(mention_everyone=False)}
    )
    shut, open_ = server.guild.create_role("shut"), server.guild.create_role("open", mentionable=True)
    await walk.begin(channel=quiet)
    await walk.choose("setup-step", "more")
    await walk.choose("setup-role", open_)
    assert f"It pings <@&{open_.id}>." in walk.text
    assert "I may not ping" not in walk.text
    await walk.choose("setup-role", shut)
    assert f"I may not ping <@&{shut.id}> in <#{quiet.id}>" in walk.text
    pressed = await walk.choose("setup-role", everyone)
    assert "never pings everyone" in pressed.followups[-1].content
    await walk.choose("setup-role")
    assert "It pings nobody." in walk.text


async def test_the_look_for_threads_and_forums_is_proposed_there_alone(walk, server):
    forum = server.guild.create_forum_channel("forum")
    await walk.begin()
    await walk.choose("setup-channel", forum)
    assert "one message a story reads best" in walk.text
    await walk.choose("setup-step", "look")
    await walk.choose("setup-style", "stories")
    assert "reads best" not in walk.text
    await walk.choose("setup-step", "channel")
    await walk.choose("setup-channel", server.channel)
    assert "reads best" not in walk.text


# --- who may ---


async def test_two_managers_have_set_ups_of_their_own(walk, server, simcord_env):
    managing = server.guild.create_role("more managers", permissions=discord.Permissions(manage_guild=True))
    other = server.guild.add_member(simcord_env.create_user("other"), roles=[managing])
    await walk.begin(name="Mine")
    await other.slash(server.channel, "digest setup", name="Theirs")
    await walk.choose("setup-step", "look")
    drafts = [Draft.from_json(payload).order.name for payload, _ in walk.service.drafts.values()]
    assert sorted(drafts) == ["Mine", "Theirs"]
    assert "**Mine**" in walk.text


async def press(simcord_bot, server, by, custom_id):
    """Press a button that somebody else's set-up has, as a forged or copied message would offer it."""
    channel = simcord_bot.get_channel(server.channel.id)
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Press", custom_id=custom_id))
    view.stop()
    message = await channel.send("copied", view=view)
    return await by.click(message, label="Press")


async def test_pressed_by_somebody_else_it_is_refused_in_a_sentence(walk, server, simcord_env, simcord_bot):
    managing = server.guild.create_role("more managers", permissions=discord.Permissions(manage_guild=True))
    other = server.guild.add_member(simcord_env.create_user("other"), roles=[managing])
    await walk.begin()
    pressed = await press(simcord_bot, server, other, id_of(walk.shown, "setup-save"))
    assert "Somebody else is setting this up" in pressed.followups[-1].content


async def test_pressed_without_the_right_to_manage_it_is_refused_in_a_sentence(walk, server, simcord_bot):
    await walk.begin(channel=server.channel)
    mine = id_of(walk.shown, "setup-save").replace(str(server.manager.id), str(server.reader.id))
    pressed = await press(simcord_bot, server, server.reader, mine)
    assert "Manage Server" in pressed.followups[-1].content


async def test_an_earlier_set_up_ends_when_another_begins_and_each_after_a_day(walk, watch):
    first = await walk.begin(name="First")
    await walk.begin(name="Second")
    pressed = await walk.click("Save", on=first)
    assert "has ended" in pressed.followups[-1].content
    watch.pass_(hours=25)
    pressed = await walk.click("Next")
    assert "has ended" in pressed.followups[-1].content


async def test_a_server_has_a_sentence_at_the_limit_of_its_digests(simcord_env, walk, server, service):
    for number in range(25):
        await service.save_subscription(subscription(guild_id=server.id, name=str(number)), now=NOW)
    await walk.begin(channel=server.channel, time="8", zone="berlin")
    assert "at most 25 digests" in walk.shown.content
    assert "/digest delete" in walk.shown.content
    assert_error(simcord_env, LimitError)

"""A digest over the wire with its controls: posted, pressed, edited; the role rings once, a forum has one thread."""

import json
from dataclasses import replace

import pytest

from bot.channels import DiscordChannels, Pace
from bot.delivery import Sender
from bot.render import Message, render_digest
from bot.views.posts import controls_under
from digest.model import Digest, Period, Story, Style
from tests.bot.deliveries import Crash, DyingOutbox, FakeOutbox, delivery
from tests.bot.proofs import told_story
from tests.builders import NOW, brief
from tests.wire.limits_components import flattened
from tests.wire.nouns import Kind
from tests.wire.server import logged_in

EDITION, ROLE = 7, 4242


def payloads(*titles, style=Style.CARDS, role_id=ROLE):
    told = tuple(Story(title, (brief(title=title),)) for title in titles)
    digest = Digest("World", Period(NOW, NOW), "UTC", told, style=style, role_id=role_id)
    return [part.payload for part in render_digest(digest)]


def parts_of(channel, *written):
    return [
        delivery(n, guild_id=channel.guild_id, channel_id=channel.id, edition_id=EDITION, payload=one)
        for n, one in enumerate(written, 1)
    ]


def controls(message):
    return [one["custom_id"] for one in flattened(message.components) if "custom_id" in one]


async def post(client, watch, *parts):
    outbox = FakeOutbox(*parts)
    await Sender(outbox, DiscordChannels(client, Pace(), controls_under), watch).post_open()
    return outbox


async def test_a_post_has_its_controls_and_rings_its_role_and_nobody_else(wire, client, channel, watch):
    await post(client, watch, *parts_of(channel, *payloads("A", "B")))
    (request,) = wire.rest.sent("POST", "/messages")
    assert request.body["allowed_mentions"] == {"parse": [], "roles": [ROLE]}
    (message,) = channel.messages.values()
    assert message.content.endswith(f" · <@&{ROLE}>")
    assert controls(message) == ["or:story:7", "or:quotes:7", "or:commitments:7", "or:proof:7", "or:follow:7"]


async def test_only_the_first_part_rings(wire, client, channel, watch):
    await post(client, watch, *parts_of(channel, *payloads("A", "B", style=Style.STORIES)))
    allowed = [request.body["allowed_mentions"] for request in wire.rest.sent("POST", "/messages")]
    assert allowed == [{"parse": [], "roles": [ROLE]}, {"parse": []}, {"parse": []}]
    assert [controls(one)[0] for one in channel.messages.values()] == ["or:story:7", "or:quotes:7:1", "or:quotes:7:2"]


async def test_without_a_role_nobody_is_pinged_whatever_an_article_says(wire, client, channel, watch):
    await post(client, watch, *parts_of(channel, *payloads("<@&4242> @everyone", role_id=None)))
    (request,) = wire.rest.sent("POST", "/messages")
    assert request.body["allowed_mentions"] == {"parse": []}
    (message,) = channel.messages.values()
    assert message.pings == frozenset()


async def test_what_is_posted_again_after_a_crash_rings_no_second_time(client, channel, watch):
    outbox = FakeOutbox(*parts_of(channel, *payloads("A")))
    channels = DiscordChannels(client, Pace(), controls_under)
    with pytest.raises(Crash):
        await Sender(DyingOutbox(outbox, "finish_delivery", "before"), channels, watch).post_open()
    await Sender(outbox, channels, watch).post_open()
    assert len(channel.messages) == 1


async def test_an_edit_keeps_the_controls_of_the_edition_that_stands_there_and_rings_nobody(
    wire, client, channel, watch
):
    (first,) = parts_of(channel, *payloads("A"))
    outbox = await post(client, watch, first)
    (message,) = channel.messages.values()
    old = Message.from_json(first.payload)
    edited = replace(old, content=f"{old.content}\ncorrected", role_id=None).to_json()
    edit = delivery(
        9,
        guild_id=first.guild_id,
        channel_id=channel.id,
        edition_id=99,
        payload=edited,
        edits=outbox.rows[1].message_id,
        edits_edition=EDITION,
    )
    await post(client, watch, edit)
    assert message.content.endswith("corrected")
    assert controls(message)[0] == "or:quotes:7:1"
    (request,) = [one for one in wire.rest.requests if one.method == "PATCH"]
    assert request.body["allowed_mentions"] == {"parse": []}


async def test_an_edit_of_a_post_without_stories_leaves_its_controls_alone(client, channel, watch):
    (first,) = parts_of(channel, *payloads("A"))
    outbox = await post(client, watch, first)
    bare = {name: part for name, part in json.loads(first.payload).items() if name not in ("stories", "role")}
    edit = delivery(9, guild_id=first.guild_id, channel_id=channel.id, payload=json.dumps(bare), edition_id=99)
    await post(client, watch, replace(edit, edits=outbox.rows[1].message_id, edits_edition=EDITION))
    (message,) = channel.messages.values()
    assert controls(message)


@pytest.fixture
def forum(wire, guild):
    return wire.world.add_channel(guild, "stories", kind=Kind.FORUM)


async def test_in_a_forum_the_opening_opens_the_thread_and_a_message_a_story_follows_in_it(
    wire, guild, forum, *, channel, new_client, watch
):
    written = payloads("A", "B", style=Style.STORIES)
    async with logged_in(new_client(), wire.world.token) as client:
        outbox = await post(client, watch, *parts_of(forum, *written))
    (thread,) = [one for one in guild.channels.values() if one.parent_id == forum.id]
    assert thread.name.startswith("📰 World · Mon 23 Nov")
    assert "@" not in thread.name
    opening, *stories = thread.messages.values()
    assert opening.content.endswith(f" · <@&{ROLE}>")
    assert [message.embeds[0]["title"] for message in stories] == ["A", "B"]
    assert [controls(message)[0] for message in (opening, *stories)] == ["or:story:7", "or:quotes:7:1", "or:quotes:7:2"]
    assert outbox.rows[1].message_id == thread.id
    assert channel.messages == {}
    (request,) = wire.rest.sent("POST", "/threads")
    assert request.body["message"]["allowed_mentions"] == {"parse": [], "roles": [ROLE]}


# --- pressed, with our own bot ---


@pytest.fixture
async def member(wire, guild, our_bot):  # noqa: ARG001 -- its commands are registered
    return await wire.member(guild, "member")


async def posted(our_bot, channel, service, watch, *titles):
    service.told[channel.guild_id, EDITION] = [told_story(n) for n in range(1, len(titles) + 1)]
    outbox = FakeOutbox(*parts_of(channel, *payloads(*titles)))
    await Sender(outbox, our_bot.sender._channel, watch).post_open()
    (message,) = channel.messages.values()
    return message


async def test_the_select_and_every_button_answer_who_pressed(our_bot, channel, service, watch, member):
    message = await posted(our_bot, channel, service, watch, "A", "B")
    card = await member.choose(message, "or:story:7", "2")
    assert card.original.is_ephemeral
    assert card.original.embeds[0]["title"] == "Story 2"
    assert "or:proof:7:2" in controls(card.original)
    for custom_id, said in (("or:quotes:7", "Nobody left"), ("or:commitments:7", "inspect every ship")):
        answer = await member.press(message, custom_id)
        assert said in answer.original.embeds[0]["description"]
    assert len(channel.messages) == 1


async def test_a_proof_is_three_presses_away(our_bot, channel, service, watch, member):
    message = await posted(our_bot, channel, service, watch, "A", "B")
    which = await member.press(message, "or:proof:7")
    statements = await member.choose(which.original, "or:proof:7", "1")
    proof = await member.choose(statements.original, "or:prove:7:1", "1.1.quote.0")
    assert "**Nobody left the room happy**" in proof.original.embeds[0]["description"]
    shared = await member.press(proof.original, "or:share")
    assert not shared.original.is_ephemeral


async def test_the_menu_and_why_answer_too(our_bot, channel, service, watch, member):
    message = await posted(our_bot, channel, service, watch, "A", "B")
    service.posts[channel.guild_id, message.id] = (EDITION, payloads("A", "B")[0])
    sources = await member.use_on("Sources and proof", message, channel)
    assert [embed["title"] for embed in sources.original.embeds] == ["Story 1", "Story 2"]
    offered = await member.autocomplete("why", channel, "story", story="story 2")
    why = await member.invoke("why", channel, story=offered[0][1])
    assert "Shown in" in why.original.embeds[0]["description"]

"""With the real client: what members follow reaches them in their own channel or by a mention, once, or is paused."""

import json
from dataclasses import replace

import pytest

from bot.delivery import NONCE_WINDOW
from bot.render.follows import render_alert
from digest.model import Alert, DeliveryState, Fit, FollowKind
from tests.bot.deliveries import Crash, DyingOutbox, delivery
from tests.builders import NOW, brief
from tests.wire.faults import Status
from tests.wire.loops import hasty
from tests.wire.nouns import Kind
from tests.wire.permissions import EMBED_LINKS

PERSON = FollowKind.PERSON


@pytest.fixture
def bot(our_bot):
    return our_bot


def direct(wire, reader):
    return wire.world.direct_with(reader.member.user)


async def follow(reader, channel, service, **options):
    """Follow somebody by the command; the follow."""
    await reader.invoke("follow add", channel, what="Ilse Brandt", kind="person", **options)
    return list(service.follows.values())[-1].follow


def tell(service, *follows, server="Harbour"):
    """Let an alert of these follows be on its way."""
    one = follows[0]
    fits = tuple(Fit(it, brief(), quotes=(0,)) for it in follows)
    alert = Alert(one.guild_id, one.user_id, one.channel_id, NOW, fits)
    number = len(service.alerts.rows) + 1
    service.alerts.rows[number] = delivery(
        number,
        edition_id=number,
        guild_id=0 if one.is_direct else one.guild_id,
        channel_id=one.channel_id,
        part=1,
        payload=json.dumps(render_alert(alert, server)),
    )


async def test_what_is_followed_comes_to_the_members_own_channel_once(wire, channel, service, reader, bot):
    tell(service, await follow(reader, channel, service))
    assert await bot.alerts.post_open() == 1
    assert await bot.alerts.post_open() == 0
    greeting, told = direct(wire, reader).messages.values()
    assert "Ilse Brandt" in greeting.content
    assert "because you follow Ilse Brandt in **Harbour**" in told.content
    assert "Nobody left the room happy" in told.embeds[0]["description"]
    assert told.pings == frozenset()
    assert channel.messages == {}
    # Nothing was asked about the channel, which is no server's.
    assert [one.path for one in wire.rest.requests if one.method == "GET" and "/channels/" in one.path] == []


async def test_what_is_followed_comes_to_a_channel_with_a_mention_of_the_member_alone(channel, service, reader, bot):
    one = await follow(reader, channel, service, where="here")
    other = replace(one, id=2, words="<@5> @everyone <@&6>")
    tell(service, one, other)
    assert await bot.alerts.post_open() == 1
    (told,) = channel.messages.values()
    assert told.content.startswith(f"<@{reader.id}> 🔔")
    assert told.pings == frozenset({reader.id})
    assert "Nobody left" in told.embeds[0]["description"]


async def test_a_crash_between_post_and_finish_tells_nothing_again(wire, watch, channel, *, service, reader, bot):
    tell(service, await follow(reader, channel, service))
    outbox = service.alerts
    bot.alerts._outbox = DyingOutbox(outbox, "finish_delivery", "before")
    with pytest.raises(Crash):
        await bot.alerts.post_open()
    bot.alerts._outbox = outbox
    watch.pass_(seconds=NONCE_WINDOW.total_seconds() + 60)
    assert await bot.alerts.post_open() == 1
    assert len(direct(wire, reader).messages) == 2
    assert outbox.states() == [DeliveryState.SENT]


async def test_a_trouble_of_discords_is_waited_out(wire, watch, channel, *, service, reader, bot):
    tell(service, await follow(reader, channel, service))
    wire.faults.next("POST", "/channels/*/messages", Status(503), times=1)
    with hasty():
        await bot.alerts.post_open()
        watch.pass_(seconds=60)
        await bot.alerts.post_open()
    assert service.alerts.states() == [DeliveryState.SENT]
    assert service.alerts.paused == {}


async def test_who_takes_no_messages_is_told_which_setting_to_change_and_follows_nothing(
    wire, channel, service, reader
):
    direct(wire, reader).is_closed = True
    seen = await reader.invoke("follow add", channel, what="Ilse Brandt")
    assert seen.is_ephemeral
    assert "Privacy Settings" in seen.content
    assert "here, with a mention" in seen.content
    assert service.follows == {}


async def test_what_was_followed_before_stays_where_the_channel_was_closed_since(wire, channel, service, reader):
    await follow(reader, channel, service)
    direct(wire, reader).is_closed = True
    assert "Privacy Settings" in (await reader.invoke("follow add", channel, what="Ilse Brandt", kind="person")).content
    assert len(service.follows) == 1


async def test_what_is_told_here_stays_here_where_it_cannot_come_to_direct_messages(wire, channel, service, reader):
    here = await follow(reader, channel, service, where="here", quiet_hours="22-7")
    direct(wire, reader).is_closed = True
    assert "Privacy Settings" in (await reader.invoke("follow add", channel, what="Ilse Brandt", kind="person")).content
    assert [one.follow for one in service.follows.values()] == [here]


async def test_a_trouble_of_discords_follows_nothing_and_says_to_try_again(wire, channel, service, reader):
    wire.faults.next("POST", "/users/@me/channels", Status(500), times=5)
    with hasty():
        seen = await reader.invoke("follow add", channel, what="Ilse Brandt")
    assert "Try again" in seen.content
    assert service.follows == {}


async def test_who_closed_their_channel_since_is_told_no_more_with_the_reason(wire, channel, service, reader, bot):
    tell(service, await follow(reader, channel, service))
    tell(service, await follow(reader, channel, service))
    direct(wire, reader).is_closed = True
    await bot.alerts.post_open()
    assert ["Privacy Settings" in why for why in service.alerts.paused.values()] == [True, True]
    assert service.paused == {}  # no digest is touched
    assert len(wire.rest.sent("POST", f"/channels/{direct(wire, reader).id}/messages")) == 3


async def test_a_channel_that_is_gone_or_closed_pauses_what_is_told_there(
    wire, guild, channel, *, service, reader, bot
):
    tell(service, await follow(reader, channel, service, where="here"))
    await wire.change_channel(channel, denied=EMBED_LINKS)
    await reader.invoke("follow list", channel)  # the client knows of the change by then
    await bot.alerts.post_open()
    assert ["Embed Links" in why for why in service.alerts.paused.values()] == [True]
    gone = wire.world.add_channel(guild, "gone")
    tell(service, replace(next(iter(service.follows.values())).follow, channel_id=gone.id + 1))
    await bot.alerts.post_open()
    assert len(service.alerts.paused) == 2


async def test_what_a_member_is_told_in_an_announcement_channel_is_not_published(wire, guild, service, reader, bot):
    place = wire.world.add_channel(guild, "announcements", kind=Kind.ANNOUNCEMENT)
    await wire.regain_guild(guild)
    tell(service, await follow(reader, place, service, where="here"))
    assert await bot.alerts.post_open() == 1
    assert wire.rest.sent("POST", "/crosspost") == []


async def test_the_button_of_what_was_told_stops_it(channel, service, reader, bot):
    one = await follow(reader, channel, service, where="here")
    tell(service, one)
    await bot.alerts.post_open()
    (told,) = channel.messages.values()
    seen = await reader.press(told, f"or:follow-stop:{one.id}")
    assert seen.is_ephemeral
    assert "no more" in seen.content
    assert service.follows == {}


async def test_names_are_offered_and_a_file_is_given(wire, channel, service, reader):
    service.known = {"Ilse Brandt": PERSON}
    assert await reader.autocomplete("follow add", channel, "what", what="il") == [("Ilse Brandt", "Ilse Brandt")]
    await follow(reader, channel, service)
    assert await reader.autocomplete("follow remove", channel, "what", what="il") == [("Ilse Brandt", "1")]
    seen = await reader.invoke("follow export", channel)
    (attachment,) = seen.original.attachments
    assert attachment["filename"] == "follows.json"
    (request,) = wire.rest.sent("PATCH", "/messages/@original")[-1:]
    assert b"Ilse Brandt" in request.files[0].body

"""A digest that lost its channel: those who manage the server are told where they can be reached, once."""

from datetime import time

import pytest

from bot.admins import Admins
from bot.render.losses import render_losses
from digest.model import Subscription
from tests.wire.faults import Reset, Status
from tests.wire.permissions import SEND_MESSAGES, VIEW_CHANNEL
from tests.wire.server import logged_in

WHY = "I may not post in <#10>. Grant me there: Embed Links."


class Losses:
    def __init__(self, *lost):
        self.lost = list(lost)
        self.told = []

    async def list_lost(self):
        return tuple(one for one in self.lost if one.id not in self.told)

    async def record_told(self, subscription_ids, *, now):  # noqa: ARG002 -- the service's signature
        self.told += sorted(subscription_ids)


def lost(guild, number=1, **changes):
    values = {"name": f"News {number}", "paused_because": WHY, "id": number}
    values = {"guild_id": guild.id, **values, **changes}
    return Subscription(channel_id=10, times=(time(8),), zone="UTC", **values)


@pytest.fixture
def system(wire, guild):
    channel = wire.world.add_channel(guild, "system")
    guild.system_channel_id = channel.id
    return channel


@pytest.fixture
def updates(wire, guild):
    channel = wire.world.add_channel(guild, "updates")
    guild.updates_channel_id = channel.id
    return channel


@pytest.fixture
def told(wire, guild, watch, new_client):
    """Tells what was lost, and returns what the owner got directly."""

    async def tell(losses, times=1):
        async with logged_in(new_client(), wire.world.token) as client:
            admins = Admins(client, losses)
            for _ in range(times):
                await admins.tell_losses(watch())
                watch.pass_(minutes=1)
        return list(wire.world.direct_with(guild.members[guild.owner_id].user).messages.values())

    return tell


async def test_the_system_channel_is_told_once_what_was_lost_and_what_brings_it_back(guild, system, updates, told):
    losses = Losses(lost(guild, 1), lost(guild, 2))
    assert await told(losses, times=3) == []
    (message,) = system.messages.values()
    for words in ("News 1", "News 2", WHY, "/digest resume", "Harbour"):
        assert words in message.content
    assert (updates.messages, losses.told, message.pings) == ({}, [1, 2], frozenset())


@pytest.mark.parametrize("denied", [VIEW_CHANNEL, SEND_MESSAGES])
async def test_where_the_system_channel_is_closed_the_updates_channel_is_told(guild, system, updates, told, *, denied):
    system.denied = denied
    losses = Losses(lost(guild))
    assert await told(losses) == []
    assert (len(system.messages), len(updates.messages), losses.told) == (0, 1, [1])


async def test_where_no_channel_takes_it_the_owner_is_written_to(guild, told):
    losses = Losses(lost(guild))
    (message,) = await told(losses)
    assert WHY in message.content
    assert losses.told == [1]


async def test_a_channel_that_was_closed_unseen_is_passed_over(wire, guild, system, watch, new_client):
    losses = Losses(lost(guild))
    async with logged_in(new_client(), wire.world.token) as client:
        system.denied = SEND_MESSAGES
        await Admins(client, losses).tell_losses(watch())
    assert (system.messages, losses.told) == ({}, [1])


async def test_an_owner_who_takes_no_messages_is_not_asked_every_minute(wire, guild, told):
    wire.world.direct_with(guild.members[guild.owner_id].user).is_closed = True
    losses = Losses(lost(guild))
    assert await told(losses, times=5) == []
    assert losses.told == []
    assert len(wire.rest.sent("POST", "/messages")) == 1


@pytest.mark.parametrize("fault", [Status(503), Reset()], ids=str)
async def test_a_trouble_of_discords_is_no_reason_to_tell_somebody_else(wire, guild, system, told, *, fault):
    wire.faults.next("POST", "/channels/*/messages", fault)
    losses = Losses(lost(guild))
    assert await told(losses, times=370) == []
    assert (len(system.messages), losses.told) == (1, [1])
    assert len(wire.rest.sent("POST", "/messages")) == 2


async def test_an_answer_that_got_lost_is_not_told_again_every_minute(wire, guild, system, told):
    wire.faults.next("POST", "/channels/*/messages", Reset(after=True))
    losses = Losses(lost(guild))
    assert await told(losses, times=30) == []
    assert (len(system.messages), losses.told) == (1, [])


async def test_who_starts_again_within_minutes_of_a_lost_answer_makes_no_second_message(wire, guild, system, told):
    wire.faults.next("POST", "/channels/*/messages", Reset(after=True))
    losses = Losses(lost(guild))
    assert await told(losses) == []
    assert await told(losses) == []
    assert (len(system.messages), losses.told) == (1, [1])


async def test_a_server_that_is_out_or_was_left_is_not_told_now(wire, guild, system, told):
    gone = lost(guild, 2, guild_id=77)
    guild.is_unavailable = True
    losses = Losses(lost(guild), gone)
    assert await told(losses) == []
    assert (system.messages, losses.told) == ({}, [])
    assert wire.rest.sent("POST", "/messages") == []


def test_forty_lost_digests_fit_into_one_message(guild):
    from bot.render.limits import CONTENT, measure

    message = render_losses("Harbour", [lost(guild, number) for number in range(40)])
    assert measure(message) <= CONTENT
    assert "more" in message
    assert "/digest resume" in message

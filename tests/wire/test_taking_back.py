"""Reporting, taking back and deleting with the real client: menus, choices and forms, and edits that Discord takes."""

import json

import pytest

from bot.channels import DiscordChannels, Pace
from bot.client import OnRecordBot
from bot.delivery import Sender
from bot.render.embeds import render_digest
from bot.render.retractions import render_retraction
from bot.texts import hiding as words
from digest.editions.hidden import extracts_of
from digest.model import DeliveryState, Digest, MessageStatements, Period, Post, Story
from tests.bot.deliveries import FakeOutbox, delivery
from tests.builders import NOW, brief
from tests.wire.server import logged_in

QUOTE = extracts_of(1, brief())[2]


def payload():
    one = Story(brief().article.title, (brief(),))
    (part,) = render_digest(Digest("World", Period(NOW, NOW), "UTC", (one,)))
    return part.payload


@pytest.fixture
def bot(our_bot):
    return our_bot


@pytest.fixture
async def posted(bot, guild, channel, service):
    """The message of a digest."""
    message = await bot.get_channel(channel.id).send("digest")
    service.messages[guild.id, message.id] = MessageStatements(payload(), extracts_of(1, brief()))
    return channel.messages[message.id]


def chooser_of(seen):
    (row,) = [row for row in seen.components if "options" in row["components"][0]]
    return row["components"][0]


async def test_what_a_reader_reports_a_manager_takes_back_after_a_restart(
    wire, guild, channel, service, watch, *, reader, manager, posted, bot
):
    seen = await reader.use_on(words.REPORT, posted, channel)
    chooser = chooser_of(seen)
    asked = await reader.choose(seen.original, chooser["custom_id"], chooser["options"][2]["value"])
    done = await reader.submit(asked, note="she never said it")
    assert done.content == words.REPORTED
    listed = await manager.invoke("settings cases list", channel)
    await bot.close()
    async with logged_in(OnRecordBot(service, watch), wire.world.token):
        taken = await manager.press(listed.original, "or:case-retract:1")
        assert "Taken back: quote" in taken.content
    assert service.cases[guild.id][0].retracted_at == NOW


async def test_a_post_is_edited_without_what_was_taken_back(guild, channel, client, watch):
    told = delivery(1, guild_id=guild.id, channel_id=channel.id, payload=payload())
    outbox = FakeOutbox(told)
    sender = Sender(outbox, DiscordChannels(client, Pace()), watch)
    await sender.post_open()
    left = render_retraction([QUOTE], ())(Post(payload(), "UTC", ()))
    place = {"guild_id": guild.id, "channel_id": channel.id, "edits": outbox.rows[1].message_id}
    outbox.rows[2] = delivery(2, edition_id=2, part=1, payload=left, **place)
    await sender.post_open()
    (message,) = channel.messages.values()
    shown = json.dumps(message.embeds)
    assert "Nobody left" not in shown
    assert "took something back" in shown
    assert outbox.states() == [DeliveryState.SENT] * 2


async def test_all_of_a_server_is_deleted_under_its_name_alone(guild, channel, service, manager):
    asked = await manager.invoke("settings data-delete", channel)
    form = await manager.press(asked.original, "or:erase")
    assert "nothing was deleted" in (await manager.submit(form, name="Quay")).content
    form = await manager.press(asked.original, "or:erase")
    assert "Nothing of this server is kept" in (await manager.submit(form, name="Harbour")).content
    assert service.erased == [guild.id]

"""Follow offers who speaks and who commits in a story."""

from dataclasses import replace

import discord

from bot.controls import custom_id, layout_of
from bot.render.people import list_people
from digest.model import FollowKind
from tests.bot.proofs import evidence, told_story
from tests.builders import brief


def test_speakers_are_people_and_other_actors_are_organisations_each_once():
    told = told_story(1, evidence(1), evidence(2, brief=brief(site="The Quay")))
    assert list_people(told) == {FollowKind.PERSON: ["Ilse Brandt"], FollowKind.ORGANISATION: ["The ports"]}


async def test_the_button_offers_a_select_for_each(server, simcord_bot, service):
    service.told[server.id, 7] = [told_story(1), told_story(2)]
    channel = simcord_bot.get_channel(server.channel.id)
    button = discord.ui.Button(label="Follow", custom_id=custom_id("follow", 7))
    message = await channel.send("x", view=layout_of(button))
    which = await server.reader.click(message, label="Follow")
    result = await server.reader.select(which.response, ["2"])
    assert result.ephemeral
    shown = str(result.response.components)
    for part in ("or:follow-add:person", "Ilse Brandt", "or:follow-add:organisation", "The ports"):
        assert part in shown


async def test_a_story_that_names_nobody_says_so(server, simcord_bot, service):
    quiet = told_story(1, evidence(brief=replace(brief(), quotes=(), commitments=())))
    service.told[server.id, 7] = [quiet]
    channel = simcord_bot.get_channel(server.channel.id)
    button = discord.ui.Button(label="Follow", custom_id=custom_id("follow", 7, 1))
    message = await channel.send("x", view=layout_of(button))
    result = await server.reader.click(message, label="Follow")
    assert "names nobody" in result.response.content

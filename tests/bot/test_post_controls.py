"""The controls under a digest: they mean their edition after a restart, and no other guild's."""

import json
from dataclasses import replace

import discord
import pytest
from simcord import assert_error

from bot.client import OnRecordBot
from bot.controls import layout_of
from bot.errors import InputError
from bot.render import limits, render_digest
from bot.render.proofs import render_proof
from bot.render.statements import list_statements
from bot.render.stories import render_sources
from bot.render.under import BUTTONS
from bot.views.posts import controls_under
from bot.views.proofs import select_statement
from digest.errors import NotFoundError
from digest.model import Brief, Card, Digest, Period, QuoteKind, Span, Story, Style, Summary, Trouble
from digest.reading.sentences import first_sentences
from tests.bot.conftest import build_server
from tests.bot.deliveries import ONE_SHARD, Watch
from tests.bot.proofs import evidence, told_story
from tests.builders import NOW, brief, entry_on_record, quote

EDITION = 7


def payload(*titles):
    told = tuple(Story(title, (brief(title=title),)) for title in titles)
    (part,) = render_digest(Digest("World", Period(NOW, NOW), "UTC", told, style=Style.BRIEF))
    return json.loads(part.payload)


async def post(server, bot, *titles, edition_id=EDITION):
    channel = bot.get_channel(server.channel.id)
    return await channel.send("A digest", view=controls_under(payload(*titles), edition_id))


def remember(service, server, *stories):
    service.told[server.id, EDITION] = stories


def long_reading(number):
    text = " ".join(f"Port {number} signed rule {rule} on Sunday." for rule in range(20))
    found = first_sentences(text, len(text))[0]
    indexes = tuple(range(len(found)))
    return Brief(brief(text=text).article, found, Summary(indexes, "lead"), card=Card(indexes), read_until=len(text))


def shown(result):
    assert result.response.ephemeral
    return "\n".join([result.response.content or "", *(f"{e.title}\n{e.description}" for e in result.response.embeds)])


def test_a_message_of_several_stories_has_a_select_and_one_of_a_single_story_has_none():
    several, one = (controls_under(payload(*titles), EDITION) for titles in (("A", "B"), ("A",)))
    assert [len(view.children) for view in (several, one)] == [len(BUTTONS) + 1, len(BUTTONS)]
    assert [option.value for option in several.children[0].options] == ["1", "2"]
    assert [option.description for option in several.children[0].options] == ["Harbour Gazette"] * 2
    assert one.children[0].custom_id == "or:quotes:7:1"
    assert several.children[1].custom_id == "or:quotes:7"


def test_what_tells_no_story_has_no_controls():
    assert controls_under({"content": "due today"}, EDITION) is None


def test_more_stories_than_a_select_has_room_for_are_in_several():
    view = controls_under({"stories": [[n, f"Story {n}", "Gazette"] for n in range(1, 61)]}, EDITION)
    assert [len(item.options) for item in view.children[:3]] == [25, 25, 10]
    assert len({item.custom_id for item in view.children}) == len(view.children)


async def test_the_select_opens_the_full_card_with_what_the_post_had_no_room_for(server, simcord_bot, service):
    remember(service, server, told_story(1), told_story(2))
    message = await post(server, simcord_bot, "A", "B")
    result = await server.reader.select(message, ["2"])
    text = shown(result)
    for part in ("Story 2", "Five ports signed", "Nobody left the room happy", "inspect every ship", "Harbour Gazette"):
        assert part in text
    assert "fetched <t:" in text


async def test_controls_do_the_same_in_another_process(server, simcord_env, simcord_bot, service):
    remember(service, server, told_story(1))
    message = await post(server, simcord_bot, "A")
    await simcord_env.restart_bot(OnRecordBot(service, Watch(), shards=ONE_SHARD))
    assert "Nobody left the room happy" in shown(await server.reader.click(message, label="All quotes"))


@pytest.mark.parametrize("label", list(BUTTONS.values()))
async def test_the_edition_of_another_guild_is_not_there(server, simcord_env, simcord_bot, service, label):
    other = build_server(simcord_env, "Quay")
    remember(service, other, told_story(1))
    message = await post(server, simcord_bot, "A")
    text = shown(await server.reader.click(message, label=label))
    assert "no such thing here" in text
    assert "Story 1" not in text


async def test_all_quotes_are_whole_and_by_the_page(server, simcord_bot, service):
    words = [f"Word {n} of what was said." for n in range(12)]
    text = " ".join(words)
    quotes = tuple(replace(quote(), spans=(_span(text, one),), cue=None, speaker=None) for one in words)
    none = {"sentences": (), "commitments": (), "card": Card(), "summary": Summary((), "none")}
    remember(service, server, told_story(1, evidence(brief=replace(brief(text=text), quotes=quotes, **none))))
    message = await post(server, simcord_bot, "A")
    result = await server.reader.click(message, label="All quotes")
    assert all(one in shown(result) for one in words[:5])
    assert "Page 1 of 3" in result.response.embeds[0].footer.text
    turned = await server.reader.click(result.response, label="Next")
    assert "Page 2 of 3" in turned.response.embeds[0].footer.text
    assert words[5] in shown(turned)


def _span(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


async def test_commitments_say_how_they_stand_in_the_ledger(server, simcord_bot, service):
    service.ledger[server.id] = [entry_on_record(id=3)]
    remember(service, server, told_story(1, evidence(entry_ids=(3,))))
    message = await post(server, simcord_bot, "A")
    text = shown(await server.reader.click(message, label="Commitments"))
    assert "inspect every ship" in text
    assert "when: “from 1 March”" in text
    assert "No. 3" in text
    assert "no day is named" in text


async def test_proof_asks_which_story_then_which_statement_then_shows_the_words_in_their_paragraph(
    server, simcord_bot, service
):
    remember(service, server, told_story(1), told_story(2))
    message = await post(server, simcord_bot, "A", "B")
    asked = await server.reader.click(message, label="Proof")
    which = await server.reader.select(asked.response, ["1"])
    proved = await server.reader.select(which.response, ["1.1.quote.0"])
    text = shown(proved)
    assert "“**Nobody left the room happy**,” said Ilse Brandt" in text
    assert "right in 98.5 % of 2,755 cases" in text
    assert "still there" in text


async def test_a_statement_that_is_none_of_the_storys_is_not_proved(server, simcord_bot, service):
    remember(service, server, told_story(1))
    stranger = told_story(1, evidence(99))
    channel = simcord_bot.get_channel(server.channel.id)
    message = await channel.send("x", view=layout_of(*select_statement([stranger])))
    result = await server.reader.select(message, ["99.1.quote.0"])
    assert "not in the story any more" in shown(result)


def test_a_speaker_by_an_unmeasured_rule_is_said_to_be_one():
    odd = replace(brief(), quotes=(replace(quote(), method="turn in a dialogue", kind=QuoteKind.DIRECT),))
    (said,) = [one for one in list_statements(told_story(1, evidence(brief=odd))) if one.kind == "quote"]
    assert "two speakers take turns" in render_proof(said).embeds[0].description
    assert "not measured" in render_proof(said).embeds[0].description


GONE = brief(text="All of it was written anew, and nothing is as it was before that.")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "still there when the page was last read"),
        ({"newest": GONE}, "no longer there"),
        ({"newest": GONE, "is_newest_whole": False}, "not known"),
        ({"trouble": Trouble.REMOVED}, "the page was removed"),
        ({"trouble": Trouble.RETRACTED}, "retracted the article"),
    ],
    ids=str,
)
def test_a_proof_says_what_became_of_the_page(changes, said):
    newest = changes.pop("newest", None)
    newest = newest and replace(newest, sentences=(), quotes=(), commitments=(), card=Card(), summary=Summary((), "x"))
    (one, *_) = list_statements(told_story(1, evidence(newest=newest, **changes)))
    assert said in render_proof(one).embeds[0].description


def test_words_in_a_paragraph_too_long_to_show_stand_in_their_sentence():
    long = "x" * 3500 + ". Nobody left the room happy, she said. " + "y" * 500
    said = replace(quote(), spans=(_span(long, "Nobody left the room happy"),), speaker=None, cue=None)
    one = type(brief().sentences[0])(0, _span(long, "Nobody left the room happy, she said."))
    read = replace(brief(text=long), sentences=(one,), quotes=(said,), commitments=(), card=Card((), (0,), ()))
    read = replace(read, summary=Summary((), "none"))
    (found,) = list_statements(told_story(1, evidence(brief=read)))
    assert render_proof(found).embeds[0].description.startswith("> **Nobody left the room happy**, she said.\n")


async def ask_sources(server, message):
    return await server.reader.context_menu(server.channel, "Sources and proof", message)


async def test_the_menu_of_a_post_shows_the_articles_behind_it(server, simcord_bot, service):
    read = evidence(1, newest=brief(title="Corrected"))
    remember(service, server, told_story(1, read), told_story(2))
    message = await post(server, simcord_bot, "A")
    service.posts[server.id, message.id] = (EDITION, '{"stories": [[1, "A", "Gazette"]]}')
    result = await ask_sources(server, message)
    (embed,) = result.response.embeds
    assert embed.title == "Story 1"
    for part in ("Harbour Gazette", "https://gazette.example/ports", "published", "fetched", "version 1 of 2"):
        assert part in embed.description
    assert "changed since it was told" in embed.description
    proved = await server.reader.select(result.response, ["1.1.commitment.0"])
    assert "**inspect every ship**" in shown(proved)


async def test_every_statement_of_a_long_story_can_be_proved(server, simcord_bot, service):
    told = told_story(1, *(evidence(number, brief=long_reading(number)) for number in range(1, 5)))
    assert len(list_statements(told)) == 80
    remember(service, server, told)
    message = await post(server, simcord_bot, "A")
    asked = await server.reader.click(message, label="Proof")
    assert "more" not in shown(asked)
    selects = select_statement([told])
    assert [len(one.options) for one in selects] == [25, 25, 25, 5]
    assert len({one.custom_id for one in selects}) == len(selects)
    result = await server.reader.select(
        asked.response, [selects[-1].options[-1].value], custom_id=selects[-1].custom_id
    )
    assert "Port 4 signed rule 19 on Sunday" in shown(result)


def test_stories_whose_articles_have_no_room_are_counted():
    message = render_sources([told_story(number) for number in range(1, 26)])
    assert len(message.embeds) == limits.EMBEDS
    assert "+15" in message.content
    assert "+" not in render_sources([told_story(1)]).content


async def test_the_menu_of_a_post_of_several_stories_asks_whose_statement(server, simcord_bot, service):
    remember(service, server, told_story(1), told_story(2))
    message = await post(server, simcord_bot, "A", "B")
    service.posts[server.id, message.id] = (EDITION, "{}")
    result = await ask_sources(server, message)
    which = await server.reader.select(result.response, ["2"])
    assert "2.1.quote.0" in str(which.response.components)


async def test_the_menu_of_anybody_elses_message_says_that_it_is_none_of_ours(server):
    message = await server.reader.send(server.channel, "hello")
    assert "none of mine" in shown(await ask_sources(server, message))


async def test_the_menu_of_a_message_that_tells_no_story_says_so(server, simcord_env, simcord_bot):
    message = await post(server, simcord_bot, "A")
    assert "tells no stories" in shown(await ask_sources(server, message))
    assert_error(simcord_env, InputError)


async def test_a_post_whose_edition_was_deleted_says_so(server, simcord_env, simcord_bot, service):
    message = await post(server, simcord_bot, "A")
    service.posts[server.id, message.id] = (EDITION, "{}")
    assert "no such thing here" in shown(await ask_sources(server, message))
    assert_error(simcord_env, NotFoundError)


@pytest.mark.parametrize("args", ["", "x", "1:2:3:4", "9" * 40, "-1", "7:abc"])
async def test_an_id_that_is_none_of_ours_is_a_sentence(server, simcord_bot, args):
    channel = simcord_bot.get_channel(server.channel.id)
    button = discord.ui.Button(label="All quotes", custom_id=f"or:quotes:{args}")
    message = await channel.send("x", view=layout_of(button))
    assert "no such thing here" in shown(await server.reader.click(message, label="All quotes"))

"""Look-ups with their buttons over the wire: pages turn, articles open, days and files come, to their member alone."""

from dataclasses import replace

import pytest

from digest.model import ArticleHit, ArticleRecord, IssuedDigest
from tests.builders import NOW, brief, entry_on_record, quote, subscription

URL = "https://gazette.example/ports"


@pytest.fixture
def bot(our_bot):
    return our_bot


def payload(text):
    return f'{{"content": "{text}", "embeds": [{{"title": "Ports agree", "url": "{URL}"}}]}}'


async def test_pages_turn_and_an_article_opens(channel, service, reader):
    service.hits["articles"] = [ArticleHit(one, f"Part {one}", URL, "Gazette", NOW, "Lead.") for one in range(1, 8)]
    read = replace(brief(), quotes=(quote(),) * 7)
    service.records[channel.guild_id] = [ArticleRecord(6, read, NOW, NOW, entries=(entry_on_record(),))]
    seen = await reader.invoke("article search", channel, words="a:b")
    turned = await reader.press(seen.original, "or:page:a:2:a:b", wait=False)
    await turned.until(lambda _: seen.original.embeds[0]["footer"]["text"] == "Results 6 to 7")
    opened = await reader.choose(seen.original, "or:article", "6")
    assert opened.is_ephemeral
    assert opened.embeds[0]["title"] == "Five ports agree on a common rule"
    quotes = await reader.press(opened.original, "or:page:aq:0:6")
    assert quotes.embeds[0]["description"].count("Nobody left") == 5
    assert (quotes.is_ephemeral, channel.messages) == (True, {})


async def test_a_day_is_shown_in_all_its_messages_and_given_as_a_file(wire, channel, service, reader):
    texts = ("**News**", "part two")
    service.issued[channel.guild_id] = [
        IssuedDigest(3, subscription(), NOW.date(), NOW, channel.id, tuple(map(payload, texts)), 99)
    ]
    seen = await reader.invoke("today", channel)
    await seen.until(lambda one: len(one.messages) > 1)
    assert [message.content for message in seen.messages] == list(texts)
    given = await reader.press(seen.original, "or:edition-page:3")
    (attachment,) = given.original.attachments
    assert attachment["filename"] == "digest-2026-11-23-3.html"
    assert channel.messages == {}
    assert wire.rest.sent("PATCH", "/messages/@original")

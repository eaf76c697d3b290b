"""What a guild takes back or hides is in no proof either, and in nothing that `/why` says."""

from datetime import time, timedelta

import pytest

from bot.render.embeds import render_digest
from bot.render.proofs import render_proof
from bot.render.retractions import render_retraction
from bot.render.statements import list_statements
from digest.model import Case, Filters, Statement, StatementKind
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import FEED, Newsroom, story
from tests.digest.store.shelves import shelve

HOUR = timedelta(hours=1)
QUOTE = Statement(1, StatementKind.QUOTE, "Nobody left the room happy")
LINE = Statement(1, StatementKind.SENTENCE, "Five ports signed the rule on Sunday.")


@pytest.fixture
async def newsroom(store):
    newsroom = await Newsroom.reporting(store, story(1))
    await newsroom.service.add_source(2, FEED, now=NOW)
    return newsroom


@pytest.fixture
async def edition(newsroom):
    daily = await newsroom.service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)
    return await newsroom.service.issue_now(1, daily.id, now=NOW, render=render_digest)


async def take_back(newsroom, statement):
    case = Case(statement, 7, "Ada", NOW, "wrong")
    await newsroom.service.retract(1, case, now=NOW + HOUR, render=render_retraction)


async def suppress(newsroom, name):
    await newsroom.service.suppress_name(1, name, now=NOW + HOUR, render=render_retraction)


async def proofs(newsroom, edition):
    (told,) = await newsroom.service.list_stories(1, edition.id)
    return [render_proof(one).embeds[0].description for one in list_statements(told)]


@pytest.mark.parametrize("statement", [QUOTE, LINE], ids=str)
async def test_what_was_taken_back_does_not_stand_around_the_proof_of_something_else(newsroom, edition, statement):
    assert any(statement.words in proof for proof in await proofs(newsroom, edition))
    await take_back(newsroom, statement)
    shown = await proofs(newsroom, edition)
    assert shown
    assert not [proof for proof in shown if statement.words in proof]


async def test_a_hidden_name_does_not_stand_around_a_proof(newsroom, edition):
    assert any("Brandt" in proof for proof in await proofs(newsroom, edition))
    await suppress(newsroom, "Ilse Brandt")
    shown = await proofs(newsroom, edition)
    assert shown
    assert not [proof for proof in shown if "Brandt" in proof]


async def test_what_is_hidden_is_not_explained(newsroom):
    for asked in (LINE.words, "Nobody left the room happy"):
        assert await newsroom.service.explain_sentence(1, 1, asked)
    await take_back(newsroom, LINE)
    await suppress(newsroom, "Ilse Brandt")
    for asked in (LINE.words, "Nobody left the room happy"):
        assert await newsroom.service.explain_sentence(1, 1, asked) is None
        assert await newsroom.service.explain_sentence(2, 1, asked)


@pytest.mark.parametrize("filters", [Filters(), Filters(without=("story",))])
async def test_what_has_a_hidden_name_in_its_headline_is_traced_no_more(newsroom, filters):
    await newsroom.service.set_filters(1, 1, filters)
    assert await newsroom.service.trace(1, "story 1")
    await suppress(newsroom, "Story 1")
    assert await newsroom.service.trace(1, "story 1") == ()
    assert await newsroom.service.trace(2, "story 1")


async def test_what_has_a_hidden_name_in_its_headline_is_traced_no_more_once_it_was_told(newsroom, edition):
    assert edition
    await suppress(newsroom, "Story 1")
    assert await newsroom.service.trace(1, "story 1") == ()


async def test_of_a_story_whose_headline_is_hidden_by_now_nothing_is_traced(newsroom, store, edition):
    assert edition
    assert await shelve(store, 1, now=NOW + HOUR, url=story(1).url, title="Another headline") == 1
    assert await newsroom.service.trace(1, "another headline")
    await suppress(newsroom, "Story 1")
    assert await newsroom.service.trace(1, "another headline") == ()

"""`/why` says what became of a story or a sentence, with the numbers."""

from dataclasses import replace

import pytest
from simcord import assert_error

from bot.errors import InputError
from bot.render.limits import fits
from bot.render.why import render_why, show_sentence
from digest.errors import NotFoundError
from digest.model import (
    Failure,
    FailureKind,
    Fate,
    Outcome,
    SentenceFitness,
    SentencePlace,
    SentenceReason,
    Traced,
)
from tests.bot.conftest import build_server
from tests.bot.proofs import evidence, told_story
from tests.builders import NOW, brief
from tests.hostile import ATTACKS

REASON = SentenceReason(
    words="Five ports signed the rule on Sunday.",
    number=1,
    sentences=3,
    place=SentencePlace.CARD,
    fitness=SentenceFitness.ALONE,
    rank=1,
    weighed=3,
    weight=(("position", 0.6), ("centrality", 0.1)),
    least_chosen=0.5,
)


def shown(result):
    assert result.ephemeral
    return "\n".join([result.response.content or "", *(f"{e.title}\n{e.description}" for e in result.response.embeds)])


async def ask(server, story, **options):
    return await server.reader.slash(server.channel, "why", story=story, **options)


async def test_a_story_that_was_shown_says_in_which_digest_and_by_which_weight(server, service):
    service.told[server.id, 7] = [told_story(1, shown=3)]
    text = shown(await ask(server, "7:1"))
    for part in ("Shown in **World** of <t:", "story 1 of 3", "It weighed **1.50**", "+1.00: how many outlets tell it"):
        assert part in text


async def test_a_story_over_the_cap_says_what_the_last_that_was_shown_weighed(server, service):
    service.told[server.id, 7] = [told_story(4, outcome=Outcome.OVER_CAP, shown=3, least_shown=2.25)]
    text = shown(await ask(server, "7:4"))
    assert "3 stories were shown there" in text
    assert "It weighed **1.50**, the last story shown **2.25**" in text


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_its_sentence(outcome):
    (embed,) = render_why([told_story(1, outcome=outcome)]).embeds
    assert "**World**" in embed.description


@pytest.mark.parametrize("fate", list(Fate))
def test_every_fate_has_its_sentence(fate):
    failure = Failure("x", FailureKind.FORBIDDEN, 403)
    traced = Traced("A title", "https://gazette.example/1", "Gazette", NOW, fate, failure, NOW, "World", NOW)
    (embed,) = render_why([traced]).embeds
    assert "listed by Gazette" in embed.description
    assert ("HTTP 403" in embed.description) == (fate is Fate.FAILED)


async def test_the_headlines_of_the_last_editions_are_offered_with_what_became_of_them(server, service):
    service.told[server.id, 7] = [told_story(1), told_story(2, outcome=Outcome.OVER_CAP)]
    offered = await server.reader.autocomplete(server.channel, "why", "story", "story")
    assert [(one["name"], one["value"]) for one in offered] == [
        ("shown · Story 1", "7:1"),
        ("over the cap · Story 2", "7:2"),
    ]


async def test_another_guilds_story_is_not_there(server, simcord_env, service):
    other = build_server(simcord_env, "Quay")
    service.told[other.id, 7] = [told_story(1)]
    text = shown(await ask(server, "7:1"))
    assert "no such thing here" in text
    assert "Story 1" not in text
    offered = await server.reader.autocomplete(server.channel, "why", "story", "")
    assert offered == []
    assert_error(simcord_env, NotFoundError)


async def test_what_nobody_knows_of_is_said_to_be_unknown(server, simcord_env):
    assert "I know nothing of “ports”" in shown(await ask(server, "ports"))
    assert_error(simcord_env, InputError)


async def test_a_page_that_failed_says_why_and_when_it_is_tried_again(server, service):
    failed = Traced("A", "https://a.example/1", "Gazette", NOW, Fate.FAILED, Failure("A", FailureKind.BUSY, 429), NOW)
    service.traces[server.id, "https://a.example/1"] = [failed]
    text = shown(await ask(server, "https://a.example/1"))
    assert "HTTP 429" in text
    assert "tried again <t:" in text


async def test_a_sentence_says_where_it_stands_and_what_it_weighs(server, service):
    service.told[server.id, 7] = [told_story(1)]
    service.reasons[server.id, 1] = REASON
    text = shown(await ask(server, "7:1", sentence="Five ports"))
    for part in ("“Five ports signed", "Sentence 1 of 3", "on the card", "**0.70**, place 1 of 3", "+0.60: how early"):
        assert part in text
    assert "No sentence of its articles" in shown(await ask(server, "7:1", sentence="Six ports"))


async def test_a_sentence_of_an_article_whose_text_expired_is_said_to_be_gone(server, service):
    service.told[server.id, 7] = [told_story(1)]
    assert "not kept any more" in shown(await ask(server, "7:1", sentence="Five ports"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"place": SentencePlace.SUMMARY}, "three sentences at most"),
        ({"place": SentencePlace.SUMMARY, "fitness": SentenceFitness.AFTER}, "leans on the sentence before"),
        ({"fitness": SentenceFitness.NEVER, "rank": None}, "cannot stand on a card"),
        ({"rank": None}, "too far down"),
        ({"least_chosen": 0.9}, "others weigh more"),
        ({"said": 0.5}, "50 % of its telling words"),
        ({"fitness": SentenceFitness.AFTER}, "leans on the sentence before it, which is not shown"),
        ({}, "no room"),
    ],
    ids=str,
)
def test_a_sentence_that_is_not_shown_says_why(changes, said):
    reason = replace(REASON, **({"place": SentencePlace.OUT} | changes))
    assert said in show_sentence(reason).description


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_no_word_of_others_works_and_everything_fits(attack):
    long = attack * 300
    behind = [evidence(n, brief=brief(title=long, site=long)) for n in range(1, 9)]
    told = told_story(1, *behind, headline=long, digest=long)
    traced = Traced(long, long, long, NOW, Fate.WAITING)
    message = render_why([told, traced] * 5, show_sentence(replace(REASON, words=long)))
    assert fits(message)

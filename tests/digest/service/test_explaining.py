"""Why something is in a digest or not: by headline, by words, by address, with what became of it."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from digest.errors import NotFoundError, RefusedError
from digest.model import EditionStory, FailureKind, Fate, Filters, Outcome, SentenceReason, Traced
from digest.store import articles
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, story

DAY = timedelta(days=1)


@pytest.fixture
async def newsroom(store):
    return await Newsroom.reporting(store, story(1), story(2), story(3))


async def order(newsroom, **changes):
    wanted = subscription(**({"times": (time(9),), "zone": "UTC", "name": "World"} | changes))
    return await newsroom.service.save_subscription(wanted, now=NOW)


async def issue(newsroom, **changes):
    daily = await order(newsroom, **changes)
    return await newsroom.service.issue_now(1, daily.id, now=NOW, render=print_urls)


async def test_what_the_last_editions_considered_is_offered_shown_or_not(newsroom):
    edition = await issue(newsroom, max_stories=2)
    found = await newsroom.service.suggest_considered(1, "")
    assert [(one.edition_id, one.number, one.outcome) for one in found] == [
        (edition.id, 1, Outcome.SHOWN),
        (edition.id, 2, Outcome.SHOWN),
        (edition.id, 3, Outcome.OVER_CAP),
    ]
    assert [one.headline for one in await newsroom.service.suggest_considered(1, "STORY 2")] == ["Story 2"]
    assert await newsroom.service.suggest_considered(2, "") == ()
    assert len(await newsroom.service.suggest_considered(1, "", limit=1)) == 1


async def test_to_type_on_asks_the_store_no_more(newsroom, monkeypatch):
    await issue(newsroom)
    assert len(await newsroom.service.suggest_considered(1, "s")) == 3
    monkeypatch.delattr(type(newsroom.service._tools.store), "reading")
    assert len(await newsroom.service.suggest_considered(1, "story 2")) == 1


@pytest.mark.parametrize("asked", [story(3).url, "story 3", " Story  3 "])
async def test_a_story_is_found_by_its_address_and_by_its_words(newsroom, asked):
    edition = await issue(newsroom)
    (found,) = await newsroom.service.trace(1, asked)
    assert isinstance(found, EditionStory)
    assert (found.edition_id, found.headline, found.digest) == (edition.id, "Story 3", "World")
    assert found == await newsroom.service.get_edition_story(1, edition.id, found.number)
    assert await newsroom.service.trace(2, asked) == ()


async def fate(newsroom, asked):
    (found,) = await newsroom.service.trace(1, asked)
    assert isinstance(found, Traced)
    return found.fate


async def test_what_no_edition_took_yet_is_waiting(newsroom):
    assert await fate(newsroom, story(1).url) is Fate.WAITING


async def test_what_the_filters_keep_out_is_said_to_be_filtered(newsroom):
    await newsroom.service.set_filters(1, 1, Filters(without=("story 2",)))
    assert await fate(newsroom, story(2).url) is Fate.FILTERED
    await issue(newsroom)
    assert await fate(newsroom, story(2).url) is Fate.FILTERED
    await newsroom.service.set_filters(1, 1, Filters())
    found = (await newsroom.service.trace(1, story(2).url))[0]
    assert (found.fate, found.digest, found.composed_at) == (Fate.PASSED, "World", NOW)


async def test_a_page_that_failed_is_said_to_have_failed_and_when_it_is_tried_again(newsroom):
    broken = story(4)
    newsroom.web.answers[broken.url] = RefusedError(broken.url, "no", status=403)
    newsroom.publish(broken)
    await newsroom.service.refresh_due(now=NOW + DAY)
    (found,) = await newsroom.service.trace(1, broken.url)
    assert (found.fate, found.failure.kind, found.failure.status) == (Fate.FAILED, FailureKind.FORBIDDEN, 403)
    assert (found.title, found.source) == ("Story 4", "Harbour Gazette")


async def test_what_is_listed_and_not_read_yet_is_unread(newsroom):
    newsroom.publish(story(5))
    await newsroom.service.refresh_sources(now=NOW + DAY)
    assert await fate(newsroom, "story 5") is Fate.UNREAD


async def test_what_is_no_longer_followed_is_not_told_of(newsroom):
    edition = await issue(newsroom)
    await newsroom.service.remove_source(1, 1)
    assert await newsroom.service.trace(1, story(1).url) == ()
    for ask in (newsroom.service.list_stories(1, edition.id), newsroom.service.get_edition_story(1, edition.id, 1)):
        with pytest.raises(NotFoundError):
            await ask


@pytest.mark.parametrize(
    "asked",
    ["", "   ", "'; DROP TABLE entries; --", "%", "_" * 300, "https://", "\u202eabc", "👩‍👩" * 20, 'NEAR("x"'],
)
async def test_anything_can_be_asked_for(newsroom, asked):
    assert await newsroom.service.trace(1, asked) == ()


async def test_a_sentence_is_explained_of_the_guilds_own_articles_only(newsroom):
    reason = await newsroom.service.explain_sentence(1, 1, "five ports signed the rule")
    assert isinstance(reason, SentenceReason)
    assert (reason.number, reason.sentences, reason.words) == (1, 3, "Five ports signed the rule on Sunday.")
    assert await newsroom.service.explain_sentence(1, 1, "words of nobody at all") is None
    with pytest.raises(NotFoundError):
        await newsroom.service.explain_sentence(2, 1, "five ports")


async def test_of_a_text_that_expired_no_sentence_is_weighed_again(newsroom, store):
    async with store.writing() as db:
        versions = await articles.list_expiring(db, before=NOW + DAY, limit=9)
        await articles.expire_text(db, dict.fromkeys(versions, "x" * 200), now=NOW)
    with pytest.raises(NotFoundError):
        await newsroom.service.explain_sentence(1, 1, "five ports")


async def test_an_article_older_than_the_servers_following_is_said_to_be_old(newsroom):
    old = replace(story(6), published_at=NOW - 9 * DAY)
    newsroom.publish(old, feed=FEED)
    await newsroom.service.refresh_due(now=NOW + DAY)
    assert await fate(newsroom, old.url) is Fate.OLD

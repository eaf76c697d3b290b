"""What stands behind a told story: the version that was told, what became of the page, and only for its own guild."""

from datetime import timedelta

import pytest

from digest.errors import NotFoundError
from digest.model import Choice, EditionKind, Outcome, Period, Trouble
from digest.store import articles, deliveries, editions, evidence, sources, subscriptions, told
from tests.builders import NOW, brief
from tests.digest.store.shelves import follow, issue, shelve, subscribe

PERIOD = Period(NOW - timedelta(days=1), NOW)
HOUR = timedelta(hours=1)
WEIGHT = ("outlets", 0.5)


def url(number):
    return f"https://gazette.example/{number}"


async def tell(store, *choices, source_id=None):
    """An edition of guild 1 whose stories are these lists of numbers of articles, shown but for what says otherwise."""
    source_id = source_id or await follow(store)
    numbers = sorted({number for numbers, _ in choices for number in numbers})
    ids = {number: await shelve(store, source_id, url=url(number), now=NOW - HOUR) for number in numbers}
    order = await subscribe(store)
    edition = await issue(store, order, PERIOD, article_ids=list(ids.values()), payloads=("one", "two"))
    made = [
        Choice(f"Story {numbers}", tuple(map(url, numbers)), outcome, NOW, (WEIGHT, ("recency", 1.0 - place)))
        for place, (numbers, outcome) in enumerate(choices)
    ]
    async with store.writing() as db:
        await told.add_choices(db, edition, made, {url(number): id_ for number, id_ in ids.items()})
    return edition


async def stories(store, edition, guild_id=1, number=None):
    async with store.reading() as db:
        return await evidence.list_stories(db, edition.id, guild_id=guild_id, number=number)


async def test_an_edition_shows_its_stories_in_their_order_with_their_articles(store):
    edition = await tell(store, ([2, 1], Outcome.SHOWN), ([3], Outcome.SHOWN), ([4], Outcome.OVER_CAP))
    first, second = await stories(store, edition)
    assert [one.brief.article.url for one in first.evidence] == [url(2), url(1)]
    assert (first.number, second.number, first.shown, first.least_shown) == (1, 2, 2, 0.5)
    assert (first.digest, first.zone, first.outcome) == ("News", "Europe/Berlin", Outcome.SHOWN)
    (behind,) = second.evidence
    assert (behind.version, behind.versions, behind.fetched_at, behind.newest) == (1, 1, NOW - HOUR, behind.brief)
    assert len(behind.entry_ids) == 1


async def test_a_story_that_was_not_shown_is_there_by_its_number(store):
    edition = await tell(store, ([1], Outcome.SHOWN), ([2], Outcome.OVER_CAP))
    (story,) = await stories(store, edition, number=2)
    assert (story.outcome, story.headline) == (Outcome.OVER_CAP, "Story [2]")
    with pytest.raises(NotFoundError):
        await stories(store, edition, number=3)


async def test_what_was_told_stays_what_it_was_when_the_article_changes(store):
    source_id = await follow(store)
    edition = await tell(store, ([1], Outcome.SHOWN), source_id=source_id)
    await shelve(store, source_id, kept=brief(url=url(1), title="Corrected"), now=NOW + HOUR)
    async with store.writing() as db:
        await articles.set_trouble(db, 1, Trouble.RETRACTED, now=NOW + HOUR)
    ((one,),) = [story.evidence for story in await stories(store, edition)]
    assert one.brief.article.title != "Corrected"
    assert (one.version, one.newest.article.title, one.versions) == (1, "Corrected", 2)
    assert (one.changed_at, one.checked_at, one.trouble) == (NOW + HOUR, NOW + HOUR, Trouble.RETRACTED)


async def test_of_a_newest_version_that_expired_it_is_said(store):
    edition = await tell(store, ([1], Outcome.SHOWN))
    async with store.writing() as db:
        (version,) = await articles.list_expiring(db, before=NOW, limit=5)
        await articles.expire_text(db, {version: "x"}, now=NOW)
    ((one,),) = [story.evidence for story in await stories(store, edition)]
    assert not one.is_newest_whole


async def test_another_guild_has_no_such_edition(store):
    await follow(store, guild_id=2)
    edition = await tell(store, ([1], Outcome.SHOWN))
    for number in (None, 1):
        with pytest.raises(NotFoundError):
            await stories(store, edition, guild_id=2, number=number)


async def test_what_no_followed_source_brings_any_more_is_not_shown(store):
    source_id = await follow(store)
    edition = await tell(store, ([1], Outcome.SHOWN), source_id=source_id)
    async with store.writing() as db:
        await sources.unfollow_source(db, 1, source_id)
    (story,) = await stories(store, edition)
    assert story.evidence == ()


async def test_a_message_leads_to_its_edition_and_what_stands_there_now(store):
    edition = await tell(store, ([1], Outcome.SHOWN))
    first, second = edition.deliveries
    await post(store, first, 500)
    await post(store, second, 501)
    assert await find(store, 501) == (edition.id, "two")
    assert await find(store, 501, guild_id=2) is None
    assert await find(store, 999) is None
    corrected = await follow_up(store, edition, "new", kind=EditionKind.CORRECTION, edits=[second.id])
    assert corrected.edits_edition == edition.id
    assert await find(store, 501) == (edition.id, "two")  # not yet there
    await post(store, corrected, 501)
    assert await find(store, 501) == (edition.id, "new")
    assert await find(store, 500) == (edition.id, "one")


async def test_an_answer_to_a_post_leads_to_the_edition_of_that(store):
    edition = await tell(store, ([1], Outcome.SHOWN))
    await post(store, edition.deliveries[0], 500)
    reminder = await follow_up(store, edition, "due", kind=EditionKind.REMINDER, answers=[edition.deliveries[0].id])
    await post(store, reminder, 600)
    assert await find(store, 600) == (edition.id, "due")


async def test_what_was_considered_is_listed_by_edition_the_newest_first(store):
    edition = await tell(store, ([1], Outcome.SHOWN), ([2], Outcome.OVER_CAP))
    async with store.reading() as db:
        found = await evidence.list_considered(db, 1, editions_back=5)
        assert await evidence.list_considered(db, 2, editions_back=5) == ()
        assert await evidence.list_considered(db, 1, editions_back=0) == ()
    assert [(one.edition_id, one.number, one.headline) for one in found] == [
        (edition.id, 1, "Story [1]"),
        (edition.id, 2, "Story [2]"),
    ]


async def follow_up(store, edition, payload, *, kind, answers=(), edits=()):
    async with store.writing() as db:
        order = await evidence_order(db, edition)
        made = await editions.add_edition(
            db, order, None, PERIOD, composed_at=NOW, payloads=[payload], answers=answers, edits=edits, kind=kind
        )
    return made.deliveries[0]


async def evidence_order(db, edition):
    return (await subscriptions.get_order(db, edition.subscription_id, guild_id=1)).subscription


async def post(store, part, message_id):
    async with store.writing() as db:
        await deliveries.begin_delivery(db, part.id, now=NOW)
        await deliveries.finish_delivery(db, part.id, message_id, now=NOW)


async def find(store, message_id, guild_id=1):
    async with store.reading() as db:
        return await evidence.find_post(db, guild_id, message_id)

"""The seeds' strike over several digests: what the channel was shown is not shown again, and why is on record."""

from datetime import timedelta

import pytest

from digest.model import Outcome
from digest.reading.brief import read_page
from digest.store import told
from tests.digest.service.newsroom import print_urls
from tests.digest.service.test_week import Week, at
from tests.gold.corpus import read


class StrikeWeek(Week):
    """The week with the articles as they are read, and the digests as they are composed."""

    def __init__(self, store):
        super().__init__(store)
        self.digests = []

    async def think(self, function, *args, timeout=None):  # noqa: ARG002, ASYNC109 -- the form of a ReadingPool
        return read(self.names[args[0].url]) if function is read_page else function(*args)

    async def issue(self, now):
        """Issue what is due now, and return the edition."""
        self.now = now
        await self.read_news()
        (edition,) = await self.service.issue_due(now=now, render=self._keep)
        return edition

    def _keep(self, digest):
        self.digests.append(digest)
        return print_urls(digest)


@pytest.fixture
async def week(store):
    week = StrikeWeek(store)
    await week.begin()
    return week


def shown(story):
    lead = story.briefs[0]
    return {lead.words(lead.sentences[index].span) for index in lead.card.sentences}


async def test_a_story_goes_on_from_digest_to_digest_and_repeats_nothing(week, store):
    first = await week.issue(at(5, 8))
    second = await week.issue(at(8, 8))
    begun, later_on = (digest.stories for digest in week.digests)
    (gone_on,) = [story for story in later_on if story.day > 1]
    assert {story.day for story in begun} == {1}
    assert gone_on.day == 4
    assert shown(gone_on)
    assert not shown(gone_on) & set().union(*map(shown, begun))
    async with store.reading() as db:
        before = await told.list_choices(db, first.id, guild_id=1)
        after = await told.list_choices(db, second.id, guild_id=1)
    (kept,) = [choice for choice in after if choice.headline == gone_on.headline]
    assert (kept.outcome, kept.began_at) == (Outcome.SHOWN, at(5, 8))
    assert {choice.began_at for choice in before} == {at(5, 8)}
    assert [name for name, _ in kept.weight] == ["outlets", "recency", "commitments", "quotes", "keywords", "less"]


async def test_a_preview_of_a_story_that_goes_on_shows_what_the_digest_would(week):
    await week.issue(at(5, 8))
    week.now = at(8, 7, 59)
    await week.read_news()
    (order,) = await week.service.list_subscriptions(1)
    composed = await week.service.preview_digest(1, order, now=week.now + timedelta(seconds=30))
    assert [story.day for story in composed.stories if story.day > 1] == [4]

"""What roles leave behind is counted: a message that goes, an edition that is forgotten, an article left untold."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import delete, func, select, update

from bench._news_server import NewsServer, Outlet
from bench._role_set import ScaledSet, _settle_guild, now, subscribed
from bench._scaled_account import take_account
from bot.render.embeds import render_digest
from bot.rounds import alert_renderer
from digest import Service, Store
from digest.editions.stories import group_briefs
from digest.model import Page
from digest.reading.brief import read_page
from digest.store.schema import claims, deliveries, editions, sources, subscriptions, told_stories
from tests.fakes import FakeFetcher, think
from tests.wire.world import World

_PRINTED = 2  # by each outlet
_SLOT_EVERY = timedelta(minutes=2)
_MUST_BE_NONE = (
    *("articles lost", "articles stored twice", "slots doubled", "slots missed", "subscriptions paused"),
    *("parts doubled", "parts missed", "parts out of order", "parts not on record"),
    *("alerts doubled", "alerts missed", "alerts out of order", "alerts not on record"),
    *("articles neither shown nor left out for a reason", "articles in no edition of a channel"),
    *("articles of others in a channel", "articles twice in a channel", "articles not told to followers"),
)


def print_articles(outlets, number):
    for outlet in outlets:
        for _ in range(number):
            outlet.print_one()


def pages_of(outlets):
    """What stands on the web: each outlet's feed and articles."""
    answers = {}
    for one in outlets:
        answers[one.feed_url] = Page(one.feed_url, one.feed().encode(), "application/rss+xml")
        for number, _ in enumerate(one.printed):
            answers[one.page_url(number)] = Page(one.page_url(number), one.page(number).encode(), "text/html")
    return answers


class Told:
    """A scaled set whose roles have done their work: each article is read, and told in each channel that reads it."""

    def __init__(self, url, store):
        self.store, self.now = store, now()
        news, wire = NewsServer(), SimpleNamespace(world=World(lambda: self.now))
        news.outlets = [Outlet(f"Gazette {number}", f"https://gazette-{number}.example") for number in range(6)]
        self.whole = ScaledSet(None, url, None, wire, news, {}, self.now, _SLOT_EVERY)

    @property
    def channel(self):
        return self.whole.channels[0]

    @property
    def editions(self):
        """The editions of the first channel."""
        of = editions.c.subscription_id == subscriptions.c.id
        return select(editions.c.id).where(of, subscriptions.c.channel_id == self.channel.id)

    @property
    def wanted(self):
        return _PRINTED * sum(len(subscribed(self.whole, place)) for place, _ in enumerate(self.whole.channels))

    async def work(self):
        whole, web = self.whole, FakeFetcher()
        print_articles(whole.news.outlets, _PRINTED)
        web.answers = pages_of(whole.news.outlets)
        service = Service(self.store, web, think)
        await _settle_guild(whole, service, self.store, 0)
        await _settle_guild(whole, service, self.store, 1)
        await self.change(update(sources).values(next_refresh_at=self.now))
        self.now += whole.slot_every
        await service.refresh_due(now=self.now)
        await service.issue_due(now=self.now, render=render_digest)
        await service.alert_followers(now=self.now, render=alert_renderer())
        await self._post(service)
        await self._post(service.alerts)
        self.now += whole.slot_every
        await service.issue_due(now=self.now, render=render_digest)  # nothing is new, and the slots are on record

    async def _post(self, outbox):
        channels = {one.id: one for one in (*self.whole.channels, *self.whole.alert_channels)}
        for part in await outbox.open_deliveries(now=self.now):
            body = json.loads(part.payload) | {"nonce": part.nonce, "enforce_nonce": True}
            message = self.whole.wire.world.create_message(channels[part.channel_id].id, body)
            await outbox.begin_delivery(part.id, now=self.now)
            await outbox.finish_delivery(part.id, message.id, now=self.now)

    async def untell(self):
        """Let the first channel's messages and parts never have been there."""
        self.channel.messages.clear()
        await self.change(delete(deliveries).where(deliveries.c.channel_id == self.channel.id))

    async def change(self, statement):
        async with self.store.writing() as db:
            await db.execute(statement)

    async def count(self):
        """Return the figures, and of those that must be 0 the ones that are not."""
        figures = await take_account(self.whole)
        return figures, {name: figures[name] for name in _MUST_BE_NONE if figures[name]}


@pytest.fixture
async def told(databases):
    async with databases.database() as url, await Store.open(url) as store:
        one = Told(url, store)
        await one.work()
        yield one


def stories_in(channel):
    """How many stories the channel's messages tell."""
    return sum("url" in embed for message in channel.messages.values() for embed in message.embeds)


async def test_what_is_told_in_its_channels_is_shown_and_nothing_is_wrong(told):
    figures, wrong = await told.count()
    assert wrong == {}
    assert figures["articles for channels"] == figures["articles shown"] == told.wanted
    assert figures["slots"] == figures["slots with an edition"] == 2 * len(told.whole.channels)


async def test_a_message_that_is_not_in_its_channel_takes_its_articles_with_it(told):
    stories = stories_in(told.channel)
    told.channel.messages.clear()
    figures, wrong = await told.count()
    assert wrong["articles neither shown nor left out for a reason"] == stories == 3 * _PRINTED
    assert wrong["parts missed"] >= 1
    assert figures["articles shown"] == told.wanted - stories


async def test_a_message_in_another_channel_shows_nothing_in_its_own(told):
    there = told.whole.channels[3]  # the same outlets, of another server
    there.messages |= told.channel.messages
    told.channel.messages.clear()
    _, wrong = await told.count()
    assert wrong["articles neither shown nor left out for a reason"] == 3 * _PRINTED
    assert wrong["articles twice in a channel"] == 3 * _PRINTED


async def test_an_edition_that_is_gone_is_a_missed_slot_and_its_articles_are_in_none(told):
    first = select(func.min(editions.c.id)).where(editions.c.id.in_(told.editions)).scalar_subquery()
    await told.change(delete(editions).where(editions.c.id == first))
    _, wrong = await told.count()
    assert wrong["articles in no edition of a channel"] == 3 * _PRINTED
    assert wrong["articles neither shown nor left out for a reason"] == 3 * _PRINTED
    assert wrong["slots missed"] == 1
    assert wrong["parts doubled"] >= 1  # messages that belong to nothing


async def test_a_slot_that_is_not_on_record_is_missed(told):
    newest = select(func.max(editions.c.id)).where(editions.c.id.in_(told.editions)).scalar_subquery()
    await told.change(delete(editions).where(editions.c.id == newest))
    _, wrong = await told.count()
    assert wrong == {"slots missed": 1}


async def test_a_message_of_no_edition_on_record_shows_nothing(told):
    for message in told.channel.messages.values():
        message.nonce = "another"
    _, wrong = await told.count()
    assert wrong["articles neither shown nor left out for a reason"] == 3 * _PRINTED


async def test_a_claim_of_no_story_is_no_reason(told):
    await told.untell()
    await told.change(update(claims).where(claims.c.edition_id.in_(told.editions)).values(story_id=None))
    _, wrong = await told.count()
    assert wrong == {"articles neither shown nor left out for a reason": 3 * _PRINTED}


async def test_what_an_edition_left_out_for_a_reason_is_counted_by_it(told):
    await told.untell()
    await told.change(
        update(told_stories).where(told_stories.c.edition_id.in_(told.editions)).values(outcome="over_cap")
    )
    figures, wrong = await told.count()
    assert wrong == {}
    assert figures["articles left out: over_cap"] == 3 * _PRINTED
    assert figures["articles shown"] + 3 * _PRINTED == told.wanted


async def test_an_article_under_anothers_headline_is_told_with_it(told):
    for message in told.channel.messages.values():
        for embed in message.embeds:
            if "url" in embed:
                embed["title"] = "One for all"
    await told.change(
        update(told_stories).where(told_stories.c.edition_id.in_(told.editions)).values(headline="One for all")
    )
    figures, wrong = await told.count()
    assert wrong == {}
    assert figures["articles told with another"] == 3 * _PRINTED


async def test_an_article_that_a_channel_does_not_read_is_counted(told):
    told.whole.news.outlets[0].printed.pop()  # as if it were not of theirs
    _, wrong = await told.count()
    assert wrong["articles of others in a channel"] == 2  # a channel of each server reads the outlet


async def test_an_article_shown_twice_is_counted(told):
    message = next(iter(told.channel.messages.values()))
    told.whole.wire.world.create_message(told.channel.id, {"embeds": message.embeds})
    _, wrong = await told.count()
    assert wrong["articles twice in a channel"] >= 1
    assert wrong["parts doubled"] == 1


def test_hardly_two_articles_of_the_outlets_are_one_story():
    """What is taken for one is shown under one headline. Words are told apart by hashes, so that a few are."""
    outlets = [Outlet(f"Gazette {number}", f"https://gazette-{number}.example") for number in range(3)]
    print_articles(outlets, 30)
    briefs = [read_page(page) for url, page in pages_of(outlets).items() if "/articles/" in url]
    assert len(briefs) == 90
    assert sum(len(one.briefs) == 1 for one in group_briefs(briefs)) >= 85

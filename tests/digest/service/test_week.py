"""The seeds' week in the ledger: a strike is threatened, restated, answered on its day; an offer is taken back.

Feeds, pages, store and service are real. Of each page the commitments are those of the gold, so that the ledger is
tested and not the reading; what the gold tells as withdrawn is read as such.
"""

import tomllib
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from digest.model import Actor, Card, Change, Commitment, CommitmentKind, Deadline, EditionKind, Span
from digest.reading.brief import read_page
from digest.service import Service
from digest.sources.bundled import BundledFetcher, bundled_sources
from digest.store import entries
from tests.builders import subscription
from tests.digest.service.newsroom import print_urls
from tests.gold.corpus import ARTICLES, labels, read

PARIS = ZoneInfo("Europe/Paris")
OUTLETS = {"Harbour Gazette", "Coastwide News", "Daily Whistle"}
GAZETTE = "https://www.harbour-gazette.example/news/port/41877-kesselmar-dockers-to-walk-out-on-monday.html"
TAKEN_BACK = ("port-strike-monday", "Orlan", "its offer of a job guarantee for 230 crane drivers")
MONDAY = date(2025, 9, 8)
REPORT = "publish its report on the trial"
STRIKE = "stop work"
SAILINGS = "divert Asia sailings to Port Amery"
GUARANTEE = "guarantee the job of every crane driver in Kesselmar"


def at(day, hour, minute=0):
    return datetime(2025, 9, day, hour, minute, tzinfo=PARIS)


class Week:
    """A guild that follows the three outlets which tell of the strike, with a digest at eight that answers."""

    def __init__(self, store):
        self.now = at(5, 7, 59)
        self.store = store
        self.service = Service(store, BundledFetcher(lambda: self.now), self.think)
        index = tomllib.loads((ARTICLES / "index.toml").read_text("utf-8"))
        self.names = {page["url"]: page["file"].removesuffix(".html") for page in index["page"]}
        self.messages = 0

    async def think(self, function, *args, timeout=None):  # noqa: ARG002, ASYNC109 -- the form of a ReadingPool
        return labelled(self.names[args[0].url]) if function is read_page else function(*args)

    async def begin(self):
        for source in bundled_sources():
            if source.name in OUTLETS:
                await self.service.add_source(1, source.url, now=self.now)
        wanted = subscription(times=(time(8),), zone="Europe/Paris", answers_due=True)
        await self.service.save_subscription(wanted, now=self.now)
        await self.read_news()

    async def read_news(self):
        """Read what is due, one after the other: which telling opens an entry is then the same each time."""
        for status in await self.service.list_sources(1):
            await self.service.refresh_source(status.source.id, now=self.now)
        async with self.store.reading() as db:
            due = await entries.list_due_entries(db, self.now)
        for entry_id in sorted((entry_id for ids in due for entry_id in ids), reverse=True):
            await self.service.read_entry(entry_id, now=self.now)

    async def live_until(self, now):
        """Let it be that time: read what has come, issue and remind; what is to be posted is, and is returned."""
        self.now = now
        await self.read_news()
        editions = await self.service.issue_due(now=now, render=print_urls)
        editions += await self.service.remind_due(now=now, render=name_entries)
        for edition in editions:
            for part in edition.deliveries:
                self.messages += 1
                await self.service.begin_delivery(part.id, now=now)
                await self.service.finish_delivery(part.id, self.messages, now=now)
        return [await self.service.get_edition(1, edition.id) for edition in editions]

    async def find(self, what):
        entries = await self.service.list_commitments(1, what)
        (entry,) = [entry for entry in entries if any(telling.what == what for telling in entry.tellings)]
        return entry

    async def due(self, first, last=date(2030, 1, 1)):
        return {entry.id for entry in await self.service.list_due(1, first=first, last=last)}


def name_entries(entries, _zone):
    return " ".join(str(entry.id) for entry in entries)


def labelled(name):
    """The article as it is read, with the commitments of its gold."""
    brief = read(name)
    text = brief.article.text

    def span(words):
        start = text.index(words)
        return Span(start, start + len(words))

    withdrawals = ()
    commitments = [
        Commitment(
            actors=tuple(Actor(span(actor)) for actor in gold.actors),
            kind=gold.kind,
            what=gold.what,
            cue=gold.cue,
            sentence=gold.sentence,
            condition=gold.condition,
            deadline=gold.deadline and Deadline(gold.deadline.span, gold.deadline.earliest, gold.deadline.latest),
            strength=gold.strength,
        )
        for gold in labels(name).commitments
    ]
    if name == TAKEN_BACK[0]:
        actor, what = map(span, TAKEN_BACK[1:])
        sentence = next(one.span for one in brief.sentences if one.span.covers(what))
        offer = CommitmentKind.OFFER
        withdrawals = (Commitment((Actor(actor),), offer, what, what, sentence, is_withdrawal=True),)
    return replace(brief, commitments=tuple(commitments), withdrawals=withdrawals, card=Card())


@pytest.fixture
async def week(store):
    week = Week(store)
    await week.begin()
    return week


async def test_what_is_told_again_in_other_words_is_restated(week):
    await week.live_until(at(5, 8))
    friday = await week.find(REPORT)
    await week.live_until(at(8, 12, 30))
    monday = await week.find(REPORT)
    assert monday.tellings[: len(friday.tellings)] == friday.tellings
    assert (monday.newest.what, monday.newest.change) == ("its report would be out", Change.RESTATED)


async def test_what_three_outlets_tell_is_due_on_the_day_to_which_it_is_moved_and_nothing_is_overwritten(week):
    await week.live_until(at(5, 8))
    friday = await week.find(SAILINGS)
    assert friday.outlets == ("Coastwide News", "Harbour Gazette", "Daily Whistle")
    assert friday.id in await week.due(date(2025, 9, 10), date(2025, 9, 10))
    await week.live_until(at(6, 19, 30))
    await week.live_until(at(8, 12, 30))
    monday = await week.find(SAILINGS)
    assert monday.tellings[:3] == friday.tellings
    assert (monday.newest.latest, monday.newest.change) == (date(2025, 9, 11), Change.SOFTENED)
    assert monday.id not in await week.due(date(2025, 9, 10), date(2025, 9, 10))
    assert monday.id in await week.due(date(2025, 9, 11), date(2025, 9, 11))


async def test_what_is_taken_back_is_withdrawn_and_due_no_more(week):
    await week.live_until(at(6, 19, 30))
    saturday = await week.find(GUARANTEE)
    assert Change.WITHDRAWN not in {telling.change for telling in saturday.tellings}
    assert saturday.id in await week.due(date(2029, 12, 31))
    await week.live_until(at(8, 12, 30))
    monday = await week.find(GUARANTEE)
    assert monday.tellings[:-1] == saturday.tellings
    assert (monday.newest.change, monday.newest.what) == (Change.WITHDRAWN, TAKEN_BACK[2])
    assert monday.id not in await week.due(date(2025, 9, 5))


async def test_on_the_day_of_the_strike_those_who_read_of_the_threat_are_answered_and_then_it_is_past(week):
    (morning,) = await week.live_until(at(5, 8))
    strike = await week.find(STRIKE)
    assert strike.newest.latest == MONDAY
    assert strike.id in await week.due(date(2025, 9, 5))
    await week.live_until(at(7, 8))
    assert await week.live_until(at(8, 7, 59)) == []
    (reminder,) = await week.live_until(at(8, 8))
    assert reminder.kind is EditionKind.REMINDER
    answered = {part.reply_to for part in reminder.deliveries if str(strike.id) in part.payload.split()}
    shown = {part.message_id for part in morning.deliveries if GAZETTE in part.payload.split()}
    assert shown
    assert shown <= answered
    assert await week.live_until(at(8, 9)) == []
    assert strike.id in await week.due(MONDAY)
    assert strike.id not in await week.due(date(2025, 9, 9))
    assert (await week.find(STRIKE)).tellings == strike.tellings  # it stays on record

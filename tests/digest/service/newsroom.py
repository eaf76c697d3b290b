"""A small world for the service: outlets with feeds and pages that are read in no time, and a desk that prints them."""

import json
from dataclasses import replace
from datetime import datetime
from functools import partial

from digest.editions.compose import compose_digest
from digest.errors import InvalidFeedError, NoArticleError
from digest.model import Choice, Digest, Entry, Feed, Outcome, Page, Part, Shown, Story
from digest.reading.brief import read_page
from digest.service import Service
from digest.sources.feeds import parse_feed
from tests.builders import NOW, brief
from tests.fakes import FakeFetcher

FEED = "https://gazette.example/feed.xml"


def story(number, *, outlet="gazette", at=NOW, **changes):
    """An entry; its page says the title and nothing of dates."""
    url = f"https://{outlet}.example/{number}"
    return replace(Entry(f"{outlet}-{number}", url, f"Story {number}", "", at), **changes)


class Newsroom:
    """A web of outlets, and a service over it. What is printed is one part, with the urls of the stories."""

    def __init__(self, store):
        self.web = FakeFetcher()
        self.thought = []
        self.service = Service(store, self.web, self.think)

    @classmethod
    async def reporting(cls, store, *entries):
        """A newsroom whose outlet guild 1 follows, and these entries of it are read."""
        newsroom = cls(store)
        newsroom.publish(*entries)
        await newsroom.service.add_source(1, FEED, now=NOW)
        await newsroom.service.refresh_due(now=NOW)
        return newsroom

    def publish(self, *entries, feed=FEED, name="Harbour Gazette"):
        """Let the outlet's feed list these entries, and no others, and let their pages stand."""
        lines = [
            [entry.identity, entry.url, entry.title, entry.published_at and entry.published_at.isoformat()]
            for entry in entries
        ]
        self.web.answers[feed] = Page(feed, json.dumps([name, lines]).encode(), "application/rss+xml")
        for entry in entries:
            self.web.answers.setdefault(entry.url, Page(entry.url, entry.title.encode()))

    async def think(self, function, *args, timeout=None):  # noqa: ARG002, ASYNC109 -- the pool's signature
        self.thought.append(function)
        if function is parse_feed:
            return _feed_of(*args)
        if function is read_page:
            return _brief_of(*args)
        if isinstance(function, partial) and function.func is compose_digest:
            return _digest_of(*args, **function.keywords)
        return function(*args)

    def fetched(self, url):
        return [asked for asked, _ in self.web.asked].count(url)


def print_urls(digest):
    """A part for each story: the urls of its articles. It shows all that these commit to."""
    return tuple(_part(story) for story in digest.stories)


def _part(one):
    shown = (Shown(brief.article.url, index) for brief in one.briefs for index, _ in enumerate(brief.commitments))
    return Part(" ".join(brief.article.url for brief in one.briefs), tuple(shown))


def printed(*editions):
    return [part.payload for edition in editions for part in edition.deliveries]


def _feed_of(page):
    try:
        name, lines = json.loads(page.body)
    except ValueError as error:
        raise InvalidFeedError(page.url, "is not a feed") from error
    entries = (Entry(identity, url, title, "", at and datetime.fromisoformat(at)) for identity, url, title, at in lines)
    return Feed(name, "en", tuple(entries))


def _brief_of(page):
    if not page.body:
        raise NoArticleError(page.url, "nothing to read")
    return brief(url=page.url, title=page.body.decode(), site="", published_at=None)


def _digest_of(briefs, *, name, period, zone, max_stories, falling_due, coverage, **_):
    stories = tuple(Story(one.article.title, (one,)) for one in briefs)
    coverage = replace(coverage, stories_left_out=max(0, len(stories) - max_stories))
    choices = tuple(
        Choice(one.headline, (one.briefs[0].article.url,), _outcome(number < max_stories), period.end)
        for number, one in enumerate(stories)
    )
    return Digest(name, period, zone, stories[:max_stories], falling_due, coverage, choices)


def _outcome(is_shown):
    return Outcome.SHOWN if is_shown else Outcome.OVER_CAP

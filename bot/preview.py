"""A digest of whatever somebody names: files, pages, feeds. It needs no database and no Discord."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePath

from bot import texts
from bot.channels_local import LocalChannel
from bot.errors import InputError
from bot.inputs import Think, is_feed, open_input, read_feed, read_input
from bot.render.embeds import render_digest
from digest import Brief, Coverage, DigestError, Entry, Failure, Fetcher, Period, compose_digest, failure_of

_DAY = timedelta(days=1)
_MOMENT = timedelta(seconds=1)
_FEWEST_STORIES = 8
_ZONE = "UTC"


@dataclass(slots=True)
class Gathering:
    """What inputs hold: briefs, the entries of feeds that failed, and the inputs that failed with their errors."""

    fetcher: Fetcher
    think: Think
    now: datetime
    briefs: list[Brief] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    failed: list[tuple[str, Exception]] = field(default_factory=list)

    async def add(self, name: str) -> None:
        """Read the input; of a feed, its first entries."""
        try:
            page = await open_input(name, self.fetcher)
            if not is_feed(page):
                self.briefs.append(_titled(await read_input(page, self.think), name))
                return
            feed = await read_feed(page, self.think)
        except (DigestError, InputError) as error:
            self.failed.append((name, error))
            return
        for entry in feed.entries:
            await self._add_entry(entry, feed.title)

    async def _add_entry(self, entry: Entry, outlet: str) -> None:
        try:
            brief = await read_input(await self.fetcher.fetch(entry.url), self.think)
        except DigestError as error:
            self.failures.append(failure_of(error, name=entry.title or entry.url, since=self.now))
            return
        article = brief.article
        published_at = article.published_at or entry.published_at
        self.briefs.append(
            replace(brief, article=replace(article, site=article.site or outlet, published_at=published_at))
        )


async def show_inputs(names: Sequence[str], gathering: Gathering, channel: LocalChannel) -> None:
    """Gather these inputs and show their digest in the channel, if any of them can be read."""
    for name in names:
        await gathering.add(name)
    if not gathering.briefs:
        return
    period = _period(gathering.briefs, gathering.now)
    compose = partial(
        compose_digest,
        gathering.briefs,
        name=texts.PREVIEW_NAME,
        period=period,
        zone=_ZONE,
        max_stories=max(_FEWEST_STORIES, len(names)),
        coverage=Coverage(len(names), len(gathering.briefs), tuple(gathering.failures)),
    )
    digest = await gathering.think(compose)
    for number, part in enumerate(render_digest(digest)):
        channel.show(part.payload, nonce=str(number), posted_at=period.end)


def _titled(brief: Brief, name: str) -> Brief:
    title = brief.article.title or PurePath(name).stem
    return replace(brief, article=replace(brief.article, title=title))


def _period(briefs: Iterable[Brief], now: datetime) -> Period:
    published = sorted(brief.article.published_at for brief in briefs if brief.article.published_at)
    if not published:
        return Period(now - _DAY, now)
    return Period(min(published[0], published[-1] - _DAY), published[-1] + _MOMENT)

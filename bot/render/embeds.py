"""A digest as Discord messages: a line, an index, a card a story, what falls due, and what it all rests on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, tzinfo

from bot import texts
from bot.render.cards import card_of
from bot.render.commitments import show_commitment, show_days
from bot.render.days import find_zone, local_day, short_day, show_instant
from bot.render.fitting import fit_lines, pack
from bot.render.message import Embed, Message
from bot.render.text import link, shorten
from digest import due_on
from digest.model import Coverage, Digest, Failure, LedgerEntry, Part, Period, Story

_INDEX_COLOR = 0x6B7A90
_DUE_COLOR = 0xE0A030
_COVERAGE_COLOR = 0x6B7A90
_NAME = 100
_HEADLINE = 120
_OUTLET = 40
_SOURCE = 80
_LIST_ROOM = 1500
# How long a card's description may be, from roomy to terse.
_CARD_ROOMS = (1600, 1400, 1200, 1050, 950, 850, 780, 720, 650)


def render_digest(digest: Digest) -> tuple[str, ...]:
    """Return the payloads of the digest's messages, in their order, at least one; Discord will take each of them.

    Nothing is cut: sentences, quotes and commitments stand whole or are counted as left out. As few messages as terse
    cards allow, and cards as roomy as this number allows; each leaves `limits.ROOM_FOR_MARK` free.
    """
    return tuple(message.to_json() for message in render_messages(digest))


def render_parts(digest: Digest) -> tuple[Part, ...]:
    """Return the parts of the digest's edition."""
    return tuple(Part(payload) for payload in render_digest(digest))


def render_messages(digest: Digest) -> tuple[Message, ...]:
    """Return the messages whose payloads `render_digest` gives."""
    zone = find_zone(digest.zone)
    day = local_day(digest.period.end, zone)
    name = shorten(digest.name, _NAME) or texts.NAME

    def content(part: int, parts: int) -> str:
        if part == 1:
            return _head(digest, name, day)
        return texts.DIGEST_CONTINUED.format(name=name, day=short_day(day), part=part, parts=parts)

    before = _index(digest.stories)
    after = (*_falling_due(digest.falling_due, zone), _coverage(digest.coverage, digest.period))
    cards = [card_of(story, zone) for story in digest.stories]
    layouts = [pack((*before, *(card.at(room) for card in cards), *after), content) for room in _CARD_ROOMS]
    return min(layouts, key=len)  # the first of the shortest: the roomiest


def _head(digest: Digest, name: str, day: date) -> str:
    if not digest.stories:
        head = texts.DIGEST_HEAD_QUIET.format(name=name, day=short_day(day))
    else:
        head = texts.DIGEST_HEAD.format(
            name=name,
            day=short_day(day),
            stories=texts.count(len(digest.stories), "story", "stories"),
            outlets=texts.count(digest.outlets, "outlet"),
        )
    if not digest.falling_due:
        return head
    due = texts.count(len(digest.falling_due), texts.DUE_ONE, texts.DUE_MANY)
    return texts.DIGEST_HEAD_DUE.format(head=head, due=due)


def _index(stories: Sequence[Story]) -> tuple[Embed, ...]:
    if len(stories) <= 1:
        return ()
    lines = [
        texts.INDEX_LINE.format(
            number=number, headline=shorten(story.headline, _HEADLINE) or texts.UNTITLED, outlets=_outlets(story)
        )
        for number, story in enumerate(stories, 1)
    ]
    listed = fit_lines(lines, _LIST_ROOM, lambda number: texts.MORE_BELOW.format(number=number))
    return (Embed(title=texts.INDEX_TITLE, description=listed, color=_INDEX_COLOR),)


def _outlets(story: Story) -> str:
    if len(story.outlets) == 1:
        return shorten(story.outlets[0], _OUTLET) or texts.UNKNOWN_OUTLET
    return texts.count(len(story.outlets), "outlet") if story.outlets else texts.UNKNOWN_OUTLET


def _falling_due(entries: Sequence[LedgerEntry], zone: tzinfo) -> tuple[Embed, ...]:
    if not entries:
        return ()
    blocks = [_due(entry, zone) for entry in entries]
    listed = fit_lines(blocks, _LIST_ROOM, lambda number: texts.MORE_DUE.format(number=number))
    return (Embed(title=texts.DUE_TITLE, description=listed, color=_DUE_COLOR),)


def _due(entry: LedgerEntry, zone: tzinfo) -> str:
    newest = entry.newest
    earliest, latest = due_on(entry) or (None, None)
    days = show_days(replace(newest, earliest=earliest, latest=latest), zone)
    shown = show_commitment(replace(newest, earliest=None, latest=None), zone)
    said = texts.SAID.format(day=show_instant(newest.published_at, "D")) if newest.published_at else ""
    source = " · ".join(filter(None, (link(newest.site or newest.title, newest.url), said)))
    lines = (f"**{days}** · {shown}" if days else shown, source and texts.SMALL.format(text=source))
    return "\n".join(filter(None, lines))


def _coverage(coverage: Coverage, period: Period) -> Embed:
    covers = texts.COVERS.format(start=show_instant(period.start), end=show_instant(period.end))
    counts = []
    if coverage.sources or coverage.articles:
        sources, articles = texts.count(coverage.sources, "source"), texts.count(coverage.articles, "article")
        counts.append(texts.LOOKED_AT.format(sources=sources, articles=articles))
    if coverage.stories_left_out:
        counts.append(texts.OVER_CAP.format(stories=texts.count(coverage.stories_left_out, "story", "stories")))
    first = " · ".join([covers, *counts])
    listed = fit_lines(
        [first, *(texts.NOT_READ.format(failure=show_failure(failure)) for failure in coverage.failures)],
        _LIST_ROOM,
        lambda number: texts.MORE_FAILED.format(number=number),
    )
    return Embed(description=listed, color=_COVERAGE_COLOR, footer=texts.FOOTER)


def show_failure(failure: Failure) -> str:
    """Return what failed, why, and since when, in one line."""
    reason = texts.FAILURE_REASONS[failure.kind]
    if failure.status:
        reason = texts.FAILURE_STATUS.format(reason=reason, status=failure.status)
    name = shorten(failure.name, _SOURCE) or texts.UNTITLED
    if not failure.since:
        return texts.FAILED.format(name=name, reason=reason)
    return texts.FAILED_SINCE.format(name=name, reason=reason, day=show_instant(failure.since, "D"))

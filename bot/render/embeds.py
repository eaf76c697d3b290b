"""A digest as Discord messages: a line, an index, a card a story, what falls due, and what it all rests on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from itertools import chain, islice

from bot import texts
from bot.render.cards import INDEX_HEADLINE, card_of, label_of, show_day, show_outlets
from bot.render.days import find_zone, local_day, short_day, show_instant
from bot.render.fitting import fit_lines, pack
from bot.render.headlines import list_headlines
from bot.render.ledger import falling_due
from bot.render.message import Embed, Message, StoryLabel
from bot.render.sources import show_failure
from bot.render.text import shorten
from bot.texts import digests as when, posts
from digest.model import Coverage, Digest, Part, Shown, Story, Style

_INDEX_COLOR = 0x6B7A90
_COVERAGE_COLOR = 0x6B7A90
_NAME = 100
_LIST_ROOM = 1500
# How long a card's description may be, from roomy to terse.
_CARD_ROOMS = (1600, 1400, 1200, 1050, 950, 850, 780, 720, 650)
_ROOM_ALONE = 3500  # of a card that has a message to itself


@dataclass(frozen=True, slots=True)
class _Block:
    """An embed with the stories that it tells, and the commitments that it shows."""

    embed: Embed
    stories: tuple[StoryLabel, ...] = ()
    shown: tuple[Shown, ...] = ()


def render_digest(digest: Digest) -> tuple[Part, ...]:
    """Return the digest's messages as parts, in their order, at least one; Discord will take each of them.

    CARDS: as few messages as terse cards allow, and cards as roomy as this number allows. BRIEF: a list of headlines.
    STORIES: an opening message, then one a story. One without stories is a line, and says what it rests on only where
    something was not read or missed. Nothing is cut: sentences, quotes and commitments stand whole or are counted as
    left out; each message leaves `limits.ROOM_FOR_MARK` free. A part knows the stories that it tells and the
    commitments that it shows; the first one's first line names the role to ping, if there is one and any news.
    """
    zone = find_zone(digest.zone)
    content = _content(digest, zone)
    after = [_Block(embed) for embed in _last_lines(digest, zone)]
    if digest.style is Style.BRIEF:
        listed = [_Block(embed, labels) for embed, labels in list_headlines(digest.stories)]
        messages = _pack([*listed, *after], content)
    elif digest.style is Style.STORIES:
        messages = _one_a_story(digest, zone, after, content)
    else:
        messages = _cards(digest, zone, after, content)
    role_id = digest.role_id if digest.stories else None
    return tuple(
        Part((replace(message, role_id=role_id) if number == 0 else message).to_json(), shown)
        for number, (message, shown) in enumerate(messages)
    )


def render_messages(digest: Digest) -> tuple[Message, ...]:
    """Return the messages whose payloads `render_digest` gives."""
    return tuple(Message.from_json(part.payload) for part in render_digest(digest))


def _cards(
    digest: Digest, zone: tzinfo, after: Sequence[_Block], content: Callable[[int, int], str]
) -> list[tuple[Message, tuple[Shown, ...]]]:
    before = [_Block(embed) for embed in _index(digest.stories)]
    cards = [card_of(story, zone) for story in digest.stories]
    labels = [(label_of(story, number),) for number, story in enumerate(digest.stories, 1)]

    def laid_out(room: int) -> list[tuple[Message, tuple[Shown, ...]]]:
        fitted = [card.at(room) for card in cards]
        blocks = [_Block(embed, label, shown) for (embed, shown), label in zip(fitted, labels, strict=True)]
        return _pack([*before, *blocks, *after], content)

    return min(map(laid_out, _CARD_ROOMS), key=len)  # the first of the shortest: the roomiest


def _one_a_story(
    digest: Digest, zone: tzinfo, after: Sequence[_Block], content: Callable[[int, int], str]
) -> list[tuple[Message, tuple[Shown, ...]]]:
    labels = tuple(label_of(story, number) for number, story in enumerate(digest.stories, 1))
    opening = _pack([*(_Block(embed) for embed in _index(digest.stories)), *after], content)
    cards = [card_of(story, zone).at(_ROOM_ALONE) for story in digest.stories]
    return [
        *((replace(message, stories=labels), shown) for message, shown in opening),
        *((Message("", (card,), (label,)), shown) for (card, shown), label in zip(cards, labels, strict=True)),
    ]


def _pack(blocks: Sequence[_Block], content: Callable[[int, int], str]) -> list[tuple[Message, tuple[Shown, ...]]]:
    rest, packed = iter(blocks), []
    for message in pack([block.embed for block in blocks], content):
        held = list(islice(rest, len(message.embeds)))
        stories = tuple(chain.from_iterable(block.stories for block in held))
        shown = tuple(dict.fromkeys(chain.from_iterable(block.shown for block in held)))
        packed.append((replace(message, stories=stories), shown))
    return packed


def _content(digest: Digest, zone: tzinfo) -> Callable[[int, int], str]:
    day = local_day(digest.period.end, zone)
    name = shorten(digest.name, _NAME) or texts.NAME

    def content(part: int, parts: int) -> str:
        if part == 1:
            return _head(digest, name, day)
        return texts.DIGEST_CONTINUED.format(name=name, day=short_day(day), part=part, parts=parts)

    return content


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
    if digest.falling_due:
        due = texts.count(len(digest.falling_due), texts.DUE_ONE, texts.DUE_MANY)
        head = texts.DIGEST_HEAD_DUE.format(head=head, due=due)
    return posts.HEAD_ROLE.format(head=head, role_id=digest.role_id) if digest.role_id and digest.stories else head


def _index(stories: Sequence[Story]) -> tuple[Embed, ...]:
    if len(stories) <= 1:
        return ()
    has_updates = any(story.day > 1 for story in stories)
    lines = [_index_line(number, story, has_updates=has_updates) for number, story in enumerate(stories, 1)]
    listed = fit_lines(lines, _LIST_ROOM, lambda number: texts.MORE_BELOW.format(number=number))
    return (Embed(title=texts.INDEX_TITLE, description=listed, color=_INDEX_COLOR),)


def _index_line(number: int, story: Story, *, has_updates: bool) -> str:
    headline = shorten(story.headline, INDEX_HEADLINE) or texts.UNTITLED
    line = texts.INDEX_LINE.format(number=number, headline=headline, outlets=show_outlets(story))
    mark = show_day(story.day) or (texts.NEW if has_updates else "")
    return texts.INDEX_LINE_MARKED.format(line=line, mark=mark) if mark else line


def _last_lines(digest: Digest, zone: tzinfo) -> tuple[Embed, ...]:
    if digest.stories:
        return (*falling_due(digest.falling_due, zone), _coverage(digest))
    return (_coverage(digest),) if digest.coverage.failures or digest.coverage.slots_missed else ()


def _coverage(digest: Digest) -> Embed:
    coverage, period = digest.coverage, digest.period
    covers = texts.COVERS.format(start=show_instant(period.start), end=show_instant(period.end))
    first = " · ".join([covers, *_counts(coverage)])
    listed = fit_lines(
        [first, *(texts.NOT_READ.format(failure=show_failure(failure)) for failure in coverage.failures)],
        _LIST_ROOM,
        lambda number: texts.MORE_FAILED.format(number=number),
    )
    return Embed(description=listed, color=_COVERAGE_COLOR, footer=texts.FOOTER)


def _counts(coverage: Coverage) -> list[str]:
    counts = []
    if coverage.sources or coverage.articles:
        sources, articles = texts.count(coverage.sources, "source"), texts.count(coverage.articles, "article")
        counts.append(texts.LOOKED_AT.format(sources=sources, articles=articles))
    for number, words in (
        (coverage.stories_left_out, texts.OVER_CAP),
        (coverage.stories_without_news, texts.WITHOUT_NEWS),
    ):
        if number:
            counts.append(words.format(stories=texts.count(number, "story", "stories")))
    if coverage.articles_filtered:
        counts.append(texts.FILTERED.format(articles=texts.count(coverage.articles_filtered, "article")))
    for pages, words in (
        (coverage.pages_walled, texts.BEHIND_WALLS),
        (coverage.pages_reserved, texts.RESERVED),
    ):
        if pages:
            counts.append(words.format(pages=texts.count(pages, "page")))
    return [*counts, *_missed(coverage)]


def _missed(coverage: Coverage) -> Iterator[str]:
    if coverage.slots_missed:
        yield when.STANDS_FOR.format(digests=texts.count(coverage.slots_missed, "digest"))
    if coverage.articles_passed_over:
        yield when.PASSED_OVER.format(articles=texts.count(coverage.articles_passed_over, "older article"))

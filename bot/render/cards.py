"""A card a story: headline, outlets, a few of its sentences, its strongest quotes, what was committed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from itertools import chain, zip_longest
from operator import attrgetter
from urllib.parse import urlsplit

from bot import texts
from bot.render import limits
from bot.render.commitments import entry_of, show_commitment, show_names
from bot.render.days import in_utc
from bot.render.message import Embed, StoryLabel
from bot.render.quotes import show_quote_of
from bot.render.text import clean, escape, safe_url, shorten, shorten_plain
from digest import story_quotes
from digest.model import Article, ArticleKind, Brief, Shown, Span, Story, StoryQuote

_COLOR = 0x4A90D9
_MOST = 3  # sentences, quotes and commitments each
_SEVERAL = 2
_OUTLET = 80
_OUTLET_IN_LIST = 40
INDEX_HEADLINE = 120
_OUTLETS = 200
_ROOM_FOR_COUNT = 64
_KINDS = {
    ArticleKind.LIVE_BLOG: texts.LIVE_BLOG,
    ArticleKind.WALLED: texts.WALLED,
    ArticleKind.GALLERY: texts.GALLERY,
    ArticleKind.LIST: texts.LIST,
    ArticleKind.VIDEO: texts.VIDEO,
}
_PLACES = _SENTENCE, _QUOTE, _COMMITMENT = "sentence", "quote", "commitment"


@dataclass(frozen=True, slots=True)
class _Unit:
    """Something to show whole or not at all: `name` says where on the card, and how it is counted if it goes."""

    name: str
    order: int
    text: str
    spans: tuple[Span, ...] = ()  # of the first brief's text
    shown: Shown | None = None

    def repeats(self, other: "_Unit") -> bool:
        """Return whether a sentence and a quote have words in common."""
        is_pair = {self.name, other.name} == {_SENTENCE, _QUOTE}
        return is_pair and any(one.overlaps(another) for one in self.spans for another in other.spans)


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story's card that can be made as long or short as there is room."""

    frame: Embed
    units: tuple[_Unit, ...]

    def at(self, room: int) -> tuple[Embed, tuple[Shown, ...]]:
        """Return the card with a description of at most `room`, as far as whole parts allow, and the commitments on it.

        The first part that Discord would take at all always stays; what had to go is counted in the last line.
        """
        kept, dropped = _fit(self.units, room)
        counts = [texts.count(number, name) for name in _PLACES if (number := sum(one.name == name for one in dropped))]
        lines = [_lay_out(kept), texts.DROPPED.format(units=", ".join(counts)) if counts else ""]
        shown = tuple(unit.shown for unit in kept if unit.shown)
        return replace(self.frame, description="\n".join(filter(None, lines))), shown


def card_of(story: Story, zone: tzinfo) -> StoryCard:
    """Return the story's card: its headline as a link, its outlets, and all that it could show."""
    lead = story.briefs[0].article if story.briefs else Article("")
    frame = Embed(
        title=shorten(story.headline or lead.title, limits.TITLE) or texts.UNTITLED,
        url=safe_url(lead.canonical_url) or safe_url(lead.url),
        color=_COLOR,
        author=" · ".join(filter(None, (name_outlet(lead), show_kind(lead), show_day(story.day)))),
        footer=_footer(story, lead),
        timestamp=in_utc(lead.published_at),
        thumbnail=safe_url(lead.image),
    )
    return StoryCard(frame, _units(story, zone))


def label_of(story: Story, number: int) -> StoryLabel:
    """Return how a select names the story: its headline, and the outlets that tell it."""
    outlets = shorten_plain(", ".join(story.outlets), limits.OPTION) or texts.UNKNOWN_OUTLET
    return StoryLabel(number, shorten_plain(story.headline, limits.OPTION) or texts.UNTITLED, outlets)


def show_outlets(story: Story) -> str:
    """Return the outlet that tells the story, or how many do."""
    if len(story.outlets) == 1:
        return shorten(story.outlets[0], _OUTLET_IN_LIST) or texts.UNKNOWN_OUTLET
    return texts.count(len(story.outlets), "outlet") if story.outlets else texts.UNKNOWN_OUTLET


def show_day(day: int) -> str:
    """Return which day of a story it is; empty where it is new."""
    return texts.UPDATE.format(day=day) if day > 1 else ""


def show_kind(article: Article) -> str:
    """Return what the page is where it is no plain article; empty where it is one."""
    return _KINDS.get(article.kind, "")


def name_outlet(article: Article) -> str:
    """Return the outlet's name as authors and footers take it, else the host of its address."""
    return shorten_plain(article.site, _OUTLET) or shorten_plain(_host(article.url), _OUTLET) or texts.UNKNOWN_OUTLET


def _host(url: str) -> str:
    return urlsplit(safe_url(url)).hostname or ""


def _footer(story: Story, lead: Article) -> str:
    others = [name for name in story.outlets if name != lead.site]
    names = [name for name in (shorten_plain(name, _OUTLET) for name in others) if name]
    shown = list(names)
    while limits.measure(", ".join(shown)) > _OUTLETS:
        shown.pop()
    outlets = ", ".join(shown)
    if len(shown) < len(names):
        outlets = texts.AND_MORE.format(shown=outlets, number=len(names) - len(shown))
    also = texts.ALSO_IN.format(outlets=outlets) if outlets else ""
    return " · ".join(filter(None, (also, texts.PUBLISHED if lead.published_at else "")))


def _units(story: Story, zone: tzinfo) -> tuple[_Unit, ...]:
    """Return all that the card could show, the most telling first: sentence, commitment, quote, and round again."""
    if not story.briefs:
        return ()
    lead = story.briefs[0]
    sentences = {index: lead.sentences[index].span for index in lead.card.sentences[:_MOST]}
    ranked = zip_longest(
        [_Unit(_SENTENCE, index, escape(lead.words(span)), (span,)) for index, span in sentences.items()],
        [_commitment_unit(brief, index, rank, zone) for rank, (brief, index) in enumerate(_commitments(story))],
        [_quote_unit(story, rank, told) for rank, told in enumerate(story_quotes(story))],
    )
    return tuple(unit for unit in chain.from_iterable(ranked) if unit and unit.text)


def _quote_unit(story: Story, rank: int, told: StoryQuote) -> _Unit:
    shown = show_quote_of(told.brief, told.quote, _printed_by(told) if len(story.outlets) >= _SEVERAL else "")
    return _Unit(_QUOTE, rank, shown, told.quote.spans if told.brief is story.briefs[0] else ())


def _commitment_unit(brief: Brief, index: int, rank: int, zone: tzinfo) -> _Unit:
    text = show_commitment(entry_of(brief, brief.commitments[index]), zone)
    return _Unit(_COMMITMENT, rank, text, shown=Shown(brief.article.url, index))


def _printed_by(told: StoryQuote) -> str:
    shortened = show_names(told.shortened_by)
    parts = (show_names(told.printed_by), texts.SHORTENED_IN.format(outlets=shortened) if shortened else "")
    return " · ".join(filter(None, parts))


def _commitments(story: Story) -> list[tuple[Brief, int]]:
    """Return what the first brief's card has, and of the others what those commit to who are not there yet."""
    found: list[tuple[Brief, int]] = []
    seen: set[str] = set()
    for number, brief in enumerate(story.briefs):
        for index in brief.card.commitments:
            actors = brief.commitments[index].actors
            name = brief.words(actors[0].name) if actors else ""
            surname = clean(name).casefold().rpartition(" ")[2]
            if number == 0 or (surname and surname not in seen):
                found.append((brief, index))
            seen.add(surname)
    return found[:_MOST]


def _fit(units: Sequence[_Unit], room: int) -> tuple[list[_Unit], list[_Unit]]:
    kept: list[_Unit] = []
    dropped: list[_Unit] = []
    for unit in units:
        if any(unit.repeats(one) for one in kept):
            continue
        size = limits.measure(_lay_out([*kept, unit])) + _ROOM_FOR_COUNT
        # A sentence may lean on a better one: where that had no room, the next would hang in the air.
        leans = unit.name == _SENTENCE and any(one.name == _SENTENCE for one in dropped)
        fits = size <= (room if kept else limits.DESCRIPTION) and not leans
        (kept if fits else dropped).append(unit)
    return kept, dropped


def _lay_out(units: Sequence[_Unit]) -> str:
    ordered = sorted(units, key=attrgetter("order"))
    placed = {name: [unit.text for unit in ordered if unit.name == name] for name in _PLACES}
    paragraphs = (" ".join(placed[_SENTENCE]), "\n\n".join(placed[_QUOTE]), "\n".join(placed[_COMMITMENT]))
    return "\n\n".join(filter(None, paragraphs))

"""A told story in full: what its card had no room for, its quotes and commitments by the page, and its articles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot import texts
from bot.render import limits
from bot.render.commitments import entry_of, show_commitment, show_names
from bot.render.days import find_zone, in_utc, show_instant
from bot.render.fitting import fit_lines
from bot.render.ledger import show_standing
from bot.render.message import Embed, Message
from bot.render.places import show_place
from bot.render.proofs import show_source
from bot.render.quotes import show_quote_of
from bot.render.text import clean, escape, safe_url, shorten
from bot.texts import proofs as words
from digest.model import Article, Brief, Commitment, EditionStory, Evidence, LedgerEntry, Quote, QuoteKind

_COLOR = 0x4A90D9
_ROOMS = 1100, 1500, 1200, 1500  # of summary, quotes, commitments, articles
_BLOCK = 3000
PAGE_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Committed:
    """A commitment of a told story, and the number of the ledger's entry that it belongs to."""

    brief: Brief
    commitment: Commitment
    entry_id: int | None


def render_story(story: EditionStory) -> Message:
    """Return everything of a story: its summary, quotes, commitments and articles, whole units or counted."""
    lead = story.evidence[0].brief if story.evidence else Brief(Article(""))
    article, zone = lead.article, find_zone(story.zone)
    sentences = [escape(lead.words(lead.sentences[index].span)) for index in lead.summary.sentences]
    committed = [show_commitment(entry_of(one.brief, one.commitment), zone) for one in list_committed([story])]
    lists = (
        (words.QUOTES_TITLE, list_quotes([story]), words.MORE_QUOTES, "\n\n"),
        (words.COMMITMENTS_TITLE, committed, words.MORE_COMMITMENTS, "\n"),
        (words.SOURCES_TITLE, [show_evidence(one) for one in story.evidence], words.MORE_ARTICLES, "\n"),
    )
    head = Embed(
        title=shorten(story.headline, limits.TITLE) or texts.UNTITLED,
        url=safe_url(article.canonical_url) or safe_url(article.url),
        description=fit_lines(sentences, _ROOMS[0], _more_sentences, joint=" ") or words.UNSUMMARISED,
        color=_COLOR,
        footer=texts.PUBLISHED if article.published_at else "",
        timestamp=in_utc(article.published_at),
    )
    below = [
        Embed(title=title, description=fit_lines(lines, room, _more(more), joint=joint), color=_COLOR)
        for (title, lines, more, joint), room in zip(lists, _ROOMS[1:], strict=True)
        if lines
    ]
    embeds = [head, *below]
    return Message(embeds=tuple(embeds))


def render_quotes(stories: Sequence[EditionStory], page: int) -> tuple[Message, int]:
    """Return a page of the quotes of these stories, each whole with who says it and where, and how many pages exist."""
    return _page(words.QUOTES_TITLE, list_quotes(stories), page, words.NO_QUOTES)


def render_committed(
    stories: Sequence[EditionStory], entries: Mapping[int, LedgerEntry], page: int, *, today: date
) -> tuple[Message, int]:
    """Return a page of the commitments of these stories, each with how it stands in the ledger, and how many exist."""
    zone = find_zone(stories[0].zone if stories else "")
    blocks = []
    for one in list_committed(stories):
        entry = entries.get(one.entry_id or 0)
        stands = show_standing(entry, today, zone) if entry else []
        head = [words.STANDING_HEAD.format(id=entry.id)] if entry else []
        said = show_commitment(entry_of(one.brief, one.commitment), zone)
        blocks.append("\n".join([said, _place(one.brief), *map(_small, [*head, *stands])]))
    return _page(words.COMMITMENTS_TITLE, blocks, page, words.NO_COMMITMENTS)


def render_sources(stories: Sequence[EditionStory]) -> Message:
    """Return the articles behind these stories: outlet, when published and fetched, versions, what became of them."""
    embeds = []
    for story in stories[: limits.EMBEDS]:
        lines = [show_evidence(one) for one in story.evidence]
        room = min((limits.EMBED_TOTAL - limits.ROOM_FOR_MARK) // min(len(stories), limits.EMBEDS) - limits.TITLE, 3000)
        listed = fit_lines(lines, room, _more(words.MORE_ARTICLES))
        title = shorten(story.headline, limits.TITLE // 2) or texts.UNTITLED
        embeds.append(Embed(title=title, description=listed or texts.UNKNOWN_OUTLET, color=_COLOR))
    rest = len(stories) - len(embeds)
    more = words.MORE_STORIES.format(number=rest) if rest else ""
    return Message("\n".join(filter(None, (words.SOURCES_OF, more))), tuple(embeds))


def list_quotes(stories: Sequence[EditionStory]) -> list[str]:
    """Return the quotes of the stories, each once with all outlets that print it alike.

    Those of the cards come first, and reports without marks last.
    """
    briefs = [one.brief for story in stories for one in story.evidence]
    on_cards = [(brief, brief.quotes[index]) for brief in briefs for index in brief.card.quotes]
    others = [(brief, quote) for brief in briefs for quote in brief.quotes]
    others.sort(key=lambda one: one[1].kind is QuoteKind.INDIRECT)
    found: dict[tuple[str, ...], tuple[Brief, Quote, list[str]]] = {}
    for brief, quote in (*on_cards, *others):
        said = tuple(clean(brief.words(span)).casefold() for span in quote.spans)
        _, _, outlets = found.setdefault(said, (brief, quote, []))
        outlets.append(brief.article.site)
    shown = [(show_quote_of(brief, quote), brief, outlets) for brief, quote, outlets in found.values()]
    return [f"{said}\n{_place(brief, outlets)}" for said, brief, outlets in shown if said]


def list_committed(stories: Sequence[EditionStory]) -> list[Committed]:
    """Return what the stories' articles commit somebody to, what the ledger holds for one commitment once."""
    behind = [one for story in stories for one in story.evidence]
    on_cards = [(one, index) for one in behind for index in one.brief.card.commitments]
    others = [(one, index) for one in behind for index in range(len(one.brief.commitments))]
    found: dict[object, Committed] = {}
    for one, index in (*on_cards, *others):
        entry_id = one.entry_ids[index] if index < len(one.entry_ids) else None
        committed = Committed(one.brief, one.brief.commitments[index], entry_id)
        found.setdefault(entry_id or (one.article_id, index), committed)
    return list(found.values())


def show_evidence(one: Evidence) -> str:
    """Return a line of an article behind a story: where it stands, when it was read, what became of it."""
    published_at = one.brief.article.published_at
    at = show_instant(one.changed_at)
    corrected = [words.CORRECTED] if one.versions != one.version and one.trouble is None else []
    parts = [
        *([words.PUBLISHED.format(at=show_instant(published_at))] if published_at else []),
        words.FETCHED.format(at=show_instant(one.fetched_at)),
        words.UNCHANGED
        if one.versions == 1
        else words.CHANGED.format(number=one.version, versions=one.versions, at=at),
        *(words.TROUBLES[trouble] for trouble in (one.trouble,) if trouble),
        *corrected,
    ]
    return f"{show_source(one)}\n{_small(' · '.join(parts))}"


def _page(title: str, blocks: Sequence[str], page: int, nothing: str) -> tuple[Message, int]:
    if not blocks:
        return Message(nothing), 1
    fitting = [one if limits.measure(one) <= _BLOCK else texts.TOO_LONG for one in blocks]
    pages: list[list[str]] = []
    for one in fitting:
        if not pages or len(pages[-1]) == PAGE_LENGTH or _size(pages[-1], one) > limits.DESCRIPTION:
            pages.append([])
        pages[-1].append(one)
    number = min(max(page, 0), len(pages) - 1)
    footer = words.PAGE.format(page=number + 1, pages=len(pages)) if len(pages) > 1 else texts.FOOTER
    embed = Embed(title=title, description="\n\n".join(pages[number]), color=_COLOR, footer=footer)
    return Message(embeds=(embed,)), len(pages)


def _size(blocks: Sequence[str], more: str) -> int:
    return limits.measure("\n\n".join([*blocks, more]))


def _place(brief: Brief, outlets: Sequence[str] = ()) -> str:
    article = brief.article
    others = show_names([name for name in dict.fromkeys(outlets) if name and name != article.site])
    also = [texts.HIT_ALSO_IN.format(outlets=others)] if others else []
    url = article.canonical_url or article.url
    return show_place(article.site, article.title, url, article.published_at, after=also)


def _small(text: str) -> str:
    return texts.SMALL.format(text=text)


def _more(text: str) -> Callable[[int], str]:
    return lambda number: text.format(number=number)


def _more_sentences(number: int) -> str:
    return texts.DROPPED.format(units=texts.count(number, "sentence"))

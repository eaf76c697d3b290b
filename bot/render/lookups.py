"""Answers to look-ups: pure, one message each, with hits that are shown whole or counted."""

from collections.abc import Sequence
from datetime import UTC, tzinfo

from bot import texts
from bot.render import limits
from bot.render.commitments import show_names
from bot.render.fitting import fit_lines
from bot.render.ledger import show_due, show_entry
from bot.render.message import Embed, Message
from bot.render.places import show_place
from bot.render.quotes import show_quote
from bot.render.text import escape, link, shorten
from bot.texts import ledger as words
from digest.model import ArticleHit, CommitmentKind, LedgerEntry, QuoteHit

_COLOR = 0x4A90D9
_QUERY = 80
_TITLE = 150
_SITE = 60
_BLOCK = 1500  # one hit; five of these may not fit, and then the rest is counted


def render_articles(hits: Sequence[ArticleHit], query: str, *, offset: int = 0) -> Message:
    """Return the articles that a search found: title, first summary sentence, outlet, day."""
    return _answer(texts.ARTICLES_TITLE, query, [_show_article(hit) for hit in hits], offset)


def render_quotes(hits: Sequence[QuoteHit], query: str, *, offset: int = 0) -> Message:
    """Return the quotes that a search found: words, speaker, outlet, day."""
    return _answer(texts.QUOTES_TITLE, query, [_show_quote(hit) for hit in hits], offset)


def render_commitments(
    entries: Sequence[LedgerEntry],
    query: str = "",
    *,
    kind: CommitmentKind | None = None,
    zone: tzinfo = UTC,
    offset: int = 0,
) -> Message:
    """Return commitments on record: number, who, what, condition, days, outlet, what changed, what people say.

    Days are those of `zone`.
    """
    title = texts.COMMITMENTS_TITLE_ABOUT if query.strip() else texts.COMMITMENTS_TITLE
    if kind:
        title = texts.COMMITMENTS_TITLE_KIND.format(title=title, kind=kind.value)
    return _answer(title, query, [show_entry(entry, zone) for entry in entries], offset)


def render_due(entries: Sequence[LedgerEntry], days: int, *, zone: tzinfo = UTC, offset: int = 0) -> Message:
    """Return the commitments that fall due within so many days, the soonest first; days are those of `zone`."""
    within = texts.count(days, "day")
    if not entries:
        return Message(content=words.NOTHING_DUE.format(days=within) if offset == 0 else texts.NO_MORE)
    title = words.DUE_TITLE_WITHIN.format(days=within)
    return _list(title, [show_due(entry, zone) for entry in entries], offset)


def render_nothing(query: str = "", *, offset: int = 0) -> Message:
    """Return the answer to a look-up that found nothing, or no more than what was shown before."""
    asked = shorten(query, _QUERY)
    nothing = texts.NOTHING_FOUND if asked else texts.NOTHING_ON_RECORD
    return Message(content=nothing.format(query=asked) if offset == 0 else texts.NO_MORE)


def _answer(title: str, query: str, blocks: Sequence[str], offset: int) -> Message:
    if not blocks:
        return render_nothing(query, offset=offset)
    return _list(title.format(query=shorten(query, _QUERY)), blocks, offset)


def _list(title: str, blocks: Sequence[str], offset: int) -> Message:
    shown = fit_lines(blocks, limits.DESCRIPTION, lambda number: texts.MORE.format(number=number), joint="\n\n")
    footer = texts.RESULTS.format(first=offset + 1, last=offset + len(blocks))
    return Message(embeds=(Embed(title=title, description=shown, color=_COLOR, footer=footer),))


def _show_article(hit: ArticleHit) -> str:
    head = f"**{link(hit.title or hit.url, hit.url, _TITLE) or texts.UNTITLED}**"
    return _whole([head, escape(hit.lead), show_place(hit.site, "", "", hit.published_at)], [head])


def _show_quote(hit: QuoteHit) -> str:
    also = texts.HIT_ALSO_IN.format(outlets=show_names(hit.also_in)) if hit.also_in else ""
    place = show_place(hit.site, hit.title, hit.url, hit.published_at, after=[also])
    quote = show_quote(hit.kind, hit.words, hit.speaker, hit.role, is_speaker_sure=hit.is_speaker_sure)
    return _whole([quote, place], [texts.TOO_LONG, place])


def _whole(lines: Sequence[str], instead: Sequence[str]) -> str:
    block = "\n".join(filter(None, lines))
    return block if limits.measure(block) <= _BLOCK else "\n".join(filter(None, instead))

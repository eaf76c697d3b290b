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
from bot.texts import ledger as words, lookups as back
from digest.model import ArticleHit, CommitmentKind, LedgerEntry, QuoteHit, SpeakerRecord

_COLOR = 0x4A90D9
_QUERY = 80
_TITLE = 150
_NAME = 80
_ROLES = 4
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


def render_said(
    hits: Sequence[QuoteHit],
    speaker: str,
    known: SpeakerRecord,
    *,
    offset: int = 0,
) -> Message:
    """Return what a speaker said, and on the first page under which names and as what articles print them."""
    if not hits:
        return render_nothing(speaker, offset=offset)
    own = shorten(speaker, _QUERY)
    names = [name for name in (shorten(name, _NAME) for name in known.names) if name and name != own]
    roles = [role for role in (shorten(role, _NAME) for role in known.roles) if role]
    lines = [
        back.ALSO_CALLED.format(names=show_names(names)) if names else "",
        back.SPEAKS_AS.format(roles="; ".join(roles[:_ROLES])) if roles else "",
    ]
    called = "\n".join(texts.SMALL.format(text=line) for line in lines if line and offset == 0)
    return _list(back.SAID_TITLE.format(speaker=own), [_show_quote(hit) for hit in hits], offset, called)


def render_blocks(title: str, blocks: Sequence[str], offset: int) -> Message | None:
    """Return a list of what is rendered already, whole or counted; None where there is nothing in it."""
    whole = [block if limits.measure(block) <= _BLOCK else texts.TOO_LONG for block in blocks]
    return _list(title, whole, offset) if whole else None


def _answer(title: str, query: str, blocks: Sequence[str], offset: int) -> Message:
    if not blocks:
        return render_nothing(query, offset=offset)
    return _list(title.format(query=shorten(query, _QUERY)), blocks, offset)


def _list(title: str, blocks: Sequence[str], offset: int, before: str = "") -> Message:
    room = limits.DESCRIPTION - limits.measure(before) - 2
    shown = fit_lines(blocks, room, lambda number: texts.MORE.format(number=number), joint="\n\n")
    footer = texts.RESULTS.format(first=offset + 1, last=offset + len(blocks))
    described = "\n\n".join(filter(None, (before, shown)))
    return Message(embeds=(Embed(title=title, description=described, color=_COLOR, footer=footer),))


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

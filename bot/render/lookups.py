"""Answers to look-ups: pure, one message each, with hits that are shown whole or counted."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from bot import texts
from bot.render import limits
from bot.render.commitments import show_commitment, show_names
from bot.render.days import show_instant
from bot.render.embeds import show_failure
from bot.render.fitting import fit_lines
from bot.render.message import Embed, Field, Message
from bot.render.quotes import show_quote
from bot.render.text import escape, link, shorten
from digest.model import ArticleHit, CommitmentKind, LedgerEntry, QuoteHit, SourceStatus

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
    entries: Sequence[LedgerEntry], query: str = "", *, kind: CommitmentKind | None = None, offset: int = 0
) -> Message:
    """Return commitments on record: who, what, condition, days, outlet."""
    title = texts.COMMITMENTS_TITLE_ABOUT if query.strip() else texts.COMMITMENTS_TITLE
    if kind:
        title = texts.COMMITMENTS_TITLE_KIND.format(title=title, kind=kind.value)
    return _answer(title, query, [_show_entry(entry) for entry in entries], offset)


def render_sources(statuses: Sequence[SourceStatus]) -> Message:
    """Return what a server follows, each with when it was read and what is wrong with it."""
    if not statuses:
        return Message(content=texts.NO_SOURCES)
    lines = fit_lines(
        [_show_source(status) for status in statuses],
        limits.DESCRIPTION,
        lambda number: texts.MORE.format(number=number),
    )
    return Message(embeds=(Embed(title=texts.SOURCES_TITLE, description=lines, color=_COLOR),))


def render_help() -> Message:
    """Return what the bot is for, and its commands by who may use them."""
    fields = tuple(
        Field(name, "\n".join(texts.HELP_LINE.format(command=command, does=does) for command, does in commands))
        for name, commands in texts.HELP_COMMANDS.items()
    )
    return Message(embeds=(Embed(title=texts.HELP_TITLE, description=texts.HELP_TEXT, color=_COLOR, fields=fields),))


def _answer(title: str, query: str, blocks: Sequence[str], offset: int) -> Message:
    asked = shorten(query, _QUERY)
    if not blocks:
        nothing = texts.NOTHING_FOUND if asked else texts.NOTHING_ON_RECORD
        return Message(content=nothing.format(query=asked) if offset == 0 else texts.NO_MORE)
    shown = fit_lines(blocks, limits.DESCRIPTION, lambda number: texts.MORE.format(number=number), joint="\n\n")
    footer = texts.RESULTS.format(first=offset + 1, last=offset + len(blocks))
    return Message(embeds=(Embed(title=title.format(query=asked), description=shown, color=_COLOR, footer=footer),))


def _show_article(hit: ArticleHit) -> str:
    head = f"**{link(hit.title or hit.url, hit.url, _TITLE) or texts.UNTITLED}**"
    return _whole([head, escape(hit.lead), _place(hit.site, "", hit.published_at)], [head])


def _show_quote(hit: QuoteHit) -> str:
    place = _place(hit.site, hit.url, hit.published_at, hit.title, hit.also_in)
    quote = show_quote(hit.kind, hit.words, hit.speaker, hit.role, is_speaker_sure=hit.is_speaker_sure)
    return _whole([quote, place], [texts.TOO_LONG, place])


def _show_entry(entry: LedgerEntry) -> str:
    newest = entry.newest
    place = _place(newest.site, newest.url, newest.published_at, newest.title)
    return _whole([show_commitment(newest), place], [texts.TOO_LONG, place])


def _whole(lines: Sequence[str], instead: Sequence[str]) -> str:
    block = "\n".join(filter(None, lines))
    return block if limits.measure(block) <= _BLOCK else "\n".join(filter(None, instead))


def _place(site: str, url: str, published_at: datetime | None, title: str = "", also_in: Sequence[str] = ()) -> str:
    where = link(title, url, _TITLE) if title and url else ""
    day = show_instant(published_at, "D") if published_at else ""
    also = texts.HIT_ALSO_IN.format(outlets=show_names(also_in)) if also_in else ""
    parts = [part for part in (shorten(site, _SITE), where, day, also) if part]
    return texts.SMALL.format(text=" · ".join(parts)) if parts else ""


def _show_source(status: SourceStatus) -> str:
    # Only the host: the rest of a feed's address can be a secret.
    host = _host(status.source.url)
    name = shorten(status.source.name, _SITE) or host or texts.UNTITLED
    when = texts.SOURCE_READ.format(when=show_instant(status.read_at, "R")) if status.read_at else ""
    line = texts.SOURCE.format(name=name, host=host, when=when or texts.SOURCE_NEVER_READ)
    return f"{line}\n{texts.SOURCE_FAILS.format(failure=show_failure(status.failure))}" if status.failure else line


def _host(url: str) -> str:
    try:
        return escape(urlsplit(url).hostname or "")
    except ValueError:
        return ""

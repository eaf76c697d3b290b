"""An article as somebody looks it up: what it says in short, who said and committed what, what became of it. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, tzinfo

from bot import texts
from bot.render import limits
from bot.render.cards import name_outlet, show_kind
from bot.render.commitments import entry_of, show_commitment
from bot.render.days import show_instant
from bot.render.fitting import fit_lines
from bot.render.ledger import show_entry
from bot.render.lookups import render_blocks
from bot.render.message import Embed, Message
from bot.render.quotes import show_quote_of
from bot.render.text import escape, safe_url, shorten
from bot.texts import lookups as words
from digest.model import ArticleRecord, Brief

_COLOR = 0x4A90D9
_TITLE = 120
_ROOM = 3800  # of sentences, quotes and commitments together; the facts below take the rest
_KEY = 3  # quotes and commitments each


def render_article(record: ArticleRecord, *, zone: tzinfo = UTC) -> Message:
    """Return an article's card: its summary, strongest quotes and commitments, and whether its words still stand.

    Whole units, as many as fit; the others are counted. Days are those of `zone`.
    """
    article = record.brief.article
    embed = Embed(
        title=shorten(article.title, limits.TITLE) or texts.UNTITLED,
        url=safe_url(article.canonical_url) or safe_url(article.url),
        description="\n\n".join(filter(None, (_body(record.brief, zone), _facts(record)))),
        color=_COLOR,
        author=" · ".join(filter(None, (name_outlet(article), show_kind(article)))),
        footer=texts.FOOTER,
        thumbnail=safe_url(article.image),
    )
    return Message(embeds=(embed,))


def render_quotes_of(record: ArticleRecord, *, offset: int, limit: int) -> Message:
    """Return some of the quotes of an article, in the order of its text."""
    shown = [text for text in (show_quote_of(record.brief, quote) for quote in record.brief.quotes) if text]
    title = words.QUOTES_OF.format(title=shorten(record.brief.article.title, _TITLE) or texts.UNTITLED)
    return render_blocks(title, shown[offset : offset + limit], offset) or Message(content=words.NO_QUOTES)


def render_commitments_of(record: ArticleRecord, *, zone: tzinfo = UTC, offset: int, limit: int) -> Message:
    """Return some of the commitments of an article as they are on record, in the order of its text."""
    entries = record.entries[offset : offset + limit]
    title = words.COMMITMENTS_OF.format(title=shorten(record.brief.article.title, _TITLE) or texts.UNTITLED)
    shown = render_blocks(title, [show_entry(entry, zone) for entry in entries], offset)
    return shown or Message(content=words.NO_COMMITMENTS)


def count_quotes(record: ArticleRecord) -> int:
    """Return how many quotes of the article can be shown."""
    return sum(bool(show_quote_of(record.brief, quote)) for quote in record.brief.quotes)


def _body(brief: Brief, zone: tzinfo) -> str:
    sentences = [escape(brief.words(brief.sentences[index].span)) for index in brief.summary.sentences]
    quotes = _seen(show_quote_of(brief, brief.quotes[index]) for index in _ranked(brief.card.quotes, brief.quotes))
    committed = _seen(
        show_commitment(entry_of(brief, brief.commitments[index]), zone)
        for index in _ranked(brief.card.commitments, brief.commitments)
    )
    summary, said, bound = _fit(_seen(sentences), quotes[:_KEY], committed[:_KEY])
    counted = [
        (len(_seen(sentences)) - len(summary), "sentence"),
        (len(quotes) - len(said), "quote"),
        (len(committed) - len(bound), "commitment"),
    ]
    left = ", ".join(texts.count(number, name) for number, name in counted if number > 0)
    first = " ".join(summary) or words.NO_SUMMARY
    paragraphs = (first, "\n\n".join(said), "\n".join(bound), words.NOT_SHOWN.format(units=left) if left else "")
    return "\n\n".join(filter(None, paragraphs))


def _seen(units: Iterable[str]) -> list[str]:
    return [unit for unit in units if unit]


def _ranked(chosen: Sequence[int], units: Sequence[object]) -> list[int]:
    return list(dict.fromkeys((*chosen, *range(len(units)))))


def _fit(*groups: Sequence[str]) -> tuple[list[str], ...]:
    """Return of each group the first units that fit together, a unit of each in turn; none follows one that does not.

    A sentence may lean on the one before it.
    """
    kept: tuple[list[str], ...] = tuple([] for _ in groups)
    used = 0
    for place in range(max(map(len, groups), default=0)):
        for mine, units in zip(kept, groups, strict=True):
            if place == len(mine) < len(units):
                size = limits.measure(units[place]) + 2
                if used + size <= _ROOM:
                    mine.append(units[place])
                    used += size
    return kept


def _facts(record: ArticleRecord) -> str:
    published = record.brief.article.published_at
    dates = [
        words.PUBLISHED_AT.format(when=show_instant(published)) if published else "",
        words.READ_AT.format(when=show_instant(record.first_read_at)),
    ]
    lines = [texts.SMALL.format(text=" · ".join(filter(None, dates)))]
    if record.versions > 1:
        lines.append(words.VERSIONS.format(times=texts.count(record.versions - 1, "time")))
    if record.trouble:
        trouble = words.TROUBLES[record.trouble]
        when = show_instant(record.troubled_at, "D") if record.troubled_at else ""
        lines.append(words.TROUBLE_SINCE.format(trouble=trouble, when=when) if when else trouble)
    return fit_lines(lines, limits.FIELD_VALUE, lambda number: texts.MORE.format(number=number))

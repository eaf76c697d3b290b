"""Messages for a terminal, in the shape that Discord gives them: a coloured bar beside each embed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import groupby

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from bot import texts
from bot.render.commitments import entry_of, show_commitment
from bot.render.days import show_instant
from bot.render.markup import Line, Piece, read_lines, read_pieces, show_time
from bot.render.message import Embed, Field, Message
from bot.render.quotes import show_quote_of
from bot.render.text import clean, escape, safe_url
from bot.render.under import name_controls
from digest.model import Brief

_WIDTH = 92
_FAINT = Style(dim=True)


@dataclass(frozen=True, slots=True)
class _Barred:
    """Something with a bar down its left side."""

    inside: RenderableType
    bar: str
    style: Style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        width = min(options.max_width, _WIDTH) - len(self.bar)
        for line in console.render_lines(self.inside, options.update_width(max(width, 1)), pad=False):
            yield Segment(self.bar, self.style)
            yield from line
            yield Segment.line()


def render_terminal(message: Message, zone: tzinfo = UTC, now: datetime | None = None) -> RenderableType:
    """Return what rich prints for the message: the same words as in Discord, times as a reader in `zone` sees them."""
    head = Text.assemble((texts.NAME, "bold"), " ", (f" {texts.PAGE_APP} ", "white on blue"))
    content = [_show_lines(read_lines(message.content, zone, now))] if message.content else []
    embeds = [Padding(_show_embed(embed, zone, now), (1, 0, 0, 0)) for embed in message.embeds]
    controls = "  ".join(f"[ {name} ]" for name in name_controls(message.stories))
    below = [Padding(Text(controls, _FAINT), (1, 0, 0, 0))] if controls else []
    return Padding(Group(head, *content, *embeds, *below), (1, 2))


def render_sentence(sentence: str) -> str:
    """Return a sentence or lines written for Discord as a terminal shows them, with the shell's names of commands."""
    lines = read_lines(sentence.replace("`/source ", "`onrecord source "))
    return "\n".join("".join(piece.text for piece in line.pieces) for line in lines)


def render_brief(brief: Brief, zone: tzinfo = UTC) -> RenderableType:
    """Return what rich prints of an article: title, outlet and day, summary, then every quote and commitment found."""
    article = brief.article
    days = show_instant(article.published_at) if article.published_at else ""
    summary = " ".join(escape(brief.words(brief.sentences[index].span)) for index in brief.summary.sentences)
    quotes = [show_quote_of(brief, quote) for quote in brief.quotes]
    commitments = [show_commitment(entry_of(brief, commitment), zone) for commitment in brief.commitments]
    rests = texts.BRIEF_READ_UNTIL.format(read_until=brief.read_until) if brief.read_until < len(article.text) else ""
    language = "" if brief.is_parsed else texts.BRIEF_NOT_PARSED.format(language=article.language)
    lists = ((texts.BRIEF_QUOTES, quotes), (texts.BRIEF_COMMITMENTS, commitments))
    embed = Embed(
        title=escape(article.title),
        url=safe_url(article.canonical_url) or safe_url(article.url),
        author=clean(article.site),
        description="\n".join(filter(None, (days, summary))) or texts.BRIEF_EMPTY,
        fields=tuple(Field(name, "\n".join(shown)) for name, shown in lists if shown),
        footer="\n".join(filter(None, (language, rests))),
    )
    return Padding(_show_embed(embed, zone, None), (0, 0, 1, 0))


def _show_embed(embed: Embed, zone: tzinfo, now: datetime | None) -> RenderableType:
    parts: list[RenderableType] = []
    if embed.author:
        parts.append(Text(embed.author, "bold dim"))
    if embed.title:
        title = _show_pieces(read_pieces(embed.title, zone, now))
        title.stylize(Style(bold=True, link=embed.url or None, color="bright_blue" if embed.url else None))
        parts.append(title)
    if embed.description:
        parts.append(_show_lines(read_lines(embed.description, zone, now)))
    for field in embed.fields:
        parts.append(Padding(Text.assemble((field.name, "bold")), (1, 0, 0, 0)))
        parts.append(_show_lines(read_lines(field.value, zone, now)))
    stamp = show_time(int(embed.timestamp.timestamp()), "f", zone) if embed.timestamp else ""
    if footer := " • ".join(filter(None, (embed.footer, stamp))):
        parts.append(Text(footer, _FAINT))
    color = Style(color=f"#{embed.color:06x}") if embed.color is not None else _FAINT
    return _Barred(Group(*parts), "┃ ", color)


def _show_lines(lines: Sequence[Line]) -> Group:
    parts: list[RenderableType] = []
    for is_quote, group in groupby(lines, key=lambda line: line.is_quote):
        shown = Group(*map(_show_line, group))
        parts.append(_Barred(shown, "  ▏ ", _FAINT) if is_quote else shown)
    return Group(*parts)


def _show_line(line: Line) -> Text:
    shown = _show_pieces(line.pieces)
    if line.is_small:
        shown.stylize(_FAINT)
    return shown


def _show_pieces(pieces: Sequence[Piece]) -> Text:
    # Text, never markup: square brackets of articles are words.
    shown = Text()
    for piece in pieces:
        color = "bright_blue" if piece.url else None
        shown.append(piece.text, Style(bold=piece.is_bold or None, link=piece.url or None, color=color))
    return shown

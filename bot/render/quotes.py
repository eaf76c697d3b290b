"""A quote in two lines: the words, and who said them."""

from collections.abc import Sequence

from bot import texts
from bot.render.text import clean, escape, quoted, shorten
from digest import is_speaker_sure
from digest.model import Brief, Quote, QuoteKind

_SPEAKER = 100
_ROLE = 160


def show_quote(
    kind: QuoteKind,
    words: Sequence[str],
    speaker: str | None,
    role: str | None,
    *,
    is_speaker_sure: bool = True,
    where: str = "",
) -> str:
    """Return the quote as a quotation with its signature, and `where` behind that; nothing if no words can be seen.

    A speaker who may be another one is marked as such. A reporter's report of what was said stands without marks:
    nobody is quoted with words that are not theirs.
    """
    seen = [stretch for stretch in words if clean(stretch)]
    if not seen:
        return ""
    write = escape if kind is QuoteKind.INDIRECT else quoted
    signature = [_signature(speaker or "", role or "")]
    if speaker and not is_speaker_sure:
        signature.append(texts.QUOTE_UNSURE)
    if kind is QuoteKind.INDIRECT:
        signature.append(texts.QUOTE_REPORTED)
    if where:
        signature.append(where)
    return f"> {texts.ELLIPSIS.join(map(write, seen))}\n> {' · '.join(signature)}"


def show_quote_of(brief: Brief, quote: Quote, where: str = "") -> str:
    """Return a quote of an article as `show_quote` does."""
    words = [brief.words(span) for span in quote.spans]
    speaker = quote.speaker
    name = brief.words(speaker.name) if speaker else None
    role = brief.words(speaker.role) if speaker and speaker.role else None
    return show_quote(
        quote.kind, words, name, role, is_speaker_sure=is_speaker_sure(quote.kind, quote.method), where=where
    )


def _signature(speaker: str, role: str) -> str:
    name = shorten(speaker, _SPEAKER)
    if not name:
        return texts.QUOTE_UNSIGNED
    return texts.QUOTE_BY.format(speaker=", ".join(filter(None, (f"**{name}**", shorten(role, _ROLE)))))

"""Marked words of a text in a language whose sentences we do not parse: what was said, and not by whom."""

import re

from digest.model import Quote, QuoteKind
from digest.reading.quotes.marks import Marked, find_marked

_FEWEST_WORDS = 4  # fewer are names, titles and words held at arm's length
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SHORT_WORD = 3


def find_marked_quotes(text: str) -> tuple[Quote, ...]:
    """Return the marked words of `text` in its order, four words at least; nobody is named as their speaker.

    What opens with a small letter is a fragment of a sentence of the article's; titles are left out where their words
    have capitals.
    """
    return tuple(_quote(text, marked) for marked in find_marked(text) if marked.is_closed and _is_said(text, marked))


def _is_said(text: str, marked: Marked) -> bool:
    words = _WORD.findall(marked.span.of(text))
    long = [word for word in words if len(word) > _SHORT_WORD]
    return len(words) >= _FEWEST_WORDS and not (long and all(word[0].isupper() for word in long))


def _quote(text: str, marked: Marked) -> Quote:
    kind = QuoteKind.MIXED if marked.span.of(text)[0].islower() else QuoteKind.DIRECT
    return Quote(kind=kind, spans=(marked.span,), cue=None, speaker=None, method="marks")

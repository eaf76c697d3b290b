"""Text to sentences that know where they stand; the only module that knows nupunkt."""

import re
from functools import cache
from typing import TYPE_CHECKING

from digest.model import Sentence, Span

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

_ENDLESS = re.compile(r"\S{200,}")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """Return the stretches between line breaks that hold anything but white space, in order, trimmed."""
    found = (_trimmed(text, match.start(), match.end()) for match in _PARAGRAPH.finditer(text))
    return tuple(span for span in found if span is not None)


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences in order: disjoint, trimmed, together holding every character that is not white space.

    No sentence crosses a line break. Quoted sentences end where they end, also inside an open quotation: gluing them
    together lowers the score on GUM and WSJ.
    """
    spans: list[Span] = []
    for paragraph in split_paragraphs(text):
        words = without_endless_words(paragraph.of(text))
        for start, end in _tokenizer().span_tokenize(words):
            span = _trimmed(text, paragraph.start + start, paragraph.start + end)
            if span is not None:
                spans.append(span)
    return tuple(Sentence(index, span) for index, span in enumerate(spans))


def without_endless_words(text: str) -> str:
    """Return `text`, just as long, with letters in the place of runs of 200 characters or more without a space.

    No word is this long, and the time of nupunkt and of spaCy's tokenizer grows with the square of a run of marks.
    """
    return _ENDLESS.sub(lambda run: "x" * (len(run[0]) - 1) + run[0][-1], text)


@cache
def _tokenizer() -> "PunktSentenceTokenizer":
    from nupunkt import load_default_model  # noqa: PLC0415 -- heavy: only reading processes pay for it

    return load_default_model()


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None

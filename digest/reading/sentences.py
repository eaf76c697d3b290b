"""Text to sentences that know where they stand; the only module that knows nupunkt and sentencex."""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from digest.model import Sentence, Span

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

# "PARIS, Sept 4 (Agency) – ": where and when a story was filed, before its first sentence (AP Stylebook, datelines).
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}"  # the place
    r"(?:, [A-Z][\w.]{1,15}(?: [A-Z][\w.]{1,15}){0,3})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"  # its country, the day
    r"(?: \([^()\n]{2,40}\))? ?(?:—|–|--?) ?(?=[\"“‘'«„]?[A-Z])"
)
_ENDLESS = re.compile(r"\S{200,}")
_ENGLISH = "en"
_LONGEST_END = 12  # of a sentence: its last short word, marks and spaces
_STRAY_MARK = re.compile(r"(?<=\s)[\"“”„«‘]\s*$")  # opens the next sentence
_ABBREVIATED = re.compile(r"(?<!\S)([^\W\d_A-Z]{1,5}|[^\W\d_])\.\s*$")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """Return the stretches between line breaks that hold anything but white space, in order, trimmed."""
    found = (_trimmed(text, match.start(), match.end()) for match in _PARAGRAPH.finditer(text))
    return tuple(span for span in found if span is not None)


def split_sentences(text: str, language: str = "en") -> tuple[Sentence, ...]:
    """Return the sentences in order: disjoint, trimmed, together holding every character that is not white space.

    No sentence crosses a line break; a dateline is a sentence of its own. Quoted sentences end where they end, also
    inside an open quotation: gluing them together lowers the score on GUM and WSJ. English is split by nupunkt, other
    languages by sentencex, which knows their abbreviations.
    """
    spans: list[Span] = []
    for paragraph in split_paragraphs(text):
        dateline = _DATELINE.match(text, paragraph.start, paragraph.end)
        body = dateline.end() if dateline else paragraph.start
        words = without_endless_words(text[body : paragraph.end])
        parts = [
            (paragraph.start, body),
            *((body + start, body + end) for start, end in _split(words, language)),
        ]
        spans.extend(span for start, end in parts if (span := _trimmed(text, start, end)))
    return tuple(Sentence(index, span) for index, span in enumerate(spans))


def first_sentences(text: str, limit: int, language: str = "en") -> tuple[tuple[Sentence, ...], int]:
    """Return the sentences of a text that end within its first `limit` characters, and the offset up to which they go.

    A text no longer than that is whole; a first sentence that is longer is cut there.
    """
    if len(text) <= limit:
        return split_sentences(text, language), len(text)
    sentences = split_sentences(text[:limit], language)
    if len(sentences) > 1:  # the last one may be cut
        sentences = sentences[:-1]
    return sentences, sentences[-1].span.end if sentences else limit


def without_endless_words(text: str) -> str:
    """Return `text`, just as long, with letters in the place of runs of 200 characters or more without a space.

    No word is this long, and the time of nupunkt and of spaCy's tokenizer grows with the square of a run of marks.
    """
    return _ENDLESS.sub(lambda run: "x" * (len(run[0]) - 1) + run[0][-1], text)


def _split(words: str, language: str) -> Iterable[tuple[int, int]]:
    if language == _ENGLISH:
        return _tokenizer().span_tokenize(words)
    from sentencex import get_sentence_boundaries  # noqa: PLC0415 -- only reading processes pay for it

    starts = [0]
    shown = words.replace(" hon.", " han.") if language == "sv" else words  # "she", which it takes for "honourable"
    for found in get_sentence_boundaries(language, shown):
        start = found["start_index"]
        stray = _STRAY_MARK.search(words, max(start - _LONGEST_END, 0), start)
        start = stray.start() if stray else start
        if start > starts[-1] and not _goes_on(words, start):
            starts.append(start)
    return zip(starts, [*starts[1:], len(words)], strict=True)


def _goes_on(words: str, start: int) -> bool:
    # "ca. 40", "kl. 9", "40 mln. di euro", an initial: a full stop that ends no sentence, in any language.
    following = words[start : start + 2].lstrip('"“”„«‘')[:1]
    before = _ABBREVIATED.search(words, max(start - _LONGEST_END, 0), start)
    return following.islower() or (before is not None and (len(before[1]) == 1 or following.isdigit()))


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

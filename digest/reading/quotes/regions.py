"""Marked stretches in their place: their tokens, and the words of their sentence on either side."""

import re
from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.reading.language import Parsed
from digest.reading.quotes.marks import Marked, find_marked

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from digest.reading.names import Names

_BREAK = re.compile(r"\s*\n\s*")
_STOPS = frozenset(".!?")
_GOES_ON = frozenset({",", "—", "–", "―", "-", "--"})


@dataclass(frozen=True, slots=True)
class Region:
    """A marked stretch. Token indexes: `first` to `last` with the marks; `left` and `right` are half-open ranges.

    `left` holds the words of its sentence before it, `right` those after it, up to the neighbouring region.
    `paragraph` counts the paragraphs that hold marks or not, from 0.
    """

    index: int
    marked: Marked
    first: int
    last: int
    left: range
    right: range
    paragraph: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The regions of an article, in text order, and which tokens lie in them."""

    parsed: Parsed
    regions: tuple[Region, ...]
    quoted: frozenset[int]

    def words(self, places: range) -> "list[Token]":
        """Return the tokens at `places` without line breaks and spaces."""
        return [token for token in self.parsed.doc[places.start : places.stop] if not token.is_space]

    def sentence_after(self, region: Region) -> range:
        """Return the sentence that follows the region in its paragraph, up to the next region; empty without one."""
        doc = self.parsed.doc
        start = region.right.stop
        if start >= len(doc) or doc[start].idx >= region.marked.paragraph.end or start in self.quoted:
            return range(start, start)
        stop = doc[start].sent.end
        return range(start, next((place for place in range(start, stop) if place in self.quoted), stop))

    def sentence_before(self, region: Region) -> "list[Token]":
        """Return the words of the sentence that ends before the region's paragraph or sentence."""
        doc = self.parsed.doc
        stop = region.left.start
        return self.words(range(doc[stop - 1].sent.start, stop))

    def paragraph_after(self, region: Region) -> "list[Token]":
        """Return the words of the first sentence of the next paragraph, up to marks."""
        doc = self.parsed.doc
        place = region.last
        while place < len(doc) and (doc[place].is_space or doc[place].idx < region.marked.paragraph.end):
            place += 1
        if place >= len(doc):
            return []
        stop = doc[place].sent.end
        return self.words(range(place, next((at for at in range(place, stop) if at in self.quoted), stop)))

    def words_before(self, region: Region) -> "list[Token]":
        """Return the words of its sentence before the region, or of a paragraph before that ends with a colon."""
        words = self.words(region.left)
        before = [] if words else self.sentence_before(region)
        if not before or before[-1].text != ":" or before[-1].i in self.quoted:
            return words
        return [token for token in before if token.i not in self.quoted]

    def runs_on(self, region: Region) -> bool:
        """Return whether the sentence goes on behind the marks without a stop: It “undervalues” the company."""
        return not self.ends_with(region, ",.!?…—–-")

    def ends_with(self, region: Region, marks: str) -> bool:
        """Return whether the marked words, or what follows the closing mark, end with one of `marks`."""
        text, marked = self.parsed.text, region.marked
        return any(mark in text[marked.span.end - 1 : marked.outer.end + 1] for mark in marks)


def lay_out(parsed: Parsed, names: "Names") -> Layout:
    """Return the marked stretches of a parsed text with their surroundings, in time linear in its tokens.

    Nicknames within a name are none: Walter “Buck” Tanaka.
    """
    doc = parsed.doc
    placed = [(marked, tokens) for marked in find_marked(parsed.text) if (tokens := parsed.tokens_of(marked.outer))]
    placed = [(marked, tokens) for marked, tokens in placed if names.printed_at(tokens.start) is None]
    breaks = [found.start() for found in _BREAK.finditer(parsed.text)]
    regions = []
    for index, (marked, tokens) in enumerate(placed):
        before = placed[index - 1][1].end if index else 0
        after = placed[index + 1][1].start if index + 1 < len(placed) else len(doc)
        left, right = _surroundings(doc, tokens.start, tokens.end, before, after)
        paragraph = bisect(breaks, marked.outer.start)
        regions.append(Region(index, marked, tokens.start, tokens.end - 1, left, right, paragraph))
    quoted = frozenset(place for region in regions for place in range(region.first, region.last + 1))
    return Layout(parsed, tuple(regions), quoted)


def _surroundings(doc: "Doc", start: int, end: int, before: int, after: int) -> tuple[range, range]:
    left = min(max(doc[start].sent.start, before), start)
    stop = doc[end - 1].sent.end
    # A sentence that seems to end at the closing mark goes on where small letters follow: “Really?” asked Ann.
    following = next((token for token in doc[end:] if not token.is_space or "\n" in token.text), None)
    is_end = all(token.is_space for token in doc[end:stop])
    if is_end and following is not None and (following.text[0].islower() or following.text in _GOES_ON):
        stop = following.sent.end
    stop = max(min(stop, after), end)
    # The splitter may see no end in front of a mark.
    left = start if doc[start - 1].text in _STOPS else left
    return range(left, start), range(end, _first_stop(doc, end, stop))


def _first_stop(doc: "Doc", end: int, stop: int) -> int:
    return next((place + 1 for place in range(end, stop) if doc[place].text in _STOPS), stop)

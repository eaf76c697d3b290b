"""What a reading of commitments rests on: the parse, who is who, who is quoted where, and the day of publication."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from digest.model import Quote, QuoteKind, Span
from digest.reading.language import Parsed
from digest.reading.names import Names

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPENS = re.compile(r"‘|(?<!\w)'(?=\w)")
_CLOSES = re.compile(r"(?<=[\w.,!?])['’](?!\w)")
_MARKS = frozenset('“”"„«»')


@dataclass(frozen=True, slots=True)
class Scene:
    """The article as far as it is understood. `quoted` are the marked words and their quotes, in text order.

    `reported` are the reports without marks, likewise.
    """

    parsed: Parsed
    names: Names
    published_on: date | None
    quoted: tuple[tuple[Span, Quote], ...]
    starts: tuple[int, ...]
    reported: tuple[tuple[Span, Quote], ...]

    def report_at(self, offset: int) -> tuple[Span, Quote] | None:
        """Return the report without marks in which the offset stands, and where it begins and ends."""
        place = bisect_right(self.reported, offset, key=lambda one: one[0].start) - 1
        if place < 0:
            return None
        span, quote = self.reported[place]
        return (span, quote) if offset < span.end else None

    def quote_at(self, token: "Token") -> Quote | None:
        """Return the quotation inside whose marks the token stands."""
        place = bisect_right(self.starts, token.idx) - 1
        if place < 0:
            return None
        span, quote = self.quoted[place]
        return quote if span.start <= token.idx < span.end else None

    def is_requoted(self, token: "Token") -> bool:
        """Return whether the token stands inside single marks inside a quotation: the words of another one."""
        place = bisect_right(self.starts, token.idx) - 1
        before = self.parsed.text[self.quoted[place][0].start : token.idx + 1]
        opened = max((match.start() for match in _OPENS.finditer(before)), default=-1)
        closed = max((match.start() for match in _CLOSES.finditer(before)), default=-1)
        return opened > closed


def set_scene(parsed: Parsed, names: Names, quotes: Sequence[Quote], published_on: date | None) -> Scene:
    """Return the scene of one article."""
    placed = sorted(((span, quote) for quote in quotes for span in quote.spans), key=itemgetter(0))
    quoted = tuple(one for one in placed if one[1].kind is not QuoteKind.INDIRECT)
    reported = tuple(one for one in placed if one[1].kind is QuoteKind.INDIRECT)
    return Scene(parsed, names, published_on, quoted, tuple(span.start for span, _ in quoted), reported)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return the stretch without the white space, quotation marks and stops around it; None where nothing is left."""
    while start < end and (text[start].isspace() or text[start] in _MARKS or text[start] in ",.;:–—-("):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _MARKS or text[end - 1] in ",;:–—-!?…‘"):
        end -= 1
    if end > start and text[end - 1] == "." and "." not in text[max(start, end - 4) : end - 1]:
        end -= 1
    return Span(start, end) if start < end else None
